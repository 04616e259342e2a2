import { toIsoDate } from '../../prisma/days.ts';
import { workdaysBetween } from '../../workflows/rules/calendar.ts';
import type { IsoDate, IsoInstant } from '../../workflows/rules/instants.ts';
import type { EvidenceProgress } from '../../workflows/rules/progress.ts';
import type { Light } from '../../workflows/rules/lights.ts';
import type { MeasureKind } from '../../workflows/rules/terms.ts';
import { concernsInWords, type Reuse } from '../evidence-check/concerns.ts';
import type { PersonReading } from './role-holders.ts';
import type { Corrections } from './corrections.ts';
import type { storedIssue } from './stored.ts';
import { distanceWords } from './words.ts';

/** A piece of evidence (佐证材料) handed in. */
export interface EvidenceReading {
  readonly id: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly mediaType: string;
  readonly sha256: string;
  readonly cycle: number;
  readonly receivedAt: IsoInstant;
  readonly person: string | null;
  readonly personId: string | null;
  readonly incomingMailId: string | null;
  readonly state: EvidenceProgress['state'];
  /** What whoever judges it should know, as clauses: the same file elsewhere, macros, a password … */
  readonly concerns: readonly string[];
}

/** A measure (整改措施) as it stands in the present cycle; number 0 stands for an issue without measures. */
export interface MeasureReading {
  readonly number: number;
  readonly text: string;
  readonly kind: MeasureKind;
  /** 责任部门, where it differs from the issue's; otherwise empty. */
  readonly unit: string;
  /** Who answers for it, whether for it alone or with the whole issue. */
  readonly handlers: readonly string[];
  readonly deadline: IsoDate;
  readonly deadlinePhrase: string;
  readonly state: 'missing' | 'received' | 'accepted';
  readonly colour: Light['colour'];
  /** `逾期3个工作日`, `已交，待审核`, `已认可`. */
  readonly standing: string;
  readonly workdaysLeft: number | null;
  readonly evidence: readonly EvidenceReading[];
}

interface MeasuredIssue {
  readonly cycle: number;
  readonly firstDeadline: Date;
  readonly measures: readonly {
    number: number;
    text: string;
    kind: MeasureKind;
    unit: string;
    deadline: Date;
    deadlinePhrase: string;
  }[];
  readonly evidence: readonly {
    id: string;
    fileName: string;
    cycle: number;
    measure: number | null;
    personId: string | null;
    incomingMailId: string | null;
    receivedAt: Date;
    sha256: string;
    file: { sizeBytes: number; mediaType: string; kind: string | null; concerns: readonly string[] };
  }[];
}

interface MeasuredOn {
  readonly today: IsoDate;
  /** By the id of the person. */
  readonly names: ReadonlyMap<string, string>;
  readonly corrections: Corrections;
  /** By the content's sha256. */
  readonly reuses: ReadonlyMap<string, readonly Reuse[]>;
}

/** The measures with their evidence of this cycle, and what of it nobody has assigned to one. */
export function measureReadings(
  issue: MeasuredIssue,
  stored: ReturnType<typeof storedIssue>,
  { today, names, corrections, reuses }: MeasuredOn,
  handlersOf: (measure: number) => readonly PersonReading[],
): { measures: MeasureReading[]; unassigned: EvidenceReading[] } {
  const states = new Map(
    stored?.progress.measures.flatMap(({ number, evidence }) =>
      evidence.map((one) => [one.evidenceId, { number, state: one.state }] as const),
    ),
  );
  const evidence = issue.evidence
    .filter(({ cycle }) => cycle === issue.cycle)
    .map(({ id, measure, file, fileName, cycle, receivedAt, personId, incomingMailId, sha256 }) => ({
      measure: states.get(id)?.number ?? corrected(id, measure),
      reading: {
        id,
        fileName,
        cycle,
        personId,
        incomingMailId,
        sha256,
        sizeBytes: file.sizeBytes,
        mediaType: file.mediaType,
        receivedAt: receivedAt.toISOString(),
        person: personId === null ? null : (names.get(personId) ?? null),
        state: states.get(id)?.state ?? ('received' as const),
        concerns: concernsInWords({ fileName, ...file }, reuses.get(sha256) ?? []),
      },
    }));
  function corrected(id: string, measure: number | null): number | null {
    const since = corrections.get(id);
    return since === undefined ? measure : since;
  }
  const texts = new Map(issue.measures.map((measure) => [measure.number, measure]));
  const own = {
    text: '本问题没有单列措施，整改完成后交一份总的佐证材料。',
    kind: 'once' as const,
    unit: '',
    deadlinePhrase: '',
  };
  const listed =
    stored?.progress.measures ??
    issue.measures.map(({ number, deadline }) => ({ number, deadline: toIsoDate(deadline) }));
  // What was returned is due later than the measure's own day: the open obligation tells.
  const owedOn = new Map(
    stored?.progress.obligations.flatMap(({ kind, measure, dueOn }) =>
      kind === 'evidence' && measure !== undefined ? [[measure, dueOn] as const] : [],
    ),
  );
  const measures = listed.map(({ number, deadline: ownDeadline }) => {
    const deadline = owedOn.get(number) ?? ownDeadline;
    const given = evidence.filter((one) => one.measure === number).map(({ reading }) => reading);
    const workdaysLeft = stored ? workdaysBetween(stored.terms.calendar, today, deadline) : null;
    const { text, kind, unit, deadlinePhrase } = texts.get(number) ?? own;
    const yellow = stored?.terms.policy.yellowWithinWorkdays ?? 0;
    return {
      number,
      text,
      kind,
      unit,
      handlers: handlersOf(number).map(({ name }) => name),
      deadline,
      deadlinePhrase,
      workdaysLeft,
      evidence: given,
      ...standing(given, deadline, today, workdaysLeft, yellow),
    };
  });
  return { measures, unassigned: evidence.filter(({ measure }) => measure === null).map(({ reading }) => reading) };
}

function standing(
  evidence: readonly EvidenceReading[],
  deadline: IsoDate,
  today: IsoDate,
  workdaysLeft: number | null,
  yellowWithin: number,
): Pick<MeasureReading, 'state' | 'colour' | 'standing'> {
  if (evidence.some(({ state }) => state === 'accepted'))
    return { state: 'accepted', colour: 'green', standing: '已认可' };
  if (evidence.some(({ state }) => state === 'received'))
    return { state: 'received', colour: 'green', standing: '已交，待审核' };
  if (workdaysLeft === null) return { state: 'missing', colour: 'none', standing: '尚未交办' };
  const distance = distanceWords(workdaysLeft);
  if (deadline < today) return { state: 'missing', colour: 'red', standing: workdaysLeft === 0 ? '逾期' : distance };
  return { state: 'missing', colour: workdaysLeft <= yellowWithin ? 'yellow' : 'green', standing: distance };
}
