import type { Policy, Role, Rung } from '../policy.ts';
import { due, opened, proposal } from './ladders.ts';

const collapse = { missed: 'collapse' } as const;
/** The end of a ladder: it goes on until somebody answers, and after an outage only the latest of its lines leaves. */
const weekly = { everyWorkdays: 5, missed: 'collapse' } as const;

/** What a superior has to decide: told when it comes up and on the day; from the third day on, the head of the group knows. */
function decision(comesUp: string, by: Role): readonly Rung[] {
  return [opened(comesUp, 'reminder', [by]), due(0, 'reminder', [by]), due(3, 'escalation', [by, 'groupHead'], weekly)];
}

/** What the office owes once, by a day known long before. */
const officePaper: readonly Rung[] = [
  due(-10, 'reminder', ['office'], collapse),
  due(-3, 'reminder', ['office'], collapse),
  due(0, 'reminder', ['office'], collapse),
  due(1, 'urge', ['office']),
  due(3, 'escalation', ['office', 'groupHead'], weekly),
];

/** What the office owes again and again. */
const officeRoutine: readonly Rung[] = [
  due(0, 'reminder', ['office'], collapse),
  due(1, 'urge', ['office'], collapse),
  due(3, 'escalation', ['office', 'groupHead'], weekly),
];

/** Below the due day nobody but the handler is written to; above it the ladder climbs to the head of the group. */
export const sharedLadders: Required<Policy['ladders']> = {
  acknowledgement: [
    opened('assigned', 'assignment', ['handler']),
    due(0, 'reminder', ['handler']),
    due(1, 'urge', ['handler', 'responsibleLeader']),
    due(3, 'escalation', ['responsibleLeader', 'groupHead']),
    due(5, 'urge', ['handler', 'responsibleLeader'], { everyWorkdays: 5 }),
  ],
  // The next check-in takes the place of one that was not answered, so its ladder need not go on for ever.
  checkIn: [
    due(-1, 'reminder', ['handler'], collapse),
    due(1, 'urge', ['handler'], collapse),
    due(5, 'escalation', ['handler', 'responsibleLeader'], collapse),
  ],
  evidence: [
    due(-10, 'reminder', ['handler'], collapse),
    due(-3, 'reminder', ['handler'], collapse),
    due(0, 'reminder', ['handler'], collapse),
    due(1, 'urge', ['handler']),
    due(3, 'escalation', ['handler', 'responsibleLeader']),
    due(5, 'escalation', ['responsibleLeader', 'groupHead']),
    proposal(10, 'talk'),
    due(11, 'urge', ['handler', 'responsibleLeader'], weekly),
  ],
  evidenceReview: decision('received', 'office'),
  closureProposal: [
    opened('complete', 'reminder', ['handler']),
    due(0, 'reminder', ['handler']),
    due(3, 'escalation', ['handler', 'responsibleLeader'], weekly),
  ],
  closureDecision: decision('proposed', 'office'),
  proposalDecision: decision('raised', 'office'),
  extensionDecision: decision('requested', 'office'),
  disputeDecision: decision('disputed', 'office'),
  suspensionReview: decision('asked', 'office'),
  statusAnswer: [
    opened('asked', 'reminder', ['handler']),
    due(0, 'reminder', ['handler']),
    due(1, 'urge', ['handler', 'responsibleLeader'], weekly),
  ],
  // A sheet that never came is followed by the next month's.
  itemReport: [
    due(-3, 'reminder', ['handler'], collapse),
    due(0, 'reminder', ['handler'], collapse),
    due(1, 'urge', ['handler'], collapse),
    due(3, 'escalation', ['handler', 'responsibleLeader'], collapse),
  ],
  itemRecheck: decision('asked', 'office'),
  // So is an attestation.
  attestation: [
    opened('asked', 'reminder', ['handler']),
    due(0, 'reminder', ['handler']),
    due(3, 'escalation', ['handler', 'responsibleLeader']),
    due(10, 'escalation', ['responsibleLeader', 'groupHead']),
  ],
  attestationEndorsement: decision('attested', 'responsibleLeader'),
  lookBack: [
    opened('asked', 'reminder', ['reviewer']),
    due(0, 'reminder', ['reviewer']),
    due(3, 'escalation', ['reviewer', 'office']),
    due(5, 'escalation', ['reviewer', 'groupHead'], weekly),
  ],
  rectificationPlan: officePaper,
  planApproval: [
    opened('submitted', 'reminder', ['groupHead']),
    due(0, 'reminder', ['groupHead']),
    due(3, 'escalation', ['groupHead', 'office'], weekly),
  ],
  weeklyCheck: officeRoutine,
  monthlyDispatch: [due(-3, 'reminder', ['office'], collapse), ...officeRoutine],
  periodicDuty: [due(-3, 'reminder', ['office'], collapse), ...officeRoutine],
  evaluation: officePaper,
  progressReport: officePaper,
  supervisionBatch: [
    opened('issued', 'escalation', ['handler'], { paper: 'supervisionLetter' }),
    due(-3, 'reminder', ['handler'], collapse),
    due(0, 'reminder', ['handler'], collapse),
    due(1, 'urge', ['handler', 'responsibleLeader']),
    due(3, 'escalation', ['responsibleLeader', 'groupHead']),
    due(5, 'urge', ['handler', 'responsibleLeader'], weekly),
  ],
  publicComment: decision('received', 'office'),
  lookBackDraw: decision('asked', 'office'),
};

/** What the presets have in common; each says for itself only where it differs. */
export const sharedPolicy: Omit<Policy, 'name'> = {
  version: 1,
  concentratedMonths: 6,
  immediateWithinDays: 15,
  acknowledgeWithinWorkdays: 3,
  checkInEveryWorkdays: 10,
  proposeClosureWithinWorkdays: 5,
  decideClosureWithinWorkdays: 5,
  decideProposalWithinWorkdays: 5,
  returnedWithinWorkdays: 10,
  attestEveryMonths: 3,
  lookBackAfterMonths: 3,
  openAheadWorkdays: 5,
  yellowWithinWorkdays: 10,
  sendAt: '09:00',
  sendingHours: { from: '08:30', to: '18:00' },
  ladders: sharedLadders,
  closure: { levels: [{ role: 'office', of: 'all' }], satisfaction: 'none' },
  extension: { decidedBy: ['office', 'groupHead'], decideWithinWorkdays: 3, atMostDays: 180 },
  dispute: { decideWithinWorkdays: 5 },
  suspension: { reviewEveryMonths: 1 },
  statusAnswer: { withinWorkdays: 3 },
  subLedger: { reportEveryMonths: 1, recheckedBy: 'office', recheckWithinWorkdays: 5 },
  lookBack: { share: 1, drawWithinWorkdays: 10, againAfterMonths: 3 },
  supervisionBatch: { withinWorkdays: 10 },
  publication: { windowWorkdays: 15, answerWithinWorkdays: 10 },
  completionRate: 'longTermCounted',
};
