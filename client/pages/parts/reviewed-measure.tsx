import type { Calendar } from '../../../workflows/rules/calendar.ts';
import { measureKindNames } from '../../../workflows/rules/names.ts';
import type { ReviewedMeasure, ReviewedPiece } from '../../reading/review.ts';
import { measureName } from '../../reading/words.ts';
import type { Verdict } from '../../routes/review-decision.ts';
import { Words } from './earlier-decisions.tsx';
import { Piece } from './preview.tsx';
import { Day } from './small.tsx';

interface RowProps {
  readonly measure: ReviewedMeasure;
  readonly calendar?: Calendar | undefined;
  readonly said: Verdict | undefined;
  readonly judges: 'here' | 'elsewhere';
}

/** A measure with what was written about it on one side, its evidence on the other, and the opinion beneath. */
export function ReviewedMeasureRow({ measure, calendar, said, judges }: RowProps) {
  const { number, text, kind, deadline, handlers, unit, pieces, words, judging } = measure;
  const isJudged = judges === 'here' && judging === 'asked';
  const judged = pieces.filter(({ state }) => state !== 'returned');
  return (
    <section class="reviewed" aria-labelledby={`h-measure-${String(number)}`}>
      <h2 id={`h-measure-${String(number)}`}>{number === 0 ? '整改情况' : `措施${String(number)}`}</h2>
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
          {pieces.length === 0 ? <p class="lacking">没有可看的佐证。</p> : null}
          {pieces.map((piece) => (
            <Piece piece={piece} remarks={remarksOf(piece)}>
              {isJudged && piece.state !== 'returned' ? (
                <Tick
                  piece={piece}
                  choice={judged.length === 1 ? 'none' : 'each'}
                  said={said}
                  name={measureName(number)}
                />
              ) : null}
            </Piece>
          ))}
        </div>
      </div>
      {judging === 'leftOver' ? <p class="lacking">申请按基本完成销号，这一条留下另行跟踪，这次不审。</p> : null}
      {isJudged ? <Opinion number={number} said={said} /> : null}
    </section>
  );
}

/** One piece is accepted with its measure; of several each is ticked. */
function Tick({
  piece: { id, fileName },
  choice,
  said,
  name,
}: {
  piece: ReviewedPiece;
  readonly choice: 'none' | 'each';
  said: Verdict | undefined;
  name: string;
}) {
  if (choice === 'none') return <input type="hidden" name="acceptedEvidence" value={id} />;
  return (
    <span class="tick">
      <input
        type="checkbox"
        id={`accept-${id}`}
        name="acceptedEvidence"
        value={id}
        checked={said?.evidence.includes(id) === true}
      />
      <label for={`accept-${id}`}>
        认可这份<span class="unseen">{`（${name}，${fileName}）`}</span>
      </label>
    </span>
  );
}

const opinions = [
  ['accepted', '认可'],
  ['returned', '退回，须重交'],
] as const;

function Opinion({ number, said }: { number: number; said: Verdict | undefined }) {
  const key = `verdict-${String(number)}`;
  return (
    <fieldset class="opinion">
      <legend>{`${number === 0 ? '' : `措施${String(number)}的`}审核意见`}</legend>
      {opinions.map(([verdict, words]) => (
        <div class="choice">
          <input
            type="radio"
            id={`${key}-${verdict}`}
            name={key}
            value={verdict}
            required
            checked={said?.verdict === verdict}
          />
          <label for={`${key}-${verdict}`}>{words}</label>
        </div>
      ))}
      <label for={`reason-${String(number)}`}>
        退回的理由
        <span class="hint">原样写进给责任人的邮件；认可的不填</span>
      </label>
      <textarea id={`reason-${String(number)}`} name={`reason-${String(number)}`} rows={2}>
        {said?.reason ?? ''}
      </textarea>
    </fieldset>
  );
}

function remarksOf({ state, came, acceptedAtLevels }: ReviewedPiece): string[] {
  return [
    ...(state === 'returned' ? ['已退回过'] : state === 'accepted' ? ['已认可'] : []),
    ...acceptedAtLevels.map((level) => `第${String(level)}级已认可`),
    ...(came === 'afterProposal' ? ['申请以后交来'] : []),
  ];
}
