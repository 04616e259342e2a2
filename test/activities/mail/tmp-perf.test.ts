import { it } from 'vitest';
import { at } from '../../../workflows/rules/instants.ts';
import { MailRoom } from './mail-room.ts';
import { ordinaryTerms } from '../../support/terms.ts';
import { fromIsoDate } from '../../../prisma/days.ts';
for (const [people, perIssue] of [[200, 5]] as const)
it(`perf ${people}`, async () => {
  const room = await MailRoom.open();
  const friday = '2024-03-29';
  const issues = 400;
  for (let p = 0; p < people; p++) await room.person(`p${p}`, `人${p}`);
  await room.ledger.issue.createMany({ data: Array.from({ length: issues }, (_, n) => ({ id: `issue-${n}`, roundId: 'round', bodyId: 'body', number: n + 1, code: `LN-${n + 1}`, title: `问题${n}关于某项工作不到位的问题`, text: 't', kind: 'ordinary' as const, firstDeadline: fromIsoDate(friday), terms: ordinaryTerms({ issueId: `issue-${n}` }) as object })) });
  await room.ledger.assignment.createMany({ data: Array.from({ length: issues }, (_, n) => ({ roundId: 'round', issueId: `issue-${n}`, role: 'handler' as const, personId: `p${n % people}` })) });
  const obligations = []; const rows = [];
  for (let n = 0; n < issues; n++) for (let m = 1; m <= perIssue; m++) {
    obligations.push({ issueId: `issue-${n}`, cycle: 1, id: `evidence-${m}-1`, kind: 'evidence' as const, role: 'handler' as const, measure: m, openedAt: at('2024-03-01', '09:00'), dueOn: fromIsoDate(friday) });
    for (const [day, rung] of [[friday, 'on-day'], ['2024-04-01', 'after-1'], ['2024-04-08', 'after-3']] as const)
      rows.push({ key: `issue-${n}/1/evidence-${m}-1/${rung}/handler/${day}`, kind: 'reminder' as const, clockId: 'real', letter: 'reminder', plannedOn: fromIsoDate(day), earliestAt: at(day, '09:00'), latestAt: at(day, '18:00'), because: {}, policyVersion: 1, roundId: 'round', issueId: `issue-${n}`, cycle: 1, role: 'handler' as const, obligationId: `evidence-${m}-1`, rungId: rung });
  }
  await room.ledger.obligation.createMany({ data: obligations });
  await room.ledger.outboxRow.createMany({ data: rows });
  await room.ledger.$executeRawUnsafe('ANALYZE');
  const t = performance.now(); console.log('people cpu before', JSON.stringify(process.cpuUsage()));
  const r = await room.deliver(at(friday, '09:00'));
  console.log(people, 'people', JSON.stringify(r), Math.round(performance.now() - t), 'ms', room.server.taken.length, 'mails', room.server.taken[0]!.raw.length, 'bytes');
console.log('people', JSON.stringify((globalThis as any).S)); const t2 = performance.now();
  await room.deliver(at(friday, '09:05'));
  console.log('idle look', Math.round(performance.now() - t2), 'ms');
  await room.close();
});
