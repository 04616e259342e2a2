import type { IssueFilter, IssueRow } from '../../reading/issue-list.ts';
import { lightNames, phaseNames, shortDayWords } from '../../reading/words.ts';
import { Lamp } from './small.tsx';

interface IssueTableProps {
  readonly rows: readonly IssueRow[];
  readonly filter: IssueFilter;
  /** The page's own path: the filter stands in its query. */
  readonly action: string;
  readonly of: number;
}

/** A list of issues with its filter in the address, so that it can be sent to a colleague. */
export function IssueTable({ rows, filter, action, of }: IssueTableProps) {
  return (
    <>
      <form class="filter" method="get" action={action} aria-label="筛选">
        <div>
          <label for="filter-light">灯号</label>
          <select id="filter-light" name="light">
            <option value="">全部</option>
            {Object.entries(lightNames).map(([value, name]) => (
              <option value={value} selected={filter.light === value}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <div>
          <label for="filter-phase">阶段</label>
          <select id="filter-phase" name="phase">
            <option value="">全部</option>
            {Object.entries(phaseNames).map(([value, name]) => (
              <option value={value} selected={filter.phase === value}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <div class="grow">
          <label for="filter-text">编号、标题、部门或原文</label>
          <input id="filter-text" type="search" name="text" value={filter.text ?? ''} />
        </div>
        <button class="button" type="submit">
          筛选
        </button>
      </form>
      <p class="note" role="status">
        {rows.length === of ? `共${String(of)}项` : `共${String(of)}项，符合的${String(rows.length)}项`}
      </p>
      {rows.length === 0 ? (
        <p class="quiet">
          没有符合的问题。<a href={action}>看全部</a>
        </p>
      ) : (
        <table class="issues">
          <caption class="unseen">问题列表</caption>
          <thead>
            <tr>
              <th scope="col">编号</th>
              <th scope="col">问题</th>
              <th scope="col">责任</th>
              <th scope="col">灯号与原因</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <IssueLine row={row} />
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function IssueLine({ row }: { row: IssueRow }) {
  const { id, code, title, unit, handlers, phaseName, cycle, kind, weight, measures, measuresProven, deadline, light } =
    row;
  const bits = [
    phaseName,
    cycle > 1 ? `第${String(cycle)}轮` : '',
    weight === 'major' ? '重大问题' : '',
    kind === 'immediate' ? '立行立改' : '',
    measures > 0 ? `措施${String(measures)}条，已交${String(measuresProven)}条` : '',
  ];
  return (
    <tr>
      <td class="issue-code">
        <a class="code" href={`/issues/${id}`}>
          {code}
        </a>
      </td>
      <td class="issue-title-cell">
        <a href={`/issues/${id}`}>{title}</a>
        <p class="bits">{bits.map((bit) => (bit === '' ? null : <span>{bit}</span>))}</p>
      </td>
      <td class="issue-who">
        <span>{unit === '' ? '未定部门' : unit}</span>
        <span class="dim">{handlers.length === 0 ? '未定责任人' : handlers.join('、')}</span>
      </td>
      <td class="issue-light">
        <Lamp colour={light.colour}>{light.reason}</Lamp>
        <span class="dim">整改时限 {shortDayWords(deadline)}</span>
      </td>
    </tr>
  );
}
