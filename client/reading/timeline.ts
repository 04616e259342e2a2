import type { Ledger } from '../../prisma/client.ts';
import { comingFacts } from '../../workflows/rules/coming-facts.ts';
import { dayOf, type IsoDate, type IsoInstant } from '../../workflows/rules/instants.ts';
import { punishmentNames } from '../../workflows/rules/names.ts';
import type { IssueProgress } from '../../workflows/rules/progress.ts';
import type { IssueTerms } from '../../workflows/rules/terms.ts';
import { type EventEntry, readEvents } from './event-entries.ts';
import type { Why } from './event-why.ts';
import { groupBy } from '../../workflows/rules/group-by.ts';
import { lineEntries, type LineEntry } from './line-entries.ts';
import type { LineReading } from './why-lines.ts';
import { dutyWords, obligationOf } from './words.ts';

/** Something that time will bring if nobody acts before. */
export interface ComingEntry {
  readonly kind: 'coming';
  readonly at: IsoInstant;
  readonly cycle: number;
  readonly title: string;
  readonly why: readonly Why[];
}

export type TimelineEntry = EventEntry | LineEntry | ComingEntry;

/** One cycle of rectification (整改轮次): the present one, or a closed one that never changes. */
export interface CycleReading {
  readonly cycle: number;
  readonly state: 'present' | 'closed';
  readonly from: IsoDate;
  readonly to: IsoDate | null;
  readonly mailsSent: number;
  readonly evidence: number;
  readonly eventCount: number;
  /** In the order of time. */
  readonly entries: readonly TimelineEntry[];
}

/** Everything about an issue in the order of time: first what is still to come, then each cycle, the present one first. */
export interface Timeline {
  readonly coming: readonly TimelineEntry[];
  readonly cycles: readonly CycleReading[];
}

/** Puts the events and lines of an issue in order; four questions of its own, however long the story is. */
export async function readTimeline(
  ledger: Ledger,
  issue: { readonly id: string; readonly terms: IssueTerms; readonly progress: IssueProgress },
  lines: readonly LineReading[],
  now: IsoInstant,
): Promise<Timeline> {
  const entries = lineEntries(lines, issue.progress.cycle);
  const dropped = groupBy(entries, ({ lines: [line] }) => line?.cancelledBy ?? null);
  const events = await readEvents(ledger, issue, (sequence) => dropped.get(sequence) ?? []);
  const shown = dropped.get(null) ?? [];
  const coming = [
    ...shown.filter(({ at, state }) => at > now && state === 'planned'),
    ...comingEntries(issue, now),
  ].sort(byTime);
  const past = [...events, ...shown.filter(({ at, state }) => at <= now || state !== 'planned')].sort(byTime);
  const { cycle: present } = issue.progress;
  const cycles = Array.from({ length: present }, (_, index) => present - index).map((cycle) =>
    cycleReading(cycle, cycle === present ? 'present' : 'closed', past),
  );
  return { coming, cycles };
}

function cycleReading(cycle: number, state: CycleReading['state'], past: readonly TimelineEntry[]): CycleReading {
  const entries = past.filter((entry) => entry.cycle === cycle);
  const events = entries.flatMap((entry) => (entry.kind === 'event' ? entry : []));
  const [first] = events;
  const last = events.findLast(({ type }) => type === 'closureApproved') ?? events.at(-1);
  return {
    cycle,
    state,
    from: dayOf((first ?? entries[0])?.at ?? '1970-01-01T00:00:00.000Z'),
    to: state === 'closed' && last ? dayOf(last.at) : null,
    mailsSent: new Set(
      entries.flatMap((entry) =>
        entry.kind === 'line' ? entry.lines.flatMap(({ mails }) => mails.map(({ id }) => id)) : [],
      ),
    ).size,
    evidence: events.reduce((sum, { files }) => sum + files.length, 0),
    eventCount: events.length,
    entries,
  };
}

/** What time alone brings: shown beside the planned mails, so that nothing comes by surprise. */
function comingEntries(issue: { terms: IssueTerms; progress: IssueProgress }, now: IsoInstant): ComingEntry[] {
  const { terms, progress } = issue;
  const policy = { term: '规则', text: `按政策第${String(terms.policy.version)}版由系统记录，无人操作` };
  return comingFacts(terms, progress, now).flatMap(({ at, fact }): ComingEntry[] => {
    if (at <= now) return [];
    const entry = (title: string, ...why: Why[]): ComingEntry[] => [
      { kind: 'coming', at, cycle: progress.cycle, title, why: [...why, policy] },
    ];
    switch (fact.type) {
      case 'obligationOverdue':
        return entry(`${obligationOf(fact.obligationId)}逾期，转红灯`, {
          term: '前提',
          text: '时限含当日，当日24时仍未办结',
        });
      case 'proposalRaised':
        return entry(`提请督办办公室决定：是否${punishmentNames[fact.measure]}`, {
          term: '前提',
          text: '届时仍未办结。须由人决定，系统不会自行发出',
        });
      case 'commitmentBroken':
        return entry('承诺到期，恢复催办', { term: '前提', text: '承诺的事项届时仍未办结' });
      case 'obligationOpened':
        return entry(`开始应${dutyWords(fact.kind, fact.measure)}`);
      default:
        return [];
    }
  });
}

function byTime(one: TimelineEntry, other: TimelineEntry): number {
  if (one.at !== other.at) return one.at < other.at ? -1 : 1;
  return order(one) - order(other);
}

/** Within one moment events keep their numbers, and mails follow what brought them about. */
function order(entry: TimelineEntry): number {
  return entry.kind === 'event' ? entry.sequence : Number.MAX_SAFE_INTEGER;
}
