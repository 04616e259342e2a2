import type { NoticeProblem } from '../notice-import/notice-reading.ts';
import { numberOf } from '../notice-import/text-forms.ts';
import type { SubLedger } from './mechanism.ts';
import type { Passage } from './passages.ts';

export interface ReadSubLedgers {
  readonly subLedgers: readonly SubLedger[];
  readonly problems: readonly NoticeProblem[];
}

const number = '(?<n>\\d{1,5}|[一二两三四五六七八九十]{1,3})';
const unit = '[个处条项件户栋宗家座块段]';
const leave = '(?:出库|移出|出列|退出台账|退出清单|销账|摘牌)';
const ask = '(?:提请|申请|报请|提出|提交)';

const asksToLeave = new RegExp(`${ask}[^,。;]{0,10}?${leave}`, 'u');
const asked = [
  new RegExp(`${ask}[^,。;\\d]{0,10}?${leave}[^,。;\\d]{0,14}?${number}${unit}`, 'u'),
  new RegExp(`${number}${unit}[^,。;\\d]{0,10}?${ask}[^,。;\\d]{0,10}?${leave}`, 'u'),
];
const inWork = [
  new RegExp(
    `(?:正在|尚在|仍在|在)(?:继续|持续)?(?:整改|治理|整治|推进|处理|办理)[^,。;\\d]{0,14}?${number}${unit}`,
    'u',
  ),
  new RegExp(`${number}${unit}[^,。;\\d]{0,8}(?:正在|尚在|仍在)`, 'u'),
];
const left = [
  new RegExp(
    `(?:(?<!提请|申请|报请)(?:已经|已)(?:复核)?|复核后|准予|同意)${leave}[^,。;\\d]{0,10}?${number}${unit}`,
    'u',
  ),
  new RegExp(`${number}${unit}[^,。;\\d]{0,6}(?:已经|已)(?:复核)?${leave}`, 'u'),
];
const entered = [
  new RegExp(
    `(?:入库|(?:纳入|列入|录入|建立)[\\p{Script=Han}]{0,10}?台账)(?:管理)?(?:的)?(?<item>[\\p{Script=Han}]{0,8}?)(?:共计|共|有|为)?${number}${unit}`,
    'u',
  ),
  new RegExp(`${number}${unit}(?<item>[\\p{Script=Han}]{1,8}?)(?:中|,(?:其中)?|、|:)`, 'u'),
];

/** The items kept within an issue: what entered, what is asked to leave and not yet out, what is still in work. */
export function readSubLedgers(passages: readonly Passage[]): ReadSubLedgers {
  const subLedgers: SubLedger[] = [];
  const problems: NoticeProblem[] = [];
  const issues = new Set(passages.flatMap(({ issue }) => issue ?? []));
  for (const issue of issues) {
    const own = passages.filter((passage) => passage.issue === issue);
    const place = own.findIndex(({ plain }) => asksToLeave.test(plain));
    const at = own[place];
    if (at === undefined) continue;
    const text = own.map(({ plain }) => plain).join('');
    const near = own
      .slice(Math.max(0, place - 1), place + 3)
      .map(({ plain }) => plain)
      .join('');
    const nearest = (forms: readonly RegExp[]): Figure | null => first(forms, at.plain) ?? first(forms, near);
    const figures = { entered: nearest(entered), asked: nearest(asked), inWork: nearest(inWork) };
    if (figures.entered === null || figures.asked === null || figures.inWork === null) {
      problems.push(unread(at.line));
      continue;
    }
    const reportEvery = cadence(text);
    const ledger: SubLedger = {
      issue,
      itemName: itemName(at.plain, figures.entered.item),
      entered: figures.entered.count,
      askedToLeave: figures.asked.count,
      inWork: figures.inWork.count,
      left: nearest(left)?.count ?? 0,
      reportEvery: reportEvery ?? 'month',
      line: at.line,
    };
    subLedgers.push(ledger);
    if (reportEvery === null) problems.push(cadenceUnsaid(ledger));
    const { askedToLeave, inWork: going, left: gone } = ledger;
    if (ledger.entered !== askedToLeave + going + gone) problems.push(sumDiffers(ledger));
  }
  return { subLedgers, problems };
}

interface Figure {
  readonly count: number;
  readonly item: string;
}

function first(forms: readonly RegExp[], text: string): Figure | null {
  for (const form of forms) {
    const groups = form.exec(text)?.groups;
    const count = numberOf(groups?.['n'] ?? '');
    if (count !== null) return { count, item: groups?.['item'] ?? '' };
  }
  return null;
}

/** 黑点, by the noun of the total, else by the one that stands before a figure (…的黑点14个). */
const itemName = (text: string, item: string): string => {
  const bare = item.replace(/^(?:反馈|突出|重点|的)/u, '');
  if (bare !== '' && !/[已正在有]/u.test(bare)) return bare;
  return new RegExp(`的([\\p{Script=Han}]{1,8})\\d{1,5}${unit}`, 'u').exec(text)?.[1] ?? '事项';
};

function cadence(text: string): SubLedger['reportEvery'] | null {
  const match = /(?:每|按|逐)(月|个月|季度?)[^。;]{0,14}(?:报|通报)|(月|季度?)报(?:制|告|送)/u.exec(text);
  if (match === null) return null;
  return (match[1] ?? match[2] ?? '').includes('月') ? 'month' : 'quarter';
}

const unread = (line: number): NoticeProblem => ({
  code: 'sub-ledger-unread',
  line,
  message: '这里写到提请出库的子台账，但没有读全入库、提请出库和正在整改三个数，请在问题中补录子台账。',
});

const cadenceUnsaid = ({ itemName: item, line }: SubLedger): NoticeProblem => ({
  code: 'sub-ledger-cadence-unsaid',
  line,
  message: `${item}子台账没有写明多久报送一次，暂按每月，请确认。`,
});

const sumDiffers = (ledger: SubLedger): NoticeProblem => ({
  code: 'sub-ledger-sum',
  line: ledger.line,
  message:
    `${ledger.itemName}入库${ledger.entered}个，提请出库${ledger.askedToLeave}个、正在整改${ledger.inWork}个` +
    `${ledger.left === 0 ? '' : `、已出库${ledger.left}个`}合计${ledger.askedToLeave + ledger.inWork + ledger.left}个，两数不符，请核对原文。`,
});
