import { inChinese } from '../../workflows/rules/instants.ts';
import type { RequestPreview } from '../previews/request-preview.ts';
import { changesWords, listed } from './policy-words.ts';

/** What a request would do, as whoever asks reads it before he asks. */
export function requestPreviewWords(preview: RequestPreview): string {
  const { issue, phase, ends, moves, opens, lines, alsoEnds, undo, letter } = preview;
  const who = ({ persons, role }: RequestPreview['ends'][number]) => `${role}${persons.join('、')}`;
  return [
    `（预览，未写入）${issue}：${phase.before === phase.after ? `仍是“${phase.after}”` : `从“${phase.before}”到“${phase.after}”`}`,
    ...listed('不再要办 ', ends, (duty) => `${duty.what}（${who(duty)}，原定${inChinese(duty.dueOn)}）`),
    ...listed(
      '改期 ',
      moves,
      (duty) => `${duty.what}（${who(duty)}）：${inChinese(duty.wasDueOn)}→${inChinese(duty.dueOn)}`,
    ),
    ...listed('新的事项 ', opens, (duty) => `${duty.what}（${who(duty)}，${inChinese(duty.dueOn)}前）`),
    ...listed('一并结束 ', alsoEnds, (sentence) => sentence),
    ...changesWords('提醒', lines),
    undo === 'possible' ? '其后没有人办理以前，本人可以撤回（issue undo）。' : '办了以后不能撤回。',
    ...(letter === null ? [] : ['函件：', '', letter.title, letter.text]),
  ].join('\n');
}
