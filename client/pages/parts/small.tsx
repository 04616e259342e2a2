import type { Child } from 'hono/jsx';
import type { Calendar } from '../../../workflows/rules/calendar.ts';
import { dayOf, type IsoDate, type IsoInstant } from '../../../workflows/rules/instants.ts';
import type { Light } from '../../../workflows/rules/lights.ts';
import { piecesOf } from '../../reading/sought-words.ts';
import { dayWords, shortDayWords, timeWords } from '../../reading/words.ts';

/** A light: shape, word and colour together. */
export function Lamp({ colour, children }: { colour: Light['colour']; children?: Child }) {
  return (
    <span class={`lamp lamp-${colour}`}>
      <svg aria-hidden="true">
        <use href={`#shape-${colour}`} />
      </svg>
      <span>{children}</span>
    </span>
  );
}

interface DayProps {
  readonly day: IsoDate;
  readonly calendar?: Calendar | null | undefined;
}

/** `2024年3月29日(周五)`. */
export function Day({ day, calendar }: DayProps) {
  return <time datetime={day}>{dayWords(day, calendar ?? undefined)}</time>;
}

/** `3月29日(周五)`, where the page makes the year plain. */
export function ShortDay({ day, calendar }: DayProps) {
  return <time datetime={day}>{shortDayWords(day, calendar ?? undefined)}</time>;
}

/** `2024年3月29日(周五) 09:00`. */
export function Moment({ at }: { at: IsoInstant }) {
  return <time datetime={at}>{`${dayWords(dayOf(at))} ${timeWords(at)}`}</time>;
}

/** Words in which no day is broken across lines. */
export function WholeDays({ words }: { words: string }) {
  const parts = words.split(/((?:应于)?(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:\([^)]*\))?)/u);
  return <>{parts.map((part, index) => (index % 2 === 1 ? <span class="whole">{part}</span> : part))}</>;
}

/** A text in which the words that were sought are marked. */
export function Marked({ text, words }: { text: string; words: readonly string[] }) {
  return <>{piecesOf(text, words).map((piece, place) => (place % 2 === 1 ? <mark>{piece}</mark> : piece))}</>;
}

export function sizeWords(bytes: number): string {
  if (bytes < 1024) return `${String(bytes)}字节`;
  if (bytes < 1024 * 1024) return `${String(Math.round(bytes / 1024))} KB`;
  return `${String(Math.round((bytes / 1024 / 1024) * 10) / 10)} MB`;
}

interface FiguresTableProps {
  /** What the table is of, for whoever does not see the chart. */
  readonly caption: string;
  readonly heads: readonly string[];
  /** What a row is about, and its figures. */
  readonly rows: readonly (readonly [name: string, ...figures: (number | string)[]])[];
}

/** The figures of a chart. */
export function FiguresTable({ caption, heads: [first, ...others], rows }: FiguresTableProps) {
  return (
    <table>
      <caption class="unseen">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{first}</th>
          {others.map((head) => (
            <th scope="col" class="figure">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, ...figures]) => (
          <tr>
            <th scope="row">{name}</th>
            {figures.map((figure) => (
              <td class="figure">{figure}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A figure that can be folded open beneath its chart. */
export function Folded({ summary, children }: { summary: string; children?: Child }) {
  return (
    <details class="folded">
      <summary>{summary}</summary>
      {children}
    </details>
  );
}

/** What the notice says of an issue, folded away. */
export function FoundText({ text }: { text: string }) {
  return (
    <Folded summary="看通报原文">
      <blockquote class="found">
        {text.split('\n').map((paragraph) => (
          <p>{paragraph}</p>
        ))}
      </blockquote>
    </Folded>
  );
}
