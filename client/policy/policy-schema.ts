import { z } from 'zod';
import { letterNames, paperNames, punishmentNames } from '../../workflows/rules/names.ts';
import { stems } from '../../workflows/rules/obligation-ids.ts';
import type { ObligationKind, Policy } from '../../workflows/rules/policy.ts';
import { day, group, identifier, listOf, oneOf, role, share, wallTime, whole, words } from './policy-fields.ts';

const aYearOfWorkdays = 250;

const rung = group({
  id: identifier,
  from: oneOf({ opened: '从义务产生之日起算', due: '从到期日起算' }),
  workdays: whole(-aYearOfWorkdays, aYearOfWorkdays),
  to: listOf(role, 1, 5),
  letter: oneOf(letterNames),
  paper: oneOf(paperNames).optional(),
  repeatEveryWorkdays: whole(1, aYearOfWorkdays).optional(),
  missed: oneOf({ sendLate: '补发', collapse: '只发最近一条', skip: '不再发' }),
  proposal: oneOf(punishmentNames).optional(),
});

const ladders = group(
  Object.fromEntries(Object.keys(stems).map((kind) => [kind, listOf(rung, 0, 30).optional()])) as Record<
    ObligationKind,
    z.ZodOptional<ReturnType<typeof listOf<typeof rung>>>
  >,
);

const phase = group({ id: identifier, title: words(40), from: day, to: day });

const cadence = z.discriminatedUnion(
  'every',
  [
    group({ every: z.literal('week'), weekday: whole(1, 5) as unknown as z.ZodType<1 | 2 | 3 | 4 | 5> }),
    // A day that every month has.
    group({ every: z.enum(['month', 'quarter', 'year']), dayOfMonth: whole(1, 28) }),
    group({
      every: z.literal('once'),
      after: oneOf({ feedback: '反馈日', concentratedPeriod: '集中整改期满' }),
      months: whole(0, 36),
    }),
  ],
  { error: '应是 week（每周）、month（每月）、quarter（每季度）、year（每年）、once（一次）之一的一组设置' },
);

const duty = group({
  id: identifier,
  kind: oneOf({
    rectificationPlan: '报整改方案',
    weeklyCheck: '周检查',
    monthlyDispatch: '月调度',
    periodicDuty: '其他定期事项',
    evaluation: '定期评估',
    progressReport: '整改进展情况报告',
  }),
  title: words(60),
  role,
  cadence,
  until: oneOf({ concentratedPeriod: '到集中整改期满', lastClosure: '到最后一个问题销号' }),
  per: oneOf({ body: '一轮有几个被巡察单位的，各单位分别承担', round: '全轮一项' }).optional(),
});

const workdays = whole(1, 60);

/** All that a policy says, field by field; what holds between fields stands in `cross-checks.ts`. */
export const policySchema = group({
  name: words(40),
  version: whole(1, 100_000),
  concentratedMonths: whole(1, 24),
  immediateWithinDays: whole(1, 90),
  acknowledgeWithinWorkdays: whole(1, 30),
  // A check-in opens two workdays before the one before it gives way.
  checkInEveryWorkdays: whole(3, 130),
  proposeClosureWithinWorkdays: workdays,
  decideClosureWithinWorkdays: workdays,
  decideProposalWithinWorkdays: workdays,
  returnedWithinWorkdays: workdays,
  attestEveryMonths: whole(1, 12),
  lookBackAfterMonths: whole(1, 24),
  // Less than the workdays of any month, so that the next attestation opens after the one before it.
  openAheadWorkdays: whole(0, 10),
  yellowWithinWorkdays: whole(0, 60),
  sendAt: wallTime,
  sendingHours: group({ from: wallTime, to: wallTime }),
  quietDays: listOf(group({ from: day, to: day }), 0, 50).optional(),
  ladders,
  phases: listOf(phase, 0, 20).optional(),
  duties: listOf(duty, 0, 40).optional(),
  closure: group({
    levels: listOf(group({ role, of: oneOf({ all: '全部问题', major: '重大问题' }) }), 1, 5),
    satisfaction: oneOf({ none: '不需要', major: '重大问题需要', all: '全部需要' }),
  }).optional(),
  extension: group({
    decidedBy: listOf(role, 0, 5),
    decideWithinWorkdays: workdays,
    atMostDays: whole(0, 730),
  }).optional(),
  dispute: group({ decideWithinWorkdays: workdays }).optional(),
  suspension: group({ reviewEveryMonths: whole(1, 12) }).optional(),
  statusAnswer: group({ withinWorkdays: workdays }).optional(),
  subLedger: group({
    reportEveryMonths: whole(1, 12),
    recheckedBy: role,
    recheckWithinWorkdays: workdays,
  }).optional(),
  attestation: group({ endorsedBy: role, endorseWithinWorkdays: workdays }).optional(),
  lookBack: group({ share, drawWithinWorkdays: workdays, againAfterMonths: whole(1, 24) }).optional(),
  supervisionBatch: group({ withinWorkdays: workdays }).optional(),
  publication: group({ windowWorkdays: whole(1, 120), answerWithinWorkdays: workdays }).optional(),
  completionRate: oneOf({ longTermCounted: '长期坚持计入完成', longTermApart: '长期坚持单列' }).optional(),
}) satisfies z.ZodType<Policy>;
