import type { IssueFilter } from '../reading/issue-filter.ts';
import type { IssuePage } from '../reading/issue-list.ts';
import { IssueTable } from './parts/issue-table.tsx';
import { Page } from './parts/layout.tsx';

/** All issues of all rounds, filtered by the address. */
export function IssuesPage({ list, filter }: { list: IssuePage; filter: IssueFilter }) {
  return (
    <Page title="问题" current="issues">
      <div class="today-line">
        <h1>问题</h1>
      </div>
      <IssueTable list={list} filter={filter} action="/issues" />
    </Page>
  );
}
