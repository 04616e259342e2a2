import type { RoundStatus } from '../reading/index.ts';
import type { Rehearsal } from '../rehearsal/rehearsal.ts';
import type { LaunchNote, Missing } from '../rounds/missing-for-launch.ts';
import type { Instance } from './instance.ts';
import type { Output } from './output.ts';
import { rehearsalWords } from './rehearse.ts';

/** `round launch ROUND`: hands every issue out and starts following it; with `--preview` says what is missing, or what would come of it. */
export async function roundLaunch(
  output: Output,
  instance: Instance,
  round: string,
  { firstMail, preview }: { firstMail: 'inHours' | 'now'; preview?: true },
): Promise<void> {
  if (preview === true) return launchPreview(output, instance, round);
  const status = await instance.put<RoundStatus>(['rounds', round, 'launch'], { json: { firstMail } });
  const when = firstMail === 'now' ? '交办邮件立即发出' : '交办邮件在工作日发信时间发出';
  output.answer(status, () => `已交办“${status.name}”：${String(status.issues)} 个问题，${when}`);
}

/** What is missing, or whom the first day's mails go to and what a silent round would bring (预演); changes nothing. */
async function launchPreview(output: Output, instance: Instance, round: string): Promise<void> {
  const missing = await instance.get<Missing[]>(['rounds', round, 'missing']);
  const notes = await instance.get<LaunchNote[]>(['rounds', round, 'notes']);
  const rehearsal = missing.length > 0 ? null : await instance.get<Rehearsal>(['rounds', round, 'rehearsal']);
  const first = rehearsal?.perDay[0];
  output.answer({ written: 'preview', missing, notes, rehearsal }, () =>
    [
      '（预览，未交办）',
      ...(missing.length > 0 ? ['还缺：', ...missing.map(({ message }) => `  ${message}`)] : []),
      ...notes.map(({ message }) => `请留意：${message}`),
      ...(first === undefined
        ? []
        : [
            `首日 ${first.day}：${String(first.mails)} 封邮件、${String(first.lines)} 行；交办以后不能撤回，只能逐项撤销`,
          ]),
      ...(rehearsal === null ? [] : [rehearsalWords(rehearsal)]),
    ].join('\n'),
  );
}
