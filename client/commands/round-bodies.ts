import type { SourceReading } from '../reading/sources.ts';
import type { ListedBody } from '../rounds/bodies.ts';
import type { NoticeImported } from '../rounds/import-notice.ts';
import { codeRanges } from '../rounds/code-prefix.ts';
import { fileGiven } from './files.ts';
import type { Instance } from './instance.ts';
import { columns, type Output } from './output.ts';

/** `round bodies list ROUND`. */
export async function bodiesList(output: Output, instance: Instance, round: string): Promise<void> {
  answerBodies(output, await instance.get<ListedBody[]>(['rounds', round, 'bodies']), []);
}

/** `round bodies add ROUND NAME`. */
export async function bodiesAdd(output: Output, instance: Instance, round: string, name: string): Promise<void> {
  const bodies = await instance.post<ListedBody[]>(['rounds', round, 'bodies'], { json: { name } });
  answerBodies(output, bodies, [`已增加被巡察单位“${name}”`]);
}

/** `round bodies rename ROUND BODY NAME`. */
export async function bodiesRename(
  output: Output,
  instance: Instance,
  { round, body, name }: { round: string; body: string; name: string },
): Promise<void> {
  const bodies = await instance.put<ListedBody[]>(['rounds', round, 'bodies', body], { json: { name } });
  answerBodies(output, bodies, [`已改名为“${name}”`]);
}

/** `round bodies remove ROUND BODY`. */
export async function bodiesRemove(output: Output, instance: Instance, round: string, body: string): Promise<void> {
  answerBodies(output, await instance.delete<ListedBody[]>(['rounds', round, 'bodies', body]), ['已去掉']);
}

/** `round bodies put ROUND BODY --issues RANGE`. */
export async function bodiesPut(
  output: Output,
  instance: Instance,
  { round, body, issues }: { round: string; body: string; issues: string },
): Promise<void> {
  const bodies = await instance.put<ListedBody[]>(['rounds', round, 'bodies', body, 'issues'], { json: { issues } });
  answerBodies(output, bodies, ['已归入']);
}

/** `round sources list ROUND`. */
export async function sourcesList(output: Output, instance: Instance, round: string): Promise<void> {
  answerSources(output, await instance.get<SourceReading[]>(['rounds', round, 'sources']));
}

/** `round sources put ROUND SOURCE --issues RANGE`. */
export async function sourcesPut(
  output: Output,
  instance: Instance,
  { round, source, issues }: { round: string; source: string; issues: string },
): Promise<void> {
  const path = ['rounds', round, 'sources', source, 'issues'];
  answerSources(output, await instance.put<SourceReading[]>(path, { json: { issues } }));
}

export interface ImportOptions {
  readonly from: string;
  readonly body?: string;
  readonly source?: string;
  readonly code?: string;
  readonly feedback?: string;
  readonly level?: string;
}

/** `round import ROUND --from NOTICE`: a further notice for a draft, of another body or another feedback. */
export async function roundImport(
  output: Output,
  instance: Instance,
  round: string,
  { from, ...options }: ImportOptions,
): Promise<void> {
  const { bytes, fileName } = fileGiven(from);
  const query = { fileName, ...options };
  const imported = await instance.post<NoticeImported>(['rounds', round, 'notices'], { query, bytes });
  output.answer(imported, () =>
    [
      `已并入“${imported.body}”${imported.source === '' ? '' : `（${imported.source}）`}：${codeRanges(imported.codes)}，${String(imported.measures)} 条措施，反馈日 ${imported.feedbackOn}`,
      ...(imported.notes.length > 0 ? ['请核对：', ...imported.notes.map((note) => `  ${note}`)] : []),
    ].join('\n'),
  );
}

function answerBodies(output: Output, bodies: readonly ListedBody[], done: readonly string[]): void {
  output.answer(bodies, () =>
    [
      ...done,
      columns(
        bodies.map(({ name, codes, sources, people }) => [
          name,
          codeRanges(codes),
          sources.join('、'),
          people.map(({ roleName, names }) => `${roleName} ${names.join('、')}`).join('，'),
        ]),
      ),
    ].join('\n'),
  );
}

function answerSources(output: Output, sources: readonly SourceReading[]): void {
  output.answer(sources, () =>
    columns(sources.map(({ source, codes }) => [source === '' ? '未注明来源' : source, codeRanges(codes)])),
  );
}
