import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { calendarRoutes } from '../../../client/api/calendars.ts';
import { publishCalendar } from '../../../client/calendar/publish-calendar.ts';
import type { Instance } from '../../../client/commands/instance.ts';
import type { Output } from '../../../client/commands/output.ts';
import { deadline, workdays } from '../../../client/commands/readers.ts';
import { RefusedError } from '../../../client/refused-error.ts';
import { askJson, gatedApi } from '../../support/gated-api.ts';
import { testLedger } from '../../support/servers.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { holidayYearFor, sample2027 } from './holidays.ts';

const ledger = await testLedger();

/** A command's answer and what it says beside it. */
async function answerOf(command: (output: Output) => Promise<void>) {
  const notes: string[] = [];
  const answers: unknown[] = [];
  const nothing = (): void => undefined;
  const output: Output = {
    format: 'json',
    answer: (value) => void answers.push(value),
    refused: nothing,
    raw: (text) => void answers.push(text),
    note: (line) => void notes.push(line),
  };
  await command(output);
  return { answer: answers[0], notes };
}

const asked = (instance: () => Promise<Instance>) =>
  answerOf((output) => workdays(output, instance, '2026-12-31', '2027-01-04'));
const read = (instance: () => Promise<Instance>, phrase = '2027年国庆节前') =>
  answerOf((output) => deadline(output, instance, phrase, { feedback: '2026-10-19' }));
const nothingRuns = () => Promise.reject(new RefusedError('NotRunning', '没有正在运行的回头看'));

/** An instance whose API is asked without a network. */
function running(): Promise<Instance> {
  const never = () => Promise.reject(new Error('not asked here'));
  const roundDuties = { adoptRoundPolicy: never, adoptRoundCalendar: never };
  const routes = calendarRoutes({ ledger, issues: { ask: never }, roundDuties });
  const api = gatedApi(ledger, { '/calendar': routes });
  const get = () => askJson(api, '/calendar');
  return Promise.resolve({ get } as unknown as Instance);
}

test('workdays go by the calendar that the office has published, and without an instance by the bundled one', async () => {
  const bundled = { from: '2026-12-31', to: '2027-01-04', provisional: true };
  const alone = await asked(nothingRuns);
  expect(alone).toMatchObject({ answer: { ...bundled, workdays: ['2026-12-31', '2027-01-01', '2027-01-04'] } });
  expect(alone.notes.join()).toContain('自带');
  expect(await asked(running)).toMatchObject({ answer: bundled, notes: ['按已公布的日历第1版'] });

  await publishCalendar(ledger, { year: holidayYearFor(sample2027), source: '样例', mode: 'write' });

  const published = await asked(running);
  expect(published).toMatchObject({ answer: { provisional: false }, notes: ['按已公布的日历第2版'] });
  expect((published.answer as { workdays: string[] }).workdays).not.toContain('2027-01-01');
});

test('deadlines are read by the calendar that the office has published, a single one and a file of them', async () => {
  const alone = await read(nothingRuns);
  expect(alone).toMatchObject({
    answer: { kind: 'unknown', on: null },
    notes: ['按自带的放假安排（没有正在运行的回头看）'],
  });
  const published = await read(running);
  expect(published.answer).toEqual({ kind: 'date', on: '2027-09-30', longTerm: false, note: '' });
  expect(published.notes).toEqual(['按已公布的日历第2版']);

  const batch = join(temporaryFolder(), 'phrases.jsonl');
  writeFileSync(batch, '{"phrase":"2027年国庆节前","feedback":"2026-10-19"}\n');
  const lines = await answerOf((output) => deadline(output, running, undefined, { batch }));
  expect(JSON.parse(String(lines.answer))).toEqual(published.answer);
  expect(lines.notes).toEqual(published.notes);
});

test('a deadline that is misused is told at once, and no calendar is asked for', async () => {
  const never = () => Promise.reject(new Error('not asked here'));
  const misused = answerOf((output) => deadline(output, never, '3月底', { feedback: '2026-13-01' }));
  await expect(misused).rejects.toThrow('反馈日“2026-13-01”不是有效日期');
});
