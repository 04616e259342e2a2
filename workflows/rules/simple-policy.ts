import type { Letter, Missed, Policy, Role, Rung } from './policy.ts';

/**
 * The preset 简明: acknowledge, report every two weeks, evidence by the deadline, a ladder up to the
 * responsible leader and the head of the group; punishment is proposed only, and the office decides.
 * Rung days follow the five letters of 临颍 and the lights of 江津.
 */
export const simplePolicy: Policy = {
  name: '简明',
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
  ladders: {
    acknowledgement: [
      opened('assigned', 'assignment', ['handler']),
      due('on-day', 0, 'reminder', ['handler']),
      due('after-1', 1, 'urge', ['handler', 'responsibleLeader']),
      due('after-3', 3, 'escalation', ['responsibleLeader', 'groupHead']),
      due('after-5', 5, 'urge', ['handler', 'responsibleLeader'], 5),
    ],
    checkIn: [
      due('before-1', -1, 'reminder', ['handler'], undefined, 'collapse'),
      due('after-1', 1, 'urge', ['handler'], undefined, 'collapse'),
      due('after-5', 5, 'escalation', ['handler', 'responsibleLeader'], undefined, 'collapse'),
    ],
    evidence: [
      due('before-10', -10, 'reminder', ['handler'], undefined, 'collapse'),
      due('before-3', -3, 'reminder', ['handler'], undefined, 'collapse'),
      due('on-day', 0, 'reminder', ['handler'], undefined, 'collapse'),
      due('after-1', 1, 'urge', ['handler']),
      due('after-3', 3, 'escalation', ['handler', 'responsibleLeader']),
      due('after-5', 5, 'escalation', ['responsibleLeader', 'groupHead']),
      { ...due('after-10', 10, 'escalation', ['office']), proposal: 'talk' },
      due('after-11', 11, 'urge', ['handler', 'responsibleLeader'], 5, 'collapse'),
    ],
    closureProposal: [
      opened('complete', 'reminder', ['handler']),
      due('on-day', 0, 'reminder', ['handler']),
      due('after-3', 3, 'escalation', ['handler', 'responsibleLeader'], 5, 'collapse'),
    ],
    closureDecision: [
      opened('proposed', 'reminder', ['office']),
      due('on-day', 0, 'reminder', ['office']),
      due('after-3', 3, 'escalation', ['office', 'groupHead'], 5, 'collapse'),
    ],
    proposalDecision: [
      opened('raised', 'reminder', ['office']),
      due('on-day', 0, 'reminder', ['office']),
      due('after-3', 3, 'escalation', ['office', 'groupHead'], 5, 'collapse'),
    ],
    attestation: [
      opened('asked', 'reminder', ['handler']),
      due('on-day', 0, 'reminder', ['handler']),
      due('after-3', 3, 'escalation', ['handler', 'responsibleLeader']),
      due('after-10', 10, 'escalation', ['responsibleLeader', 'groupHead']),
    ],
    lookBack: [
      opened('asked', 'reminder', ['reviewer']),
      due('on-day', 0, 'reminder', ['reviewer']),
      due('after-3', 3, 'escalation', ['reviewer', 'office']),
      due('after-5', 5, 'escalation', ['reviewer', 'groupHead'], 5, 'collapse'),
    ],
  },
};

function opened(id: string, letter: Letter, to: readonly Role[]): Rung {
  return { id, from: 'opened', workdays: 0, to, letter, missed: 'sendLate' };
}

function due(
  id: string,
  workdays: number,
  letter: Letter,
  to: readonly Role[],
  repeatEveryWorkdays?: number,
  missed: Missed = 'sendLate',
): Rung {
  return {
    id,
    from: 'due',
    workdays,
    to,
    letter,
    missed,
    ...(repeatEveryWorkdays !== undefined && { repeatEveryWorkdays }),
  };
}
