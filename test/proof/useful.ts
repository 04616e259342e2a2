import { isClosed, itemsIn, measuresWithoutEvidence } from '../../workflows/rules/progress.ts';
import { requestRules } from '../../workflows/rules/requests/index.ts';
import type { Dice } from './dice.ts';
import type { SayingName } from './messages.ts';
import type { Situation } from './sayings.ts';

/** All that can be said of an issue, at whatever moment. */
const everything = [
  'acknowledged',
  'progressReported',
  'committed',
  'evidenceReceived',
  ...(Object.keys(requestRules) as (keyof typeof requestRules)[]),
] as const satisfies SayingName[];

/** Anything at all; what ends an issue at once comes less often, or few would grow old. */
export function anySaying(dice: Dice): SayingName {
  const name = dice.pick(everything)!;
  const endsAtOnce = name === 'withdrawIssue' || name === 'mergeInto';
  return endsAtOnce && !dice.seldom(4)
    ? dice.pick(['evidenceReceived', 'judgeEvidence', 'recheckItems'] as const)!
    : name;
}

/** What leads on from here, the shortest way to the end: chance turns back so often that few would be closed twice. */
export function onwardSaying({ progress }: Situation): SayingName {
  const owes = (wanted: string) => progress.obligations.some(({ kind }) => kind === wanted);
  if (progress.suspension) return 'resumeIssue';
  if (progress.dispute) return 'decideDispute';
  if (progress.extension) return 'decideExtension';
  switch (progress.phase) {
    case 'assignment':
    case 'rectification':
      if (measuresWithoutEvidence(progress).length > 0) return 'evidenceReceived';
      if (itemsIn(progress).length === 0) return 'proposeClosure';
      return itemsIn(progress).every(({ state }) => state === 'askedToLeave') ? 'recheckItems' : 'moveItems';
    case 'closureReview':
      return 'decideClosure';
    case 'longTerm':
      return owes('attestationEndorsement') ? 'endorseAttestation' : 'progressReported';
    case 'lookBack':
      return owes('evidenceReview') ? 'judgeEvidence' : 'recordLookBack';
    default:
      return 'progressReported';
  }
}

/** What sensible people would say as things stand: by chance alone, no history would ever get to a second cycle. */
export function usefulSaying(situation: Situation, dice: Dice): SayingName {
  const { progress, policies, calendars, leaning } = situation;
  if (leaning.length > 0 && !dice.seldom(3)) return dice.pick(leaning)!;
  if (progress.suspension !== undefined) {
    return dice.pick(['resumeIssue', 'resumeIssue', 'reviewSuspension', 'progressReported'] as const)!;
  }
  const asked = [
    ...(progress.extension ? (['decideExtension', 'decideExtension'] as const) : []),
    ...(progress.dispute ? (['decideDispute', 'decideDispute'] as const) : []),
    ...(progress.proposals.length > 0 ? (['decideProposal'] as const) : []),
    ...(itemsIn(progress).length > 0 ? (['moveItems', 'moveItems', 'recheckItems', 'recheckItems'] as const) : []),
    ...(progress.undoable ? (['undoLastStep'] as const) : []),
    ...(policies.length > 0 && dice.seldom(4) ? (['adoptPolicy'] as const) : []),
    ...(calendars.length > 0 && dice.seldom(4) ? (['adoptCalendar'] as const) : []),
    ...(dice.seldom(3) ? (['suspendIssue', 'handOver', 'changeUnit'] as const) : []),
    ...(progress.satisfaction === undefined && !isClosed(progress) ? (['noteSatisfaction'] as const) : []),
  ];
  return dice.pick([...asked, ...ofPhase(situation, dice)])!;
}

function ofPhase({ progress }: Situation, dice: Dice): readonly SayingName[] {
  switch (progress.phase) {
    case 'assignment':
    case 'rectification': {
      const seldom = ['requestExtension', 'correctDeadline', 'disputeFinding', 'enterItems', 'judgeEvidence'] as const;
      const beside = dice.pick([...seldom, 'askStatus', 'confirmRecurrence', 'acknowledged'] as const)!;
      return measuresWithoutEvidence(progress).length > 0
        ? ['evidenceReceived', 'evidenceReceived', 'progressReported', 'committed', 'committed', beside]
        : ['proposeClosure', 'proposeClosure', 'proposeClosure', 'committed', beside];
    }
    case 'closureReview':
      return [
        'decideClosure',
        'decideClosure',
        'decideClosure',
        'decideClosure',
        'evidenceReceived',
        'withdrawProposal',
      ];
    case 'longTerm':
      return progress.obligations.some(({ kind }) => kind === 'attestationEndorsement')
        ? ['endorseAttestation', 'endorseAttestation', 'endLongTerm']
        : ['progressReported', 'progressReported', 'endorseAttestation', 'askStatus', 'endLongTerm'];
    case 'lookBack':
      return progress.remainder === undefined
        ? ['recordLookBack', 'recordLookBack', 'settleLookBackDraw', 'settleLookBackDraw', 'evidenceReceived']
        : ['evidenceReceived', 'judgeEvidence', 'judgeEvidence', 'recordLookBack', 'settleLookBackDraw'];
    case 'archived':
    case 'withdrawn':
    case 'merged':
      return ['progressReported', 'evidenceReceived'];
  }
}
