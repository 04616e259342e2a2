import type { Ledger } from '../../prisma/client.ts';
import type { Said } from '../../workflows/messages.ts';
import type { Calendar } from '../../workflows/rules/calendar.ts';
import { bundledCalendar } from '../../workflows/rules/state-council-2018-2026.ts';
import { latestCalendar } from '../calendar/publish-calendar.ts';
import type { Issues } from '../issues.ts';
import { RefusedError } from '../refused-error.ts';
import { adoptInRound, type AdoptionOptions, type AdoptionOutcome, requireSome, type RoundAdoption } from './adopt.ts';
import { type CalendarMove, calendarMoves } from './calendar-reasons.ts';
import { previewRound, type RoundPreview } from './preview.ts';
import { readRunning, type RunningRound } from './running.ts';

/** What a calendar changes in one round; the moved lines of its issues and of its own duties say why. */
interface CalendarRoundPreview extends Omit<RoundPreview, 'move'> {
  readonly move: readonly CalendarMove[];
}

export interface CalendarPreview {
  readonly version: number;
  /** Those that still run. */
  readonly rounds: readonly CalendarRoundPreview[];
}

export interface CalendarAdoption {
  readonly version: number;
  readonly state: 'adopted' | 'partly';
  readonly rounds: readonly {
    readonly roundId: string;
    readonly roundName: string;
    readonly outcomes: readonly AdoptionOutcome[];
    /** The lines that have moved, with the days that moved them. */
    readonly moved: readonly CalendarMove[];
  }[];
}

/** What a version of the calendar would change in all rounds of a clock: the real ones, or a drill's. @throws RefusedError `UnknownCalendar` */
export async function previewCalendar(
  ledger: Ledger,
  version?: number,
  { clockId = 'real' }: { readonly clockId?: string } = {},
): Promise<CalendarPreview> {
  const calendar = await calendarVersion(ledger, version);
  const rounds = await readRunning(ledger, { clockId });
  const previews: CalendarRoundPreview[] = [];
  for (const round of rounds) previews.push(await previewOf(ledger, round, calendar));
  return { version: calendar.version, rounds: previews };
}

/**
 * Lets everything that runs in the rounds of a clock go by a version of the calendar. Days that were given stay; the reminders
 * around them move. Running it again reaches those that were not reached.
 *
 * @throws RefusedError `UnknownCalendar`, `NotAdopted`
 */
export async function adoptCalendar(
  {
    ledger,
    ...asked
  }: { readonly ledger: Ledger; readonly issues: Pick<Issues, 'ask'>; readonly rounds: RoundAdoption },
  version: number | undefined,
  said: Omit<Said, 'requestId'>,
  { clockId = 'real', ...options }: AdoptionOptions & { readonly clockId?: string } = {},
): Promise<CalendarAdoption> {
  const calendar = await calendarVersion(ledger, version);
  const rounds: CalendarAdoption['rounds'][number][] = [];
  for (const round of await readRunning(ledger, { clockId })) {
    const { move, roundId, roundName } = await previewOf(ledger, round, calendar);
    const outcomes = await adoptInRound(asked, round, { kind: 'calendar', calendar }, said, options);
    if (outcomes.every(({ outcome }) => outcome !== 'refused')) {
      await ledger.round.updateMany({
        where: { id: roundId, calendarVersion: { lt: calendar.version } },
        data: { calendarVersion: calendar.version },
      });
    }
    rounds.push({ roundId, roundName, outcomes, moved: move });
  }
  requireSome(rounds.flatMap(({ outcomes }) => outcomes));
  const isPartly = rounds.some(({ outcomes }) => outcomes.some(({ outcome }) => outcome === 'refused'));
  return { version: calendar.version, state: isPartly ? 'partly' : 'adopted', rounds };
}

async function previewOf(ledger: Ledger, round: RunningRound, calendar: Calendar): Promise<CalendarRoundPreview> {
  const preview = await previewRound(ledger, round, { kind: 'calendar', calendar });
  const before = round.issues[0]?.terms.calendar ?? round.duties?.terms.calendar ?? calendar;
  return { ...preview, move: calendarMoves([...preview.move, ...preview.duties.move], before, calendar) };
}

/** A version, or the newest one. */
async function calendarVersion(ledger: Ledger, version: number | undefined): Promise<Calendar> {
  if (version === undefined) return latestCalendar(ledger);
  const found = await ledger.calendarVersion.findUnique({ where: { version } });
  if (found !== null) return found.body as unknown as Calendar;
  if (version === bundledCalendar.version) return bundledCalendar;
  throw new RefusedError('UnknownCalendar', `没有第${String(version)}版日历`);
}
