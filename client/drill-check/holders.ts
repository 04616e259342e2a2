import type { IsoInstant } from '../../workflows/rules/instants.ts';
import type { ObligationKind, Role } from '../../workflows/rules/policy.ts';
import type { DrillFacts, Holding } from './facts.ts';

/** Whose a line is; issues are several where a supervision batch is answered for all of them, and a body stands for its own. */
export interface Whose {
  readonly issueIds: readonly string[];
  /** The measures that alone it is about, by their issue. */
  readonly measuresOf?: Readonly<Record<string, readonly number[]>>;
  readonly measure: number | undefined;
  readonly role: Role;
  /** What is owed, where the line is a reminder. */
  readonly kind: ObligationKind | undefined;
}

type Known = Pick<DrillFacts, 'holdings' | 'delegations' | 'people' | 'issues' | 'round'>;

/** The addresses of those who hold a role at a moment, or of those who stand in for them. */
export function holdersOf(facts: Known, whose: Whose, moment: IsoInstant): string[] {
  const { issueIds, measuresOf = {}, measure, role, kind } = whose;
  const barred = role === 'handler' ? [] : issueIds.flatMap((issueId) => workersOf(facts, issueId, moment));
  if (kind === 'planApproval') barred.push(...plannersOf(facts, issueIds[0], moment));
  const persons = (issueIds.length === 0 ? [null] : issueIds)
    .flatMap((issueId) =>
      (measuresOf[issueId ?? ''] ?? [measure]).flatMap((one) => heldBy(facts, issueId, one, role, moment)),
    )
    .map((person) => present(facts, person, moment, barred));
  return [...new Set(persons.flatMap((person) => facts.people.get(person) ?? []))];
}

/** The measure's own, else the issue's own, else those of any of its measures, else its body's, else the round's. */
function heldBy(
  facts: Known,
  issueId: string | null,
  measure: number | undefined,
  role: Role,
  moment: IsoInstant,
): string[] {
  const own = issueId === null ? [] : heldAt(facts, issueId, role, moment);
  const ofMeasure = own.filter((one) => measure !== undefined && one.measure === measure);
  const ofIssue = own.filter((one) => one.measure === null);
  const choices = [
    ofMeasure,
    ofIssue,
    own,
    heldByBody(facts, issueId, role, moment),
    heldAt(facts, null, role, moment),
  ];
  return (choices.find((some) => some.length > 0) ?? []).map(({ personId }) => personId);
}

function heldByBody(facts: Known, issueId: string | null, role: Role, moment: IsoInstant): Holding[] {
  const bodyId = facts.issues.find(({ id }) => id === issueId)?.bodyId ?? null;
  return bodyId === null ? [] : heldAt(facts, bodyId, role, moment);
}

/** @param subjectId an issue, a body, or null for the round */
function heldAt({ holdings }: Known, subjectId: string | null, role: Role, moment: IsoInstant): Holding[] {
  return holdings.filter(
    (one) =>
      (one.issueId ?? one.bodyId ?? null) === subjectId &&
      one.role === role &&
      (one.fromAt === null || one.fromAt <= moment) &&
      (one.untilAt === null || one.untilAt > moment),
  );
}

/** Who has worked on the issue, or approved it, in its present cycle: to stand in as its judge is not for him. */
function workersOf(facts: Known, issueId: string, moment: IsoInstant): (string | null)[] {
  const own = heldAt(facts, issueId, 'handler', moment);
  const ofBody = heldByBody(facts, issueId, 'handler', moment);
  const handlers = [own, ofBody].find((some) => some.length > 0) ?? heldAt(facts, null, 'handler', moment);
  const past = (facts.issues.find(({ id }) => id === issueId)?.events ?? []).filter(({ at }) => at <= moment);
  const cycle = past.slice(past.findLastIndex(({ type }) => type === 'rebounded') + 1);
  const closing = cycle.slice(
    Math.max(
      0,
      cycle.findLastIndex(({ type }) => type === 'closureProposed'),
    ),
  );
  const isClosed = closing.some(({ type }) => type === 'closureApproved');
  const acted = closing.filter(
    ({ type }) =>
      type === 'closureProposed' || (isClosed && (type === 'closureLevelApproved' || type === 'closureApproved')),
  );
  return [...handlers.map(({ personId }) => personId), ...acted.map(({ by }) => by)];
}

/** Who handed the plan in, the round's or the body's, does not approve it. */
function plannersOf({ round }: Known, bodyId: string | undefined, moment: IsoInstant): (string | null)[] {
  const plans = round.events.flatMap(({ type, detail }) => {
    const { kind, obligationId, scope } = detail;
    return type === 'obligationOpened' && kind === 'rectificationPlan' && scope?.bodyId === bodyId
      ? [obligationId]
      : [];
  });
  return round.events
    .filter(({ at, type, detail }) => {
      return at <= moment && type === 'dutyReported' && plans.includes(detail.obligationId);
    })
    .slice(-1)
    .map(({ by }) => by);
}

/** Goes from stand-in to stand-in; the newest window counts, and nobody comes round twice. */
function present(
  { delegations }: Known,
  person: string,
  moment: IsoInstant,
  barred: readonly (string | null)[],
): string {
  const seen = [person];
  for (;;) {
    const windows = delegations
      .filter(({ from, to, fromAt, untilAt }) => {
        const isNow = fromAt <= moment && moment < untilAt;
        return isNow && from === seen.at(-1) && !barred.includes(to);
      })
      .sort((one, other) =>
        one.fromAt === other.fromAt ? (one.to < other.to ? -1 : 1) : one.fromAt > other.fromAt ? -1 : 1,
      );
    const next = windows[0]?.to;
    if (next === undefined || seen.includes(next)) return seen.at(-1)!;
    seen.push(next);
  }
}
