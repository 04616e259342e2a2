import type { ListedRound } from '../api/rounds.ts';
import { type AssignRow, readAssignments } from '../assign-import.ts';
import { MisuseError } from '../misuse-error.ts';
import type { RoundStatus } from '../reading/index.ts';
import type { Assigned } from '../rounds/assign.ts';
import type { CreatedRound } from '../rounds/create-round.ts';
import type { LaunchNote, Missing } from '../rounds/missing-for-launch.ts';
import { fileGiven } from './files.ts';
import type { Instance } from './instance.ts';
import { columns, type Output } from './output.ts';

export interface CreateOptions {
  readonly from: string;
  readonly code?: string;
  readonly name?: string;
  readonly feedback?: string;
  readonly level?: string;
}

/** `round create --from NOTICE`: makes a draft of a round from a published notice. */
export async function roundCreate(
  output: Output,
  instance: Instance,
  { from, ...options }: CreateOptions,
): Promise<void> {
  const { bytes, fileName } = fileGiven(from);
  const created = await instance.post<CreatedRound>(['rounds'], { query: { fileName, ...options }, bytes });
  output.answer(created, () =>
    [
      `已建立轮次“${created.name}”（${created.roundId}），编号 ${created.codePrefix}-01 起`,
      `  ${String(created.issues)} 个问题，${String(created.measures)} 条措施；反馈日 ${created.feedbackOn}，集中整改期到 ${created.concentratedEndsOn}`,
      ...(created.notes.length > 0 ? ['请核对：', ...created.notes.map((note) => `  ${note}`)] : []),
      `下一步：bin/huitoukan round assign ${created.roundId.slice(0, 8)} --from 分工.csv`,
    ].join('\n'),
  );
}

export interface AssignOptions {
  readonly from?: string;
  readonly issues?: string;
  readonly body?: string;
  readonly handler?: string;
  readonly leader?: string;
  readonly unit?: string;
  readonly assisting?: string;
  readonly deadline?: string;
  readonly weight?: string;
  readonly kind?: string;
  readonly office?: string;
  readonly groupHead?: string;
  readonly reviewer?: string;
  /** Why, and on whose word, once the round has been launched. */
  readonly reason?: string;
  readonly by?: string;
  readonly preview?: true;
}

/** `round assign ROUND`: who is responsible for what, from a .csv, one by one, or both; all of it or nothing. */
export async function roundAssign(
  output: Output,
  instance: Instance,
  round: string,
  options: AssignOptions,
): Promise<void> {
  const given = options.from === undefined ? undefined : fileGiven(options.from);
  const rows = [...(given ? readAssignments(given.bytes, given.fileName) : []), ...rowsOf(options)];
  if (rows.length === 0) {
    throw new MisuseError(
      '没有写要分派什么：请用 --from 分工.csv，或 --issues 1-5 --handler 姓名，或 --office、--group-head、--reviewer',
    );
  }
  const assigned = await instance.post<Assigned>(['rounds', round, 'assignments'], {
    query: { mode: options.preview ? 'preview' : 'write' },
    json: { fileName: given?.fileName ?? '', rows, reason: options.reason, by: options.by },
  });
  const missing = await instance.get<Missing[]>(['rounds', round, 'missing']);
  const launchNotes = await instance.get<LaunchNote[]>(['rounds', round, 'notes']);
  output.answer({ ...assigned, missing, launchNotes }, () =>
    [
      `${assigned.written === 'preview' ? '（预览，未写入）' : ''}逐项涉及 ${String(assigned.issues)} 个问题，新增分派 ${String(assigned.added)} 项，取消 ${String(assigned.ended)} 项`,
      ...assigned.people.map((change) => `  ${change}`),
      ...assigned.changes.map((change) => `  ${change}`),
      ...assigned.notes.map((note) => `  请核对：${note}`),
      ...outlook(round, assigned, missing),
      ...launchNotes.map(({ message }) => `  请留意：${message}`),
    ].join('\n'),
  );
}

/** What is missing before the launch, or how to do it; nothing of a round that has been launched. */
function outlook(round: string, { round: state, written }: Assigned, missing: readonly Missing[]): string[] {
  if (state === 'launched' || written === 'preview') return [];
  if (missing.length > 0) return ['交办前还缺：', ...missing.map(({ message }) => `  ${message}`)];
  return [`分派齐全，可以交办：bin/huitoukan round launch ${round}`];
}

/** What was said in options: a row for the issues named, and one for the whole round. */
function rowsOf(options: AssignOptions): AssignRow[] {
  const { issues, body, handler, leader, unit, assisting, deadline, weight, kind, office, groupHead, reviewer } =
    options;
  if (body !== undefined) {
    if ((issues ?? unit ?? assisting ?? deadline ?? weight ?? kind) !== undefined)
      throw new MisuseError('--body 与 --issues、--unit、--assisting、--deadline、--weight、--kind 不能同时写');
    return [{ line: 0, issues: '', body, people: { handler, responsibleLeader: leader, office, groupHead, reviewer } }];
  }
  const ofIssues = {
    people: { handler, responsibleLeader: leader },
    unit,
    assistingUnits: assisting,
    deadline,
    weight,
    measureKind: kind,
  };
  const saysOfIssues = [handler, leader, unit, assisting, deadline, weight, kind].some((words) => words !== undefined);
  if (saysOfIssues && issues === undefined) throw new MisuseError('请用 --issues 写明是哪些问题，如 --issues 1-5');
  if (!saysOfIssues && issues !== undefined)
    throw new MisuseError('请写明这些问题由谁负责，如 --handler 姓名 --leader 姓名');
  const saysOfRound = [office, groupHead, reviewer].some((words) => words !== undefined);
  return [
    ...(issues === undefined ? [] : [{ line: 0, issues, ...ofIssues }]),
    ...(saysOfRound ? [{ line: 0, issues: '*', people: { office, groupHead, reviewer } }] : []),
  ];
}

/** `round status [ROUND]`: one round, or all in a row each. */
export async function roundStatus(output: Output, instance: Instance, round?: string): Promise<void> {
  if (round !== undefined) {
    const status = await instance.get<RoundStatus>(['rounds', round]);
    output.answer(status, () => words(status));
    return;
  }
  const rounds = await instance.get<ListedRound[]>(['rounds']);
  output.answer(rounds, () =>
    rounds.length === 0
      ? '还没有轮次：bin/huitoukan round create --from 通报.docx'
      : columns(
          rounds.map(({ id, name, state, clockId, issues, archived }) => [
            clockId === 'real' ? id.slice(0, 8) : id,
            name,
            stateNames[state],
            `归档 ${String(archived)}/${String(issues)}`,
          ]),
        ),
  );
}

const stateNames = { draft: '待交办', launched: '整改中', ended: '已结束' } as const;

function words(status: RoundStatus): string {
  const { phases, lights } = status;
  const counts = [
    ['待认领', phases.assignment],
    ['整改中', phases.rectification],
    ['销号审核', phases.closureReview],
    ['长期坚持', phases.longTerm],
    ['等回头看', phases.lookBack],
    ['已归档', phases.archived],
  ] as const;
  const left = status.concentratedWorkdaysLeft;
  return [
    `${status.name}（${status.id}）${status.stateName}，今天 ${status.today}`,
    `  ${String(status.issues)} 个问题，${String(status.measures)} 条措施，反弹 ${String(status.rebounds)} 个`,
    ...rateWords(status),
    ...partWords('被巡察单位', status.byBody),
    ...partWords('反馈来源', status.bySource),
    `  ${counts.map(([name, count]) => `${name} ${String(count)}`).join('，')}`,
    `  灯号：红 ${String(lights.red)}，黄 ${String(lights.yellow)}，绿 ${String(lights.green)}`,
    ...(status.concentratedEndsOn === null
      ? []
      : [
          `  集中整改期到 ${status.concentratedEndsOn}${left === null ? '' : left < 0 ? '（已过）' : `（还有 ${String(left)} 个工作日）`}`,
        ]),
    ...status.stages.map(({ title, from, to, state }) => `  ${stageStates[state]}：${title}，${from} 至 ${to}`),
    ...accountabilityWords(status),
    ...(status.people.length === 0 ? [] : ['  人员：']),
    columns(
      status.people.map(({ name, unit, email, unreachable, roles }) => [
        name,
        unit,
        email ?? '无邮箱',
        roles
          .map(({ roleName, issues, bodies }) =>
            [
              roleName,
              ...bodies.map((body) => `（${body}）`),
              issues === null || issues === 0 ? '' : ` ${String(issues)} 项`,
            ].join(''),
          )
          .join('，'),
        unreachable === null ? '' : `送不到：${unreachable}`,
      ]),
      '    ',
    ),
  ]
    .filter((line) => line !== '')
    .join('\n');
}

const stageStates = { coming: '未到的阶段', running: '进行中的阶段', over: '已过的阶段' } as const;

/** Both meanings of the completion rate; the policy's own first and named so. */
function rateWords({ completion: { shown, ...rates } }: RoundStatus): string[] {
  const other = shown === 'countingLongTerm' ? 'longTermApart' : 'countingLongTerm';
  return [`  按本轮政策：${rates[shown].words}`, `  另一口径：${rates[other].words}`];
}

/** By body or by source, where there is more than one. */
function partWords(what: string, parts: RoundStatus['byBody']): string[] {
  if (parts.length < 2) return [];
  const rows = parts.map(({ name, issues, lights, completionPercent }) => [
    name === '' ? '未注明' : name,
    `${String(issues)} 个问题`,
    completionPercent === null ? '' : `完成率 ${completionPercent.toFixed(1)}%`,
    `红 ${String(lights.red)}，黄 ${String(lights.yellow)}，绿 ${String(lights.green)}`,
  ]);
  return [`  按${what}：`, columns(rows, '    ')];
}

function accountabilityWords({ accountability: { issues, persons, notPursued } }: RoundStatus): string[] {
  if (issues === 0) return [];
  return [`  问责处理：涉及 ${String(issues)} 个问题，处理 ${String(persons)} 人，不予问责 ${String(notPursued)} 起`];
}
