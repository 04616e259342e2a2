import { groupBy } from '../../workflows/rules/group-by.ts';
import { workdaysBetween } from '../../workflows/rules/calendar.ts';
import { dayOf, inChinese, type IsoInstant } from '../../workflows/rules/instants.ts';
import type { Told } from '../../workflows/rules/secrecy.ts';
import type { Channel } from './letter.ts';
import type { Notice } from './notices.ts';
import { type NoticeSection, noticeSections } from './notice-words.ts';
import type { DigestItem, Line } from './digest-items.ts';
import { exampleOf } from './duty-words.ts';
import { codeOnlyNotice, dutySentence, roleSentence, rungWords } from './words.ts';

/** One person's mail of the day, said but not yet laid out: text and HTML are made from this. */
export interface Digest {
  readonly subject: string;
  readonly headline: string;
  readonly greeting: string;
  readonly introduction: readonly string[];
  readonly items: readonly DigestItem[];
  /** What waits for the reader's office beside the items. */
  readonly notices: readonly NoticeSection[];
  readonly answering: Answering;
  readonly why: readonly string[];
  readonly office: string;
}

export interface Answering {
  readonly title: string;
  readonly text: string;
  readonly examples: readonly string[];
  readonly more: string | null;
}

/** Says what a person's items amount to, how to answer, and why he is written to. The same input gives the same words. */
export function digestOf(
  name: string,
  { items, notices }: { readonly items: readonly DigestItem[]; readonly notices: readonly Notice[] },
  { now, told, channel }: { readonly now: IsoInstant; readonly told: Told; readonly channel: Channel },
): Digest {
  const owed = items.filter(({ stance }) => stance === 'owes');
  const informed = items.filter(({ stance }) => stance === 'informed');
  const sections = noticeSections(notices);
  const headline = [
    ...(items.length === 0 ? [] : [headlineOf(owed, informed)]),
    ...sections.map(({ counted }) => counted),
  ].join('，');
  const subject = headline.replaceAll('，', ',').replaceAll('、', '');
  const subjects = [...items.map((item) => item.subject), ...notices];
  const codes = items.length === 0 ? '' : `(${items[0]!.subject.code}${items.length > 1 ? ' 等' : ''})`;
  return {
    subject: `【整改督办】${subject} — ${roundWords(subjects)}${codes}`,
    headline,
    greeting: name,
    introduction: [
      ...(items.length === 0 ? [] : [`截至${inChinese(dayOf(now))}，${sentence(owed, informed)}。`]),
      ...concentratedPeriod(items, now),
      ...(told === 'codeOnly' ? [codeOnlyNotice] : []),
    ],
    items,
    notices: sections,
    answering: items.length === 0 ? attending(sections) : answeringOf(owed, informed, channel),
    why: items.length === 0 ? sections.map(({ why }) => why) : whyOf(items, channel),
    office: officeOf(subjects),
  };
}

/** Who signs: the supervision office of the body, or of no body in particular where several are in the mail. */
export function officeOf(subjects: readonly { readonly bodyName: string | null }[]): string {
  const bodies = new Set(subjects.map(({ bodyName }) => bodyName ?? ''));
  const [body = ''] = bodies;
  return `${bodies.size === 1 ? body : ''}巡察整改督办办公室`;
}

function headlineOf(owed: readonly DigestItem[], told: readonly DigestItem[]): string {
  const overdue = (items: readonly DigestItem[]) => items.filter(({ colour }) => colour === 'red').length;
  if (owed.length > 0 && owed.every(({ lines }) => lines.every(({ row }) => row.letter === 'assignment'))) {
    return `交办${String(owed.length)}项，请认领${told.length > 0 ? `，${String(told.length)}项请您督促` : ''}`;
  }
  const late = overdue(owed) > 0 ? [`${String(overdue(owed))}项已逾期`] : [];
  if (told.length === 0) return [`${String(owed.length)}项待办`, ...late].join('，');
  const toldLate = overdue(told) > 0 ? [`${String(overdue(told))}项已逾期`] : [];
  if (owed.length === 0) return [`${String(told.length)}项请您督促`, ...toldLate].join('，');
  return [`${String(owed.length)}项待办`, ...late, `另有${String(told.length)}项请您督促`].join('，');
}

function sentence(owed: readonly DigestItem[], told: readonly DigestItem[]): string {
  const counted = (items: readonly DigestItem[]) => {
    const late = items.filter(({ colour }) => colour === 'red').length;
    const all = items.length === late ? '均已逾期' : `其中${String(late)}项已逾期`;
    return `${String(items.length)}项${late > 0 ? `，${items.length === 1 ? '已逾期' : all}` : ''}`;
  };
  if (told.length === 0) return `您有待办${counted(owed)}`;
  if (owed.length === 0) return `有下列事项请您知悉并督促，共${counted(told)}`;
  return `您有待办${counted(owed)}；另有请您知悉并督促的${counted(told)}`;
}

function concentratedPeriod(items: readonly DigestItem[], now: IsoInstant): string[] {
  const rounds = new Map(items.map((item) => [item.subject.roundId, item]));
  const [first] = rounds.values();
  if (first === undefined || rounds.size > 1 || first.subject.concentratedEndsOn === null) return [];
  const { calendar } = first.lines[0]!.hours;
  const left = workdaysBetween(calendar, dayOf(now), first.subject.concentratedEndsOn);
  return left > 0 ? [`${first.subject.roundName}，集中整改期还有${String(left)}个工作日。`] : [];
}

function roundWords(subjects: readonly { readonly bodyName: string | null; readonly roundName: string }[]): string {
  const bodies = [...new Set(subjects.map(({ bodyName, roundName }) => bodyName ?? roundName))];
  return `${bodies[0]!}${bodies.length > 1 ? `等${String(bodies.length)}家单位` : ''}巡察整改`;
}

const answered = '看不明白的，我们会回信问您，不会替您猜。';

/** What an office does that is told of nothing else. */
function attending(sections: readonly NoticeSection[]): Answering {
  return { title: '怎么办理', text: sections.map(({ how }) => how).join(''), examples: [], more: null };
}

/** Somebody without mail answers by word or paper, and the office enters it for him (代录). */
function answeringOnPaper(owed: readonly DigestItem[]): Answering {
  const example = owed.flatMap(({ subject, lines }) =>
    exampleOf(lines[0]!.obligation.kind, []) === undefined ? [] : [subject.code],
  );
  return owed.length === 0
    ? {
        title: '请您做什么',
        text: '请督促办理，您不必交材料。有意见请告知督办办公室，由其代录。',
        examples: [],
        more: null,
      }
    : {
        title: '怎么答复',
        text: `请当面、打电话或书面告知督办办公室，说明编号${example.length === 0 ? '' : `（如 ${example[0]!}）`}；材料送督办办公室。由其代录，您和登记人的姓名都留存。`,
        examples: [],
        more: null,
      };
}

function answeringOf(owed: readonly DigestItem[], told: readonly DigestItem[], channel: Channel): Answering {
  if (channel === 'paper') return answeringOnPaper(owed);
  const examples = owed.flatMap(({ subject, lines }) => {
    const measures = lines.flatMap(({ obligation: { measure } }) => measure ?? []);
    const example = exampleOf(lines[0]!.obligation.kind, measures);
    return example === undefined ? [] : [{ kind: lines[0]!.obligation.kind, text: `${subject.code} ${example}` }];
  });
  const onPage = owed.length > examples.length;
  if (examples.length === 0) {
    return owed.length > 0
      ? { title: '怎么办理', text: '打开每项的链接，在页面上办理。', examples: [], more: null }
      : { title: '请您做什么', text: '请督促办理，您不必交材料。办理情况见链接。', examples: [], more: null };
  }
  const kinds = new Set<string>();
  const distinct = examples.filter(({ kind }) => !kinds.has(kind) && kinds.add(kind));
  const several = owed.length + told.length > 1;
  return {
    title: '直接回复本邮件就行',
    text: several
      ? '每项一行，以编号开头；材料作附件发来。不用登录，不用填表。例如：'
      : '写明情况，材料作附件发来。不用登录，不用填表。例如：',
    examples: (distinct.length > 1 ? distinct : examples).slice(0, 3).map(({ text }) => text),
    more: `还可以写：收到、已完成、申请销号。${onPage ? '审核、决定类事项请在页面上办理。' : ''}${answered}`,
  };
}

function whyOf(items: readonly DigestItem[], channel: Channel): string[] {
  const lines = items.flatMap((item) => item.lines);
  const roles = codesBy(lines, ({ about, role, obligation }) => [about, role, about === 'duty' ? obligation.role : '']);
  const reasons = roles.map(({ first: { about, role, obligation, onBehalfOf }, codes }) => {
    if (onBehalfOf !== null) return `您受${onBehalfOf}委托，代为办理${codes}`;
    return about === 'issue' ? roleSentence(role, codes) : dutySentence(obligation.role, role, codes);
  });
  const rungs = codesBy(lines, (line) => [rungOf(line)]).map(({ first, codes }) => `${codes}${rungOf(first)}`);
  const { policy } = lines[0]!.hours;
  const version = lines[0]!.row.policyVersion ?? policy.version;
  return [
    `${reasons.join('；')}。`,
    `依据政策“${policy.name}”第${String(version)}版的督促阶梯：${rungs.join('；')}。`,
    ...ends[channel],
  ];
}

const ends: Readonly<Record<Channel, readonly string[]>> = {
  mail: [
    '每人每天至多1封；办结的事项不再提醒。',
    '链接只打开页面，办理须在页面上填写编号确认；链接和回复地址只供您本人使用，请勿转发。',
  ],
  paper: ['您没有可用的邮箱，或邮件被拒收，故打印送达。每人每天至多1份；办结的事项不再提醒。'],
};

/** The codes of the lines that have the same in common; who is written to for himself and for another gets two. */
function codesBy(lines: readonly Line[], common: (line: Line) => readonly string[]): { first: Line; codes: string }[] {
  const groups = groupBy(lines, (line) => [...common(line), line.onBehalfOf ?? ''].join('/'));
  return [...groups.values()].map((some) => ({
    first: some[0]!,
    codes: listed(some.map(({ subject }) => subject.code)),
  }));
}

function rungOf({ row, obligation, hours }: Line): string {
  return rungWords(hours.policy, obligation.kind, row.rungId ?? '');
}

/** `LN-03、LN-05`, and of many the first ones and their number. */
function listed(codes: readonly string[]): string {
  const distinct = [...new Set(codes)];
  return distinct.length <= 6
    ? distinct.join('、')
    : `${distinct.slice(0, 5).join('、')}等${String(distinct.length)}项`;
}
