import type { NoticeClaim, NoticeProblem } from './notice-reading.ts';
import { excerpt, forMatching, numberOf } from './text-forms.ts';

/** What the reader itself counted. */
export interface Counts {
  readonly aspects: number;
  readonly groups: number;
  readonly issues: number;
  readonly longTerm: number;
  readonly measures: number;
  readonly measuresInLongTerm: number;
}

interface Statement {
  readonly what: '方面' | '问题' | '整改措施' | '已完成' | '基本完成' | '推进中' | '长期坚持' | '完成率';
  readonly claimed: number;
  readonly line: number;
  readonly words: string;
}

const number = '(\\d{1,4}|[一二三四五六七八九十两]{1,3})';
const unit = '(?:个|项|条|件|类)';
const patterns: readonly { readonly what: Statement['what']; readonly pattern: RegExp }[] = [
  {
    what: '长期坚持',
    pattern: new RegExp(
      `(?:长期|持续)(?:整改|坚持|推进|落实)?(?:的)?(?:整改)?(?:问题|事项|任务)?(?:有|共|为|的)?${number}${unit}`,
      'gu',
    ),
  },
  {
    what: '长期坚持',
    pattern: new RegExp(`${number}${unit}(?:问题|事项|任务)?(?:需要?|正在|属)?(?:长期|持续)(?:整改|坚持|推进)`, 'gu'),
  },
  {
    what: '推进中',
    pattern: new RegExp(
      `(?:正在|尚未|未|加快)(?:整改|推进|完成|办理)(?:整改)?(?:中)?(?:的)?(?:问题|事项|任务)?(?:有|共|为|的)?${number}${unit}`,
      'gu',
    ),
  },
  {
    what: '推进中',
    pattern: new RegExp(`${number}${unit}(?:问题|事项|任务)?(?:正在|尚未|未)(?:整改|推进|完成|按)`, 'gu'),
  },
  {
    what: '基本完成',
    pattern: new RegExp(
      `基本完成(?:整改)?(?:的)?(?:问题|事项|任务)?${number}${unit}|${number}${unit}(?:问题)?基本完成`,
      'gu',
    ),
  },
  {
    what: '已完成',
    pattern: new RegExp(
      `(?<!基本|未|尚未|正在)(?:(?:已|已经|全部)(?:全部)?(?:整改)?(?:完成|办结|销号|到位)|完成整改|整改完成|整改到位|(?<=[,;、中])完成)(?:整改|销号)?(?:到位)?(?:的)?(?:问题|事项|任务)?(?:有|共|为|的)?${number}${unit}(?!方面|月)`,
      'gu',
    ),
  },
  {
    what: '已完成',
    pattern: new RegExp(
      `${number}${unit}(?:问题|事项|任务)?(?:均|都)?(?:已|已经)(?:全部)?(?:整改)?(?:完成|办结|销号|到位)(?!(?:整改|销号)?(?:到位)?(?:的)?(?:问题|事项|任务)?\\d)`,
      'gu',
    ),
  },
  {
    what: '整改措施',
    pattern: new RegExp(`${number}${unit}(?:具体|细化)?(?:的)?(?:整改)?(?:具体)?(?:措施|举措)`, 'gu'),
  },
  { what: '整改措施', pattern: new RegExp(`整改(?:具体)?(?:措施|举措)(?:共|共计|合计)?${number}${unit}`, 'gu') },
  {
    what: '方面',
    pattern: new RegExp(
      `(?<![第一])${number}个(?:大)?方面(?=(?:的|存在的|存在)?(?:,|、|共|共计|和)?(?:${number}${unit}|[^,。;]{0,6}问题))`,
      'gu',
    ),
  },
  { what: '方面', pattern: new RegExp(`(?:反馈|指出|涉及|查摆|梳理)[^,。;]{0,12}?${number}个方面`, 'gu') },
  {
    what: '问题',
    pattern: new RegExp(
      `${number}${unit}(?:具体|突出|重点|反馈|整改|主要|存在)?(?:的)?(?:反馈|具体|整改)?(?:问题|整改事项|整改任务)(?!线索|清单|楼盘)`,
      'gu',
    ),
  },
  {
    what: '问题',
    pattern: new RegExp(
      `反馈(?:的)?(?:意见)?(?:指出)?(?:的)?(?:具体|整改)?(?:问题|事项)?(?:共|共计|总计|合计|总数)?(?:有|为)?${number}${unit}(?!方面|月|工作日|问题)`,
      'gu',
    ),
  },
  {
    what: '问题',
    pattern: new RegExp(
      `(?:整改|具体)(?:问题|事项|任务)(?:清单)?(?:共|共计|总计|合计|总数)(?:有|为)?${number}${unit}`,
      'gu',
    ),
  },
];
const rate = /(?:整改)?(?:完成率|办结率|整改率|销号率)(?:为|达到|达|约|已达|:)?(\d{1,3}(?:\.\d+)?)%/gu;

/** Clauses whose counts are no totals: one person's issues, meetings, persons, or a part of the whole. */
const noTotal =
  /认领|领办|领衔|包案|牵头办理|带头|会议|召开|人次|谈话|督办|督查|约谈|立案|选人用人|专项检查|意识形态|法治建设|本人|分别|每人|自查|排查|举一反三|新增|线索/u;

/** No sentence that states totals is longer, in characters. */
const longestSentence = 1500;

export interface ReadClaims {
  readonly claims: readonly NoticeClaim[];
  readonly problems: readonly NoticeProblem[];
}

/** Reads the totals a notice states about itself and compares them with what was found. */
export function readClaims(
  texts: readonly { readonly text: string; readonly line: number }[],
  counts: Counts,
): ReadClaims {
  const seen = new Set<string>();
  const claims: NoticeClaim[] = [];
  const problems: NoticeProblem[] = [];
  for (const { text, line } of texts) {
    const paragraph: Statement[] = [];
    for (const sentence of text.split(/[。！!]/u))
      if (sentence.length <= longestSentence) paragraph.push(...statementsIn(sentence, line));
    problems.push(...sumProblems(paragraph));
    for (const statement of paragraph) {
      const key = `${statement.what} ${statement.claimed}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const found = foundFor(statement, counts, paragraph);
      claims.push({ what: statement.what, claimed: statement.claimed, found });
      if (found !== null && found !== statement.claimed) problems.push(differs(statement, found));
    }
  }
  return { claims, problems };
}

function statementsIn(sentence: string, line: number): Statement[] {
  const plain = forMatching(sentence).replaceAll(' ', '');
  const taken: { from: number; to: number }[] = [];
  const found: (Statement & { at: number })[] = [];
  for (const { what, pattern } of patterns) {
    for (const match of plain.matchAll(pattern)) {
      const words = match[0];
      const claimed = numberOf(match.slice(1).find((group) => group !== undefined) ?? '');
      const to = match.index + words.length;
      if (
        claimed === null ||
        /^一$/u.test(match.slice(1).find((group) => group !== undefined) ?? '') ||
        isNoTotal(plain, match.index, to, what)
      )
        continue;
      if (taken.some((span) => match.index < span.to && to > span.from)) continue;
      taken.push({ from: match.index, to });
      found.push({ what, claimed, line, words, at: match.index });
    }
  }
  for (const match of plain.matchAll(rate))
    found.push({ what: '完成率', claimed: Number(match[1]), line, words: match[0], at: match.index });
  return found.sort((a, b) => a.at - b.at);
}

function isNoTotal(plain: string, from: number, to: number, what: Statement['what']): boolean {
  const start = Math.max(...[',', ';', '、', ':'].map((stop) => plain.lastIndexOf(stop, from - 1))) + 1;
  const clause = plain.slice(start, to + 6);
  if (noTotal.test(clause)) return true;
  const before = plain.slice(Math.max(0, from - 12), from);
  return (
    what === '问题' &&
    ((/发现[^,;]{0,6}$/u.test(before) && !/巡察|反馈/u.test(before)) ||
      /其中[^,;]{0,8}$/u.test(before) ||
      /等$/u.test(before))
  );
}

function foundFor({ what, claimed }: Statement, counts: Counts, paragraph: readonly Statement[]): number | null {
  const done = counts.issues - counts.longTerm;
  switch (what) {
    case '方面':
      return counts.aspects;
    case '问题':
      return claimed === counts.groups && counts.groups > 0 ? counts.groups : counts.issues;
    case '整改措施':
      return claimed === counts.measures - counts.measuresInLongTerm ? claimed : counts.measures;
    case '长期坚持':
      return counts.longTerm;
    case '已完成':
      return counts.longTerm > 0 && !paragraph.some((other) => other.what === '推进中' || other.what === '基本完成')
        ? done
        : claimed === counts.issues
          ? counts.issues
          : null;
    case '完成率':
      return foundRate(claimed, counts, paragraph);
    case '推进中':
    case '基本完成':
      return null;
  }
}

/** The rate that the stated numbers of the same paragraph give, to as many decimals as the stated rate. */
function foundRate(claimed: number, counts: Counts, paragraph: readonly Statement[]): number | null {
  const total = paragraph.find(({ what }) => what === '问题')?.claimed ?? counts.issues;
  const done =
    paragraph.find(({ what }) => what === '已完成')?.claimed ??
    (counts.longTerm > 0 ? counts.issues - counts.longTerm : undefined);
  if (done === undefined || total === 0) return null;
  const exact = (done / total) * 100;
  const decimals = String(claimed).split('.')[1]?.length ?? 0;
  const truncated = Math.floor(exact * 10 ** decimals) / 10 ** decimals;
  return claimed === truncated ? claimed : Number(exact.toFixed(decimals));
}

/** 已完成22个、正在整改3个 that do not make the 24 stated. */
function sumProblems(paragraph: readonly Statement[]): NoticeProblem[] {
  const total = paragraph.find(({ what }) => what === '问题');
  const done = paragraph.find(({ what }) => what === '已完成');
  const open = paragraph.filter(({ what }) => what === '推进中' || what === '长期坚持' || what === '基本完成');
  if (total === undefined || done === undefined || done.line !== total.line) return [];
  const sum = open.reduce((all, { claimed }) => all + claimed, done.claimed);
  if (open.length === 0 ? done.claimed <= total.claimed : sum === total.claimed) return [];
  const parts = [done, ...open].map(({ words }) => `“${words}”`).join('、');
  return [
    {
      code: 'claim-sum',
      line: total.line,
      message: `${parts}合计${sum}，与“${excerpt(total.words)}”的${total.claimed}不符，请核对原文数字。`,
    },
  ];
}

const differs = ({ what, claimed, line, words }: Statement, found: number): NoticeProblem => ({
  code: 'claim-differs',
  line,
  message: `原文称“${excerpt(words)}”，${what}应为${claimed}，实际读到${found}，请对照反馈意见核对。`,
});
