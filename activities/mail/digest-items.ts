import { compared } from '../../workflows/rules/compared.ts';
import { groupBy } from '../../workflows/rules/group-by.ts';
import type { Obligation } from '../../workflows/rules/events.ts';
import { dayOf, inChinese, type IsoDate, type IsoInstant, startOfDay } from '../../workflows/rules/instants.ts';
import { workdayAround } from '../../workflows/rules/ladder.ts';
import { type Light, lightOf } from '../../workflows/rules/lights.ts';
import type { Role } from '../../workflows/rules/policy.ts';
import { issueTold, type Told } from '../../workflows/rules/secrecy.ts';
import { ladderOf } from '../../workflows/rules/policy-parts.ts';
import type { DueRow } from './due-rows.ts';
import type { Hours } from './hours.ts';
import type { Facts, ObligationFacts, SubjectFacts } from './line-facts.ts';
import { debtOf, exampleOf, needOf } from './duty-words.ts';
import { confidentialNotice, distance, roleLabels, shortDay, stepWords } from './words.ts';

/** A line of a digest with all that may be said about it. */
export interface Line {
  readonly row: DueRow;
  readonly role: Role;
  readonly subject: SubjectFacts;
  /** Whether it is about an issue, or about a duty of the round. */
  readonly about: 'issue' | 'duty';
  readonly obligation: ObligationFacts;
  /** What a duty of the round is about, beside its title. */
  readonly details: readonly { readonly label: string; readonly text: string }[];
  readonly hours: Hours;
  /** The name of the person whose duty it is, where the reader stands in for him (委托). */
  readonly onBehalfOf: string | null;
}

/** What stands in the mail as one item: the lines of one issue or duty that ask for the same by the same day. */
export interface DigestItem {
  readonly subject: SubjectFacts;
  /** Whether the reader owes it, or is told who does. */
  readonly stance: 'owes' | 'informed';
  readonly lines: readonly Line[];
  readonly colour: 'red' | 'yellow' | 'green';
  /** `■ 红灯　逾期3个工作日`: a shape and a word, for whoever sees no colours. */
  readonly light: string;
  readonly dueOn: IsoDate;
  readonly fields: readonly { readonly label: string; readonly text: string }[];
  readonly url: string;
}

export interface ItemsInput {
  readonly now: IsoInstant;
  /** The link of a line's own. */
  readonly urlOf: (row: DueRow) => string;
  readonly told: Told;
  readonly facts: Facts;
  /** The names of those who hold a role for what the row is about now. */
  readonly holders: (row: DueRow, role: Role) => readonly string[];
}

/** The items of a digest, the most urgent first; of what is equally urgent, the reader's own first. */
export function digestItems(lines: readonly Line[], input: ItemsInput): DigestItem[] {
  const groups = groupBy(lines, ({ subject, obligation, role }) =>
    [subject.id, obligation.cycle, obligation.kind, obligation.dueOn, role].join('/'),
  );
  return [...groups.values()].map((group) => itemOf(group, input)).sort(byUrgency);
}

function itemOf(unsorted: readonly Line[], input: ItemsInput): DigestItem {
  const lines = unsorted.toSorted((one, other) => (one.obligation.measure ?? 0) - (other.obligation.measure ?? 0));
  const { subject, obligation, role, hours, details } = lines[0]!;
  const stance = role === obligation.role ? 'owes' : 'informed';
  const today = dayOf(input.now);
  const { colour } = lightOf(hours, alone(obligation), input.now);
  const shown = colour === 'none' ? 'green' : colour;
  const measures = lines.flatMap(({ obligation: { measure, measureText } }) =>
    measure === null ? [] : [{ number: measure, text: measureText ?? '' }],
  );
  const due = { label: '应于', text: inChinese(obligation.dueOn) };
  const told = issueTold(input.told, subject.secrecy);
  const next = nextSteps(lines[0]!, stance, today, told);
  const unanswered = exampleOf(obligation.kind, []) === undefined ? '不办理' : '不答复';
  const received = receivedWords(input.facts, lines[0]!);
  const fields =
    stance === 'owes'
      ? [
          needOf(obligation.kind, measures),
          ...details,
          due,
          ...deadlineOf(lines[0]!, input),
          ...labelled(unanswered, next),
          ...received,
        ]
      : [
          { label: '情况', text: debtOf(obligation.kind, measures) },
          ...details,
          ...(told === 'words' ? [{ label: roleLabels[obligation.role], text: names(holdersOf(lines, input)) }] : []),
          due,
          ...labelled('下一步', next),
          ...received,
        ];
  return {
    subject,
    stance,
    lines,
    colour: shown,
    light: `${lightWords[shown]}　${distance(hours.calendar, today, obligation.dueOn)}`,
    dueOn: obligation.dueOn,
    fields: [...fields, ...(subject.secrecy === 'ordinary' ? [] : [{ label: '说明', text: confidentialNotice }])],
    url: input.urlOf(lines[0]!.row),
  };
}

const lightWords: Record<Exclude<Light['colour'], 'none'>, string> = {
  red: '■ 红灯',
  yellow: '▲ 黄灯',
  green: '● 绿灯',
};

/** Whoever owes it: of several measures each may have a handler of its own. */
function holdersOf(lines: readonly Line[], { holders }: ItemsInput): string[] {
  return [...new Set(lines.flatMap(({ row, obligation }) => holders(row, obligation.role)))];
}

function names(people: readonly string[]): string {
  return people.length === 0 ? '尚未指定' : people.join('、');
}

/** What the ladder brings next: the next line that is planned, or a proposal that comes before it. */
function nextSteps(
  { obligation, hours }: Line,
  stance: DigestItem['stance'],
  today: IsoDate,
  told: Told,
): string | undefined {
  const { calendar, policy } = hours;
  const proposedOn = ladderOf(policy, obligation.kind)
    .filter(({ proposal, from }) => proposal !== undefined && from === 'due')
    .map(({ workdays }) => workdayAround(calendar, obligation.dueOn, workdays))
    .find((day) => day > today);
  const { next } = obligation;
  const steps = next === null ? [] : [[next.on, stepWords(next.letter, next.roles, obligation.role, stance)] as const];
  if (told === 'words' && proposedOn !== undefined && (next === null || proposedOn <= next.on)) {
    steps.unshift([proposedOn, '提请督办办公室研究约谈']);
  }
  if (steps.length === 0) return undefined;
  return steps.map(([day, words]) => `${shortDay(calendar, day)}${words}`).join('；');
}

function labelled(label: string, text: string | undefined): { label: string; text: string }[] {
  return text === undefined ? [] : [{ label, text }];
}

/** Whoever takes an issue on is told by when all of it is due. */
function deadlineOf({ subject, obligation }: Line, { facts, told }: ItemsInput): { label: string; text: string }[] {
  const deadline = obligation.kind === 'acknowledgement' ? facts.issue(subject.id, told)?.deadline : undefined;
  return deadline === undefined ? [] : [{ label: '整改时限', text: inChinese(deadline) }];
}

function receivedWords(facts: Facts, { subject, obligation, hours }: Line): { label: string; text: string }[] {
  const received = facts.received(subject.id, obligation.cycle);
  if (received === undefined) return [];
  const parts = [
    ...(received.evidence > 0 ? [`佐证${String(received.evidence)}份`] : []),
    ...(received.notes > 0 ? [`进展${String(received.notes)}次`] : []),
  ];
  const last = shortDay(hours.calendar, dayOf(received.lastAt));
  return parts.length === 0 ? [] : [{ label: '已收到', text: `${parts.join('，')}，最近一次在${last}` }];
}

/** The one obligation as if nothing else were owed: it alone decides the item's light. */
function alone({ id, kind, role, dueOn, cycle }: ObligationFacts): Parameters<typeof lightOf>[1] {
  const since = startOfDay(dueOn);
  const obligation: Obligation = { id, kind, role, dueOn, openedAt: since, overdue: 'no', proposedRungs: [] };
  return {
    sequence: 0,
    phase: 'rectification',
    phaseSince: since,
    cycle,
    deadline: dueOn,
    measures: [],
    obligations: [obligation],
    opened: {},
    proposals: [],
  };
}

const byNumber = new Intl.Collator('en', { numeric: true });

function byUrgency(one: DigestItem, other: DigestItem): number {
  const byDay = compared(one.dueOn, other.dueOn);
  const byStance = Number(one.stance === 'informed') - Number(other.stance === 'informed');
  return byDay || byStance || byNumber.compare(one.subject.code, other.subject.code);
}
