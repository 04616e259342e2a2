import { chance, weighed } from './chance.ts';
import type { Duty } from './duties.ts';

/** How a drill is staffed: everybody answers at once, as people do, or nobody does anything. */
export type StaffKind = 'diligent' | 'mixed' | 'silent';

/** Whoever starts a drill, and what its people decide by. */
export interface Staffing {
  readonly seed: string;
  readonly staff: StaffKind;
  /** The issue whose first look-back fails among `mixed` staff; others fail by chance. */
  readonly reboundCode?: string;
}

const never = Number.POSITIVE_INFINITY;

/** Weights by rung, lowest first: at which of the mails about a duty people of a `mixed` staff do it. */
const mixedHabits: Readonly<Partial<Record<Duty['kind'], readonly (readonly [rung: number, weight: number])[]>>> = {
  acknowledgement: [
    [0, 68],
    [1, 16],
    [2, 10],
    [3, 6],
  ],
  checkIn: [
    [0, 58],
    [1, 16],
    [2, 9],
    [never, 17],
  ],
  evidence: [
    [0, 34],
    [1, 24],
    [2, 15],
    [3, 11],
    [4, 8],
    [5, 8],
  ],
  closureProposal: [
    [0, 72],
    [1, 18],
    [2, 10],
  ],
  closureDecision: [
    [0, 80],
    [1, 14],
    [2, 6],
  ],
  proposalDecision: [
    [0, 75],
    [1, 25],
  ],
  attestation: [
    [0, 72],
    [1, 18],
    [2, 10],
  ],
  lookBack: [
    [0, 80],
    [1, 14],
    [2, 6],
  ],
};

/** Of a kind that has no habits of its own. */
const usualHabit = [
  [0, 75],
  [1, 25],
] as const;

const returnedShare = 0.22;
const acceptedProposalShare = 0.5;
const reboundShare = 0.08;

/**
 * Whether a mail is the one upon which a duty is done. It is decided per duty, not per mail: the first mail that stands
 * as high on the ladder as this person needs. A later one finds it done.
 */
export function isTimeFor(duty: Duty, { seed, staff }: Staffing): boolean {
  switch (staff) {
    case 'silent':
      return false;
    case 'diligent':
      return true;
    case 'mixed':
      return duty.rung >= weighed(mixedHabits[duty.kind] ?? usualHabit, chance(seed, 'rung', ...about(duty)));
  }
}

/** How many minutes pass before a person gets round to a mail. */
export function paceMinutes(number: number, { staff }: Staffing): number {
  if (staff === 'diligent') return 15 + Math.floor(number * 300);
  const [from, to] = weighed(
    [
      [[20, 420], 72],
      [[1_440, 1_900], 20],
      [[2_880, 4_700], 8],
    ],
    number,
  );
  return from + Math.floor(((number * 1_000) % 1) * (to - from));
}

/** The office sends back some of the first closures; what comes a second time has what was missing. */
export function closureDecisionOf(duty: Duty, { seed, staff }: Staffing): 'approved' | 'returned' {
  const returns = staff === 'mixed' && duty.ordinal === 1 && chance(seed, 'return', ...about(duty)) < returnedShare;
  return returns ? 'returned' : 'approved';
}

export function proposalDecisionOf(duty: Duty, { seed }: Staffing): 'accepted' | 'declined' {
  return chance(seed, 'talk', ...about(duty)) < acceptedProposalShare ? 'accepted' : 'declined';
}

/** A problem comes back once at most: whatever a rebound began holds in the end. */
export function lookBackOf(duty: Duty, { seed, staff, reboundCode }: Staffing): 'held' | 'rebound' {
  if (staff !== 'mixed' || duty.cycle > 1) return 'held';
  if (duty.code === (reboundCode ?? firstCodeLike(duty.code))) return 'rebound';
  return chance(seed, 'look-back', ...about(duty)) < reboundShare ? 'rebound' : 'held';
}

/** A duty by what people call it, not by an opaque id: two drills with the same seed and notice go the same way. */
export function about({ code, cycle, obligationId }: Duty): [string, number, string] {
  return [code, cycle, obligationId];
}

function firstCodeLike(code: string): string {
  return code.replace(/\d+$/, (digits) => '1'.padStart(digits.length, '0'));
}
