import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type AcceptedMail, readAccepted } from '../../client/practice/accepted-file.ts';
import { readAnswerable, sendReply } from '../../client/practice/correspondence.ts';
import { mailPath } from '../../client/practice/mailbox.ts';
import { replyBody } from '../../client/practice/reply-composing.ts';
import { dayOf } from '../../workflows/rules/instants.ts';
import type { OwnInstance } from '../kill/own-instance.ts';
import { huitoukan } from './command-line.ts';

const root = resolve(import.meta.dirname, '../..');
const mailDomain = 'huitoukan.localhost';
const happensWithinMs = 180_000; // on a machine that does much else

const people = [
  ['姓名', '邮箱', '单位', '职务'],
  ['李经办', 'li@example.cn', '业务科', '科员'],
  ['陈分管', 'chen@example.cn', '领导班子', '副局长'],
  ['王督办', 'wang@example.cn', '整改办', '专责'],
  ['赵组长', 'zhao@example.cn', '领导班子', '局长'],
  ['周巡察', 'zhou@example.cn', '巡察办', '联络员'],
];

export interface RealRound {
  readonly roundId: string;
  /** The first mail that the handler got. */
  readonly mail: AcceptedMail;
}

/** Launches a round of the real clock and waits for its first mail in the practice mailbox. */
export async function launchRealRound(own: OwnInstance): Promise<RealRound> {
  const roundId = await launchedRound(own);
  const mail = await eventually('the first mail is in the practice mailbox', async () =>
    (await readAccepted(own.acceptedFile)).find(({ to }) => to === 'li@example.cn'),
  );
  return { roundId, mail };
}

/**
 * Carries a round of the real clock, by the commands of the manual, from a sample notice to its launch: import, people,
 * assignment, launch with the first mail now. Gives the round's id.
 */
export async function launchedRound(own: OwnInstance): Promise<string> {
  const peopleFile = join(own.folder, 'people.csv');
  writeFileSync(peopleFile, people.map((row) => row.join(',')).join('\n'));
  const notice = join(root, 'samples/qinghe-2024.txt');
  const today = dayOf(new Date().toISOString());
  await huitoukan(own, 'people', 'import', peopleFile);
  const create = ['round', 'create', '--from', notice, '--feedback', today];
  const { roundId } = await huitoukan<{ roundId: string }>(own, ...create);
  const roles = ['--office', '王督办', '--group-head', '赵组长', '--reviewer', '周巡察'];
  const those = ['--issues', '全部', '--handler', '李经办', '--leader', '陈分管', '--unit', '业务科'];
  await huitoukan(own, 'round', 'assign', roundId, ...those, ...roles);
  await huitoukan(own, 'round', 'launch', roundId, '--first-mail', 'now');
  return roundId;
}

/** Answers a mail as its reader would, by SMTP at the inbound door. */
export async function answer(own: OwnInstance, { messageId }: AcceptedMail, text: string): Promise<void> {
  const { smtpPort } = JSON.parse(readFileSync(join(own.folder, 'instance.json'), 'utf8')) as { smtpPort: number };
  const raw = readFileSync(mailPath(join(own.folder, 'practice'), messageId));
  const original = await readAnswerable(raw, mailDomain);
  const reply = { messageId: `answer.to.${messageId}`, body: replyBody([{ text }], original, 'qq'), files: [] };
  await sendReply({ host: '127.0.0.1', port: smtpPort }, original, reply, new Date());
}

/** Waits in real time for something that happens by itself. @throws Error after three minutes */
export async function eventually<Found>(what: string, look: () => Promise<Found | undefined>): Promise<Found> {
  const giveUpAt = Date.now() + happensWithinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > giveUpAt) throw new Error(`within three minutes it did not happen that ${what}`);
    await pause(200);
  }
}
