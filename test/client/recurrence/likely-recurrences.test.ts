import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprintOf, similarity } from '../../../client/recurrence/fingerprint.ts';
import { likelyRecurrences, type RecurrenceIssue } from '../../../client/recurrence/likely-recurrences.ts';
import { processorMs } from '../../support/processor-time.ts';

const issue = (issueId: string, title: string, words: Partial<RecurrenceIssue> = {}): RecurrenceIssue => ({
  issueId,
  unit: '',
  aspect: '',
  title,
  text: '',
  ...words,
});

describe('likely recurrences', () => {
  it('are proposed best first, with a reason, and others are left alone', () => {
    const issues = [
      issue('new-1', '公务接待管理不规范', { unit: '办公室' }),
      issue('new-2', '固定资产管理不到位', { unit: '财务股' }),
      issue('new-3', '意识形态阵地建设薄弱'),
    ];
    const closed = [
      issue('old-1', '公务接待审批不严格', { unit: '办公室' }),
      issue('old-2', '部分固定资产未入账', { unit: '财务股' }),
      issue('old-3', '2019年固定资产管理存在问题', { unit: '办公室' }),
      issue('old-4', '档案管理不规范'),
    ];
    const proposals = likelyRecurrences(issues, closed, 0.5);
    expect(proposals.map(({ issueId, earlierIssueId }) => `${issueId} ${earlierIssueId}`)).toEqual([
      'new-2 old-3',
      'new-1 old-1',
      'new-2 old-2',
    ]);
    expect(proposals[0]).toEqual({
      issueId: 'new-2',
      earlierIssueId: 'old-3',
      score: 1,
      because: '文字相近度100%，相同内容：“固定资产”',
    });
    expect(proposals[1]?.because).toMatch(/责任部门相同，相同内容：“公务接待”$/u);
  });

  it('are at most three for an issue, by their ids where equally alike', () => {
    const closed = ['d', 'b', 'e', 'a', 'c'].map((id) => issue(id, '公务接待管理不规范'));
    const proposals = likelyRecurrences([issue('new', '公务接待管理不规范')], closed, 0.5);
    expect(proposals.map(({ earlierIssueId }) => earlierIssueId)).toEqual(['a', 'b', 'c']);
  });

  it('an issue is no recurrence of itself', () => {
    const same = issue('one', '公务接待管理不规范');
    expect(likelyRecurrences([same], [same], 0.1)).toEqual([]);
  });

  it.each([0, -1, 1.01, NaN])('a threshold of %d is a defect', (threshold) => {
    expect(() => likelyRecurrences([], [], threshold)).toThrow(RangeError);
  });

  const parts = [
    '公务接待',
    '固定资产',
    '理论学习',
    '工程项目',
    '招投标',
    '集体决策',
    '不规范',
    '未入账',
    '超标准',
    '审批',
  ];
  const someIssue = fc.record({
    issueId: fc.nat(1000).map(String),
    unit: fc.constantFrom('办公室', '财务股'),
    aspect: fc.constantFrom('聚焦一', '聚焦二'),
    title: fc.array(fc.constantFrom(...parts), { minLength: 1, maxLength: 3 }).map((chosen) => chosen.join('')),
    text: fc.array(fc.constantFrom(...parts), { maxLength: 6 }).map((chosen) => chosen.join('，')),
  });
  const someIssues = fc.uniqueArray(someIssue, { selector: ({ issueId }) => issueId, maxLength: 15 });

  it('are those that comparing every pair would find', () => {
    fc.assert(
      fc.property(someIssues, someIssues, fc.integer({ min: 1, max: 100 }), (issues, closed, percent) => {
        const threshold = percent / 100;
        const proposals = likelyRecurrences(issues, closed, threshold);
        for (const one of issues) {
          const pairs = closed
            .filter(({ issueId }) => issueId !== one.issueId)
            .map((other) => similarity(fingerprintOf(one), fingerprintOf(other)))
            .filter((score) => score >= threshold)
            .sort((a, b) => b - a);
          const found = proposals.filter(({ issueId }) => issueId === one.issueId).map(({ score }) => score);
          expect(found).toEqual(pairs.slice(0, 3));
        }
        expect(proposals.map(({ score }) => score)).toEqual(proposals.map(({ score }) => score).sort((a, b) => b - a));
      }),
    );
  });

  it('a thousand issues are held against five thousand in seconds', () => {
    // Texts as long as real ones, of words that come round again, so that many bigrams are in many issues.
    const many = (count: number, prefix: string) =>
      Array.from({ length: count }, (_, index) => {
        const chosen = (place: number) => parts[(index * 7 + place * (1 + (index % 9))) % parts.length] ?? '';
        const own = String.fromCodePoint(
          0x4e00 + index,
          0x5e00 + ((index * 37) % 5000),
          0x6e00 + ((index * 11) % 5000),
        );
        const text = Array.from({ length: 60 }, (_part, place) => `${chosen(place)}${place % 5 === 0 ? own : ''}`).join(
          '，',
        );
        return issue(`${prefix}-${String(index)}`, `${own}${chosen(index % 10)}`, { text });
      });
    let proposals: ReturnType<typeof likelyRecurrences> = [];
    const [issues, closed] = [many(1000, 'new'), many(5000, 'old')];
    expect(processorMs(() => (proposals = likelyRecurrences(issues, closed, 0.6)))).toBeLessThan(20_000);
    expect(proposals.length).toBeGreaterThanOrEqual(1000);
    expect(proposals.length).toBeLessThanOrEqual(3000);
  }, 180_000);
});
