import { dayOf } from '../../workflows/rules/instants.ts';
import type { DirectoryImportReading } from '../directory-imports.ts';
import type { PeopleImported } from '../people-import.ts';
import { fileGiven } from './files.ts';
import type { Instance } from './instance.ts';
import { columns, type Output } from './output.ts';

/** `people import FILE`: adds people to the directory of the running instance, or shows what that would change. */
export async function peopleImport(
  output: Output,
  instance: Instance,
  path: string,
  { mode, by }: { readonly mode: 'write' | 'preview'; readonly by?: string | undefined },
): Promise<void> {
  const { bytes, fileName } = fileGiven(path);
  const done = await instance.post<PeopleImported>(['people'], { query: { fileName, mode, by }, bytes });
  output.answer(done, () =>
    [
      `${done.written === 'preview' ? '（预览，未写入）' : ''}新增 ${String(done.added.length)} 人，更新 ${String(done.changed.length)} 人，不变 ${String(done.unchanged)} 人`,
      ...done.added.map((name) => `  新增 ${name}`),
      ...done.changed.map(({ name, changes }) => `  更新 ${name}：${changes.join('；')}`),
    ].join('\n'),
  );
}

/** `people imports`: who imported which file, when, and what it changed. */
export async function peopleImports(output: Output, instance: Instance): Promise<void> {
  const all = await instance.get<DirectoryImportReading[]>(['people', 'imports']);
  output.answer(all, () =>
    all.length === 0
      ? '没有导入过人员'
      : columns(
          all.map(({ at, by, fileName, added, changed, unchanged, sha256 }) => [
            dayOf(at),
            by ?? '（未写明）',
            fileName,
            `新增 ${String(added.length)} 人，更新 ${String(changed.length)} 人，不变 ${String(unchanged)} 人`,
            sha256.slice(0, 12),
          ]),
        ),
  );
}
