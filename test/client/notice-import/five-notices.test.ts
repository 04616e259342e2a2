import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { NoticeReading, RoundFacts } from '../../../client/notice-import/notice-reading.ts';
import { readNotice } from '../../../client/notice-import/read-notice.ts';

/** The five published notices stand beside the project and are read there; a stranger's clone has none. */
const folder = join(import.meta.dirname, '../../../../shared/notices');
const isThere = existsSync(folder);
const when = isThere ? '' : `（跳过：没有 ${folder}，五份公开通报不随项目分发）`;

interface Expected {
  readonly file: string;
  readonly round: Partial<RoundFacts>;
  readonly level: NoticeReading['level'];
  readonly aspects: readonly number[];
  readonly groups: number;
  readonly measures: readonly number[];
  readonly longTerm: readonly number[];
  readonly joins: number;
  readonly claims: NoticeReading['claims'];
  readonly problems: readonly string[];
}

const vector = (text: string): number[] => text.split(/\D+/u).filter(Boolean).map(Number);

const notices: readonly Expected[] = [
  {
    file: 'gaoming-2024.txt',
    round: {
      inspectedFrom: '2023-03-03',
      inspectedTo: '2023-06-09',
      feedbackOn: '2023-08-02',
      signedOn: '2024-02-01',
      commentFrom: '2024-02-04',
      commentTo: '2024-03-05',
    },
    level: '1.',
    aspects: [1, 2, 3, 4],
    groups: 0,
    measures: vector('3 4 0 3 3 4 4 3 3 4 3'),
    longTerm: vector('0 5 3 6 6 3 4'),
    joins: 9,
    claims: [],
    problems: [],
  },
  {
    file: 'zhongshan-2024.txt',
    round: {
      inspectedFrom: '2023-05-19',
      inspectedTo: '2023-07-31',
      feedbackOn: '2023-09-22',
      signedOn: '2024-05-11',
      commentFrom: '2024-05-11',
      commentTo: '2024-05-25',
    },
    level: '（1）',
    aspects: [1, 2, 3],
    groups: 13,
    measures: vector('3 3 4 6 4 6 4 4 6 3 3 3 5 5 4 6 3 3 5 4 3 4 6 3 · 3 4 4 7 3 6 4 4 3 0 · 3 2 3 3'),
    longTerm: vector('4 3 6 4 3'),
    joins: 0,
    claims: [],
    problems: [],
  },
  {
    file: 'guangde-2025.txt',
    round: {
      inspectedFrom: '2024-04-16',
      inspectedTo: '2024-06-14',
      feedbackOn: '2024-09-13',
      signedOn: '2025-08-20',
      commentFrom: null,
      commentTo: null,
      emails: [],
    },
    level: '1.',
    aspects: [1, 2, 3, 4],
    groups: 0,
    measures: vector('3 2 2 3 3 4 5 4 4 5 2 3 3 3 · 5 2 4 4 3 3 3 3 4 4 3 · 3 3 3 2 3 4 · 3'),
    longTerm: [],
    joins: 0,
    claims: [],
    problems: ['1 missing-title', '44 malformed-email', '44 missing-comment-window'],
  },
  {
    file: 'pingshan-2018.txt',
    round: {
      inspectedFrom: '2018-03-05',
      inspectedTo: '2018-04-13',
      feedbackOn: '2018-06-08',
      signedOn: '2018-09-10',
      commentFrom: null,
      commentTo: null,
    },
    level: '1.',
    aspects: [1, 3, 4],
    groups: 0,
    measures: vector('3 0 2 3 3 2 2 3 0 2 0 2 2 2 2 3 3'),
    longTerm: [],
    joins: 3,
    claims: [
      { what: '方面', claimed: 4, found: 3 },
      { what: '问题', claimed: 17, found: 17 },
      { what: '整改措施', claimed: 34, found: 34 },
    ],
    problems: [
      '21 claim-differs',
      '59 misnumbered-issue',
      '71 misnumbered-issue',
      '71 glued-heading',
      '83 duplicated-block',
      '89 repeated-heading',
      '97 missing-aspect',
      '175 missing-comment-window',
    ],
  },
  {
    file: 'xinhua-2023.txt',
    round: {
      inspectedFrom: '2023-06-29',
      inspectedTo: '2023-08-31',
      feedbackOn: '2023-10-19',
      signedOn: null,
      signedBy: null,
      commentFrom: null,
      commentTo: null,
    },
    level: '一、',
    aspects: [],
    groups: 0,
    measures: vector('0 2 3 4 8 0 3 2 0'),
    longTerm: [],
    joins: 0,
    claims: [],
    problems: ['25 missing-signer', '25 missing-signing-day', '25 missing-comment-window'],
  },
];

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);

describe.skipIf(!isThere)(`the five published notices${when}`, () => {
  test.each(notices)('$file is read with exactly its counts, days, joins and named problems', (expected) => {
    const reading = readNotice(readFileSync(join(folder, expected.file)), expected.file);
    const inTime = reading.issues.filter(({ longTerm }) => !longTerm);
    const longTerm = reading.issues.filter((issue) => issue.longTerm);
    expect(reading.round).toMatchObject(expected.round);
    expect(reading.level).toBe(expected.level);
    expect(reading.aspects.map(({ number }) => number)).toEqual(expected.aspects);
    expect(new Set(inTime.flatMap(({ group }) => group ?? [])).size).toBe(expected.groups);
    expect(inTime.map(({ measures }) => measures.length)).toEqual(expected.measures);
    expect(longTerm.map(({ measures }) => measures.length)).toEqual(expected.longTerm);
    expect(inTime.map(({ number }) => number)).toEqual(expected.measures.map((_, index) => index + 1));
    expect(longTerm.map(({ number }) => number)).toEqual(expected.longTerm.map((_, index) => index + 1));
    expect(reading.joins).toBe(expected.joins);
    expect(reading.claims).toEqual(expected.claims);
    expect(reading.problems.map(({ line, code }) => `${line} ${code}`).toSorted()).toEqual(
      expected.problems.toSorted(),
    );
  });

  test.each([
    ['gaoming-2024.txt', 34, 27],
    ['zhongshan-2024.txt', 149, 20],
    ['guangde-2025.txt', 105, 0],
    ['pingshan-2018.txt', 34, 0],
    ['xinhua-2023.txt', 22, 0],
  ])('%s holds %i measures in its issues and %i in its long-term items', (file, inIssues, inLongTerm) => {
    const { issues } = readNotice(readFileSync(join(folder, file)), file);
    const count = (isLongTerm: boolean): number =>
      sum(issues.filter(({ longTerm }) => longTerm === isLongTerm).map(({ measures }) => measures.length));
    expect([count(false), count(true)]).toEqual([inIssues, inLongTerm]);
  });

  test('every notice names its body, its team, one phone and one postal address', () => {
    for (const { file } of notices) {
      const { round } = readNotice(readFileSync(join(folder, file)), file);
      expect(round.bodyName, file).toMatch(/^中共.+局党组$/u);
      expect(round.team, file).toMatch(/^[市区]委第.巡察组$/u);
      expect(round.phones, file).toHaveLength(1);
      expect(round.postalAddress, file).toMatch(/[街路]|丹梓大道/u);
    }
  });
});

test.skipIf(isThere)(`the five notices are not read here${when}`, () => undefined);
