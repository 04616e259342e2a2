import type { Ledger } from '../../prisma/client.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { fromIsoDate } from '../../prisma/days.ts';
import { dayOf, inChinese, type IsoDate } from '../../workflows/rules/instants.ts';
import type { Policy } from '../../workflows/rules/policy.ts';
import { simplePolicy } from '../../workflows/rules/simple-policy.ts';
import type { Calendar } from '../../workflows/rules/calendar.ts';
import { keepBundledCalendar, latestCalendar } from '../calendar/publish-calendar.ts';
import type { Mechanism } from '../mechanism/mechanism.ts';
import { policyOfMechanism } from '../mechanism/policy-of-mechanism.ts';
import type { NoticeReading } from '../notice-import/notice-reading.ts';
import { RefusedError } from '../refused-error.ts';
import { bodiesIn, type NoticeBodies } from './bodies-in-notice.ts';
import { bodyNotes } from './body-notes.ts';
import { codePrefixOf } from './code-prefix.ts';
import { bodyIdOf, issueIdOf, issueRows } from './issue-rows.ts';
import { mechanismNotes, mechanismRows, problemNotes } from './mechanism-rows.ts';
import { kindNotes } from './measure-kind.ts';
import { fitPrefix, takenPrefixes } from './prefixes.ts';
import { concentratedEnd, type IssueDraft, issuesFrom } from './round-draft.ts';

/** A notice that was read, and what the office says beside it. */
export interface RoundOrigin {
  readonly reading: NoticeReading;
  /** How the notice says its round was run; without it the round starts with the preset 简明. */
  readonly mechanism?: Mechanism | undefined;
  readonly fileName: string;
  /** Of the file, lower-case hexadecimal. */
  readonly sha256: string;
  /** Issues are numbered `<prefix>-01` …; taken from the file's name when it is not given. */
  readonly codePrefix?: string | undefined;
  readonly name?: string | undefined;
  /** What the body that the notice is about is called, when the office says another name than was read. */
  readonly bodyName?: string | undefined;
  /** 反馈日, when the notice does not say it or the office says another. */
  readonly feedbackOn?: IsoDate | undefined;
  readonly policy?: Policy | undefined;
  /** The drill whose conductor tells the time; the world's clock when it is not given. */
  readonly clock?: string | undefined;
  /** Given for drills, whose ids follow from their seed; otherwise made at random. Issues are `<round id>-i07`. */
  readonly roundId?: string | undefined;
}

export interface CreatedRound {
  readonly roundId: string;
  readonly name: string;
  readonly codePrefix: string;
  readonly feedbackOn: IsoDate;
  readonly concentratedEndsOn: IsoDate;
  readonly issues: number;
  readonly measures: number;
  /** The policy's name (周检查·月调度·定期评估, 三阶段 …). */
  readonly policy: string;
  /** What the office should look at before it launches: the reading's own problems, and what follows from the days. */
  readonly notes: readonly string[];
}

/** Rows that shall stand in the ledger together with the round, or not at all. */
export type RowsBeside = (issues: readonly (IssueDraft & { readonly id: string })[]) => Prisma.PrismaPromise<unknown>[];

/**
 * Makes a draft of a round from a notice that was read, in one transaction. Issues about which the reading has open
 * questions are there like the others, and the questions are kept with the round.
 *
 * @throws RefusedError `FeedbackMissing`, `NoIssues`, `CodeTaken`
 */
export async function createRound(
  ledger: Ledger,
  origin: RoundOrigin & { roundId: string },
  beside: RowsBeside = () => [],
): Promise<CreatedRound> {
  const { reading, mechanism, roundId, clock = 'real' } = origin;
  const feedbackOn = origin.feedbackOn ?? reading.round.feedbackOn;
  if (reading.issues.length === 0) {
    throw new RefusedError('NoIssues', `${origin.fileName} 里没有读到反馈问题，建不成一个轮次`);
  }
  if (feedbackOn === null) {
    throw new RefusedError(
      'FeedbackMissing',
      '通报没有写明反馈日，整改时限要从它算起：请用 --feedback 写明，如 --feedback 2024-03-01',
    );
  }
  const policy = origin.policy ?? (mechanism ? policyOfMechanism(mechanism, feedbackOn) : simplePolicy);
  const codePrefix = await freePrefix(ledger, clock, origin);
  const calendar = await latestCalendar(ledger);
  const drafts = issuesFrom(reading, { codePrefix, feedbackOn, policy, calendar });
  const concentratedEndsOn = concentratedEnd(feedbackOn, policy);
  const name = origin.name ?? nameOf(origin);
  const bodies = named(bodiesIn(reading, reading.round.bodyName ?? name), origin.bodyName);
  const rows = { ...origin, clock, policy, calendar, name, codePrefix, feedbackOn, concentratedEndsOn, drafts, bodies };
  const issues = drafts.map((draft) => ({ ...draft, id: issueIdOf(roundId, draft.number) }));
  await ledger.$transaction([...rowsOf(ledger, rows), ...beside(issues)]);
  return {
    roundId,
    name,
    codePrefix,
    feedbackOn,
    concentratedEndsOn,
    issues: drafts.length,
    measures: drafts.reduce((sum, { measures }) => sum + measures.length, 0),
    policy: policy.name,
    notes: [
      ...problemNotes([...reading.problems, ...(mechanism?.problems ?? [])]),
      ...mechanismNotes(mechanism),
      ...bodyNotes(bodies, drafts),
      ...notesOn(drafts, clock),
      ...(clock === 'real' ? kindNotes(drafts) : []),
    ],
  };
}

/** Codes are how people name issues in mails, so two real rounds do not share a prefix. */
async function freePrefix(ledger: Ledger, clockId: string, { codePrefix, fileName }: RoundOrigin): Promise<string> {
  const wanted = fitPrefix(codePrefix ?? codePrefixOf(fileName));
  const taken = new Set((await takenPrefixes(ledger, clockId)).map(({ prefix }) => prefix));
  if (!taken.has(wanted)) return wanted;
  if (codePrefix !== undefined)
    throw new RefusedError('CodeTaken', `已有轮次用了编号前缀 ${wanted}，请另取一个（命令行用 --code）`);
  for (let next = 2; ; next += 1) {
    const prefix = `${wanted}${String(next)}`;
    if (!taken.has(prefix)) return prefix;
  }
}

function nameOf({ reading, fileName }: RoundOrigin): string {
  const { bodyName } = reading.round;
  return bodyName === null ? fileName.replace(/^.*[\\/]/u, '').replace(/\.[^.]*$/u, '') : `${bodyName}巡察整改`;
}

/** Headings were told from the name that was read; the office's name takes its place afterwards. */
function named(bodies: NoticeBodies, bodyName: string | undefined): NoticeBodies {
  return bodyName === undefined ? bodies : { ...bodies, names: [bodyName, ...bodies.names.slice(1)] };
}

/** Days that have passed already would have everybody urged on the first morning: the office should know before. */
function notesOn(drafts: readonly IssueDraft[], clock: string): string[] {
  const today = dayOf(new Date().toISOString());
  const past = drafts.filter(({ firstDeadline }) => firstDeadline < today);
  if (clock !== 'real' || past.length === 0) return [];
  const latest = past.map(({ firstDeadline }) => firstDeadline).reduce((one, other) => (one > other ? one : other));
  return [
    `${String(past.length)} 个问题的整改时限（最晚 ${inChinese(latest)}）已经过去，交办后会立即催办；若这是试用，可用 --feedback 写一个近日的反馈日`,
  ];
}

interface RoundRows extends RoundOrigin {
  readonly roundId: string;
  readonly clock: string;
  readonly policy: Policy;
  readonly calendar: Calendar;
  readonly name: string;
  readonly codePrefix: string;
  readonly feedbackOn: IsoDate;
  readonly concentratedEndsOn: IsoDate;
  readonly drafts: readonly IssueDraft[];
  readonly bodies: NoticeBodies;
}

function rowsOf(ledger: Ledger, round: RoundRows): Prisma.PrismaPromise<unknown>[] {
  const { roundId, reading, drafts, policy } = round;
  const { issues: _issues, ...kept } = reading;
  return [
    keepBundledCalendar(ledger),
    ledger.round.create({
      data: {
        id: roundId,
        name: round.name,
        codePrefix: round.codePrefix,
        clockId: round.clock,
        feedbackOn: fromIsoDate(round.feedbackOn),
        concentratedEndsOn: fromIsoDate(round.concentratedEndsOn),
        noticeFileName: round.fileName,
        noticeSha256: round.sha256,
        reading: json(kept),
        policyVersion: policy.version,
        calendarVersion: round.calendar.version,
        ...(round.mechanism && { mechanism: json(round.mechanism) }),
      },
      select: { id: true },
    }),
    ledger.body.createMany({
      data: round.bodies.names.map((body, index) => ({ id: bodyIdOf(roundId, index + 1), roundId, name: body })),
    }),
    ledger.policyVersion.create({
      data: { roundId, version: policy.version, body: json(policy) },
      select: { version: true },
    }),
    ...issueRows(ledger, {
      roundId,
      drafts,
      bodyIdOf: (index) => bodyIdOf(roundId, round.bodies.of(index) + 1),
      source: round.mechanism?.sources[0]?.title ?? '',
    }),
    ...mechanismRows(ledger, {
      mechanism: round.mechanism,
      issueIdOf: (number) => issueIdOf(roundId, number),
    }),
  ];
}

function json(value: object): Prisma.InputJsonObject {
  return { ...value };
}
