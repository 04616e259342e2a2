import { type Refusal, withReason } from '../refusal.ts';
import type { RoundTerms } from '../terms.ts';
import { bodiesOf } from './bodies.ts';
import { planOf, type RoundProgress } from './progress.ts';
import type { RoundRequestRule } from './request-rule.ts';

/** 审定整改方案; of one body where it names one. */
export const decidePlan: RoundRequestRule<{
  readonly bodyId?: string;
  readonly decision: 'approved' | 'returned';
  readonly reason: string;
}> = {
  refusals: ({ terms, progress }, { by, recordedBy, bodyId, decision, reason }) => {
    const plan = planOf(progress, bodyId);
    if (plan?.state !== 'submitted') return [noPlan(terms, progress, bodyId)];
    const submitter = plan.by ?? undefined;
    return [
      ...(submitter !== undefined && [by, recordedBy].includes(submitter)
        ? [{ code: 'SamePerson', message: '报送整改方案的人不能自己审定，请由另一人审定' }]
        : []),
      ...(decision === 'returned' ? withReason(reason, '退回整改方案') : []),
    ];
  },
  fact: (_standing, { decision, reason, bodyId }) => ({
    type: 'planDecided',
    decision,
    reason,
    ...(bodyId !== undefined && { bodyId }),
  }),
};

function noPlan(terms: RoundTerms, progress: RoundProgress, bodyId: string | undefined): Refusal {
  const waiting = bodiesOf(terms).filter(({ id }) => planOf(progress, id)?.state === 'submitted');
  const names = waiting.map(({ name }) => name).join('、');
  if (bodyId === undefined && names !== '')
    return { code: 'BodyNeeded', message: `本轮各单位分别报送整改方案，待审定的有${names}，请写明是哪个单位` };
  const whose = bodiesOf(terms).find(({ id }) => id === bodyId)?.name ?? '';
  const others = names === '' ? '' : `；待审定的有${names}`;
  return { code: 'NoPlan', message: `目前没有待审定的${whose}整改方案${others}` };
}
