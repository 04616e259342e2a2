import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type MailReading, readMail } from '../../../../client/incoming-mail/read-mail.ts';

/** Bounces of some sixty mail systems, with what is known of them. */
const folder = resolve(import.meta.dirname, '../../../../../shared/mails');
const isThere = existsSync(resolve(folder, 'bounces.json'));
const when = isThere ? '' : ' (skipped: ../shared/mails/bounces.json is not there)';

interface Sample {
  readonly file: string;
  readonly recipients?: readonly { readonly status: string; readonly reason: string; readonly hard_bounce: boolean }[];
  readonly failed?: readonly string[];
}

const noBounce = new Set(['feedback', 'vacation', 'delivered']);

/** As many hard ones, as many in all; of what is no bounce, none. */
function isRight({ recipients = [] }: Sample, { kind, bounce }: MailReading): boolean {
  if (recipients.every(({ reason }) => noBounce.has(reason))) return bounce.every(({ permanent }) => !permanent);
  const hard = recipients.filter((one) => one.hard_bounce).length;
  const isCounted = bounce.length === recipients.length && bounce.filter(({ permanent }) => permanent).length === hard;
  return kind === 'bounce' && isCounted;
}

describe.skipIf(!isThere)(`the sample bounces${when}`, async () => {
  const samples = isThere ? (JSON.parse(readFileSync(resolve(folder, 'bounces.json'), 'utf8')) as Sample[]) : [];
  const read = await Promise.all(
    samples.map(async (sample) => ({ sample, reading: await readMail(readFileSync(resolve(folder, sample.file))) })),
  );

  test('of 100, at least 97 are told hard, soft or no bounce', () => {
    const judged = read.filter(({ sample }) => sample.recipients !== undefined);
    const wrong = judged.filter(({ sample, reading }) => !isRight(sample, reading)).map(({ sample }) => sample.file);

    console.log(`bounces: ${String(judged.length - wrong.length)} of ${String(judged.length)} right`);
    expect(wrong.length, wrong.join('\n')).toBeLessThanOrEqual(judged.length * 0.03);
  });

  test('of 100 failed addresses, at least 95 are found', () => {
    const wanted = read.flatMap(({ sample, reading }) =>
      (sample.failed ?? []).map((address) => ({
        address,
        isFound: reading.bounce.some(({ recipient }) => recipient === address.toLowerCase()),
      })),
    );
    const missed = wanted.filter(({ isFound }) => !isFound);

    console.log(`addresses: ${String(wanted.length - missed.length)} of ${String(wanted.length)} found`);
    expect(missed.length, missed.map(({ address }) => address).join('\n')).toBeLessThanOrEqual(wanted.length * 0.05);
  });

  test('no sample reply is called a bounce or automatic', async () => {
    const replies = readFileSync(resolve(folder, 'replies.jsonl'), 'utf8').trim().split('\n');
    const readings = await Promise.all(
      replies.map(async (line) => {
        const { text } = JSON.parse(line) as { text: string };
        const head = 'From: chen@lingnan.example\nSubject: Re: daily\nContent-Type: text/plain; charset=utf-8\n\n';
        return { text, kind: (await readMail(Buffer.from(head + text))).kind };
      }),
    );

    expect(readings.filter(({ kind }) => kind !== 'reply').map(({ text }) => text.slice(0, 80))).toEqual([]);
  });
});
