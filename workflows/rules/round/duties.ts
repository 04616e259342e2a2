import { addWorkdays, type Calendar } from '../calendar.ts';
import { addMonths, dayOf, type IsoDate, type IsoInstant, latest, startOfDay } from '../instants.ts';
import { workdayAround } from '../ladder.ts';
import type { PolicyDuty } from '../policy.ts';
import { type NumberedBody, owersOf } from './bodies.ts';
import { nextDueOn, opensOn } from './cadence.ts';
import type { ComingRoundFact } from './coming-fact.ts';
import { roundOpening } from './opening.ts';
import { dutyKey, type RoundProgress } from './progress.ts';
import type { RoundRules, RoundStanding } from './rules.ts';
import { bodyIdOf } from './scope.ts';

/** What the policy's duties (周检查、月调度、整改方案、评估、报告 …) bring next. */
export function duties(rules: RoundRules, progress: RoundProgress, standing: RoundStanding): ComingRoundFact[] {
  const listed = rules.policy.duties ?? [];
  return [
    ...listed.flatMap((duty) =>
      owersOf(rules, duty).flatMap((body) =>
        duty.cadence.every === 'once'
          ? once(rules, progress, { duty, body })
          : recurring(rules, progress, { duty, body }, standing),
      ),
    ),
    ...noLongerListed(rules, progress, listed),
  ];
}

/** A duty, and whose own it is where each of several bodies owes it. */
interface OwnDuty {
  readonly duty: PolicyDuty;
  readonly body: NumberedBody | undefined;
}

/** From the launch on: time enough to make up for what an office could not be asked for before. */
const lateDutyWithinWorkdays = 10;

/** By when a round that is launched owes what is asked for once and was due before. */
export function lateDutiesDueOn(calendar: Calendar, launchedAt: IsoInstant): IsoDate {
  return addWorkdays(calendar, dayOf(launchedAt), lateDutyWithinWorkdays);
}

/**
 * What recurs and was due before the round was launched is not asked for any more, nor is what was due before a policy
 * asked for it.
 */
function countedFrom({ launchedAt }: RoundRules, { policyAdoptedOn }: RoundProgress): IsoDate {
  return latest(dayOf(launchedAt), policyAdoptedOn)!;
}

function once(rules: RoundRules, progress: RoundProgress, own: OwnDuty): ComingRoundFact[] {
  const { duty } = own;
  const { calendar, policy, feedbackOn, concentratedEndsOn, launchedAt } = rules;
  if (duty.cadence.every !== 'once' || progress.duties[keyOf(own)] !== undefined) return [];
  const base = duty.cadence.after === 'feedback' ? feedbackOn : concentratedEndsOn;
  if (base === undefined) return [];
  const usual = workdayAround(calendar, addMonths(base, duty.cadence.months), 0);
  const dueOn = usual < dayOf(launchedAt) ? (rules.lateDutiesDueOn ?? usual) : usual;
  if (dueOn < countedFrom(rules, progress)) return [];
  const opens = workdayAround(calendar, dueOn, -policy.openAheadWorkdays);
  return [{ at: startOfDay(opens), fact: dutyOpening(progress, own, dueOn) }];
}

/** One after the other: what is not answered lapses when the next would open, whether or not there is a next. */
function recurring(
  rules: RoundRules,
  progress: RoundProgress,
  own: OwnDuty,
  { unsettled }: RoundStanding,
): ComingRoundFact[] {
  const { duty, body } = own;
  const { calendar, policy, concentratedEndsOn } = rules;
  if (duty.cadence.every === 'once') return [];
  const since = progress.duties[keyOf(own)]?.lastDueOn ?? countedFrom(rules, progress);
  const dueOn = nextDueOn(calendar, duty.cadence, since);
  const at = startOfDay(opensOn(calendar, since, dueOn, policy.openAheadWorkdays));
  const open = progress.obligations.find(({ dutyId, scope }) => dutyId === duty.id && bodyIdOf(scope) === body?.id);
  if (open) return [{ at, fact: { type: 'obligationLapsed', obligationId: open.id } }];
  const isOver = duty.until === 'concentratedPeriod' ? dueOn > concentratedEndsOn : unsettled === 0;
  return isOver ? [] : [{ at, fact: dutyOpening(progress, own, dueOn) }];
}

function dutyOpening(progress: RoundProgress, own: OwnDuty, dueOn: IsoDate) {
  const { duty, body } = own;
  const { id, kind, role, title, cadence } = duty;
  const alike = Object.values(progress.duties).filter((one) => one.kind === kind && one.bodyId === body?.id).length;
  return roundOpening(progress, {
    kind,
    role,
    dueOn,
    number: progress.duties[keyOf(own)]?.number ?? alike + 1,
    title: cadence.every === 'once' ? title : (ordinal) => `第${String(ordinal)}次${title}`,
    dutyId: id,
    body,
  });
}

function keyOf({ duty, body }: OwnDuty): string {
  return dutyKey(duty.id, body?.id);
}

/** A duty that an adopted policy does not know, or asks of others, is owed no longer. */
function noLongerListed(rules: RoundRules, progress: RoundProgress, listed: readonly PolicyDuty[]): ComingRoundFact[] {
  const known = new Set(listed.flatMap((duty) => owersOf(rules, duty).map((body) => keyOf({ duty, body }))));
  return progress.obligations
    .filter(({ dutyId, scope }) => dutyId !== undefined && !known.has(dutyKey(dutyId, bodyIdOf(scope))))
    .map(({ id, openedAt }) => ({ at: openedAt, fact: { type: 'obligationLapsed', obligationId: id } }));
}
