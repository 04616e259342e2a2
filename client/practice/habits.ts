import type { IsoInstant } from '../../workflows/rules/instants.ts';
import type { Policy } from '../../workflows/rules/policy.ts';
import { chance, weighed } from './chance.ts';
import type { Duty } from './duties.ts';
import type { SubLedgerPlan } from './sub-ledger-plan.ts';

/** How a drill is staffed: everybody answers at once, as people do, or nobody does anything. */
export type StaffKind = 'diligent' | 'mixed' | 'silent';

/** Whoever starts a drill, and what its people decide by. */
export interface Staffing {
  readonly seed: string;
  readonly staff: StaffKind;
  /** The issue whose first look-back fails among `mixed` staff; others fail by chance. */
  readonly reboundCode?: string;
  /** The round's, by whose ladders its mails came; the preset 简明 where there is none. */
  readonly policy?: Policy;
  /** By the code of the issue. */
  readonly subLedgers?: ReadonlyMap<string, SubLedgerPlan>;
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
const extensionShare = 0.06;
const promiseShare = 0.3;
const keptShare = 0.75;

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
      return duty.rung >= rungOf(duty, seed);
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

/** Some of what comes first is sent back or refused; what comes a second time has what was missing. */
export function decidedWell(duty: Duty, { seed, staff }: Staffing): 'well' | 'badly' {
  const returns = staff === 'mixed' && duty.ordinal === 1 && chance(seed, 'return', ...about(duty)) < returnedShare;
  return returns ? 'badly' : 'well';
}

/** Some of those who are told of evidence long before its day ask for more time (申请延期), upon the first mail. */
export function asksForTime(duty: Duty, { seed, staff }: Staffing, sentAt: IsoInstant): 'asks' | 'doesNot' {
  const isEarly = duty.kind === 'evidence' && duty.ordinal === 1 && duty.rung === 0;
  if (staff !== 'mixed' || !isEarly) return 'doesNot';
  return chance(seed, 'extension', ...about(duty), sentAt) < extensionShare ? 'asks' : 'doesNot';
}

/**
 * Some of those who will be late promise a day (承诺) upon the mail before the one that moves them; most of them keep it,
 * and the others answer when that mail comes.
 */
export function promiseUpon(duty: Duty, staffing: Staffing): 'none' | 'kept' | 'broken' {
  const { seed, staff } = staffing;
  if (staff !== 'mixed' || duty.kind !== 'evidence') return 'none';
  const moving = rungOf(duty, seed);
  if (moving < 2 || duty.rung !== moving - 1) return 'none';
  if (chance(seed, 'promise', ...about(duty)) >= promiseShare) return 'none';
  return chance(seed, 'promise kept', ...about(duty)) < keptShare ? 'kept' : 'broken';
}

/** Upon which of the mails about a duty somebody of a mixed staff does it. */
function rungOf(duty: Duty, seed: string): number {
  return weighed(mixedHabits[duty.kind] ?? usualHabit, chance(seed, 'rung', ...about(duty)));
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
