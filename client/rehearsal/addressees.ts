import { type Delegation, standIn } from '../../workflows/rules/delegation.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import type { Role } from '../../workflows/rules/policy.ts';

/** Who holds a role, for one measure, one issue, one body's issues or the whole round; half-open. */
export interface Holding {
  readonly issueId: string | null;
  /** Left out where it is not held for a body. */
  readonly bodyId?: string | null | undefined;
  readonly measure: number | null;
  readonly role: Role;
  readonly personId: string;
  readonly fromAt: IsoInstant | null;
  readonly untilAt: IsoInstant | null;
}

/** Whose a line is: of an issue, of one of its measures, of a body, or of the round. */
export interface Place {
  /** The issue's id or the body's; null for the whole round. */
  readonly heldFor: string | null;
  readonly measure: number | undefined;
  readonly role: Role;
}

export interface Resolved {
  /** Each once; none where nobody holds the role. */
  readonly personIds: readonly string[];
  /** Exclusive. */
  readonly until: IsoInstant;
}

const forGood: IsoInstant = '9999-12-31T00:00:00.000Z';

/** Who is written to: persons as of a moment, absent ones represented by who stands in for them. */
export class Addressees {
  readonly #byPlace = new Map<string, Holding[]>();
  readonly #delegations: readonly Delegation[];
  readonly #bodyOf: ReadonlyMap<string, string>;
  /** The moments at which anything changes, in order. */
  readonly #changes: readonly IsoInstant[];
  readonly #known = new Map<string, Resolved>();

  /** @param bodyOf the body of each issue, where bodies have people of their own */
  constructor(
    holdings: readonly Holding[],
    delegations: readonly Delegation[],
    bodyOf: ReadonlyMap<string, string> = new Map(),
  ) {
    this.#bodyOf = bodyOf;
    for (const holding of holdings) {
      const place = placeOf(holding.issueId ?? holding.bodyId ?? null, holding.role);
      this.#byPlace.set(place, [...(this.#byPlace.get(place) ?? []), holding]);
    }
    this.#delegations = delegations;
    const changes = [...holdings, ...delegations].flatMap(({ fromAt, untilAt }) => [fromAt, untilAt]);
    this.#changes = [...new Set(changes.filter((moment) => moment !== null))].sort();
  }

  /** Who it is at a moment, and until when nothing changes about it. */
  at({ heldFor, measure, role }: Place, moment: IsoInstant): Resolved {
    const until = this.#changes.find((change) => change > moment) ?? forGood;
    const name = `${placeOf(heldFor, role)}|${String(measure)}|${until}`;
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    // Nobody stands in where he would judge his own work.
    const barred = new Set(role === 'handler' || heldFor === null ? [] : this.#handlers(heldFor, moment));
    const found = this.#holders(heldFor, measure ?? null, role, moment).map(
      (personId) => standIn(this.#delegations, personId, moment, barred).personId,
    );
    const resolved = { personIds: [...new Set(found)], until };
    this.#known.set(name, resolved);
    return resolved;
  }

  /** The measure's own holders, else the issue's, else those of any of its measures, else its body's, else the round's. */
  #holders(heldFor: string | null, measure: number | null, role: Role, moment: IsoInstant): string[] {
    const own = heldFor === null ? [] : this.#held(heldFor, role, moment);
    const choices = [
      own.filter((one) => measure !== null && one.measure === measure),
      own.filter((one) => one.measure === null),
      own,
      this.#ofBody(heldFor, role, moment),
      this.#held(null, role, moment),
    ];
    return (choices.find((some) => some.length > 0) ?? []).map(({ personId }) => personId).sort();
  }

  /** Everybody whose work it is, for all measures. */
  #handlers(heldFor: string, moment: IsoInstant): string[] {
    const own = this.#held(heldFor, 'handler', moment);
    const choices = [own, this.#ofBody(heldFor, 'handler', moment), this.#held(null, 'handler', moment)];
    return (choices.find((some) => some.length > 0) ?? []).map(({ personId }) => personId);
  }

  #ofBody(issueId: string | null, role: Role, moment: IsoInstant): Holding[] {
    const bodyId = this.#bodyOf.get(issueId ?? '');
    return bodyId === undefined ? [] : this.#held(bodyId, role, moment);
  }

  /** @param subjectId an issue, a body, or null for the round */
  #held(subjectId: string | null, role: Role, moment: IsoInstant): Holding[] {
    return (this.#byPlace.get(placeOf(subjectId, role)) ?? []).filter(
      ({ fromAt, untilAt }) => (fromAt === null || fromAt <= moment) && (untilAt === null || untilAt > moment),
    );
  }
}

function placeOf(subjectId: string | null, role: Role): string {
  return `${subjectId ?? ''}|${role}`;
}
