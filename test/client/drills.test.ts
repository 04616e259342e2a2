import type { Client } from '@temporalio/client';
import { expect, test } from 'vitest';
import { Drills } from '../../client/drills.ts';
import { Rounds } from '../../client/rounds.ts';
import { testLedger } from '../support/servers.ts';

const ledger = await testLedger();

test('a drill whose round has ended before it goes on at the next start, and is not launched again', async () => {
  const started: string[] = [];
  const temporal = {
    workflow: { start: (type: string) => Promise.resolve(void started.push(type)) },
  } as unknown as Client;
  await ledger.round.create({
    data: { id: 'd1', name: '演练', codePrefix: 'GM', clockId: 'd1', state: 'ended' },
  });
  await ledger.drill.create({
    data: {
      id: 'd1',
      roundId: 'd1',
      seed: '1',
      staff: 'mixed',
      secondsPerDay: 5,
      now: '2024-10-08T01:00:00.000Z',
      endsBy: '2025-10-08T01:00:00.000Z',
    },
  });
  const drills = new Drills({ ledger, temporal, rounds: new Rounds({ ledger, temporal }), acceptedFile: '/nowhere' });
  await drills.resume();
  expect(started).toEqual(['keepPostOffice', 'conductDrill']);
});
