import type { DrawDone } from '../api/round-draws.ts';
import { MisuseError } from '../misuse-error.ts';
import type { BatchPreview } from '../previews/batch-preview.ts';
import { RefusedError } from '../refused-error.ts';
import type { DrawPreview } from '../rounds/draw-look-backs.ts';
import type { DrawChecked } from '../rounds/draw-readings.ts';
import type { ProposedEvaluation } from '../rounds/evaluate.ts';
import { commentChannelCalled } from '../rounds/comment-channels.ts';
import type { ListedDuty } from '../rounds/round-duty-list.ts';
import type { Instance } from './instance.ts';
import type { WhoOptions } from './issue-requests.ts';
import type { Output } from './output.ts';
import {
  drawPreviewWords,
  drawWords,
  dutyWords,
  evaluationWords,
  stillOwed,
  type WithDuties,
} from './round-duty-words.ts';

/** `round duties ROUND`: what the round owes, and what it will owe next. */
export async function roundDuties(
  output: Output,
  instance: Instance,
  ref: string,
  which: 'ahead' | 'all',
): Promise<void> {
  const duties = await instance.get<ListedDuty[]>(['rounds', ref, 'duties'], { which });
  const coming = duties.filter(({ state }) => state === 'coming');
  const owed = duties.filter(({ state }) => state !== 'coming');
  output.answer(duties, () =>
    [
      owed.length === 0 ? '目前没有应办事项' : dutyWords(owed),
      ...(coming.length === 0 ? [] : ['接下来（到日子自动列入，开始提醒）：', dutyWords(coming)]),
    ].join('\n'),
  );
}

export type ReportOptions = WhoOptions & { readonly text: string };

/** `round report ROUND DUTY`: what was done about a duty. */
export async function roundReport(
  output: Output,
  instance: Instance,
  { ref, duty }: { ref: string; duty: string },
  options: ReportOptions,
): Promise<void> {
  const path = ['rounds', ref, 'duties', duty, 'reports'];
  const done = await instance.post<WithDuties & { title: string }>(path, { json: options });
  output.answer(done, () => [`已登记“${done.title}”的办理情况`, ...stillOwed(done)].join('\n'));
}

export type PlanOptions = WhoOptions & {
  readonly approve?: true;
  readonly return?: true;
  readonly reason?: string;
  readonly body?: string;
};

/** `round plan ROUND --approve|--return`: decides the rectification plan. */
export async function roundPlan(
  output: Output,
  instance: Instance,
  ref: string,
  { approve, return: returned, ...said }: PlanOptions,
): Promise<void> {
  if ((approve === undefined) === (returned === undefined)) throw new MisuseError('请写明 --approve 或 --return 之一');
  const json = { ...said, decision: approve ? 'approved' : 'returned' };
  const done = await instance.put<WithDuties & { body: string | null }>(['rounds', ref, 'plan', 'decision'], { json });
  const whose = `${done.body ?? ''}整改方案`;
  output.answer(done, () => [`${approve ? '已同意' : '已退回'}${whose}`, ...stillOwed(done)].join('\n'));
}

export type BatchOptions = WhoOptions & {
  readonly issues: string;
  readonly title: string;
  readonly task: string;
  readonly due?: string;
  readonly preview?: true;
};

/** `round batch ROUND`: issues a supervision batch with its letters; with `--preview` shows them only. */
export async function roundBatch(
  output: Output,
  instance: Instance,
  ref: string,
  { due, preview, ...order }: BatchOptions,
): Promise<void> {
  if (preview === true) {
    const json = { ...order, dueOn: due, mode: 'preview' };
    const found = await instance.post<BatchPreview>(['rounds', ref, 'batches'], { json });
    output.answer(found, () =>
      [
        `（预览，未下达）第${String(found.number)}批督办，${found.dueOn}前办结，督办单 ${String(found.units.length)} 份：`,
        ...found.units.flatMap(({ unit, codes, letter }) => [`  ${unit}：${codes.join('、')}`, '', letter.text, '']),
      ].join('\n'),
    );
    return;
  }
  const done = await instance.post<WithDuties & { number: number; letters: { number: number; title: string }[] }>(
    ['rounds', ref, 'batches'],
    { json: { ...order, dueOn: due } },
  );
  output.answer(done, () =>
    [
      `已下达第${String(done.number)}批督办，督办单：`,
      ...done.letters.map(({ number, title }) => `  ${String(number)}号  ${title}`),
      ...stillOwed(done),
    ].join('\n'),
  );
}

export type CommentOptions = WhoOptions & {
  readonly text: string;
  readonly issue?: string;
  readonly contact?: string;
  readonly channel?: string;
  readonly received?: string;
  readonly due?: string;
};

/** `round comment ROUND`: registers what the public wrote. */
export async function roundComment(
  output: Output,
  instance: Instance,
  ref: string,
  { received, due, channel, ...comment }: CommentOptions,
): Promise<void> {
  const how = channel === undefined ? {} : { channel: commentChannelCalled(channel) };
  const json = { ...comment, ...how, receivedOn: received, dueOn: due };
  const done = await instance.post<WithDuties & { commentId: string }>(['rounds', ref, 'comments'], { json });
  output.answer(done, () => [`已登记群众意见（${done.commentId}）`, ...stillOwed(done)].join('\n'));
}

export type AnswerOptions = WhoOptions & { readonly answer: string };

/** `round answer-comment ROUND COMMENT`. */
export async function roundAnswerComment(
  output: Output,
  instance: Instance,
  { ref, comment }: { ref: string; comment: string },
  options: AnswerOptions,
): Promise<void> {
  const done = await instance.put<WithDuties>(['rounds', ref, 'comments', comment, 'answer'], { json: options });
  output.answer(done, () => ['已答复群众意见', ...stillOwed(done)].join('\n'));
}

export interface EvaluateOptions {
  readonly by?: string;
  readonly recordedBy?: string;
  readonly requestId?: string;
  readonly body?: string;
  readonly satisfaction?: string;
  readonly note?: string;
  readonly preview?: true;
}

/** `round evaluate ROUND`: the figures with what they follow from; recorded unless it is a preview. */
export async function roundEvaluate(
  output: Output,
  instance: Instance,
  ref: string,
  { satisfaction: counts, body, preview, ...said }: EvaluateOptions,
): Promise<void> {
  if (!preview && said.by === undefined) throw new MisuseError('请用 --by 写明以谁的名义登记，或用 --preview 只看结果');
  const satisfaction = counts === undefined ? undefined : satisfactionOf(counts);
  const path = ['rounds', ref, preview ? 'evaluation-proposals' : 'evaluations'];
  const json = preview ? { satisfaction, body } : { ...said, satisfaction, body };
  const proposed = await instance.post<ProposedEvaluation>(path, { json });
  output.answer(proposed, () =>
    [evaluationWords(proposed), preview ? '（预览，未登记）' : '已登记评估结果'].join('\n'),
  );
}

export type DrawOptions = Partial<WhoOptions> & { readonly seed?: string; readonly preview?: true };

/**
 * `round draw ROUND`: draws the look-backs; with `--preview` says only what would be drawn from.
 *
 * @throws RefusedError `SomeRefused` after its answer
 */
export async function roundDraw(
  output: Output,
  instance: Instance,
  ref: string,
  { preview, ...options }: DrawOptions,
): Promise<void> {
  if (preview === true) {
    const found = await instance.get<DrawPreview>(['rounds', ref, 'draws', 'preview']);
    output.answer(found, () => drawPreviewWords(found).join('\n'));
    return;
  }
  if (options.by === undefined) throw new MisuseError('请写明由谁抽取，如 --by 王某；只看范围用 --preview');
  const done = await instance.post<DrawDone>(['rounds', ref, 'draws'], { json: options });
  output.answer(done, () =>
    [...drawWords(done), ...done.refused.map(({ code, message }) => `  ${code} 未能告知：${message}`)].join('\n'),
  );
  if (done.refused.length > 0) throw new RefusedError('SomeRefused', `${String(done.refused.length)} 项未能告知`);
}

/** `round verify-draw ROUND|DRAW`. @throws RefusedError `DrawDiffers` after its answer */
export async function roundVerifyDraw(output: Output, instance: Instance, ref: string): Promise<void> {
  const draws = await instance.get<DrawChecked[]>(['rounds', ref, 'draws', 'check']);
  const words = { same: '  重新抽取的结果与留存的相同', different: '  重新抽取的结果与留存的不同' } as const;
  output.answer(draws, () => draws.flatMap((draw) => [...drawWords(draw), words[draw.state]]).join('\n'));
  const differ = draws.filter(({ state }) => state === 'different');
  if (differ.length > 0) throw new RefusedError('DrawDiffers', `${String(differ.length)} 次抽取与留存的结果不同`);
}

function satisfactionOf(text: string) {
  const [, satisfied, basicallySatisfied, unsatisfied] = /^(\d+)[,，](\d+)[,，](\d+)$/u.exec(text.trim()) ?? [];
  if (unsatisfied === undefined) throw new MisuseError('--satisfaction 应写三个件数：满意,基本满意,不满意，如 30,5,1');
  return {
    satisfied: Number(satisfied),
    basicallySatisfied: Number(basicallySatisfied),
    unsatisfied: Number(unsatisfied),
  };
}
