import { workdaysBetween } from '../../workflows/rules/calendar.ts';
import type { ItemState, MovedMeasure } from '../../workflows/rules/events.ts';
import { dayOf, type IsoDate } from '../../workflows/rules/instants.ts';
import { itemStateNames, roleNames } from '../../workflows/rules/names.ts';
import { closureLevelsOf, extensionDecider } from '../../workflows/rules/policy-parts.ts';
import { hasEnded, type IssueProgress } from '../../workflows/rules/progress.ts';
import type { IssueTerms } from '../../workflows/rules/terms.ts';
import { satisfactionNames, suspensionNames } from './event-words.ts';
import { dayWords, obligationOf } from './words.ts';

/** One item of the sub-ledger (子台账条目). */
export interface ItemReading {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly note: string;
  readonly state: ItemState | 'notEntered';
  readonly stateName: string;
  /** The day of its present state; null when it is not in yet. */
  readonly since: IsoDate | null;
}

/** How an issue stands beside its phase: what is asked, promised, disputed, stopped or left over. */
export interface StandingReading {
  readonly items: readonly ItemReading[];
  readonly extension: {
    /** The application that waits for its decision. */
    readonly pending: {
      readonly by: string;
      readonly on: IsoDate;
      readonly until: IsoDate;
      readonly measures: readonly number[];
      readonly decidedBy: string;
    } | null;
    readonly granted: number;
    readonly days: number;
  };
  readonly dispute: { readonly by: string; readonly on: IsoDate } | null;
  readonly suspension: {
    readonly kind: string;
    readonly kindName: string;
    readonly authority: string;
    readonly since: IsoDate;
    readonly reviewedOn: IsoDate;
    readonly workdays: number;
  } | null;
  /** Workdays since the launch, of which the clock stood still; null for a draft. */
  readonly clock: { readonly elapsed: number; readonly suspended: number; readonly words: string } | null;
  /** The promise (承诺) that stands. */
  readonly commitment: { readonly until: IsoDate; readonly on: IsoDate; readonly covers: readonly string[] } | null;
  readonly promises: { readonly kept: number; readonly broken: number };
  /** Measures that outlive a closure as basically done, or would outlive the one under review. */
  readonly remainder: readonly (MovedMeasure & { readonly state: 'owed' | 'received' | 'accepted' })[];
  readonly satisfaction: string | null;
  /** The levels of the closure review, with who has approved. */
  readonly closureLevels: readonly {
    readonly roleName: string;
    readonly state: 'approved' | 'deciding' | 'waiting';
    readonly by: string | null;
  }[];
  /** The last step that can be taken back, and by whom alone. */
  readonly undoable: { readonly sequence: number; readonly by: string; readonly personId: string } | null;
  /** Sentences for whoever has one line: `已中止（诉讼、复议），不催办`. */
  readonly remarks: readonly string[];
}

export interface ItemRow {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly note: string;
  readonly state: ItemState;
  readonly enteredAt: Date | null;
  readonly askedAt: Date | null;
  readonly leftAt: Date | null;
}

type Stored = { readonly terms: IssueTerms; readonly progress: IssueProgress } | undefined;

/** Reads the standing from the progress; `nameOf` gives a person's name. */
export function standingReading(
  stored: Stored,
  rows: readonly ItemRow[],
  today: IsoDate,
  nameOf: (personId: string | null) => string,
): StandingReading {
  const standing = stored === undefined ? nothing : standingOf(stored.terms, stored.progress, today, nameOf);
  return { ...standing, items: itemReadings(rows, stored?.progress), remarks: remarksOf(standing) };
}

const nothing: Omit<StandingReading, 'items' | 'remarks'> = {
  extension: { pending: null, granted: 0, days: 0 },
  dispute: null,
  suspension: null,
  clock: null,
  commitment: null,
  promises: { kept: 0, broken: 0 },
  remainder: [],
  satisfaction: null,
  closureLevels: [],
  undoable: null,
};

function standingOf(
  terms: IssueTerms,
  progress: IssueProgress,
  today: IsoDate,
  nameOf: (personId: string | null) => string,
): Omit<StandingReading, 'items' | 'remarks'> {
  const { extension, extensions, dispute, suspension, commitment, promises, satisfaction, undoable } = progress;
  const decider = extensionDecider(terms.policy, extensions?.granted ?? 0) ?? 'office';
  return {
    extension: {
      pending: extension
        ? {
            by: nameOf(extension.requestedBy),
            on: dayOf(extension.requestedAt),
            until: extension.until,
            measures: extension.measures,
            decidedBy: roleNames[decider],
          }
        : null,
      granted: extensions?.granted ?? 0,
      days: extensions?.days ?? 0,
    },
    dispute: dispute ? { by: nameOf(dispute.by), on: dayOf(dispute.at) } : null,
    suspension: suspension
      ? {
          kind: suspension.kind,
          kindName: suspensionNames[suspension.kind],
          authority: suspension.authority,
          since: dayOf(suspension.at),
          reviewedOn: suspension.reviewedOn,
          workdays: workdaysBetween(terms.calendar, dayOf(suspension.at), today),
        }
      : null,
    clock: clockOf(terms, progress, today),
    commitment: commitment
      ? { until: commitment.until, on: dayOf(commitment.madeAt), covers: commitment.obligations.map(obligationOf) }
      : null,
    promises: promises ?? { kept: 0, broken: 0 },
    remainder: remainderOf(progress),
    satisfaction: satisfaction === undefined ? null : satisfactionNames[satisfaction],
    closureLevels: levelsOf(terms, progress, nameOf),
    undoable:
      undoable?.by == null ? null : { sequence: undoable.sequence, by: nameOf(undoable.by), personId: undoable.by },
  };
}

/** `已用43个工作日，其中中止12个`, from the launch until the story ends. */
function clockOf(terms: IssueTerms, progress: IssueProgress, today: IsoDate): StandingReading['clock'] {
  const { suspension, suspendedWorkdays = 0, phaseSince } = progress;
  const until = hasEnded(progress) ? dayOf(phaseSince) : today;
  const elapsed = Math.max(0, workdaysBetween(terms.calendar, dayOf(terms.launchedAt), until));
  const running = suspension ? Math.max(0, workdaysBetween(terms.calendar, dayOf(suspension.at), until)) : 0;
  const suspended = suspendedWorkdays + running;
  const stood = suspended === 0 ? '' : `，其中中止${String(suspended)}个`;
  return { elapsed, suspended, words: `已用${String(elapsed)}个工作日${stood}` };
}

function remainderOf({ phase, closure, remainder }: IssueProgress): StandingReading['remainder'] {
  if (remainder === undefined) {
    const proposed = phase === 'closureReview' ? (closure?.remainder ?? []) : [];
    return proposed.map((one) => ({ ...one, state: 'owed' }));
  }
  return remainder.map(({ number, deadline, evidence }) => ({
    measure: number,
    deadline,
    state: evidence.some(({ state }) => state === 'accepted')
      ? 'accepted'
      : evidence.some(({ state }) => state === 'received')
        ? 'received'
        : 'owed',
  }));
}

function levelsOf(
  terms: IssueTerms,
  { phase, closure }: IssueProgress,
  nameOf: (personId: string | null) => string,
): StandingReading['closureLevels'] {
  if (phase !== 'closureReview') return [];
  const approvals = closure?.approvals ?? [];
  return closureLevelsOf(terms).map(({ role }, index) => {
    const approval = approvals[index];
    const state = approval ? 'approved' : index === approvals.length ? 'deciding' : 'waiting';
    return { roleName: roleNames[role], state, by: approval ? nameOf(approval.by) : null };
  });
}

function itemReadings(rows: readonly ItemRow[], progress: IssueProgress | undefined): ItemReading[] {
  const states = new Map((progress?.items ?? []).map(({ id, state }) => [id, state]));
  return rows.map(({ id, number, name, note, enteredAt, askedAt, leftAt }) => {
    const state = states.get(id);
    if (state === undefined) return { id, number, name, note, state: 'notEntered', stateName: '未入库', since: null };
    const moment = { entered: enteredAt, inWork: enteredAt, askedToLeave: askedAt, left: leftAt }[state];
    const since = moment === null ? null : dayOf(moment.toISOString());
    return { id, number, name, note, state, stateName: itemStateNames[state], since };
  });
}

function remarksOf(standing: Omit<StandingReading, 'items' | 'remarks'>): string[] {
  const { suspension, dispute, extension, commitment, promises, remainder, clock } = standing;
  const authority = suspension === null || suspension.authority === '' ? '' : `，${suspension.authority}`;
  return [
    ...(suspension
      ? [`${dayWords(suspension.since)}起中止（${suspension.kindName}${authority}），不催办；${clock?.words ?? ''}`]
      : []),
    ...(suspension === null && clock !== null && clock.suspended > 0 ? [clock.words] : []),
    ...(dispute ? [`${dispute.by}${dayWords(dispute.on)}提出异议，核实期间不催责任人`] : []),
    ...(extension.pending
      ? [`${extension.pending.by}申请延期至${dayWords(extension.pending.until)}，待${extension.pending.decidedBy}决定`]
      : []),
    ...(extension.granted > 0 ? [`已延期${String(extension.granted)}次，共${String(extension.days)}天`] : []),
    ...(commitment ? [`承诺于${dayWords(commitment.until)}前办结${commitment.covers.join('、')}`] : []),
    ...(promises.kept + promises.broken > 0
      ? [`承诺兑现${String(promises.kept)}次，未兑现${String(promises.broken)}次`]
      : []),
    ...(remainder.length > 0
      ? [
          `余下${remainder.map(({ measure, deadline }) => `措施${String(measure)}（${dayWords(deadline)}）`).join('、')}`,
        ]
      : []),
  ];
}
