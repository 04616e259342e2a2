import type { IssueFilter, IssueRow } from '../reading/issue-list.ts';
import { IssueTable } from './parts/issue-table.tsx';
import { Page } from './parts/layout.tsx';

/** All issues of all rounds, filtered by the address. */
export function IssuesPage({ rows, filter, of }: { rows: readonly IssueRow[]; filter: IssueFilter; of: number }) {
  return (
    <Page title="问题" current="issues">
      <div class="today-line">
        <h1>问题</h1>
      </div>
      <IssueTable rows={rows} filter={filter} action="/issues" of={of} />
    </Page>
  );
}
