import type { Ledger } from '../../prisma/client.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { dayOf, type IsoDate, type IsoInstant } from '../../workflows/rules/instants.ts';
import { storedIssue } from './stored.ts';

/** A closed issue of an earlier round that this one may repeat (反弹回潮). */
export interface RecurrenceReading {
  readonly earlierIssueId: string;
  readonly code: string;
  readonly title: string;
  readonly roundName: string;
  readonly state: 'proposed' | 'confirmed' | 'declined';
  readonly score: number;
  readonly because: string;
  /** `2024年由王某某据验收报告.pdf销号`. */
  readonly words: string;
}

/** How people were held to account (问责处理结果): by whom and how many, never who. */
interface OutcomeReading {
  readonly id: string;
  /** Its place among the issue's, from 1, by which a correction names it. */
  readonly number: number;
  readonly outcome: AccountabilityEnd;
  readonly decidedBy: string;
  readonly persons: number | null;
  readonly note: string;
  readonly recordedOn: IsoDate;
  /** Which one it corrects, and why. */
  readonly corrects: number | null;
  readonly reason: string;
  /** `corrected` stays on record and counts no more; so does a correction that there was none. */
  readonly state: 'stands' | 'corrected';
  readonly words: string;
}

type AccountabilityEnd = 'dealtWith' | 'notPursued' | 'struck';

/** The order by which an issue's outcomes are numbered. */
export const outcomeOrder: Prisma.AccountabilityOutcomeOrderByWithRelationInput[] = [
  { recordedAt: 'asc' },
  { id: 'asc' },
];

/** A letter that was issued about the issue. */
interface LetterReading {
  readonly id: string;
  readonly number: number;
  readonly kind: string;
  readonly title: string;
  readonly issuedAt: IsoInstant;
}

/** What the ledger keeps beside the issue's story. */
export interface BesideReading {
  readonly recurrences: readonly RecurrenceReading[];
  readonly outcomes: readonly OutcomeReading[];
  readonly letters: readonly LetterReading[];
}

export async function readBeside(ledger: Ledger, issueId: string): Promise<BesideReading> {
  const [recurrences, outcomes, letters] = await Promise.all([
    readRecurrences(ledger, [issueId]),
    ledger.accountabilityOutcome.findMany({ where: { issueId }, orderBy: outcomeOrder }),
    ledger.issuedLetter.findMany({
      where: { issueId },
      select: { id: true, number: true, kind: true, title: true, issuedAt: true },
      orderBy: { number: 'asc' },
    }),
  ]);
  return {
    recurrences,
    outcomes: outcomes.map((row, index) => outcomeReading(row, index, outcomes)),
    letters: letters.map(({ issuedAt, ...letter }) => ({ ...letter, issuedAt: issuedAt.toISOString() })),
  };
}

interface OutcomeRow {
  readonly id: string;
  readonly outcome: AccountabilityEnd;
  readonly decidedBy: string;
  readonly persons: number | null;
  readonly note: string;
  readonly recordedAt: Date;
  readonly correctsId: string | null;
  readonly reason: string;
}

function outcomeReading(row: OutcomeRow, index: number, all: readonly OutcomeRow[]): OutcomeReading {
  const { id, outcome, decidedBy, persons, note, recordedAt, correctsId, reason } = row;
  const corrects = correctsId === null ? null : all.findIndex((one) => one.id === correctsId) + 1;
  const state = all.some((one) => one.correctsId === id) ? 'corrected' : 'stands';
  const body = decidedBy === '' ? '' : `经${decidedBy}决定，`;
  const dealt = persons === null ? '已处理' : `处理${String(persons)}人`;
  const ends = { dealtWith: `${body}${dealt}`, notPursued: `${body}不予问责`, struck: '登记有误，没有这一处理' };
  const words = [
    ends[outcome],
    ...(corrects === null ? [] : [`（更正第${String(corrects)}条：${reason}）`]),
    ...(state === 'corrected' ? ['（已更正，不计）'] : []),
  ].join('');
  const recordedOn = dayOf(recordedAt.toISOString());
  return { id, number: index + 1, outcome, decidedBy, persons, note, recordedOn, corrects, reason, state, words };
}

/** The links of these issues to closed ones, the likeliest first; how each of those was closed stands in its words. */
export async function readRecurrences(
  ledger: Ledger,
  issueIds: readonly string[],
): Promise<(RecurrenceReading & { readonly issueId: string })[]> {
  const links = await ledger.issueLink.findMany({
    where: { issueId: { in: [...issueIds] } },
    orderBy: [{ state: 'asc' }, { score: 'desc' }, { earlierIssueId: 'asc' }],
    include: {
      earlierIssue: {
        select: { code: true, title: true, terms: true, progress: true, round: { select: { name: true } } },
      },
    },
  });
  const closedOf = new Map(links.map(({ earlierIssueId, earlierIssue }) => [earlierIssueId, closedIn(earlierIssue)]));
  const closures = [...closedOf.values()];
  const [people, files] = await Promise.all([
    ledger.person.findMany({
      where: { id: { in: closures.flatMap(({ approvers }) => approvers) } },
      select: { id: true, name: true },
    }),
    ledger.evidence.findMany({
      where: { id: { in: closures.flatMap(({ evidence }) => evidence) } },
      select: { id: true, fileName: true },
    }),
  ]);
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const fileNames = new Map(files.map(({ id, fileName }) => [id, fileName]));
  return links.map(({ issueId, earlierIssueId, state, score, because, earlierIssue }) => ({
    issueId,
    earlierIssueId,
    code: earlierIssue.code,
    title: earlierIssue.title,
    roundName: earlierIssue.round.name,
    state,
    score,
    because,
    words: closureWords(closedOf.get(earlierIssueId), names, fileNames),
  }));
}

interface Closed {
  readonly on: IsoDate | null;
  readonly approvers: readonly string[];
  readonly evidence: readonly string[];
}

function closedIn(issue: { readonly terms: unknown; readonly progress: unknown }): Closed {
  const progress = storedIssue(issue)?.progress;
  const closed = progress?.closed;
  return {
    on: closed ? dayOf(closed.at) : null,
    approvers: closed?.approvers ?? (closed?.approvedBy == null ? [] : [closed.approvedBy]),
    evidence: (progress?.measures ?? []).flatMap((measure) =>
      measure.evidence.filter(({ state }) => state === 'accepted').map(({ evidenceId }) => evidenceId),
    ),
  };
}

const filesNamed = 3;

function closureWords(
  closed: Closed | undefined,
  names: ReadonlyMap<string, string>,
  fileNames: ReadonlyMap<string, string>,
): string {
  if (closed?.on == null) return '销号情况没有记录';
  const who = closed.approvers.map((id) => names.get(id) ?? '已不在名册的人').join('、');
  const files = closed.evidence.flatMap((id) => fileNames.get(id) ?? []);
  const shown = files.slice(0, filesNamed).map((name) => `“${name}”`);
  const more = files.length > filesNamed ? `等${String(files.length)}份佐证` : '';
  const basis = files.length === 0 ? '' : `据${shown.join('、')}${more}`;
  return `${closed.on.slice(0, 4)}年由${who}${basis}销号`;
}
