import type { RequestRule } from '../refusal.ts';
import * as change from './change.ts';
import * as closure from './closure.ts';
import { correctPerson } from './correct-person.ts';
import * as evidence from './evidence.ts';
import * as items from './items.ts';
import * as office from './office.ts';
import * as time from './time.ts';

/** All that a person can ask of an issue and may be refused. The name is the update's. */
export const requestRules = {
  proposeClosure: closure.proposeClosure,
  withdrawProposal: closure.withdrawProposal,
  decideClosure: closure.decideClosure,
  noteSatisfaction: closure.noteSatisfaction,
  judgeEvidence: evidence.judgeEvidence,
  correctEvidence: evidence.correctEvidence,
  correctPerson,
  requestExtension: time.requestExtension,
  decideExtension: time.decideExtension,
  correctDeadline: time.correctDeadline,
  suspendIssue: time.suspend,
  resumeIssue: time.resume,
  reviewSuspension: time.reviewSuspension,
  enterItems: items.enterItems,
  moveItems: items.moveItems,
  recheckItems: items.recheckItems,
  decideProposal: office.decideProposal,
  disputeFinding: office.dispute,
  decideDispute: office.decideDispute,
  withdrawIssue: office.withdrawIssue,
  mergeInto: office.mergeInto,
  askStatus: office.askStatus,
  endorseAttestation: office.endorseAttestation,
  endLongTerm: office.endLongTerm,
  recordLookBack: office.recordLookBack,
  confirmRecurrence: office.confirmRecurrence,
  undoLastStep: office.undo,
  handOver: change.handOver,
  changeUnit: change.changeUnit,
  adoptPolicy: change.adoptPolicy,
  adoptCalendar: change.adoptCalendar,
  settleLookBackDraw: change.settleLookBackDraw,
} as const;

export type IssueRequestName = keyof typeof requestRules;

/** What the request says, without who says it. */
export type IssueRequest<Name extends IssueRequestName> =
  (typeof requestRules)[Name] extends RequestRule<infer Request> ? Request : never;
