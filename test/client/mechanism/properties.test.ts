import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readMechanism } from '../../../client/mechanism/read-mechanism.ts';
import { linesOf } from '../../../client/notice-import/paragraphs.ts';
import { readNoticeParagraphs } from '../../../client/notice-import/read-notice.ts';

const sample = (file: string): string => readFileSync(join(import.meta.dirname, '../../../samples', file), 'utf8');
const said = fc.constantFrom(
  '一、党组履行主体责任情况\n',
  '二、巡察反馈问题整改落实情况\n',
  '\n1.关于甲的问题。',
  '\n（一）聚焦乙方面\n',
  '整改情况：',
  '一是',
  '；二是',
  '。',
  '，',
  '、',
  '“',
  '《',
  '第一阶段（',
  '2023年7月至8月）',
  '每月检查一次',
  '周调度',
  '35处易涝点中',
  '申请出库20处',
  '正在治理15处',
  '经核实',
  '符合规定',
  '待市政府批复',
  '职责划转至县综合执法局',
  '对责任人予以处理',
  '集中整改期三个月',
  '督办2批次',
);

describe('whatever a notice says', () => {
  test('each fact names an issue that was read and a line that is there, and reading twice gives the same', () => {
    fc.assert(
      fc.property(fc.array(said, { maxLength: 50 }), (parts) => {
        const lines = linesOf(parts.join(''));
        const reading = readNoticeParagraphs(lines);
        const mechanism = readMechanism(lines, reading);
        const { phases, sources, subLedgers, supervisionBatches, duties, problems } = mechanism;
        const { accountability, disputed, waiting, overtaken } = mechanism;
        const ofIssues = [subLedgers, duties, accountability, disputed, waiting, overtaken].flat();
        for (const { issue } of ofIssues)
          if (issue !== null) expect(reading.issues[issue - 1], `issue ${issue}`).toBeDefined();
        const known = new Set(lines.map(({ line }) => line));
        for (const { line } of [...phases, ...sources, ...supervisionBatches, ...problems, ...ofIssues])
          expect(known.has(line), `line ${line}`).toBe(true);
        for (const { from, to } of phases) expect(from <= to).toBe(true);
        expect(readMechanism(lines, reading)).toEqual(mechanism);
      }),
    );
  });
});

describe('the samples', () => {
  test.each([
    ['qinghe-2024.txt', 7, []],
    ['xingyuan-2024.txt', 17, ['上级']],
  ])('%s is run by a weekly check and a monthly dispatch', (file, line, authorities) => {
    const lines = linesOf(sample(file));
    const mechanism = readMechanism(lines, readNoticeParagraphs(lines));
    expect(mechanism.preset.name).toBe('周检查·月调度·定期评估');
    expect(mechanism.duties.filter(({ issue }) => issue === null)).toEqual([
      { title: '周检查', every: 'week', line, issue: null },
      { title: '月调度', every: 'month', line, issue: null },
    ]);
    expect(mechanism.waiting.map(({ authority }) => authority)).toEqual(authorities);
    expect(mechanism.problems).toEqual([]);
  });
});
