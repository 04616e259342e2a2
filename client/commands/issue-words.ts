import { measureKindNames } from '../../workflows/rules/names.ts';
import { dayOf } from '../../workflows/rules/instants.ts';
import type { IssueReading } from '../reading/index.ts';
import { dayWords } from '../reading/words.ts';
import { mergedWords } from '../reading/merged-from.ts';
import type { EvidenceReading, MeasureReading } from '../reading/measures.ts';
import { shortened } from './output.ts';

/** What a measure has of its own: its kind, unit and people; nothing where it goes with its issue. */
function measureOwn({ kind, unit, handlers }: Pick<MeasureReading, 'kind' | 'unit' | 'handlers'>): string[] {
  const own = [
    ...(kind === 'once' ? [] : [measureKindNames[kind]]),
    ...(handlers.length === 0 ? [] : [`责任人 ${handlers.join('、')}`]),
    ...(unit === '' ? [] : [`责任部门 ${unit}`]),
  ];
  return own.length === 0 ? [] : [`    ${own.join('，')}`];
}

function restrictedWords({ restricted }: Pick<IssueReading, 'restricted'>): string[] {
  if (restricted === null) return [];
  const { by, at, reason } = restricted;
  return [`  保密问题：${by ?? ''}${dayWords(dayOf(at))}设，${reason}`];
}

/** One issue as `issue show` prints it: people, measures, what stands beside the phase, what is owed, what comes next. */
export function issueWords(issue: IssueReading): string {
  const { progress, next, unassigned } = issue;
  const ofIssue = issue.people.find(({ role }) => role === 'handler')?.persons.map(({ name }) => name) ?? [];
  const isOfIssue = (handlers: readonly string[]) => handlers.join('、') === ofIssue.join('、');
  const measures = issue.measures.flatMap(({ number, text, kind, unit, handlers, standing, deadline, evidence }) => [
    `  ${number === 0 ? '问题本身' : `措施${String(number)}`}（时限 ${deadline}，${standing}）${shortened(text, 60)}`,
    ...measureOwn({ kind, unit, handlers: isOfIssue(handlers) ? [] : handlers }),
    ...evidence.flatMap((one) => [
      `    ${evidenceNames[one.state]} ${one.fileName}，${one.person ?? '未知'}（${one.id}）`,
      ...concernLine(one),
    ]),
  ]);
  const { closureState } = issue;
  return [
    `${issue.code}  ${issue.title}`,
    `  ${issue.roundName}，${issue.kindName}${issue.weight === 'major' ? '，重大问题' : ''}，${issue.phaseName}${issue.cycle > 1 ? `，第${String(issue.cycle)}轮整改` : ''}，${issue.light.sentence}`,
    ...[`  ${[issue.body, issue.source].filter((part) => part !== '').join('，反馈来源：')}`].filter(
      (line) => line.trim() !== '',
    ),
    ...restrictedWords(issue),
    `  整改时限 ${issue.deadline}${issue.deadlineNote === '' ? '' : `（${issue.deadlineNote}）`}`,
    ...issue.people
      .filter(({ persons }) => persons.length > 0)
      .map(({ roleName, persons }) => `  ${roleName}：${persons.map(({ name }) => name).join('、')}`),
    ...standingWords(issue).map((line) => `  ${line}`),
    ...measures,
    ...subLedger(issue),
    ...issue.outcomes.map(({ words: outcome, note }) => `  问责处理：${outcome}${note === '' ? '' : `（${note}）`}`),
    ...unassigned.flatMap((one) => [`  未说明属于哪条措施的材料：${one.fileName}（${one.id}）`, ...concernLine(one)]),
    ...recordings(issue),
    ...(issue.obligations.length === 0 ? [] : ['欠着：']),
    ...issue.obligations.map(
      ({ words: what, persons, roleName, dueOn }) => `  ${what}：${persons.join('、') || roleName}，${dueOn} 前`,
    ),
    ...(progress?.proposals ?? []).map(({ id }) => `提请决定：${id}（issue decide --proposal ${id}）`),
    ...(closureState === null
      ? []
      : [`销号待审核，状态码 ${closureState.slice(0, 12)}（issue close --state ${closureState.slice(0, 12)}）`]),
    ...(next ? [`下一步：${next.what}，${next.when}${next.to.length === 0 ? '' : `，给${next.to.join('、')}`}`] : []),
  ].join('\n');
}

/** What the office has entered for others in the present cycle, by the event's number, which a correction names. */
function recordings({ timeline }: IssueReading): string[] {
  const events = (timeline?.cycles[0]?.entries ?? []).flatMap((entry) =>
    entry.kind === 'event' && entry.recordedBy !== null ? entry : [],
  );
  return events.map(({ sequence, title, by, recordedBy, correctedTo }) => {
    const whose =
      correctedTo === null ? by : `${correctedTo.person}（原署${by ?? ''}，事件${String(correctedTo.sequence)}更正）`;
    return `  代录：事件${String(sequence)} ${title}，${whose ?? ''}（${recordedBy ?? ''}代录）`;
  });
}

/** What is to be looked at before the piece is accepted. */
function concernLine({ concerns }: EvidenceReading): string[] {
  return concerns.length === 0 ? [] : [`      请留意：${concerns.join('；')}`];
}

const evidenceNames = { received: '待审核', returned: '已退回', accepted: '已认可' } as const;

/** What the page says beside the phase: stopped, asked for, promised, merged, repeated, and who has yet to approve. */
function standingWords({ remarks, mergedInto, mergedFrom, recurrences, closureLevels }: IssueReading): string[] {
  const levels = closureLevels.map(
    ({ roleName, state, by }) => `${roleName}${state === 'approved' ? `已同意（${by ?? ''}）` : levelNames[state]}`,
  );
  return [
    ...remarks,
    ...(mergedInto === null ? [] : [`已并入 ${mergedInto}`]),
    ...mergedFrom.map(mergedWords),
    ...recurrences.filter(({ state }) => state === 'confirmed').map(({ code, words }) => `再次发生：${code}，${words}`),
    ...(levels.length === 0 ? [] : [`销号审核：${levels.join('，')}`]),
  ];
}

const levelNames = { deciding: '待审核', waiting: '等前一级' } as const;

function subLedger({ items }: IssueReading): string[] {
  if (items.length === 0) return [];
  const left = items.filter(({ state }) => state === 'left').length;
  return [
    `  子台账 ${String(items.length)} 项，已出库 ${String(left)} 项：`,
    ...items.map(({ number, name, stateName }) => `    ${String(number)}  ${name}  ${stateName}`),
  ];
}
