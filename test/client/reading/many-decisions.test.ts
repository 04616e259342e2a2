import { expect, test } from 'vitest';
import { readOverview } from '../../../client/reading/index.ts';
import { testLedger } from '../../support/servers.ts';
import { ToldRound } from './builder.ts';

const ledger = await testLedger();
const waiting = 52;

test('of more decisions than the overview lists, the first due are listed and all are counted', async () => {
  const round = await ToldRound.launched(
    ledger,
    Array.from({ length: waiting }, (_, index) => ({ title: `第${String(index + 1)}项制度不健全` })),
  );
  const codes = Array.from({ length: waiting }, (_, index) => `LN-${String(index + 1).padStart(2, '0')}`);
  for (const code of codes) {
    await round.tell(code, '办公室经办人', {
      type: 'obligationOpened',
      obligationId: 'closure-decision-1',
      ...{ kind: 'closureDecision', role: 'office', dueOn: code === codes.at(-1) ? '2024-01-05' : '2024-01-09' },
    });
  }
  const { duties, dutyCount } = await readOverview(ledger);
  expect([duties.counts.closures, dutyCount, duties.closures.length]).toEqual([waiting, waiting, 50]);
  expect(duties.closures.slice(0, 2).map(({ code }) => code)).toEqual([codes.at(-1), codes[0]]);
});

test('what people ask of the office waits for it; a closure that is the next level’s does not', async () => {
  const room = await testLedger();
  const round = await ToldRound.launched(room, [
    { title: '公务用车管理不规范', unit: '办公室' },
    { title: '制度不健全' },
  ]);
  const owed = (id: string, kind: 'extensionDecision' | 'closureDecision', role: 'office' | 'responsibleLeader') =>
    ({ type: 'obligationOpened', obligationId: id, kind, role, dueOn: '2024-01-09' }) as const;
  await round.tell('LN-01', '办公室经办人', {
    ...{ type: 'extensionRequested', until: '2024-08-30', measures: [], reason: '设备未到', progress: '已采购' },
  });
  await round.tell('LN-01', '办公室经办人', owed('extension-decision-9', 'extensionDecision', 'office'));
  await round.tell('LN-02', '办公室经办人', owed('closure-decision-9', 'closureDecision', 'responsibleLeader'));
  const { duties, dutyCount } = await readOverview(room);
  expect(duties.closures).toEqual([]);
  expect(duties.requests.map(({ code, what }) => [code, what])).toContainEqual([
    'LN-01',
    '决定延期申请：公务用车管理不规范',
  ]);
  expect(duties.requests[0]?.bits).toEqual(['办公室', '1月2日(周二)申请延至2024年8月30日(周五)']);
  expect(dutyCount).toBe(duties.counts.requests);
});
