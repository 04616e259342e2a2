import { expect, test } from 'vitest';
import { calendarRoutes } from '../../../client/api/calendars.ts';
import { publishCalendar } from '../../../client/calendar/publish-calendar.ts';
import type { Instance } from '../../../client/commands/instance.ts';
import type { Output } from '../../../client/commands/output.ts';
import { workdays } from '../../../client/commands/readers.ts';
import { RefusedError } from '../../../client/refused-error.ts';
import { testLedger } from '../../support/servers.ts';
import { holidayYearFor, sample2027 } from './holidays.ts';

const ledger = await testLedger();

/** The command's answer and what it says beside it. */
async function asked(instance: () => Promise<Instance>) {
  const notes: string[] = [];
  const answers: unknown[] = [];
  const nothing = (): void => undefined;
  const output: Output = {
    format: 'json',
    answer: (value) => void answers.push(value),
    refused: nothing,
    raw: nothing,
    note: (line) => void notes.push(line),
  };
  await workdays(output, instance, '2026-12-31', '2027-01-04');
  return { answer: answers[0], notes };
}

/** An instance whose API is asked without a network. */
function running(): Promise<Instance> {
  const never = () => Promise.reject(new Error('not asked here'));
  const roundDuties = { adoptRoundPolicy: never, adoptRoundCalendar: never };
  const routes = calendarRoutes({ ledger, issues: { ask: never }, roundDuties });
  const get = async () => (await routes.request('/')).json();
  return Promise.resolve({ get } as unknown as Instance);
}

test('workdays go by the calendar that the office has published, and without an instance by the bundled one', async () => {
  const bundled = { from: '2026-12-31', to: '2027-01-04', provisional: true };
  const alone = await asked(() => Promise.reject(new RefusedError('NotRunning', '没有正在运行的回头看')));
  expect(alone).toMatchObject({ answer: { ...bundled, workdays: ['2026-12-31', '2027-01-01', '2027-01-04'] } });
  expect(alone.notes.join()).toContain('自带');
  expect(await asked(running)).toMatchObject({ answer: bundled, notes: ['按已公布的日历第1版'] });

  await publishCalendar(ledger, { year: holidayYearFor(sample2027), source: '样例', mode: 'write' });

  const published = await asked(running);
  expect(published).toMatchObject({ answer: { provisional: false }, notes: ['按已公布的日历第2版'] });
  expect((published.answer as { workdays: string[] }).workdays).not.toContain('2027-01-01');
});
