import type { BatchCorrectionPreview } from '../previews/batch-correction-preview.ts';
import type { ListedBatch } from '../rounds/batch-list.ts';
import type { ListedComment } from '../rounds/comment-list.ts';
import type { RoundCorrection } from '../rounds/round-corrections.ts';
import type { Instance } from './instance.ts';
import type { WhoOptions } from './issue-requests.ts';
import type { Output } from './output.ts';
import { stillOwed, type WithDuties } from './round-duty-words.ts';

/** `round batches ROUND`: what was issued, and what of it was corrected. */
export async function roundBatches(output: Output, instance: Instance, ref: string): Promise<void> {
  const batches = await instance.get<ListedBatch[]>(['rounds', ref, 'batches']);
  output.answer(batches, () =>
    batches.length === 0
      ? '本轮没有督办批次'
      : batches
          .flatMap(({ number, title, task, dueOn, issues, issuedOn, issuedBy, corrections }) => [
            `第${String(number)}批  ${title}，${dueOn}前办结，涉及${issues.join('、')}（${issuedOn} ${issuedBy}下达）`,
            `  任务：${task}`,
            ...corrections.map(correctionWords),
          ])
          .join('\n'),
  );
}

/** `round comments ROUND`: what the public wrote, and what of it was corrected. */
export async function roundComments(output: Output, instance: Instance, ref: string): Promise<void> {
  const comments = await instance.get<ListedComment[]>(['rounds', ref, 'comments']);
  output.answer(comments, () =>
    comments.length === 0
      ? '本轮没有群众意见'
      : comments
          .flatMap(({ commentId, text, issue, receivedOn, answer, answeredOn, corrections }) => [
            `${receivedOn}  ${text}${issue === null ? '' : `（${issue}）`}`,
            `  ${answeredOn === null ? '待答复' : `${answeredOn} 答复：${answer}`}；内部编号 ${commentId}`,
            ...corrections.map(correctionWords),
          ])
          .join('\n'),
  );
}

function correctionWords({ sequence, on, by, recordedBy, changes, reason }: RoundCorrection): string {
  const whose = recordedBy === null ? by : `${by}（${recordedBy}代录）`;
  return `  ${on} ${whose}更正（事件${String(sequence)}）：${changes.join('；')}；理由：${reason}`;
}

export type CorrectBatchOptions = WhoOptions & {
  readonly task?: string;
  readonly due?: string;
  readonly issues?: string;
  readonly reason: string;
  readonly preview?: true;
};

/** `round correct-batch ROUND NUMBER`: what was told wrongly; with `--preview` shows what would come of it only. */
export async function roundCorrectBatch(
  output: Output,
  instance: Instance,
  { ref, number }: { ref: string; number: string },
  { due, preview, ...correction }: CorrectBatchOptions,
): Promise<void> {
  const path = ['rounds', ref, 'batches', number, 'corrections'];
  const json = { ...correction, dueOn: due };
  if (preview === true) {
    const found = await instance.post<BatchCorrectionPreview>(path, { json: { ...json, mode: 'preview' } });
    output.answer(found, () => previewWords(found));
    return;
  }
  const done = await instance.post<CorrectedBatch>(path, { json });
  output.answer(done, () =>
    [
      `已更正第${String(done.number)}批督办，更正后的督办单：${done.letters.length === 0 ? '无' : ''}`,
      ...done.letters.map((letter) => `  ${String(letter.number)}号  ${letter.title}`),
      ...(done.released.length === 0 ? [] : [`不再涉及${done.released.join('、')}，原督办单作废，请告知`]),
      ...stillOwed(done),
    ].join('\n'),
  );
}

type CorrectedBatch = WithDuties & {
  readonly number: number;
  readonly letters: readonly { readonly number: number; readonly title: string }[];
  /** Units that owe no answer any more. */
  readonly released: readonly string[];
};

function previewWords({ number, dueOn, ends, units }: BatchCorrectionPreview): string {
  return [
    `（预览，未更正）第${String(number)}批督办，${dueOn}前办结`,
    ...(ends.length === 0 ? ['没有哪个部门的事项结束'] : [`这些事项结束：${ends.join('、')}`]),
    units.length === 0 ? '没有部门要重新答复' : `重新答复，督办单 ${String(units.length)} 份：`,
    ...units.flatMap(({ unit, codes, letter }) => [`  ${unit}：${codes.join('、')}`, '', letter.text, '']),
  ].join('\n');
}

export type CorrectCommentOptions = WhoOptions & {
  readonly text?: string;
  readonly issue?: string;
  readonly reason: string;
};

/** `round correct-comment ROUND COMMENT`. */
export async function roundCorrectComment(
  output: Output,
  instance: Instance,
  { ref, comment }: { ref: string; comment: string },
  options: CorrectCommentOptions,
): Promise<void> {
  const path = ['rounds', ref, 'comments', comment, 'corrections'];
  const done = await instance.post<WithDuties>(path, { json: options });
  output.answer(done, () => ['已更正群众意见', ...stillOwed(done)].join('\n'));
}
