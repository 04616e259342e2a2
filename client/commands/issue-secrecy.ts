import type { IssueReading } from '../reading/index.ts';
import type { SecrecyPreview } from '../secrecy/preview-secrecy.ts';
import type { Instance } from './instance.ts';
import type { Output } from './output.ts';

export interface SecrecyOptions {
  readonly by: string;
  readonly reason?: string;
  readonly requestId?: string;
  readonly lift?: true;
  readonly preview?: true;
}

/** `issue restrict ISSUE`: makes an issue confidential (保密问题) or, with `--lift`, ordinary again. */
export async function issueRestrict(
  output: Output,
  instance: Instance,
  ref: string,
  { lift, preview, ...said }: SecrecyOptions,
): Promise<void> {
  const path = ['issues', ref, 'secrecy'];
  const json = { ...said, secrecy: lift ? 'ordinary' : 'confidential' };
  if (preview) {
    const found = await instance.put<SecrecyPreview>(path, { json: { ...json, mode: 'preview' } });
    output.answer(found, () => previewWords(found));
    return;
  }
  const issue = await instance.put<IssueReading>(path, { json });
  output.answer(issue, () => `${issue.code} ${issue.secrecy === 'confidential' ? '已设为保密' : '已解除保密'}`);
}

function previewWords({ code, secrecy, changed, sees, noLonger }: SecrecyPreview): string {
  const isRestricted = secrecy === 'confidential';
  const named = (people: SecrecyPreview['sees']) =>
    people.map(({ name, unit }) => (unit === '' ? name : `${name}（${unit}）`)).join('、');
  return [
    ...(changed === 'before' ? [`${code} ${isRestricted ? '已经保密' : '没有设为保密'}，不会有变化`] : []),
    `${code} ${isRestricted ? '设为保密' : '解除保密'}后，看得到的：${sees.length === 0 ? '只有督办办公室' : named(sees)}`,
    ...(noLonger.length === 0 ? [] : [`不再看得到的：${named(noLonger)}`]),
    isRestricted ? '邮件、打印件、链接页面和回执不写内容，只写编号、时限和链接' : '邮件写不写内容，仍看邮箱域名',
    '这只是预览，没有登记',
  ].join('\n');
}
