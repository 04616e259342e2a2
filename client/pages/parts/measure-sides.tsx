import type { Child } from 'hono/jsx';
import type { Calendar } from '../../../workflows/rules/calendar.ts';
import { measureKindNames } from '../../../workflows/rules/names.ts';
import type { ReviewedMeasure, ReviewedPiece } from '../../reading/review.ts';
import { Words } from './earlier-decisions.tsx';
import { Piece } from './preview.tsx';
import { Day } from './small.tsx';

interface SidesProps {
  readonly measure: ReviewedMeasure;
  readonly calendar?: Calendar | undefined;
  /** What is said where there is no evidence to be seen. */
  readonly evidence: string;
  /** What stands beneath a piece. */
  readonly beneath?: (piece: ReviewedPiece) => Child;
  readonly children?: Child;
}

/** A measure with what was written about it on one side, its evidence on the other, and an opinion beneath. */
export function MeasureSides({ measure, calendar, evidence, beneath, children }: SidesProps) {
  const { number, text, kind, deadline, handlers, unit, pieces, words } = measure;
  const id = `h-measure-${String(number)}`;
  return (
    <section class="reviewed" aria-labelledby={id}>
      <h2 id={id}>{number === 0 ? '整改情况' : `措施${String(number)}`}</h2>
      <div class="reviewed-sides">
        <div>
          <p class="reviewed-text">{text}</p>
          <p class="note">
            {kind === 'once' ? '' : `${measureKindNames[kind]}　`}
            时限
            <Day day={deadline} calendar={calendar} />
            {`　${handlers.length === 0 ? '责任人未定' : handlers.join('、')}${unit === '' ? '' : `（${unit}）`}`}
          </p>
          {words.length === 0 ? <p class="lacking">交佐证时没有写情况说明。</p> : null}
          {words.map((event) => (
            <Words event={event} />
          ))}
        </div>
        <div>
          {pieces.length === 0 ? <p class="lacking">{evidence}</p> : null}
          {pieces.map((piece) => (
            <Piece piece={piece} remarks={remarksOf(piece)}>
              {beneath?.(piece)}
            </Piece>
          ))}
        </div>
      </div>
      {children}
    </section>
  );
}

function remarksOf({ state, came, acceptedAtLevels }: ReviewedPiece): string[] {
  return [
    ...(state === 'returned' ? ['已退回过'] : state === 'accepted' ? ['已认可'] : []),
    ...acceptedAtLevels.map((level) => `第${String(level)}级已认可`),
    ...(came === 'afterProposal' ? ['申请以后交来'] : []),
  ];
}
