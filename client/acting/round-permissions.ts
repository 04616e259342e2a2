import type { Role } from '../../workflows/rules/policy.ts';
import type { RoundRequestName } from '../../workflows/rules/round/requests.ts';

/** Who may ask a round for what. */
export const roundPermissions: Readonly<
  Record<RoundRequestName, { readonly roles: readonly Role[]; readonly act: string }>
> = {
  decidePlan: { roles: ['groupHead'], act: '审定整改方案' },
  issueBatch: { roles: ['office'], act: '下达督办批次' },
  correctBatch: { roles: ['office'], act: '更正督办批次' },
  receiveComment: { roles: ['office'], act: '登记群众意见' },
  correctComment: { roles: ['office'], act: '更正群众意见' },
  answerComment: { roles: ['office'], act: '答复群众意见' },
  recordDraw: { roles: ['office', 'reviewer'], act: '抽取回头看' },
  recordEvaluation: { roles: ['office', 'groupHead'], act: '登记评估' },
  adoptRoundPolicy: { roles: ['office'], act: '采用新政策' },
  adoptRoundCalendar: { roles: ['office'], act: '采用新日历' },
};
