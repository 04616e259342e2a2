import { excerpt, withoutBlanks } from '../notice-import/text-forms.ts';
import type { Every, RecurringDuty } from './mechanism.ts';
import type { Passage } from './passages.ts';

const periods: readonly { readonly every: Every; readonly words: string }[] = [
  { every: 'halfMonth', words: '半个?月' },
  { every: 'halfYear', words: '半年' },
  { every: 'day', words: '[天日]' },
  { every: 'week', words: '周|星期' },
  { every: 'month', words: '个?月' },
  { every: 'quarter', words: '个?季度?' },
  { every: 'year', words: '年度?' },
];
/** What follows a period that is no duty: pay, quantities, plans of that length, 每个月份. */
const noDuty =
  '份|支付|付款|缴|结算|发放|计|均|薪|度?(?:工作|目标|学习|考核)*(?:计划|要求|安排|任务)|约?\\d[\\d.]*(?:元|万|吨|公里|小时|%)';
/** 每月、每季度、逐月、按月、一周一…; 逐年推进 and 按年度 say how fast, not that somebody owes something. */
const repeated = new RegExp(
  `(?:每一?|逐(?!年)|按(?!年)|(?<!一)一(?=周一|月一|季度?一))(?:${periods.map(({ words }, index) => `(?<p${index}>${words})`).join('|')})(?!${noDuty})`,
  'gu',
);
const acts =
  '检查|调度|评估|通报|例会|研判|会商|碰头|督查|督办|督导|报告|汇报|小结|讲评|点评|总结|盘点|推进会|分析|考评|评价|反馈|报制';
/** 周检查、月调度、定期评估: a duty named by one noun; 12月通报 and 上周例会 are none. */
const named = new RegExp(
  `(?<![每本上下当次同该全\\d一二三四五六七八九十])(?:(?<week>周)|(?<month>月)|(?<quarter>季度?)|(?<halfYear>半年)|(?<year>年度)|(?<periodic>定期))(?:${acts})`,
  'gu',
);
/** What a page shows of a duty, in characters. */
const longestTitle = 80;
const instituted = /坚持|实行|建立|落实|按照|推行|执行|召开|健全|[“"「]/u;

/** A period that only says when something else is so (在每周排名中), or whose thing it is (每季度的…); 在每月5日前 is a day. */
const isAside = (clause: string, at: number, to: number): boolean =>
  /^的/u.test(clause.slice(to)) ||
  (/[在于]/u.test(clause[at - 1] ?? '') && !/^[\d初末底上中下]/u.test(clause.slice(to)));

/** What is done again and again, as the notice says it. A 定期 of unknown length counts only in the round's own cadence. */
export function readDuties(passages: readonly Passage[]): RecurringDuty[] {
  const found: RecurringDuty[] = [];
  for (const passage of passages) {
    for (const duty of dutiesIn(passage)) {
      const isKnown = found.some(
        ({ issue, every, title }) => issue === duty.issue && every === duty.every && title.includes(duty.title),
      );
      if (!isKnown) found.push(duty);
    }
  }
  return found;
}

function dutiesIn(passage: Passage): RecurringDuty[] {
  const { line, issue } = passage;
  const clauses = passage.text.split(/[,，;；:：。]/u);
  return clauses.flatMap((clause, index) => {
    const printed = withoutBlanks(clause);
    const plain = withoutTitles(printed);
    const duties = [...plain.matchAll(repeated)]
      .filter((match) => !isAside(plain, match.index, match.index + match[0].length))
      .map((match) => ({ at: match.index, to: match.index + match[0].length, every: everyOf(match.groups ?? {}) }));
    const periodsSaid = new Set(duties.map(({ every }) => every));
    const nouns = [...plain.matchAll(named)].flatMap(({ 0: words, groups = {} }) => {
      const every = everyNamed(groups);
      const isOwn = instituted.test(plain) && (every !== 'periodic' || issue === null);
      return isOwn && !periodsSaid.has(every) ? [{ title: words, every, line, issue }] : [];
    });
    const whole = duties.map(({ at, to, every }) => {
      const isListed = duties.length > 1 || /^(?:采取|通过)[^]*(?:方式|办法)$/u.test(plain);
      const words = isListed ? partFrom(printed, at) : clause;
      const goesOn = /^(?:根据|按照|结合|针对|依据)/u.test(plain.slice(to)) ? clauses[index + 1] : undefined;
      return {
        title: excerpt(titled(goesOn === undefined ? words : `${words}，${goesOn}`), longestTitle),
        every,
        line,
        issue,
      };
    });
    return [...whole, ...nouns];
  });
}

const everyOf = (groups: Readonly<Record<string, string | undefined>>): Every =>
  periods.find((_, index) => groups[`p${index}`] !== undefined)?.every ?? 'month';

const everyNamed = (groups: Readonly<Record<string, string | undefined>>): Every =>
  (['week', 'month', 'quarter', 'halfYear', 'year'] as const).find((every) => groups[every] !== undefined) ??
  'periodic';

/** Book titles (《…月报制度》) name documents; their words begin no duty. */
const withoutTitles = (clause: string): string => clause.replace(/《[^》]*》/gu, (title) => '〇'.repeat(title.length));

/** 每日一提醒、每周一通报: from the period to the next enumeration comma. */
const partFrom = (plain: string, at: number): string => {
  const to = plain.indexOf('、', at);
  return plain
    .slice(at, Math.min(to === -1 ? plain.length : to, at + longestTitle))
    .replace(/的(?:要求|制度|机制|方式|办法|做法)$/u, '');
};

/** The clause without the words that only join it to the one before, its quotation marks closed or gone. */
const titled = (words: string): string => {
  const bare = words.trim().replace(/^(?:并且|并|同时|还|及|且|坚持|进一步){1,3}/u, '');
  return /^[^“]*”|“[^”]*$/u.test(bare) ? bare.replace(/[“”]/gu, '') : bare;
};
