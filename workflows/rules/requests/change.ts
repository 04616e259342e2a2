import type { Calendar } from '../calendar.ts';
import type { FactOf, Obligation } from '../events.ts';
import { startOfDay } from '../instants.ts';
import { proposalDay } from '../ladder.ts';
import type { Policy, Role } from '../policy.ts';
import { ladderOf, lookBackOf } from '../policy-parts.ts';
import { followed, onlyIn, type RequestRule, withReason } from '../refusal.ts';
import type { IssueTerms } from '../terms.ts';

/** 移交, or 更正 of whom it was given to: whose it was and whose it is; who that is, stands in the ledger already. */
export const handOver: RequestRule<{
  readonly role: Role;
  readonly measure?: number;
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly reason: string;
  readonly corrects?: number;
  readonly acknowledgement?: 'anew';
}> = {
  refusals: ({ progress }, { to, reason, corrects }) => [
    ...onlyIn(followed, progress, corrects === undefined ? '移交' : '更正交办'),
    ...(to.length === 0 ? [{ code: 'PersonMissing', message: '请写明移交给谁' }] : []),
    ...withReason(reason, corrects === undefined ? '移交' : '更正'),
  ],
  fact: (_standing, { role, measure, from, to, reason, corrects, acknowledgement }) => ({
    type: 'handedOver',
    role,
    from,
    to,
    reason,
    ...(measure !== undefined && { measure }),
    ...(corrects !== undefined && { corrects }),
    ...(acknowledgement !== undefined && { acknowledgement }),
  }),
};

/** 换责任部门、配合部门: which it is, stands in the ledger. */
export const changeUnit: RequestRule<Omit<FactOf<'unitChanged'>, 'type'>> = {
  refusals: ({ progress }, { reason }) => [...onlyIn(followed, progress, '换部门'), ...withReason(reason, '换部门')],
  fact: (_standing, { what, measure, from, to, reason }) => ({
    type: 'unitChanged',
    what,
    ...(measure !== undefined && { measure }),
    from,
    to,
    reason,
  }),
};

/** 采用新政策: from now on; what its rungs would have asked for earlier, they ask for no more. */
export const adoptPolicy: RequestRule<{ readonly policy: Policy }> = {
  refusals: ({ terms, progress }, { policy }) => [
    ...onlyIn(followed, progress, '采用新政策'),
    ...(policy.version <= terms.policy.version
      ? [{ code: 'PolicyNotNewer', message: `该问题已采用第${String(terms.policy.version)}版政策` }]
      : []),
  ],
  fact: ({ terms, progress, now }, { policy }) => ({
    type: 'policyAdopted',
    version: policy.version,
    passed: progress.obligations.flatMap((obligation) => {
      const rungIds = passedRungs({ ...terms, policy }, obligation, now);
      return rungIds.length === 0 ? [] : [{ obligationId: obligation.id, rungIds }];
    }),
  }),
  terms: (terms, { policy }) => ({ ...terms, policy }),
};

/** 采用新日历: days that were given stay; the reminders around them move. */
export const adoptCalendar: RequestRule<{ readonly calendar: Calendar }> = {
  refusals: ({ terms, progress }, { calendar }) => [
    ...onlyIn(followed, progress, '采用新日历'),
    ...(calendar.version <= terms.calendar.version
      ? [{ code: 'CalendarNotNewer', message: `该问题已采用第${String(terms.calendar.version)}版日历` }]
      : []),
  ],
  fact: (_standing, { calendar }) => ({ type: 'calendarAdopted', version: calendar.version }),
  terms: (terms, { calendar }) => ({ ...terms, calendar }),
};

/** 回头看抽取的结果 */
export const settleLookBackDraw: RequestRule<{
  readonly drawId: string;
  readonly outcome: 'major' | 'failedUnit' | 'drawn' | 'leftOut';
}> = {
  refusals: ({ terms, progress }, { outcome }) => [
    ...onlyIn(['lookBack'], progress, '抽取回头看'),
    ...(progress.lookBack !== undefined || progress.obligations.some(({ kind }) => kind === 'lookBack')
      ? [{ code: 'LookBackPlanned', message: '已安排回头看' }]
      : []),
    ...(outcome === 'leftOut' && (terms.weight === 'major' || lookBackOf(terms.policy).share === 1)
      ? [{ code: 'LookBackSure', message: '按办法该问题必须回头看，不能列为未抽中' }]
      : []),
    ...(outcome === 'leftOut' && (progress.remainder ?? []).length > 0
      ? [{ code: 'RemainderLeft', message: '还有余下的措施，应列入回头看' }]
      : []),
  ],
  fact: (_standing, { drawId, outcome }) =>
    outcome === 'leftOut' ? { type: 'lookBackLeftOut', drawId } : { type: 'lookBackDrawn', drawId, because: outcome },
};

function passedRungs(terms: IssueTerms, obligation: Obligation, now: string): string[] {
  return ladderOf(terms.policy, obligation.kind)
    .filter((rung) => rung.proposal !== undefined && !obligation.proposedRungs.includes(rung.id))
    .filter((rung) => startOfDay(proposalDay(terms, obligation, rung)) <= now)
    .map(({ id }) => id);
}
