import fc from 'fast-check';
import { presetNames, presetPolicy } from '../../../workflows/rules/presets/index.ts';
import type { IssueObligationKind, Policy, Role, Rung } from '../../../workflows/rules/policy.ts';
import { dayNumbered, numberOf } from '../calendar-by-hand.ts';

export const roles = ['handler', 'responsibleLeader', 'groupHead', 'office', 'reviewer'] as const satisfies Role[];
const deciders = ['responsibleLeader', 'groupHead', 'office', 'reviewer'] as const satisfies Role[];

const kinds = [
  'acknowledgement',
  'checkIn',
  'evidence',
  'evidence',
  'evidence',
  'evidenceReview',
  'closureProposal',
  'closureDecision',
  'proposalDecision',
  'extensionDecision',
  'disputeDecision',
  'suspensionReview',
  'statusAnswer',
  'itemReport',
  'itemRecheck',
  'attestation',
  'attestationEndorsement',
  'lookBack',
] as const satisfies IssueObligationKind[];

const often = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 3 });

const rungs: fc.Arbitrary<Rung> = fc
  .record({
    opened: fc.integer({ min: 0, max: 4 }),
    workdays: fc.integer({ min: -20, max: 20 }),
    to: fc.uniqueArray(fc.constantFrom(...roles), { minLength: 1, maxLength: 2 }),
    letter: fc.constantFrom('assignment', 'reminder', 'urge', 'escalation'),
    missed: fc.constantFrom('sendLate', 'collapse', 'skip'),
    repeat: fc.constantFrom(undefined, undefined, undefined, undefined, undefined, 2, 5, 10),
    proposal: fc.constantFrom(
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      'talk',
      'notice',
      'accountability',
    ),
  })
  .map(({ opened, workdays, to, letter, missed, repeat, proposal }): Rung => {
    const asks = proposal !== undefined;
    return {
      ...(opened === 0 && !asks
        ? { id: `word-${String(Math.abs(workdays))}`, from: 'opened', workdays: Math.abs(workdays) % 6 }
        : { id: idOf(workdays), from: 'due', workdays }),
      to,
      letter,
      missed,
      ...(repeat !== undefined && !asks && { repeatEveryWorkdays: repeat }),
      ...(asks && { proposal }),
    };
  });

const ladder = fc.uniqueArray(rungs, { maxLength: 5, selector: ({ id }) => id });

/** About a decision on a proposal nothing is proposed. */
function fit([kind, rungsOf]: [IssueObligationKind, Rung[]]): [IssueObligationKind, Rung[]] {
  return [kind, kind === 'proposalDecision' ? rungsOf.filter(({ proposal }) => proposal === undefined) : rungsOf];
}

const changes = fc.record({
  ladders: fc.array(fc.tuple(fc.constantFrom(...kinds), ladder).map(fit), { maxLength: 5 }),
  acknowledgeWithinWorkdays: fc.integer({ min: 1, max: 8 }),
  checkInEveryWorkdays: fc.integer({ min: 3, max: 30 }),
  proposeClosureWithinWorkdays: fc.integer({ min: 1, max: 12 }),
  decideClosureWithinWorkdays: fc.integer({ min: 1, max: 12 }),
  decideProposalWithinWorkdays: fc.integer({ min: 1, max: 12 }),
  returnedWithinWorkdays: fc.integer({ min: 1, max: 15 }),
  attestEveryMonths: fc.integer({ min: 1, max: 6 }),
  lookBackAfterMonths: fc.integer({ min: 1, max: 6 }),
  openAheadWorkdays: fc.integer({ min: 0, max: 10 }),
  sendAt: fc.constantFrom('09:00', '08:30', '10:30', '14:15'),
  quietDays: fc.array(fc.tuple(fc.nat(700), fc.integer({ min: 0, max: 6 })), { maxLength: 4 }),
});

const someParts = fc.record({
  levels: often(fc.uniqueArray(fc.constantFrom(...deciders), { minLength: 1, maxLength: 3 })),
  ofMajor: fc.boolean(),
  satisfaction: fc.constantFrom('none', 'none', 'none', 'major', 'all'),
  extension: often(
    fc.tuple(fc.array(fc.constantFrom(...deciders), { maxLength: 3 }), fc.integer({ max: 200, min: 0 })),
  ),
  reviewEveryMonths: often(fc.integer({ min: 1, max: 4 })),
  answerWithin: often(fc.integer({ min: 1, max: 6 })),
  subLedger: often(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.constantFrom(...deciders))),
  endorsedBy: often(fc.constantFrom(...deciders)),
  share: often(fc.constantFrom(0, 0.2, 0.5, 1)),
});

/** Valid policies: those of the presets with other ladders, cadences, levels and parts. */
export const policies: fc.Arbitrary<Policy> = fc
  .tuple(fc.constantFrom(...presetNames), changes, someParts)
  .map(([name, { ladders, quietDays, ...numbers }, chosen]): Policy => {
    const preset = presetPolicy(name, { feedbackOn: '2024-01-02' });
    const firstQuiet = numberOf('2024-01-01');
    const bare = Object.fromEntries(
      Object.entries(preset).filter(([part]) => !optional.has(part)),
    ) as unknown as Policy;
    return {
      ...bare,
      ...numbers,
      ladders: { ...preset.ladders, ...Object.fromEntries(ladders) },
      quietDays: quietDays.map(([start, length]) => ({
        from: dayNumbered(firstQuiet + start),
        to: dayNumbered(firstQuiet + start + length),
      })),
      ...partsOf(chosen),
    };
  });

const optional: ReadonlySet<string> = new Set([
  'closure',
  'extension',
  'suspension',
  'statusAnswer',
  'subLedger',
  'attestation',
  'lookBack',
] satisfies (keyof Policy)[]);

type Parts = typeof someParts extends fc.Arbitrary<infer Value> ? Value : never;

/** What is left out here, `policy-parts.ts` says. */
function partsOf(part: Parts): Partial<Policy> {
  const { levels, ofMajor, satisfaction, extension, reviewEveryMonths, answerWithin, subLedger, endorsedBy, share } =
    part;
  return {
    ...(levels && {
      closure: {
        levels: levels.map((role, index) => ({ role, of: index > 0 && ofMajor ? 'major' : 'all' })),
        satisfaction,
      },
    }),
    ...(extension && { extension: { decidedBy: extension[0], decideWithinWorkdays: 3, atMostDays: extension[1] } }),
    ...(reviewEveryMonths !== undefined && { suspension: { reviewEveryMonths } }),
    ...(answerWithin !== undefined && { statusAnswer: { withinWorkdays: answerWithin } }),
    ...(subLedger && {
      subLedger: { reportEveryMonths: subLedger[0], recheckedBy: subLedger[1], recheckWithinWorkdays: 4 },
    }),
    ...(endorsedBy && { attestation: { endorsedBy, endorseWithinWorkdays: 5 } }),
    ...(share !== undefined && { lookBack: { share, drawWithinWorkdays: 8, againAfterMonths: 2 } }),
  };
}

function idOf(workdays: number): string {
  if (workdays === 0) return 'on-day';
  return workdays < 0 ? `before-${String(-workdays)}` : `after-${String(workdays)}`;
}
