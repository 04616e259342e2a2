import type { Letter, Missed, Paper, Punishment, Role, Rung } from '../policy.ts';

interface More {
  readonly everyWorkdays?: number;
  readonly missed?: Missed;
  readonly paper?: Paper;
  readonly proposal?: Punishment;
}

/** A rung on the day the duty opens; its id is a word of its own, such as `assigned` or `asked`. */
export function opened(id: string, letter: Letter, to: readonly Role[], more: More = {}): Rung {
  return rung({ id, from: 'opened', workdays: 0, letter, to }, more);
}

/** A rung so many workdays after (negative: before) the due day, which is what its id says. */
export function due(workdays: number, letter: Letter, to: readonly Role[], more: More = {}): Rung {
  return rung({ id: idOf(workdays), from: 'due', workdays, letter, to }, more);
}

/** A rung that asks the office to decide on a measure against people, and sends nothing. */
export function proposal(workdays: number, measure: Punishment): Rung {
  return due(workdays, 'escalation', ['office'], { proposal: measure });
}

function rung(
  { id, from, workdays, letter, to }: Pick<Rung, 'id' | 'from' | 'workdays' | 'letter' | 'to'>,
  { everyWorkdays, missed = 'sendLate', paper, proposal: measure }: More,
): Rung {
  return {
    id,
    from,
    workdays,
    to,
    letter,
    missed,
    ...(paper !== undefined && { paper }),
    ...(everyWorkdays !== undefined && { repeatEveryWorkdays: everyWorkdays }),
    ...(measure !== undefined && { proposal: measure }),
  };
}

function idOf(workdays: number): string {
  if (workdays === 0) return 'on-day';
  return workdays < 0 ? `before-${String(-workdays)}` : `after-${String(workdays)}`;
}
