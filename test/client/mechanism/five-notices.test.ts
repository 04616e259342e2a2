import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Mechanism } from '../../../client/mechanism/mechanism.ts';
import { readMechanism } from '../../../client/mechanism/read-mechanism.ts';
import { openNotice } from '../../../client/notice-import/open-notice.ts';
import { readNoticeParagraphs } from '../../../client/notice-import/read-notice.ts';

/** The five published notices stand beside the project and are read there; a stranger's clone has none. */
const folder = join(import.meta.dirname, '../../../../shared/notices');
const isThere = existsSync(folder);
const when = isThere ? '' : `（跳过：没有 ${folder}，五份公开通报不随项目分发）`;

function mechanismOf(file: string): Mechanism {
  const opened = openNotice(readFileSync(join(folder, file)), file);
  return readMechanism(opened, readNoticeParagraphs(opened));
}

const everyAndPlace = ({ duties }: Mechanism): string[] =>
  duties.map(({ every, issue, line }) => `${line} ${issue ?? '-'} ${every}`);

describe.skipIf(!isThere)(`the mechanisms of the five published notices${when}`, () => {
  test('Gaoming keeps a monthly sub-ledger: 14 of 22 asked to leave, 8 are in work', () => {
    const mechanism = mechanismOf('gaoming-2024.txt');
    expect(mechanism.preset.name).toBe('黑点月报');
    expect(mechanism.preset.because).toContain('第61行');
    expect(mechanism.subLedgers).toEqual([
      {
        issue: 14,
        itemName: '黑点',
        entered: 22,
        askedToLeave: 14,
        inWork: 8,
        left: 0,
        reportEvery: 'month',
        line: 61,
      },
    ]);
    expect(everyAndPlace(mechanism)).toEqual(['61 14 month', '67 16 quarter']);
    expect(mechanism.sources).toEqual([{ title: '巡察反馈', line: 5 }]);
  });

  test('Zhongshan checks weekly, dispatches monthly, evaluates from time to time and supervised in two batches', () => {
    const mechanism = mechanismOf('zhongshan-2024.txt');
    expect(mechanism.preset.name).toBe('周检查·月调度·定期评估');
    expect(mechanism.preset.because).toContain('第16行写到“周检查、月调度、定期评估”');
    expect(mechanism.supervisionBatches).toEqual([{ count: 2, line: 16 }]);
    expect(everyAndPlace(mechanism).filter((each) => each.includes(' - '))).toEqual([
      '16 - week',
      '16 - month',
      '16 - periodic',
      '16 - month',
    ]);
    expect(mechanism.phases).toEqual([]);
  });

  test('Guangde answers three sources in six months, deals with persons in 14 issues and pursues none in one', () => {
    const mechanism = mechanismOf('guangde-2025.txt');
    expect(mechanism.preset.name).toBe('简明');
    expect(mechanism.concentratedMonths).toBe(6);
    expect(mechanism.sources).toEqual([
      { title: '巡察反馈', line: 2 },
      { title: '法治建设专项检查', line: 4 },
      { title: '选人用人检查', line: 4 },
    ]);
    expect(everyAndPlace(mechanism)).toEqual(['8 2 quarter', '20 14 year', '35 27 month']);
    const issues = (outcome: string): number[] =>
      mechanism.accountability.filter((each) => each.outcome === outcome).map(({ issue }) => issue);
    expect(issues('dealtWith')).toEqual([6, 7, 8, 9, 15, 16, 17, 18, 19, 21, 22, 23, 24, 25]);
    expect(issues('notPursued')).toEqual([20]);
    expect(mechanism.accountability.filter(({ body }) => body === null).map(({ issue }) => issue)).toEqual([15, 16]);
    expect(mechanism.disputed.map(({ issue }) => issue)).toEqual([20, 32]);
    expect(mechanism.waiting).toEqual([{ issue: 31, authority: '市编委会', line: 39 }]);
    expect(mechanism.overtaken).toMatchObject([{ issue: 10, line: 16 }]);
  });

  test('Pingshan has three phases of its own, of which two overlap', () => {
    const mechanism = mechanismOf('pingshan-2018.txt');
    expect(mechanism.preset.name).toBe('三阶段');
    expect(mechanism.phases.map(({ from, to, line }) => [from, to, line])).toEqual([
      ['2018-06-01', '2018-08-31', 21],
      ['2018-08-01', '2018-12-31', 21],
      ['2019-01-01', '2019-12-31', 21],
    ]);
  });

  test('Xinhua meets weekly within one issue, which suggests the cadence', () => {
    const mechanism = mechanismOf('xinhua-2023.txt');
    expect(mechanism.preset.name).toBe('周检查·月调度·定期评估');
    expect(mechanism.preset.because).toMatch(/第16行.*每周.*请确认/u);
    expect(everyAndPlace(mechanism)).toEqual(['14 4 month', '16 5 week', '16 5 day', '16 5 quarter']);
  });

  test.each([
    ['gaoming-2024.txt', ['subLedgers']],
    ['zhongshan-2024.txt', ['supervisionBatches']],
    ['guangde-2025.txt', ['accountability', 'disputed', 'waiting', 'overtaken']],
    ['pingshan-2018.txt', ['phases']],
    ['xinhua-2023.txt', []],
  ])('%s holds nothing of the other mechanisms and leaves no question', (file, own) => {
    const { preset, concentratedMonths, sources, duties, problems, ...rest } = mechanismOf(file);
    expect(
      Object.entries(rest)
        .flatMap(([name, found]) => (found.length > 0 ? [name] : []))
        .toSorted(),
    ).toEqual(own.toSorted());
    expect(problems).toEqual([]);
    expect(preset.because).not.toBe('');
    expect(sources.length).toBeGreaterThan(0);
    expect(duties.length).toBeGreaterThan(0);
    expect(concentratedMonths).toBe(file === 'guangde-2025.txt' ? 6 : null);
  });
});

test.skipIf(isThere)(`the mechanisms of the five notices are not read here${when}`, () => undefined);
