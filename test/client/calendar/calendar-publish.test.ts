import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { CalendarPublished } from '../../../client/calendar/publish-calendar.ts';
import { calendarPublish, calendarRead } from '../../../client/commands/calendar-publish.ts';
import { Instance } from '../../../client/commands/instance.ts';
import type { Output } from '../../../client/commands/output.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { holidayYearFor, noticeOf, sample2027 } from './holidays.ts';

function written(): { output: Output; answers: { value: unknown; words: string }[] } {
  const answers: { value: unknown; words: string }[] = [];
  const nothing = (): void => undefined;
  const answer: Output['answer'] = (value, words) => void answers.push({ value, words: words() });
  return { output: { format: 'json', answer, refused: nothing, raw: nothing, note: nothing }, answers };
}

function fileWith(name: string, text: string): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, text);
  return path;
}

test('a notice and a table are read from files, with what must be settled', () => {
  const { output, answers } = written();

  calendarRead(output, fileWith('样例.txt', noticeOf(sample2027)));
  calendarRead(output, fileWith('样例.csv', '日期,类型,节日\n2027-10-01,放假,国庆节'));

  expect(answers[0]?.value).toEqual({ ...holidayYearFor(sample2027), problems: [] });
  expect(answers[0]?.words).toContain('2027年：7 个节日放假，6 天调休上班');
  expect(answers[0]?.words).not.toContain('请核对');
  expect(answers[1]?.value).toMatchObject({ year: 2027, festivals: [{ name: '国庆节' }] });
  expect(answers[1]?.words).toContain('没有读到元旦的放假安排');
});

test('a notice saved as a web page is read like its text', () => {
  const { output, answers } = written();
  const paragraphs = noticeOf(sample2027)
    .split('\n')
    .map((line) => `<p>　　${line}</p>`);

  calendarRead(output, fileWith('样例.html', `<html><body><div>${paragraphs.join('\n')}</div></body></html>`));

  expect(answers[0]?.value).toEqual({ ...holidayYearFor(sample2027), problems: [] });
});

test('a file is sent to the running instance as it is, and its answer is told', async () => {
  const asked: { path: string; body: string }[] = [];
  const done: CalendarPublished = {
    written: 'preview',
    version: 2,
    year: 2027,
    difference: [{ day: '2027-02-08', becomes: 'off', words: '由上班改为放假（春节）' }],
    provisionalRows: 3,
  };
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      asked.push({ path: decodeURIComponent(request.url ?? ''), body: Buffer.concat(parts).toString() });
      response.setHeader('content-type', 'application/json').end(JSON.stringify(done));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const instance = new Instance({ url: `http://127.0.0.1:${String(port)}`, token: 't' });
  const { output, answers } = written();

  await calendarPublish(output, instance, fileWith('样例.txt', noticeOf(sample2027)), { mode: 'preview' });

  expect(asked).toEqual([{ path: '/api/calendar?fileName=样例.txt&mode=preview', body: noticeOf(sample2027) }]);
  expect(answers).toMatchObject([{ value: done }]);
  expect(answers[0]?.words).toContain('（预览，未写入）日历第2版');
  expect(answers[0]?.words).toContain('2027年2月8日(周一)由上班改为放假（春节）');
  expect(answers[0]?.words).toContain('有 3 条待发提醒');
});
