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
