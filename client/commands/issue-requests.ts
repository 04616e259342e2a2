import { MisuseError } from '../misuse-error.ts';
import type { RequestPreview } from '../previews/request-preview.ts';
import type { IssueReading } from '../reading/index.ts';
import { RefusedError } from '../refused-error.ts';
import type { ClosedOne } from '../api/issue-request-routes.ts';
import { fileGiven } from './files.ts';
import type { Instance } from './instance.ts';
import type { RequestCommand, Typed } from './issue-request-table.ts';
import { columns, type Output } from './output.ts';
import { requestPreviewWords } from './request-preview-words.ts';

/** Who acts, as every command of a request takes it. */
export interface WhoOptions {
  readonly by: string;
  readonly recordedBy?: string;
  readonly requestId?: string;
}

/** `issue <request> ISSUE …`: asks for it and says how the issue stands then; with `--preview`, only what would come of it. */
export async function issueRequest(
  output: Output,
  instance: Instance,
  command: RequestCommand,
  ref: string,
  typed: Typed,
): Promise<void> {
  const { by, recordedBy, requestId, preview } = typed.options as unknown as WhoOptions & { preview?: true };
  const json = { by, recordedBy, requestId, ...command.body(typed) };
  if (preview === true) {
    const path = ['issues', ref, 'requests', command.request];
    const found = await instance.post<RequestPreview>(path, { json: { ...json, mode: 'preview' } });
    output.answer(found, () => requestPreviewWords(found));
    return;
  }
  const issue = await instance.post<IssueReading>(['issues', ref, 'requests', command.request], { json });
  output.answer(issue, () => `${issue.code} ${command.done}，现在是“${issue.phaseName}”`);
}

/** `issue items list ISSUE`: the sub-ledger with where each item stands. */
export async function itemsList(output: Output, instance: Instance, ref: string): Promise<void> {
  const { items, code } = await instance.get<IssueReading>(['issues', ref]);
  output.answer(items, () =>
    items.length === 0
      ? `${code} 没有子台账`
      : columns(items.map(({ number, name, stateName, since }) => [String(number), name, stateName, since ?? ''])),
  );
}

export interface CloseManyOptions extends WhoOptions {
  readonly from?: string;
  readonly present?: true;
}

/**
 * `issue close-many CODE=STATE …`: approves closures one after the other and says of each what became of it.
 *
 * @throws RefusedError `SomeRefused` after its answer
 */
export async function issueCloseMany(
  output: Output,
  instance: Instance,
  refs: readonly string[],
  { by, recordedBy, requestId, from, present }: CloseManyOptions,
): Promise<void> {
  const lines = from === undefined ? [] : new TextDecoder().decode(fileGiven(from).bytes).split(/\r?\n/u);
  const issues = [...refs, ...lines].flatMap(closureNamed);
  if (issues.length === 0) throw new MisuseError('请写明问题，如 GM-01=3f2a9c01，或用 --from 给出文件');
  const bare = issues.filter(({ state }) => state === undefined);
  if (bare.length > 0 && !present) {
    throw new MisuseError(
      `${bare.map(({ issue }) => issue).join('、')} 没有写状态码：写成 编号=状态码，或加 --present 表示同意现在的材料`,
    );
  }
  const json = { by, recordedBy, requestId, issues };
  const told = await instance.post<{ done: ClosedOne[]; refused: number }>(['issues', 'closure-decisions'], { json });
  output.answer(told, () =>
    columns(
      told.done.map(({ issue, state, message }) => [issue, state === 'approved' ? '已同意' : '未办成', message ?? '']),
    ),
  );
  if (told.refused > 0) throw new RefusedError('SomeRefused', `${String(told.refused)} 项没有办成`);
}

/** `GM-01=3f2a9c01` or, as a line of a .csv, `GM-01,3f2a9c01`; an empty line and the heading name nothing. */
function closureNamed(line: string): { issue: string; state?: string }[] {
  const [issue = '', state = ''] = line
    .replace(/^\uFEFF/u, '')
    .split(/[=＝,，\t]/u)
    .map((part) => part.trim());
  if (issue === '' || issue === '编号') return [];
  return [{ issue, ...(state !== '' && { state: state.toLowerCase() }) }];
}
