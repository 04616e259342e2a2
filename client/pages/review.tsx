import type { Calendar } from '../../workflows/rules/calendar.ts';
import { dayOf } from '../../workflows/rules/instants.ts';
import type { IssueReading } from '../reading/issue.ts';
import type { ReviewReading } from '../reading/review.ts';
import { distanceWords, shortDayWords } from '../reading/words.ts';
import type { SaidOfMeasures } from '../routes/review-decision.ts';
import type { FormSeal } from './form-seal.ts';
import { reviewsPath } from './reviews.tsx';
import { ActingPerson, FormKeys } from './parts/acts-fields.tsx';
import { Barred } from './parts/barred.tsx';
import { EarlierDecisions, Words } from './parts/earlier-decisions.tsx';
import { Heading, Page, type PageProps } from './parts/layout.tsx';
import { ReviewedMeasureRow } from './parts/reviewed-measure.tsx';
import { Folded, FoundText } from './parts/small.tsx';
import { Remarks } from './parts/standing.tsx';

interface ReviewProps extends Pick<PageProps, 'refusal' | 'done' | 'watches'> {
  readonly issue: IssueReading;
  readonly review: ReviewReading;
  readonly calendar?: Calendar | undefined;
  readonly seal: FormSeal;
  /** What was filled in before it was refused. */
  readonly said?: SaidOfMeasures | undefined;
}

/** The review of a closure (销号审核): what was done beside what proves it, measure by measure, in one decision. */
export function ReviewPage({ issue, review, calendar, seal, said, refusal, done, watches }: ReviewProps) {
  const { id, code, title, text } = issue;
  const may = review.state === 'open' && review.notHim === null;
  const measures = review.measures.map((measure) => (
    <ReviewedMeasureRow
      {...{ measure, calendar, said: said?.verdicts.find((one) => one.measure === measure.number) }}
      judges={may ? 'here' : 'elsewhere'}
    />
  ));
  return (
    <Page title={`审核 ${code} ${title}`} current="issues" refusal={refusal} done={done} watches={watches}>
      <p class="crumbs">
        <a href={reviewsPath(issue.clockId)}>待审核与回头看</a>
        <span aria-hidden="true">›</span>
        <a href={`/issues/${id}`}>{code}</a>
      </p>
      <h1>{`审核销号：${title}`}</h1>
      <Levels issue={issue} review={review} />
      <Remarks issue={issue} />
      <FoundText text={text} />
      {review.reports.length === 0 ? null : (
        <Folded summary={`看本轮报的进展（${String(review.reports.length)}次）`}>
          {review.reports.map((event) => (
            <Words event={event} />
          ))}
        </Folded>
      )}
      {may ? (
        <form class="review" method="post" action={`/issues/${id}/review`}>
          <FormKeys seal={seal} />
          <input type="hidden" name="stateHash" value={issue.closureState ?? ''} />
          {measures}
          <Decide issue={issue} review={review} />
        </form>
      ) : (
        <div class="review">{measures}</div>
      )}
      <EarlierDecisions events={review.earlier} />
    </Page>
  );
}

/** Whose turn it is and until when, who has decided before, and who may not. */
function Levels({ issue, review }: { issue: IssueReading; review: ReviewReading }) {
  const { closureLevels, obligations, progress } = issue;
  if (review.state === 'none')
    return <p class="quiet">{`现在是“${issue.phaseName}”，没有待审核的销号申请；下面是本轮的佐证和此前的审核。`}</p>;
  const due = obligations.find(({ kind }) => kind === 'closureDecision');
  const proposed = progress?.closure?.proposedAt;
  return (
    <section class="review-levels" aria-label="审核级次与回避">
      <p class="facts">
        <span>
          {proposed === undefined ? '' : `${shortDayWords(dayOf(proposed))}申请　`}
          {due === undefined ? '' : <b>{`应于${shortDayWords(due.dueOn)}审结，${distanceWords(due.workdaysLeft)}`}</b>}
        </span>
      </p>
      <ol class="levels">
        {closureLevels.map(({ roleName, state, by }, place) => (
          <li {...(state === 'deciding' && { 'aria-current': 'step' as const })}>
            <b>{`第${String(place + 1)}级　${roleName}`}</b>
            <span>{state === 'approved' ? `${by ?? ''}已同意` : state === 'deciding' ? '现在审核' : '等上一级'}</span>
          </li>
        ))}
      </ol>
      <Barred separation={review} act="审核本级" />
    </section>
  );
}

function Decide({ issue, review }: { issue: IssueReading; review: ReviewReading }) {
  const asked = review.measures.filter(({ judging }) => judging === 'asked').length;
  const outcome = issue.progress?.closure?.outcome === 'longTerm' ? '转入长期坚持' : '同意销号';
  return (
    <section class="part" aria-labelledby="h-decide">
      <Heading id="h-decide" note="逐条选定以后，合成一个决定">
        提交审核决定
      </Heading>
      <div class="form">
        <p class="hint">
          {asked > 1
            ? `${String(asked)}条全部认可的，就是${outcome}；有一条退回的，整件退回，退回的理由逐条写进给责任人的邮件，认可的不必重交。`
            : `认可就是${outcome}；退回的，理由写进给责任人的邮件。`}
        </p>
        <ActingPerson holders={review.deciders} id="review-by" roleName={review.roleName} />
        <button class="button primary" type="submit">
          提交审核决定
        </button>
      </div>
    </section>
  );
}
