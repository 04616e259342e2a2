import type { EventEntry } from '../../reading/event-entries.ts';
import { Heading } from './layout.tsx';
import { Photos } from './photos.tsx';
import { Moment } from './small.tsx';

/** What was decided and found before, the latest first; left out where nothing was. */
export function EarlierDecisions({ events }: { events: readonly EventEntry[] }) {
  if (events.length === 0) return null;
  return (
    <section class="part" aria-labelledby="h-earlier">
      <Heading id="h-earlier" note="各级、各轮都在内，最近的在前">
        此前的审核和回头看
      </Heading>
      {events.map((event) => (
        <Words event={event} cycle={`第${String(event.cycle)}轮　`} />
      ))}
    </section>
  );
}

/** What somebody did, when, and in which words. */
export function Words({ event, cycle = '' }: { event: EventEntry; cycle?: string }) {
  const { title, at, by, correctedTo, recordedBy, said, files, photos } = event;
  const who = correctedTo?.person ?? by;
  return (
    <div class="words">
      <p>
        <b>{`${cycle}${title}`}</b>
        <span class="note">
          {who === null ? '' : `${who}　`}
          {recordedBy === null ? '' : `${recordedBy}代录　`}
          <Moment at={at} />
        </span>
      </p>
      {said === null ? null : <p class="said">{said}</p>}
      <Photos photos={photos} />
      {said === null && files.length > 0 ? (
        <p class="note">{files.map(({ fileName }) => fileName).join('、')}</p>
      ) : null}
    </div>
  );
}
