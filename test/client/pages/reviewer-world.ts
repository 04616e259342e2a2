import { randomUUID } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import { acceptInvitation, claimInstance, invite } from '../../../client/access/accounts.ts';
import { mayAct } from '../../../client/acting/may-act.ts';
import type { EvidenceStore } from '../../../client/evidence-store.ts';
import type { PagesDependencies } from '../../../client/pages/deps.ts';
import { RefusedError } from '../../../client/refused-error.ts';
import type { Ledger } from '../../../prisma/client.ts';
import { simplePolicy } from '../../../workflows/rules/simple-policy.ts';
import { type IssueRequest, requestRules } from '../../../workflows/rules/requests/index.ts';
import type { RequestRule } from '../../../workflows/rules/refusal.ts';
import { storedIssue } from '../../../client/reading/stored.ts';
import { ToldRound } from '../reading/builder.ts';

export const reviewersPassword = '春天的第一场雨2026';

/** A picture of a plain slope of colours, as a PNG. */
export function pngOf(width: number, height: number): Buffer {
  const chunk = (name: string, data: Buffer) => {
    const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      rows.set([(x * 255) / width, 120, (y * 255) / height], y * (1 + width * 3) + 1 + x * 3);
  const parts = [chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...parts]);
}

/** The minutes of a meeting, longer than what a page shows of them. */
const minutes = `整改工作会议纪要\n${'会议逐条核对了补登记录，明确以后先审批、后用车。'.repeat(80)}`;

/**
 * A round in earnest by a policy of two levels: of LN-01 the office has approved, and the reviewer countersigns; LN-02 waits for the
 * office; LN-03 is closed and its look-back is due; LN-04 is closed, and its look-back is to come. The office is 督办专责, the reviewers
 * 巡察办专责 and 派驻纪检组.
 */
export async function reviewersRound(ledger: Ledger, files: EvidenceStore): Promise<ToldRound> {
  const closure = {
    levels: [
      { role: 'office', of: 'all' },
      { role: 'reviewer', of: 'all' },
    ],
    satisfaction: 'none',
  } as const;
  const round = await ToldRound.launched(
    ledger,
    [
      {
        title: '规范公务用车管理',
        measures: ['2026年10月底前逐条核实事后补登的用车记录，补齐审批手续。', '2026年10月底前修订用车管理办法。'],
      },
      { title: '有效盘活国有资产', unit: '计划财务科', measures: ['2026年10月底前完成闲置资产清查。'] },
      {
        title: '干部人事档案专项审核',
        unit: '人事科',
        measures: ['2026年5月底前完成复审。', '2026年5月底前建立复审台账。'],
      },
      { title: '深入推进垃圾分类', unit: '市容环卫科', measures: ['2026年10月底前实现分类投放点全覆盖。'] },
    ],
    { policy: { ...simplePolicy, closure }, at: '2026-05-06T01:00:00.000Z' },
  );
  await round.assign('reviewer', await round.person('派驻纪检组', '纪检组'));
  const giving = { round, files };
  await round.until('2026-05-20T02:00:00.000Z');
  await give(giving, 'LN-03', '人事科经办人', 1, '复审表.txt', Buffer.from(minutes), '复审全部做完，见附件。');
  await give(giving, 'LN-03', '人事科经办人', 2, '台账.png', pngOf(640, 400));
  await round.proposeClosure('LN-03', '人事科经办人');
  await approveLevel(round, 'LN-03', '督办专责');
  await round.approve('LN-03', '派驻纪检组');
  await round.until('2026-09-02T02:00:00.000Z');
  await give(giving, 'LN-04', '市容环卫科经办人', 1, '投放点.png', pngOf(480, 320));
  await round.proposeClosure('LN-04', '市容环卫科经办人');
  await approveLevel(round, 'LN-04', '督办专责');
  await round.approve('LN-04', '派驻纪检组');
  await give(
    giving,
    'LN-01',
    '办公室经办人',
    1,
    '补登照片.png',
    pngOf(640, 400),
    '37条记录已逐条核实，照片是补登后的派车单。',
  );
  await give(giving, 'LN-01', '办公室经办人', 1, '会议纪要.txt', Buffer.from(minutes));
  await give(giving, 'LN-01', '办公室经办人', 2, '用车管理办法.pdf', Buffer.from('%PDF-1.7\n'), '办法已印发。');
  await round.proposeClosure('LN-01', '办公室经办人');
  await give(giving, 'LN-02', '计划财务科经办人', 1, '清查表.txt', Buffer.from('共清查12处。'));
  await round.proposeClosure('LN-02', '计划财务科经办人');
  await round.until('2026-09-03T02:00:00.000Z');
  await approveLevel(round, 'LN-01', '督办专责');
  return round;
}

interface Giving {
  readonly round: ToldRound;
  readonly files: EvidenceStore;
}

/** Hands in a file that is really kept. */
export async function give(
  { round, files }: Giving,
  code: string,
  name: string,
  measure: number,
  fileName: string,
  bytes: Uint8Array,
  words?: string,
): Promise<string> {
  const { sha256 } = await files.keep(bytes, 'application/octet-stream');
  const [id, issueId] = [randomUUID(), round.idOf(code)];
  const personId = round.personId(name);
  const { cycle } = round.progressOf(code);
  const row = { id, issueId, cycle, measure, sha256, fileName, personId, receivedAt: round.now };
  await round.ledger.evidence.create({ data: row });
  const noteId = words === undefined ? undefined : `note-${id}`;
  if (words !== undefined)
    await round.ledger.progressNote.create({
      data: { id: `note-${id}`, issueId, personId, text: words, at: round.now },
    });
  const evidence = [{ evidenceId: id, measure }];
  await round.tell(code, name, { type: 'evidenceReceived', evidence, ...(noteId !== undefined && { noteId }) });
  return id;
}

async function approveLevel(round: ToldRound, code: string, name: string): Promise<void> {
  const { closure, measures } = round.progressOf(code);
  const acceptedEvidence = measures.flatMap(({ evidence }) => evidence.map(({ evidenceId }) => evidenceId));
  const level = (closure?.approvals?.length ?? 0) + 1;
  const stateHash = closure?.stateHash ?? '';
  await round.tell(code, name, { type: 'closureLevelApproved', level, stateHash, acceptedEvidence });
}

/** What pages ask of issues, answered by the rules and written down by the round: all but the workflow around them. */
export function issuesOf(round: ToldRound): Pick<PagesDependencies['issues'], 'decideClosure' | 'recordLookBack'> {
  const ask =
    <Name extends 'decideClosure' | 'recordLookBack'>(name: Name) =>
    async (issueId: string, request: IssueRequest<Name> & { by: string; requestId: string }) => {
      const { ledger, roundId, now } = round;
      await mayAct(ledger, name, { issueId, roundId, now, by: request.by });
      const row = await ledger.issue.findUniqueOrThrow({ where: { id: issueId } });
      const standing = { ...storedIssue(row)!, now };
      const rule = requestRules[name] as unknown as RequestRule<IssueRequest<Name>>;
      const [refusal] = rule.refusals(standing, request);
      if (refusal !== undefined) throw new RefusedError(refusal.code, refusal.message);
      await round.tellAs(row.code, request, rule.fact(standing, request));
    };
  return { decideClosure: ask('decideClosure'), recordLookBack: ask('recordLookBack') };
}

/** Makes a round that was told as a drill one in earnest, with an account for each of these of its people. */
export async function inEarnest(round: ToldRound, names: readonly string[]): Promise<void> {
  const { ledger, roundId, clockId } = round;
  await ledger.round.update({ where: { id: roundId }, data: { clockId: 'real' } });
  await ledger.person.updateMany({ where: { scope: clockId }, data: { scope: 'real' } });
  await ledger.drill.delete({ where: { id: clockId } });
  await claimInstance(ledger, { name: '王主任', email: 'wang@office.example', password: reviewersPassword });
  const { id: by } = await ledger.person.findFirstOrThrow({ where: { email: 'wang@office.example' } });
  for (const name of names) {
    const now = new Date().toISOString();
    const { token } = await invite(ledger, { personId: round.personId(name), standing: 'person', by, now });
    await acceptInvitation(ledger, { token, password: reviewersPassword, now });
  }
}
