import type { ReviewKind, ReviewList } from '../reading/reviews.ts';
import { DutyRow } from './parts/duty-lists.tsx';
import { Heading, Page } from './parts/layout.tsx';

interface ReviewsProps {
  readonly list: ReviewList;
  readonly drillId: string | undefined;
  readonly begins: 'first' | 'later';
}

/** Where all that waits for review stands, of a drill or of what the reader holds. */
export function reviewsPath(clockId: string | undefined, after?: string): string {
  const query = new URLSearchParams({
    ...(clockId !== undefined && clockId !== 'real' && { clock: clockId }),
    ...(after !== undefined && { after }),
  }).toString();
  return query === '' ? '/reviews' : `/reviews?${query}`;
}

const doing: Readonly<Record<ReviewKind, { verb: string; place: string; overdueWords: string }>> = {
  closure: { verb: '审核', place: '/review', overdueWords: '审核' },
  lookBack: { verb: '登记', place: '/look-back-sheet', overdueWords: '回头看' },
  coming: { verb: '看', place: '/look-back-sheet', overdueWords: '' },
};

/** Everything that waits for the reader's decision or look-back, by the day it is due. */
export function ReviewsPage({ list: { rows, counts, next }, drillId, begins }: ReviewsProps) {
  const { closure, lookBack, coming } = counts;
  const now = closure + lookBack;
  const title = now === 0 ? '没有等您审核或回头看的' : `${String(now)}件等审核或回头看`;
  return (
    <Page title={title} current="overview">
      <p class="crumbs">
        <a href={drillId === undefined ? '/' : `/?clock=${encodeURIComponent(drillId)}`}>概览</a>
        <span aria-hidden="true">›</span>待审核与回头看
      </p>
      <h1>{title}</h1>
      <dl class="tallies">
        {(
          [
            ['销号待审', closure],
            ['回头看到期', lookBack],
            ['回头看将到', coming],
          ] as const
        ).map(([name, count]) => (
          <div>
            <dt>{name}</dt>
            <dd>{count}</dd>
          </div>
        ))}
      </dl>
      {rows.length === 0 ? (
        <p class="quiet">轮到您审核的销号、到了日子的回头看，会列在这里；逾期的在最前。</p>
      ) : (
        <section class="duties reviews" aria-labelledby="h-reviews">
          <Heading id="h-reviews" note="按期限先后排，逾期的在前">
            {begins === 'first' ? '待审核与回头看' : '待审核与回头看（接上页）'}
          </Heading>
          <ul>
            {rows.map(({ kind, ...duty }) => (
              <DutyRow duty={duty} {...doing[kind]} emphasis="none" from={kind === 'coming' ? 'fromDay' : 'byDay'} />
            ))}
          </ul>
        </section>
      )}
      {begins === 'first' && next === undefined ? null : (
        <p class="pages">
          {begins === 'first' ? null : <a href={reviewsPath(drillId)}>回第一页</a>}
          {next === undefined ? null : <a href={reviewsPath(drillId, next)}>下一页</a>}
        </p>
      )}
    </Page>
  );
}
