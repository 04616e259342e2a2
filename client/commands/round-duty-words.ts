import { type EvaluationPart, gradeWords } from '../../workflows/rules/evaluation.ts';
import type { DrawPreview } from '../rounds/draw-look-backs.ts';
import type { DrawReading } from '../rounds/draw-readings.ts';
import type { ProposedEvaluation } from '../rounds/evaluate.ts';
import type { ListedComment } from '../rounds/comment-list.ts';
import type { ListedDuty } from '../rounds/round-duty-list.ts';
import { columns, shortened } from './output.ts';

/** What every request to a round answers with: the duties that are open then. */
export interface WithDuties {
  readonly duties: readonly ListedDuty[];
}

const drawnBecause = { major: '重点问题', failedUnit: '该部门回头看有未通过的', drawn: '抽中' } as const;

/** A draw (抽取回头看): who is looked at and why, and who is not. */
export function drawWords({ drawId, seed, drawn, left, bodies }: DrawReading): string[] {
  const several = bodies.length > 1;
  return [
    `抽取 ${drawId}，种子 ${seed}：回头看 ${String(drawn.length)} 项，未抽中 ${String(left.length)} 项`,
    ...(several
      ? bodies.map((one) => `  ${one.name}：回头看 ${String(one.drawn)} 项，未抽中 ${String(one.left)} 项`)
      : []),
    ...drawn.map(({ code, body, because }) => `  ${code}  ${drawnBecause[because]}${several ? `  ${body}` : ''}`),
    ...(left.length === 0 ? [] : [`  未抽中：${left.join('、')}`]),
  ];
}

/** What a draw will be about. */
export function drawPreviewWords({ unfinished, share, population, certain, byLot }: DrawPreview): string[] {
  return [
    `（预览，未抽取）待抽取 ${String(population.length)} 项：必看 ${String(certain.length)} 项，其余 ${String(byLot.from)} 项按 ${String(Math.round(share * 100))}% 抽 ${String(byLot.drawn)} 项`,
    ...certain.map(({ code, because }) => `  ${code}  ${drawnBecause[because]}`),
    `  参加抽取：${population
      .map(({ code }) => code)
      .filter((code) => certain.every((one) => one.code !== code))
      .join('、')}`,
    ...(unfinished === null ? [] : [`上次抽取 ${unfinished} 没有办完，再抽即接着办完它，结果以它为准`]),
  ];
}

/** An evaluation (定期评估) with what each part follows from. */
export function evaluationWords({ evaluation, body, plan }: ProposedEvaluation): string {
  const { organisation, responsibility, completion, satisfaction, total, grade, secondRectification, notes } =
    evaluation;
  const line = (name: string, { points, outOf, basis }: EvaluationPart) => [
    name,
    points === null ? '不计分' : `${String(points)}/${String(outOf)}`,
    basis,
  ];
  const parts = [
    line('组织领导', organisation),
    line('责任落实', responsibility),
    line('任务完成', completion),
    line('群众满意度', satisfaction),
  ];
  const judged = total === null || grade === null ? '不评总分' : `总分 ${String(total)}，等次“${gradeWords[grade]}”`;
  const again = secondRectification === 'needed' ? '，须二次整改' : '';
  return [
    ...(body ? [`被巡察单位：${body.name}（${plan === 'body' ? '' : '整改方案、'}周检查、月调度按全轮计）`] : []),
    columns(parts),
    ...notes,
    `${judged}${again}`,
  ].join('\n');
}

/** What a round owes, a row each. */
export function dutyWords(duties: readonly ListedDuty[]): string {
  const states = { coming: '待列入', open: '待办', met: '已办结', lapsed: '已过期', corrected: '已更正' } as const;
  return columns(
    duties.map(({ code, title, dueOn, overdue, state, openedOn, closedOn, roleName, unit, people, comment }) => [
      code,
      shortened(title, 30),
      `期限 ${dueOn}`,
      `${state === 'open' && overdue === 'yes' ? '逾期未办' : states[state]}${state === 'coming' ? ` ${openedOn}` : closedOn === null ? '' : ` ${closedOn}`}`,
      [unit ?? roleName, people.join('、')].filter((part) => part !== '').join('：'),
      comment === null ? '' : commentWords(comment),
    ]),
  );
}

/** `2026-11-20 来信：路灯仍然不亮` */
function commentWords({ receivedOn, channelName, text }: ListedComment): string {
  return `${[receivedOn, channelName ?? '收到'].join(' ')}：${shortened(text, 30)}`;
}

/** What is left to do after a request. */
export function stillOwed({ duties }: WithDuties): string[] {
  return duties.length === 0 ? ['本轮目前没有其他应办事项'] : ['本轮待办：', dutyWords(duties)];
}
