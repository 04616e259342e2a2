import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readNotice } from '../../../client/notice-import/read-notice.ts';

const sample = (file: string): Uint8Array => readFileSync(join(import.meta.dirname, '../../../samples', file));

describe('the long sample, which holds every trap', () => {
  const reading = readNotice(sample('xingyuan-2024.txt'), 'xingyuan-2024.txt');

  test('has 31 issues and 6 long-term ones under 4 aspects', () => {
    expect(reading.issues.filter(({ longTerm }) => !longTerm).map(({ number }) => number)).toEqual(
      Array.from({ length: 31 }, (_, index) => index + 1),
    );
    expect(reading.issues.filter(({ longTerm }) => longTerm)).toHaveLength(6);
    expect(reading.aspects.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
    expect(reading.level).toBe('1.');
  });

  test('has the measures of each issue, counted once', () => {
    const counts = reading.issues.map(({ measures }) => measures.length).join(' ');
    expect(counts).toBe('3 2 4 3 0 2 3 3 3 2 3 3 2 3 2 2 3 3 2 0 3 2 2 2 3 2 3 2 2 3 2 3 2 3 4 0 2');
  });

  test('joins the three paragraphs that page breaks cut, one of them across a page number', () => {
    expect(reading.joins).toBe(3);
    expect(reading.issues[8]?.measures[0]).toContain('查处超限超载车辆318辆次');
  });

  test('takes the feedback day’s year from the inspection and asks about what is malformed', () => {
    expect(reading.round).toMatchObject({
      bodyName: '中共星源县交通运输局党组',
      team: '县委第四巡察组',
      inspectedFrom: '2023-10-16',
      inspectedTo: '2024-01-12',
      feedbackOn: '2024-02-26',
      signedOn: null,
      commentFrom: '2024-08-21',
      commentTo: '2024-09-04',
      phones: ['0799-6120000'],
      postalAddress: '岭南市星源县通达大道18号县交通运输局整改办',
      emails: [],
    });
  });

  test('names every problem with its line', () => {
    expect(reading.problems.map(({ line, code }) => `${line} ${code}`)).toEqual([
      '13 claim-differs',
      '13 claim-differs',
      '13 claim-differs',
      '21 claim-sum',
      '75 misnumbered-issue',
      '89 glued-heading',
      '103 duplicated-block',
      '107 repeated-heading',
      '177 malformed-email',
      '181 malformed-signing-day',
    ]);
  });

  test('counts issues that a member of the leadership claims for himself as no total', () => {
    expect(reading.claims.map(({ claimed }) => claimed)).not.toContain(6);
  });
});

test('the short sample is read without a question and its claims hold', () => {
  const reading = readNotice(sample('qinghe-2024.txt'), 'qinghe-2024.txt');
  expect(reading.problems).toEqual([]);
  expect(reading.issues.map(({ number, longTerm, measures }) => [number, longTerm, measures.length])).toEqual([
    [1, false, 3],
    [2, false, 3],
    [3, false, 2],
    [4, false, 3],
    [5, false, 2],
    [6, false, 4],
    [1, true, 3],
    [2, true, 3],
  ]);
  expect(reading.claims).toEqual([
    { what: '方面', claimed: 2, found: 2 },
    { what: '问题', claimed: 8, found: 8 },
    { what: '整改措施', claimed: 23, found: 23 },
  ]);
  expect(reading.round).toEqual({
    bodyName: '中共青禾市园林绿化局党组',
    team: '市委第二巡察组',
    inspectedFrom: '2023-05-08',
    inspectedTo: '2023-07-21',
    feedbackOn: '2023-09-15',
    signedOn: '2024-03-29',
    signedBy: '中共青禾市园林绿化局党组',
    commentFrom: '2024-04-01',
    commentTo: '2024-04-15',
    commentText: '2024年4月1日至2024年4月15日',
    phones: ['0799-8230017'],
    postalAddress: '青禾市新城区绿荫路6号市园林绿化局整改办',
    emails: ['zhenggai@qinghe-yl.example.cn'],
  });
});
