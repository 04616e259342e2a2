import type { OwnOverview } from '../reading/own-overview.ts';
import { decidedLists, DutyList } from './parts/duty-lists.tsx';
import { IssueTable } from './parts/issue-table.tsx';
import { Heading, Page } from './parts/layout.tsx';
import { RoundsTable } from './parts/rounds-table.tsx';
import { Day } from './parts/small.tsx';
import { reviewsPath } from './reviews.tsx';

interface OwnOverviewProps {
  readonly overview: OwnOverview;
  readonly refusal?: string | undefined;
  readonly done?: string | undefined;
}

/** What waits for somebody who is not of the office, and what is his. */
export function OwnOverviewPage({ overview, refusal, done }: OwnOverviewProps) {
  const { today, duties, dutyCount, rounds, issues, personId } = overview;
  const title = dutyCount === 0 ? '没有等您决定的事' : `${String(dutyCount)}件事等您决定`;
  return (
    <Page title={`${title} · 概览`} current="overview" refusal={refusal} done={done}>
      <p class="eyebrow">
        <Day day={today} />
      </p>
      <h1>{title}</h1>
      <p class="note under-title">
        这里只有由您负责、承办、审核或代办的。<a href={`/leaders/${personId}`}>看我的一页</a>
      </p>
      {decidedLists.map(({ list, ...words }) => (
        <DutyList
          {...words}
          note="按期限先后排"
          overdueWords={words.verb}
          duties={duties[list]}
          count={duties.counts[list]}
          emphasis="none"
        />
      ))}
      <p class="more">
        <a href={reviewsPath('real')}>按期限看全部待审核与回头看，将到的也在内</a>
      </p>
      {rounds.length === 0 ? (
        <p class="quiet">眼下没有由您负责、承办或审核的问题。分工有变动的，请向督办办公室核对。</p>
      ) : (
        <>
          <RoundsTable rounds={rounds} />
          <section class="part" aria-labelledby="h-issues">
            <Heading id="h-issues" note="灯号由规则推出，每一盏都写明原因">
              与您有关的问题
            </Heading>
            <IssueTable list={issues} filter={{}} action="/issues" />
          </section>
        </>
      )}
    </Page>
  );
}
