import type { History } from '../history.ts';
import { afterClosure } from './after-closure.ts';
import { closures } from './closures.ts';
import { deliveries } from './deliveries.ts';
import { events } from './events.ts';
import type { Law, Violation } from './law.ts';
import { looks } from './looks.ts';
import { outbox } from './outbox.ts';
import { repeats } from './repeats.ts';
import { timeMoved } from './time-moved.ts';

const laws: readonly Law[] = [looks, outbox, deliveries, events, closures, afterClosure, repeats, timeMoved];

/** Everything that should not have happened in a history. */
export function violationsOf(history: History): Violation[] {
  return laws.flatMap((law) => law(history));
}
