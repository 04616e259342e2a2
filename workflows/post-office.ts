import { allHandlersFinished, condition, continueAsNew, setHandler, workflowInfo } from '@temporalio/workflow';
import { Clock } from './clock.ts';
import { momentOpened, rowsPlanned } from './messages.ts';
import { deliverDue } from './ports.ts';
import { addMs, earliest, type IsoInstant } from './rules/instants.ts';
import { type ClockKind, clockIdOf } from './rules/terms.ts';

/** What one run hands to the next. */
export interface PostOfficeCarry {
  readonly now: IsoInstant;
}

/** However quiet the rows are: a line whose writer died before it could call is found by then. */
const looksEveryMs = 5 * 60_000;

/**
 * Sends what is due, for all rounds of one clock: it takes the rows whose moment has come, one mail per person,
 * and sleeps until the next one. Writers call it when theirs comes earlier.
 */
export async function keepPostOffice(clockKind: ClockKind, carry: PostOfficeCarry): Promise<void> {
  const clock = new Clock(clockKind, carry.now);
  let calledFor: IsoInstant | undefined;
  let momentToLook = '';
  let lookedAt = '';

  // Only a drill's conductor opens moments, and only writers of the real clock call: the two never wait for each other.
  setHandler(rowsPlanned, ({ earliestAt }) => {
    calledFor = earliest(calledFor, earliestAt);
  });
  setHandler(momentOpened, async (moment) => {
    clock.open(moment);
    if (moment > momentToLook) momentToLook = moment;
    else calledFor = moment; // something more became due within the moment
    await condition(() => lookedAt >= moment && calledFor === undefined);
  });

  for (;;) {
    const now = clock.now();
    calledFor = undefined;
    const { nextAt } = await deliverDue({ clockId: clockIdOf(clockKind), now });
    lookedAt = now;
    const wakeAt = earliest(nextAt ?? undefined, addMs(now, looksEveryMs))!;
    const isCalled = () => momentToLook > lookedAt || (calledFor !== undefined && calledFor < wakeAt);
    if (workflowInfo().continueAsNewSuggested) {
      await condition(() => allHandlersFinished() || isCalled());
      if (!isCalled()) await continueAsNew<typeof keepPostOffice>(clockKind, { now: clock.now() });
    }
    await clock.until(wakeAt, isCalled, `等到 ${wakeAt} 发下一批`);
  }
}
