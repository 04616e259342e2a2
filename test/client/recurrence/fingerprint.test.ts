import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprintOf, likenessWords, similarity, type IssueWords } from '../../../client/recurrence/fingerprint.ts';

const words = (title: string, given: Partial<IssueWords> = {}): IssueWords => ({
  unit: '',
  aspect: '',
  title,
  text: '',
  ...given,
});
const alike = (one: IssueWords, other: IssueWords) => similarity(fingerprintOf(one), fingerprintOf(other));

describe('the fingerprint of an issue', () => {
  it.each([
    ['2021年公务接待管理不规范', '公务接待'],
    ['（三）公务接待管理不规范的问题。', '三公务接待的'],
    ['“三重一大”决策制度执行仍然存在问题', '三重一大决策制度'],
    ['２０２２年６月１５日前３次无函接待，共计１２００元', '前无函接待共计'],
    ['二〇二一年六月固定资产未入账', '固定资产未入账'],
    ['“四风”问题依然存在', '四风'],
    ['落实工作不到位', '落实工作不到位'], // nothing but fillers: compared as it is
    ['', ''],
  ])('“%s” is compared as “%s”', (title, expected) => {
    expect(fingerprintOf(words(title)).title.words).toBe(expected);
  });

  it('has every pair of neighbouring characters once', () => {
    expect([...fingerprintOf(words('接待接待')).title.bigrams]).toEqual(['接待', '待接']);
  });

  it('counts only the beginning of a long text', () => {
    const text = `公务接待超标准。${'无关文字'.repeat(300)}`;
    expect(fingerprintOf(words('', { text })).text.words).toHaveLength(400);
  });
});

describe('the likeness of two issues', () => {
  it.each([
    ['“三重一大”决策制度执行不规范', '2021年“三重一大”决策制度执行仍然存在问题', 1],
    ['固定资产管理不到位', '固定资产账实不符', 0.7],
    ['党组理论学习中心组学习不深入', '理论学习中心组学习流于形式', 0.8],
    ['公务接待管理不规范', '公务接待审批不严格', 0.7],
  ])('“%s” and “%s” are alike', (one, other, least) => {
    expect(alike(words(one), words(other))).toBeGreaterThanOrEqual(least);
  });

  it.each([
    ['合同管理不规范', '档案管理不规范'],
    ['公务接待管理不规范', '公务用车管理不规范'],
    ['意识形态工作责任制落实不到位', '党员教育管理不严格'],
    ['公务接待管理不规范', ''],
    ['', ''],
  ])('“%s” and “%s” are not', (one, other) => {
    expect(alike(words(one), words(other))).toBeLessThan(0.3);
  });

  it('is greater where unit and aspect are the same, and not where neither is known', () => {
    const [one, other] = ['固定资产管理不到位', '固定资产账实不符'];
    const known = { unit: '财务股', aspect: '聚焦群众身边不正之风' };
    const plain = alike(words(one), words(other));
    expect(alike(words(one, { unit: '财务股' }), words(other, { unit: '办公室' }))).toBe(plain);
    expect(alike(words(one, { unit: '财务股' }), words(other, { unit: '财务股' }))).toBeCloseTo(plain * 1.1);
    expect(alike(words(one, known), words(other, known))).toBeGreaterThan(plain * 1.1);
  });

  it('unit and aspect alone make nobody alike', () => {
    const known = { unit: '财务股', aspect: '聚焦群众身边不正之风' };
    expect(alike(words('合同签订', known), words('档案遗失', known))).toBe(0);
  });

  it('texts tell issues of the same title apart', () => {
    const text = '下属事业单位工程项目未经集体研究即签订补充协议';
    const same = alike(words('项目监管不力', { text }), words('项目监管不力', { text }));
    const other = alike(
      words('项目监管不力', { text }),
      words('项目监管不力', { text: '群众来信办理逾期，未答复来信人' }),
    );
    expect(same).toBe(1);
    expect(other).toBeLessThan(0.75);
  });

  const someWords = fc.record({
    unit: fc.constantFrom('', '办公室', '财务股'),
    aspect: fc.constantFrom('', '聚焦一', '聚焦二'),
    title: fc.string({ unit: fc.constantFrom(...'公务接待合同管理不规范问题，2三重一大'), maxLength: 16 }),
    text: fc.string({ unit: fc.constantFrom(...'公务接待合同管理不规范问题，2三重一大'), maxLength: 40 }),
  });

  it('lies between 0 and 1 and is the same from both sides', () => {
    fc.assert(
      fc.property(someWords, someWords, (one, other) => {
        const score = alike(one, other);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
        expect(alike(other, one)).toBe(score);
      }),
    );
  });

  it('of an issue with itself is whole, wherever there is anything to compare', () => {
    fc.assert(
      fc.property(someWords, (one) => {
        const { title, text } = fingerprintOf(one);
        const isComparable = title.bigrams.size + text.bigrams.size > 0;
        expect(alike(one, one)).toBe(isComparable ? 1 : 0);
      }),
    );
  });
});

describe('why two issues are proposed', () => {
  it('names how alike they are and what they have in common', () => {
    const one = fingerprintOf(words('固定资产管理不到位', { unit: '财务股', aspect: '聚焦一' }));
    const other = fingerprintOf(words('部分固定资产未入账', { unit: '财务股', aspect: '聚焦二' }));
    expect(likenessWords(one, other, 0.729)).toBe('文字相近度72%，责任部门相同，相同内容：“固定资产”');
  });

  it('takes the common words from the texts where the titles have none', () => {
    const one = fingerprintOf(words('财务把关不严', { text: '报销公务接待费用未附接待函' }));
    const other = fingerprintOf(words('报账审核', { text: '公务接待费用超标准' }));
    expect(likenessWords(one, other, 0.4)).toBe('文字相近度40%，相同内容：“公务接待费用”');
  });
});
