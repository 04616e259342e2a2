import { compared } from '../../workflows/rules/compared.ts';
import type { IsoDate, IsoInstant } from '../../workflows/rules/instants.ts';
import type { PlannedLine } from '../../workflows/rules/ladder.ts';
import type { Letter, ObligationKind, Role } from '../../workflows/rules/policy.ts';

/** A line that has still to leave, as a preview names it. */
export interface ComingLine {
  /** The outbox row's. */
  readonly key: string;
  readonly roundId: string;
  /** Null for a duty of the round. */
  readonly issueId: string | null;
  /** The body that owes the duty itself. */
  readonly bodyId?: string;
  /** `GM-07`, or a duty's `GM-周检3`. */
  readonly code: string;
  readonly kind: ObligationKind;
  readonly measure?: number;
  readonly obligationId: string;
  readonly rungId: string;
  readonly role: Role;
  readonly letter: Letter;
  readonly dueOn: IsoDate;
  readonly plannedOn: IsoDate;
  readonly earliestAt: IsoInstant;
  /** What it is: `措施2佐证到期前第3个工作日，提醒`. */
  readonly words: string;
  /** The how-manieth line of its rung to this role, from 1; past ones count. */
  readonly ordinal: number;
}

export interface LineMove {
  readonly from: ComingLine;
  readonly to: ComingLine;
}

/** How the lines that have still to leave differ under other rules. */
export interface LineChanges {
  readonly vanish: readonly ComingLine[];
  /** The same rung's line to the same role, on another day. */
  readonly move: readonly LineMove[];
  readonly appear: readonly ComingLine[];
  /** The same line on the same day, at another hour or in another tone. */
  readonly alter: readonly LineMove[];
  /** Repetitions that move past what is written ahead: they are written again when their time comes nearer. */
  readonly later: readonly ComingLine[];
}

/**
 * The lines that have still to leave, each with its place among those of its rung and role. Two that quiet days put on
 * the same day are one.
 */
export function comingOf<Line extends Pick<PlannedLine, 'key' | 'latestAt' | 'plannedOn'>>(
  lines: readonly Line[],
  now: IsoInstant,
): (Line & { readonly ordinal: number })[] {
  const counts = new Map<string, number>();
  return [...new Map(lines.map((line) => [line.key, line])).values()]
    .sort((one, other) => compared(one.plannedOn, other.plannedOn))
    .map((line) => {
      const ordinal = (counts.get(rungOf(line)) ?? 0) + 1;
      counts.set(rungOf(line), ordinal);
      return { ...line, ordinal };
    })
    .filter(({ latestAt }) => latestAt > now);
}

/** Compares the lines before with those after, matched by rung, role and place among the repetitions. */
export function changesBetween(before: readonly ComingLine[], after: readonly ComingLine[]): LineChanges {
  const come = new Map(after.map((line) => [placeOf(line), line]));
  const gone = new Map(before.map((line) => [placeOf(line), line]));
  const lastPlaces = new Map<string, number>();
  for (const line of after) lastPlaces.set(rungOf(line), Math.max(line.ordinal, lastPlaces.get(rungOf(line)) ?? 0));
  const pairs = before.flatMap((from): LineMove[] => {
    const to = come.get(placeOf(from));
    return to === undefined ? [] : [{ from, to }];
  });
  const left = before.filter((line) => !come.has(placeOf(line)));
  const isLater = (line: ComingLine) => line.ordinal > (lastPlaces.get(rungOf(line)) ?? Infinity);
  return {
    vanish: left.filter((line) => !isLater(line)),
    move: pairs.filter(({ from, to }) => from.key !== to.key),
    appear: after.filter((line) => !gone.has(placeOf(line))),
    alter: pairs.filter(
      ({ from, to }) => from.key === to.key && (from.earliestAt !== to.earliestAt || from.letter !== to.letter),
    ),
    later: left.filter(isLater),
  };
}

function placeOf(line: ComingLine): string {
  return `${rungOf(line)}/${String(line.ordinal)}`;
}

/** A line's key without its day. */
function rungOf({ key }: Pick<PlannedLine, 'key'>): string {
  return key.slice(0, key.lastIndexOf('/'));
}
