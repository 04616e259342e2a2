import type { IssueReading } from '../../reading/issue.ts';
import { mergedWords } from '../../reading/merged-from.ts';
import { Heading } from './layout.tsx';
import { ShortDay } from './small.tsx';

/** What stands beside the phase, each in a sentence: stopped, disputed, asked for, promised, left over. */
export function Remarks({ issue }: { issue: IssueReading }) {
  const { remarks, mergedInto, mergedFrom, recurrences, outcomes } = issue;
  const lines = [
    ...remarks,
    ...(mergedInto === null ? [] : [`已并入 ${mergedInto}`]),
    ...mergedFrom.map(mergedWords),
    ...recurrences.filter(({ state }) => state === 'confirmed').map(({ code, words }) => `再次发生：${code}，${words}`),
    ...outcomes.map(({ words }) => `问责处理结果：${words}`),
  ];
  if (lines.length === 0) return null;
  return (
    <ul class="facts">
      {lines.map((line) => (
        <li>{line}</li>
      ))}
    </ul>
  );
}

/** The sub-ledger (子台账) with where each item stands; left out where there is none. */
export function SubLedger({ issue: { items } }: { issue: IssueReading }) {
  if (items.length === 0) return null;
  const left = items.filter(({ state }) => state === 'left').length;
  return (
    <section class="part" aria-labelledby="h-items">
      <Heading id="h-items" note={`共${String(items.length)}项，已出库${String(left)}项；提请出库不等于出库`}>
        子台账
      </Heading>
      <table class="measures">
        <caption class="unseen">子台账条目及其状态</caption>
        <thead>
          <tr>
            <th scope="col">序</th>
            <th scope="col">条目</th>
            <th scope="col">状态</th>
            <th scope="col">自</th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ number, name, note, stateName, since }) => (
            <tr>
              <td class="measure-number">{number}</td>
              <td class="measure-text">
                <p>{name}</p>
                {note === '' ? null : <p class="note">{note}</p>}
              </td>
              <td>{stateName}</td>
              <td>{since === null ? '' : <ShortDay day={since} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
