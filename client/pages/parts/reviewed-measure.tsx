import type { Calendar } from '../../../workflows/rules/calendar.ts';
import type { ReviewedMeasure, ReviewedPiece } from '../../reading/review.ts';
import { measureName } from '../../reading/words.ts';
import type { Verdict } from '../../routes/review-decision.ts';
import { Choices } from './choices.tsx';
import { MeasureSides } from './measure-sides.tsx';

interface RowProps {
  readonly measure: ReviewedMeasure;
  readonly calendar?: Calendar | undefined;
  readonly said: Verdict | undefined;
  readonly judges: 'here' | 'elsewhere';
}

/** A measure with its evidence, and the opinion on it of whoever judges. */
export function ReviewedMeasureRow({ measure, calendar, said, judges }: RowProps) {
  const { number, pieces, judging } = measure;
  const isJudged = judges === 'here' && judging === 'asked';
  const choice = pieces.filter(({ state }) => state !== 'returned').length === 1 ? 'none' : 'each';
  const tick = (piece: ReviewedPiece) =>
    isJudged && piece.state !== 'returned' ? <Tick {...{ piece, choice, said, name: measureName(number) }} /> : null;
  return (
    <MeasureSides {...{ measure, calendar, evidence: '没有可看的佐证。', beneath: tick }}>
      {judging === 'leftOver' ? <p class="lacking">申请按基本完成销号，这一条留下另行跟踪，这次不审。</p> : null}
      {isJudged ? <Opinion number={number} said={said} /> : null}
    </MeasureSides>
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
  choice: 'none' | 'each';
  said: Verdict | undefined;
  name: string;
}) {
  if (choice === 'none') return <input type="hidden" name="acceptedEvidence" value={id} />;
  return (
    <span class="one-piece">
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

function Opinion({ number, said }: { number: number; said: Verdict | undefined }) {
  const reason = `reason-${String(number)}`;
  return (
    <fieldset class="opinion">
      <legend>{`${number === 0 ? '' : `措施${String(number)}的`}审核意见`}</legend>
      <Choices
        name={`verdict-${String(number)}`}
        choices={{ accepted: '认可', returned: '退回，须重交' }}
        chosen={said?.verdict}
      />
      <label for={reason}>
        退回的理由
        <span class="hint">原样写进给责任人的邮件；认可的不填</span>
      </label>
      <textarea id={reason} name={reason} rows={2}>
        {said?.reason ?? ''}
      </textarea>
    </fieldset>
  );
}
