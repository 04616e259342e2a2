import type { IssueFilter } from '../../reading/issue-filter.ts';
import type { IssuePage, PageKey } from '../../reading/issue-list.ts';
import type { IssueRow } from '../../reading/issue-rows.ts';
import { dayWords, lightNames, phaseNames } from '../../reading/words.ts';
import { Lamp } from './small.tsx';

interface IssueTableProps {
  readonly list: IssuePage;
  readonly filter: IssueFilter;
  /** The page's own path: the filter stands in its query. */
  readonly action: string;
}

/** A page of a list of issues with its filter in the address, so that it can be sent to a colleague. */
export function IssueTable({ list: { rows, counts, previous, next }, filter, action }: IssueTableProps) {
  const { of, matching, lights, phases } = counts;
  const kept = keptOf(filter, action);
  return (
    <>
      <form class="filter" method="get" action={action} aria-label="筛选">
        <Choice name="light" label="灯号" names={lightNames} counts={lights} chosen={filter.light} />
        <Choice name="phase" label="阶段" names={phaseNames} counts={phases} chosen={filter.phase} />
        <div class="grow">
          <label for="filter-text">编号、标题、部门或原文</label>
          <input id="filter-text" type="search" name="text" value={filter.text ?? ''} />
        </div>
        {Object.entries(kept).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <button class="button" type="submit">
          筛选
        </button>
      </form>
      <p class="note" role="status" id="list">
        {matching === of ? `共${String(of)}项` : `共${String(of)}项，符合的${String(matching)}项`}
        {filter.unit === undefined ? '' : `，责任部门：${filter.unit}`}
        {filter.source === undefined ? '' : `，反馈来源：${filter.source}`}
        {Object.keys(kept).length === 0 ? null : <a href={action}>看全部</a>}
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
      {previous === undefined && next === undefined ? null : (
        <nav class="pages" aria-label="翻页">
          {previous === undefined ? null : (
            <a rel="prev" href={addressOf(action, filter, previous)}>
              上一页
            </a>
          )}
          {next === undefined ? null : (
            <a rel="next" href={addressOf(action, filter, next)}>
              下一页
            </a>
          )}
        </nav>
      )}
    </>
  );
}

interface ChoiceProps<Name extends string> {
  readonly name: string;
  readonly label: string;
  readonly names: Readonly<Record<Name, string>>;
  readonly counts: Readonly<Record<Name, number>>;
  readonly chosen: Name | undefined;
}

/** What can be filtered by, each with how many there are. */
function Choice<Name extends string>({ name, label, names, counts, chosen }: ChoiceProps<Name>) {
  return (
    <div>
      <label for={`filter-${name}`}>{label}</label>
      <select id={`filter-${name}`} name={name}>
        <option value="">全部</option>
        {(Object.keys(names) as Name[]).map((value) => (
          <option value={value} selected={chosen === value}>
            {`${names[value]}（${String(counts[value])}）`}
          </option>
        ))}
      </select>
    </div>
  );
}

/** What the address says beside what can be chosen here. A round's own page names the round in its path. */
function keptOf({ unit, source, bodyIds, roundId }: IssueFilter, action: string): Readonly<Record<string, string>> {
  return given({ unit, source, body: bodyIds?.[0], round: action === '/issues' ? roundId : undefined });
}

/** Another page of the same list. */
function addressOf(action: string, filter: IssueFilter, { after, before }: PageKey): string {
  const { light, phase, text } = filter;
  const query = new URLSearchParams(given({ light, phase, text, after, before }));
  for (const [name, value] of Object.entries(keptOf(filter, action))) query.set(name, value);
  return `${action}?${query.toString()}#list`;
}

function given(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function IssueLine({ row }: { row: IssueRow }) {
  const { id, code, title, unit, handlers, phaseName, cycle, kind, weight, secrecy, light } = row;
  const { measures, measuresProven, deadline } = row;
  const bits = [
    phaseName,
    cycle > 1 ? `第${String(cycle)}轮` : '',
    weight === 'major' ? '重大问题' : '',
    secrecy === 'confidential' ? '保密' : '',
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
        <span class="dim">整改时限 {dayWords(deadline)}</span>
      </td>
    </tr>
  );
}
