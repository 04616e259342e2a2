import { createContext, useContext } from 'hono/jsx';
import type { Calendar } from '../../../workflows/rules/calendar.ts';
import { dayOf, type IsoInstant } from '../../../workflows/rules/instants.ts';
import type { EventEntry } from '../../reading/event-entries.ts';
import type { Why } from '../../reading/event-why.ts';
import type { LineEntry } from '../../reading/line-entries.ts';
import type { CycleReading, Timeline, TimelineEntry } from '../../reading/timeline.ts';
import { dayWords, shortDayWords, timeWords } from '../../reading/words.ts';
import { Heading } from './layout.tsx';
import { FileList } from './measures-table.tsx';
import { Photos } from './photos.tsx';

interface FlowProps {
  readonly timeline: Timeline;
  readonly today: string;
  readonly calendar?: Calendar | undefined;
}

/** By which calendar days are named: 调休 shows beside a Sunday that is worked. */
const NamedBy = createContext<Calendar | undefined>(undefined);

const comingShown = 5;
const pastShown = 14;

/** The course of an issue (经过): from the planned future down through today to the past; closed cycles are folded. */
export function Flow({ timeline, today, calendar }: FlowProps) {
  const { coming, cycles } = timeline;
  const near = coming.slice(0, comingShown).reverse();
  const far = coming.slice(comingShown).reverse();
  return (
    <NamedBy.Provider value={calendar}>
      <section class="part" aria-labelledby="h-flow">
        <Heading id="h-flow" note="每一条都可追问为什么；圆点为事件，信封为邮件">
          经过
        </Heading>
        {coming.length === 0 ? null : (
          <>
            <div class="cycle-head">
              <h3>将要发生</h3>
              <span class="note">以下都以“届时仍未办结”为前提，办结即撤销</span>
            </div>
            {far.length === 0 ? null : (
              <details class="more-coming">
                <summary>{`更远的还有${String(far.length)}项，排到${shortDayWords(dayOf(far[0]!.at))}`}</summary>
                <ol class="flow" reversed>
                  {far.map((entry) => (
                    <Entry entry={entry} />
                  ))}
                </ol>
              </details>
            )}
            <ol class="flow" reversed>
              {near.map((entry) => (
                <Entry entry={entry} />
              ))}
            </ol>
          </>
        )}
        <p class="today-mark">
          <span>{`今天 ${dayWords(today, calendar)}`}</span>
        </p>
        {cycles.map((cycle) => (
          <Cycle cycle={cycle} />
        ))}
      </section>
    </NamedBy.Provider>
  );
}

function Cycle({ cycle }: { cycle: CycleReading }) {
  const { state, from, to, mailsSent, evidence, eventCount } = cycle;
  const figures = `提醒${String(mailsSent)}封　佐证${String(evidence)}份　事件${String(eventCount)}个`;
  if (state === 'present') {
    return (
      <>
        <div class="cycle-head">
          <h3>{`第${String(cycle.cycle)}轮`}</h3>
          <span class="note">{`${dayWords(from)}起　${figures}`}</span>
        </div>
        <Entries entries={cycle.entries} />
      </>
    );
  }
  return (
    <details class="closed-cycle">
      <summary>
        {`第${String(cycle.cycle)}轮`}
        <span>{`${dayWords(from)}${to === null ? '' : `—${dayWords(to)}`}　已销号　${figures}`}</span>
      </summary>
      <p class="sealed">这一轮已封存：日期、数字、材料不再变动。</p>
      <Entries entries={cycle.entries} />
    </details>
  );
}

/** The last first; what the rules noted at one moment stands as one row. */
function Entries({ entries }: { entries: readonly TimelineEntry[] }) {
  const rows = rowsOf(entries).reverse();
  const earlier = rows.slice(pastShown);
  return (
    <>
      <Rows rows={rows.slice(0, pastShown)} />
      {earlier.length === 0 ? null : (
        <details class="earlier">
          <summary>{`更早的${String(earlier.length)}条，从${dayWords(dayOf(entries[0]!.at))}起`}</summary>
          <Rows rows={earlier} />
        </details>
      )}
    </>
  );
}

function Rows({ rows }: { rows: readonly (readonly TimelineEntry[])[] }) {
  return (
    <ol class="flow" reversed>
      {rows.map((row) => {
        const [first] = row;
        if (row.length === 1 || first?.kind !== 'event') return row.map((entry) => <Entry entry={entry} />);
        return <Notes events={row as readonly EventEntry[]} />;
      })}
    </ol>
  );
}

/** Which row an entry stands in: what the rules noted one after the other, at one moment, is one. */
function rowsOf(entries: readonly TimelineEntry[]): TimelineEntry[][] {
  const rows: TimelineEntry[][] = [];
  for (const entry of entries) {
    const row = rows.at(-1);
    const last = row?.at(-1);
    const goesOn =
      entry.kind === 'event' &&
      last?.kind === 'event' &&
      entry.weight === 'minor' &&
      last.weight === 'minor' &&
      entry.at === last.at &&
      entry.sequence === last.sequence + 1;
    if (row !== undefined && goesOn) row.push(entry);
    else rows.push([entry]);
  }
  return rows;
}

function Entry({ entry }: { entry: TimelineEntry }) {
  switch (entry.kind) {
    case 'event':
      return <Happened event={entry} />;
    case 'line':
      return <Line entry={entry} />;
    case 'coming':
      return (
        <li class="coming">
          <At at={entry.at} />
          <span class="pin" />
          <div class="happened">
            <b>{entry.title}</b>
            <WhyFold why={entry.why} summary="为什么" />
          </div>
        </li>
      );
  }
}

function Happened({ event }: { event: EventEntry }) {
  const { at, title, by, source, sequence, said, files, photos, why, cancelled, weight, correctedTo } = event;
  const through = source === null ? '' : `，${source}`;
  return (
    <li class={weight === 'minor' ? 'minor' : undefined}>
      <At at={at} />
      <span class="pin" />
      <div class="happened">
        <p>
          <b>{title}</b>
          {by === null ? null : correctedTo === null ? (
            <span>{`${by}${through}`}</span>
          ) : (
            <span>
              <s>{by}</s>
              {`　${correctedTo.person}（更正署名，事件${String(correctedTo.sequence)}）${through}`}
            </span>
          )}
          <span class="note">{`事件${String(sequence)}`}</span>
        </p>
        {said === null ? null : <p class="said">{said}</p>}
        <FileList files={files} />
        <Photos photos={photos} />
        <WhyFold why={why} summary={by === null ? '为什么' : '为什么这样记'} />
        {cancelled.length === 0 ? null : <Cancelled lines={cancelled} />}
      </div>
    </li>
  );
}

/** Duties that opened together. */
function Notes({ events }: { events: readonly EventEntry[] }) {
  const [first] = events;
  if (first === undefined) return null;
  const numbers = events.map(({ sequence }) => sequence);
  return (
    <li class="minor">
      <At at={first.at} />
      <span class="pin" />
      <div class="happened">
        <p>
          <b>{events.map(({ title }) => title).join('、')}</b>
          <span class="note">{`事件${String(Math.min(...numbers))}—${String(Math.max(...numbers))}`}</span>
        </p>
        <WhyFold
          why={events
            .flatMap(({ why }) => why.filter(({ term }) => term !== '由谁'))
            .concat({ term: '由谁', text: '系统按规则记录，无人操作' })}
          summary="为什么"
        />
      </div>
    </li>
  );
}

const unsent: Readonly<Record<string, string>> = {
  cancelled: '未发',
  collapsed: '并入后一次',
  skipped: '未发',
  claimed: '发送中',
};

function Line({ entry }: { entry: LineEntry }) {
  const { at, title, state, lines, why } = entry;
  const names =
    state === 'planned' ? ['coming', 'mail'] : state === 'sent' || state === 'claimed' ? ['mail'] : ['mail', 'void'];
  return (
    <li class={names.join(' ')}>
      <At at={at} />
      <span class="pin" />
      <div class="happened">
        <p>
          {unsent[state] === undefined ? null : <em>{unsent[state]}</em>}
          <b>{title}</b>
          <span class="readers">{lines.flatMap(readersOf)}</span>
        </p>
        <WhyFold why={why} summary={state === 'sent' || state === 'planned' ? '为什么' : '为什么没发'} />
      </div>
    </li>
  );
}

/** Who got it, each with the way to his mail; before it is sent, who would. */
function readersOf({ mails, persons, role }: LineEntry['lines'][number]) {
  if (mails.length === 0) return (persons.length > 0 ? persons : [role ?? '']).map((name) => <span>{name}</span>);
  return mails.map(({ messageId, person }) => (
    <a href={`/mailbox/${encodeURIComponent(messageId)}`} title="看这封信">
      {person}
    </a>
  ));
}

/** Reminders that an answer made needless: folded beneath it, each with its own why. */
function Cancelled({ lines }: { lines: readonly LineEntry[] }) {
  return (
    <details class="why">
      <summary>{`因此不再发的提醒${String(lines.length)}次`}</summary>
      <ul class="cancelled">
        {lines.map(({ lines: [line], title }) => (
          <li>
            <ShortDayOf at={line?.earliestAt ?? ''} />
            <span>
              {`${title}：${line?.rule ?? ''}`}
              <span class="note">{line?.calendarDay}</span>
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function ShortDayOf({ at }: { at: IsoInstant }) {
  return at === '' ? null : <time datetime={dayOf(at)}>{shortDayWords(dayOf(at))}</time>;
}

function At({ at }: { at: IsoInstant }) {
  const calendar = useContext(NamedBy);
  return (
    <div class="at">
      <time datetime={at}>{shortDayWords(dayOf(at), calendar)}</time>
      <span class="note">{timeWords(at)}</span>
    </div>
  );
}

function WhyFold({ why, summary }: { why: readonly Why[]; summary: string }) {
  return (
    <details class="why">
      <summary>{summary}</summary>
      <dl>
        {why.map(({ term, text }) => (
          <>
            <dt>{term}</dt>
            <dd class={term === '编号' ? 'key' : undefined}>{text}</dd>
          </>
        ))}
      </dl>
    </details>
  );
}
