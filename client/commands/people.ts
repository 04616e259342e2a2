import type { PeopleImported } from '../people-import.ts';
import { fileGiven } from './files.ts';
import type { Instance } from './instance.ts';
import type { Output } from './output.ts';

/** `people import FILE`: adds people to the directory of the running instance, or shows what that would change. */
export async function peopleImport(
  output: Output,
  instance: Instance,
  path: string,
  mode: 'write' | 'preview',
): Promise<void> {
  const { bytes, fileName } = fileGiven(path);
  const done = await instance.post<PeopleImported>(['people'], { query: { fileName, mode }, bytes });
  output.answer(done, () =>
    [
      `${done.written === 'preview' ? '（预览，未写入）' : ''}新增 ${String(done.added.length)} 人，更新 ${String(done.changed.length)} 人，不变 ${String(done.unchanged)} 人`,
      ...done.added.map((name) => `  新增 ${name}`),
      ...done.changed.map(({ name, changes }) => `  更新 ${name}：${changes.join('；')}`),
    ].join('\n'),
  );
}
