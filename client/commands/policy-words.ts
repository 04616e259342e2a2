import { inChinese } from '../../workflows/rules/instants.ts';
import { roleNames } from '../../workflows/rules/names.ts';
import type { AdoptionOutcome } from '../adoption/adopt.ts';
import type { ComingLine, LineChanges, LineMove } from '../adoption/line-changes.ts';
import type { Outlook } from '../adoption/outlook.ts';
import type { AdoptionPreview } from '../adoption/adopt-policy.ts';
import type { PolicyChange } from '../policy/policy-changes.ts';
import { columns } from './output.ts';

/** More lines than these nobody reads on a screen; `--json` has them all. */
const linesShown = 20;

/** What changed rules would do to a round, as the office reads it before it decides. */
export function previewWords(preview: AdoptionPreview): string {
  const { roundName, settings, issues, already, proposalsSilenced, people, duties, outlook } = preview;
  return [
    `（预览，未写入）${roundName}：${String(issues)} 个在办问题将采用${already > 0 ? `，另有 ${String(already)} 个已经采用` : ''}`,
    ...(settings.length > 0 ? [`与现行办法不同的有 ${String(settings.length)} 处：`] : []),
    ...listed('', settings, settingWords),
    ...changesWords('问题的提醒', preview),
    ...changesWords('轮次事项的提醒', duties),
    ...outlookWords(outlook),
    ...(proposalsSilenced > 0 ? [`日期已过、不再提请的有 ${String(proposalsSilenced)} 项`] : []),
    ...(people.length > 0
      ? [
          '各人今后收到的提醒：',
          columns(
            people
              .slice(0, linesShown)
              .map(({ name, before, after }) => [name, `${String(before)}→${String(after)} 条`]),
            '  ',
          ),
          ...more(people.length),
        ]
      : []),
  ].join('\n');
}

/** What the months to come would bring of what is not owed yet as well, if nobody did anything. */
function outlookWords({ through, kinds }: Outlook): string[] {
  const changed = kinds.filter(({ before, after }) => before.times !== after.times || before.lines !== after.lines);
  const head = `若一直无人办理，到 ${through}（尚未列入的事项也算在内）`;
  if (changed.length === 0) return [`${head}：应办次数和提醒条数不变`];
  const words = (name: string, unit: string, before: number, after: number) =>
    before === after ? `${name}${String(before)}${unit}` : `${name}${String(before)}→${String(after)}${unit}`;
  return [
    `${head}：`,
    ...changed.map(
      ({ name, before, after }) =>
        `  ${words(name, '次', before.times, after.times)}，${words('提醒', '条', before.lines, after.lines)}`,
    ),
  ];
}

/** How the reminders that have still to leave would change; nothing where they would not. */
export function changesWords(what: string, { vanish, move, appear, alter, later }: LineChanges): string[] {
  if ([vanish, move, appear, alter, later].every(({ length }) => length === 0)) return [];
  return [
    `${what}：取消 ${String(vanish.length)} 条，改期 ${String(move.length)} 条，新增 ${String(appear.length)} 条，改时间或语气 ${String(alter.length)} 条`,
    ...listed('取消 ', vanish, lineWords),
    ...listed('改期 ', move, moveWords),
    ...listed('新增 ', appear, lineWords),
    ...listed('改动 ', alter, ({ to }) => lineWords(to)),
    ...(later.length > 0 ? [`  另有 ${String(later.length)} 条重复提醒移到五个月以后，届时再排`] : []),
  ];
}

/** What became of an adoption; whoever was refused is named with the reason. */
export function outcomesWords(outcomes: readonly AdoptionOutcome[]): string[] {
  const count = (wanted: AdoptionOutcome['outcome']) => outcomes.filter(({ outcome }) => outcome === wanted).length;
  return [
    `采用 ${String(count('adopted'))} 项（轮次自己的事项算一项），已是这一版 ${String(count('already'))} 项，已经办结 ${String(count('ended'))} 项，没有采用 ${String(count('refused'))} 项`,
    ...outcomes.flatMap(({ code, outcome, message }) =>
      outcome === 'refused' ? [`  ${code} 没有采用：${message ?? ''}`] : [],
    ),
  ];
}

/** The first of a list as lines, and how many there are beside. */
export function listed<Entry>(what: string, entries: readonly Entry[], words: (entry: Entry) => string): string[] {
  return [...entries.slice(0, linesShown).map((entry) => `  ${what}${words(entry)}`), ...more(entries.length)];
}

function more(count: number): string[] {
  return count > linesShown ? [`  ……共 ${String(count)} 条，全部内容见 --json`] : [];
}

/** What is longer than a word or two is only named: the whole stands in the policy. */
function settingWords({ field, before, after }: PolicyChange): string {
  if (before === undefined || before === null) return `${field}：新增`;
  if (after === undefined || after === null) return `${field}：取消`;
  const [from, to] = [JSON.stringify(before), JSON.stringify(after)];
  return from.length + to.length > 60 ? `${field}：有改动` : `${field}：${from}→${to}`;
}

function lineWords({ code, words, role, plannedOn }: ComingLine): string {
  return `${inChinese(plannedOn)} ${code} ${words}，${roleNames[role]}`;
}

function moveWords({ from, to }: LineMove): string {
  return `${from.code} ${from.words}，${roleNames[from.role]}：${inChinese(from.plannedOn)}→${inChinese(to.plannedOn)}`;
}
