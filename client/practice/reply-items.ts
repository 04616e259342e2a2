import { addDays, dayOf, inChinese, type IsoDate, type IsoInstant } from '../../workflows/rules/instants.ts';
import type { ReplyItem } from './acts.ts';
import { chance, chosen } from './chance.ts';
import type { Duty } from './duties.ts';
import { about, type Staffing } from './habits.ts';
import { askingToLeave } from './sub-ledger-plan.ts';
import {
  acknowledgements,
  attestations,
  batchAnswers,
  deliveries,
  endorsements,
  evidenceBodies,
  extensionProgress,
  extensionReasons,
  itemReports,
  periodicReports,
  plans,
  progresses,
  progressReports,
  promises,
  statusAnswers,
  weeklyChecks,
} from './words.ts';

/** What a duty is answered with. To a mail about one thing it needs no code; among several, each line begins with its own. */
export function replyItem(
  duty: Duty,
  { seed, subLedgers }: Staffing,
  sentAt: IsoInstant,
  naming: 'alone' | 'amongOthers',
): ReplyItem {
  const { code, kind, measure, cycle, ordinal } = duty;
  const number = chance(seed, 'words', ...about(duty));
  const item = (text: string, attachments: ReplyItem['attachments'] = []): ReplyItem => ({
    duty: referenceTo(duty),
    text,
    attachments,
  });
  const oneOf = (words: readonly [string, ...string[]]) =>
    item(naming === 'alone' ? chosen(words, number) : `${code} ${chosen(words, number)}`);
  switch (kind) {
    case 'acknowledgement':
      return oneOf(acknowledgements);
    case 'attestation':
      return oneOf(attestations);
    case 'attestationEndorsement':
      return oneOf(endorsements);
    case 'statusAnswer':
      return oneOf(statusAnswers);
    case 'closureProposal':
      return item(`${code} 申请销号`);
    case 'itemReport':
      return item(`${code} ${chosen(itemReports, number)}${leavingWords(code, subLedgers, sentAt)}`);
    case 'evidence': {
      const what = measure ? `${code} 措施${String(measure)}` : code;
      const again = ordinal > 1 ? `（第${String(ordinal)}次报送）` : '';
      const title = `${what} 佐证材料${again}`;
      const text = `${title}\r\n第${String(cycle)}轮整改\r\n\r\n${chosen(evidenceBodies, number)}\r\n`;
      const said = chosen(deliveries, chance(seed, 'delivery', ...about(duty)));
      return item(`${what} ${said}`, [{ fileName: `${title}.txt`, text }]);
    }
    case 'supervisionBatch':
      return item(`${code} ${chosen(batchAnswers, number)}`);
    case 'weeklyCheck':
    case 'monthlyDispatch':
      return item(`${code} ${chosen(weeklyChecks, number)}`);
    case 'periodicDuty':
      return item(`${code} ${chosen(periodicReports, number)}`);
    case 'rectificationPlan':
      return item(`${code} ${chosen(plans, number)}`);
    case 'progressReport':
      return item(`${code} ${chosen(progressReports, number)}`);
    default:
      // Any words of the handler's count as the month's report, so those that are not the sheet ask as well.
      return subLedgers?.has(code)
        ? item(`${code} ${chosen(progresses, number)}${leavingWords(code, subLedgers, sentAt)}`)
        : oneOf(progresses);
  }
}

/** 申请延期: a month longer than the measure's deadline, which the mail does not say. */
export function extensionItem(duty: Duty, { seed }: Staffing): ReplyItem {
  const reason = chosen(extensionReasons, chance(seed, 'extension words', ...about(duty)));
  const progress = chosen(extensionProgress, chance(seed, 'extension progress', ...about(duty)));
  const text = `${whatOf(duty)} 申请延期1个月，理由：${reason}；进展：${progress}`;
  return { duty: referenceTo(duty), text, attachments: [] };
}

/** 承诺: a day in the week after next, counted from the mail. */
export function promiseItem(duty: Duty, { seed }: Staffing, sentAt: IsoInstant): ReplyItem {
  const day = inChinese(promisedDay(duty, seed, sentAt)).replace(/^\d+年|\(.*$/gu, '');
  const words = chosen(promises, chance(seed, 'promise words', ...about(duty)));
  return { duty: referenceTo(duty), text: `${whatOf(duty)} ${day}${words}`, attachments: [] };
}

export function promisedDay(duty: Duty, seed: string, sentAt: IsoInstant): IsoDate {
  return addDays(dayOf(sentAt), 9 + Math.floor(chance(seed, 'promised day', ...about(duty)) * 6));
}

function whatOf({ code, measure }: Duty): string {
  return measure ? `${code} 措施${String(measure)}` : code;
}

function leavingWords(code: string, subLedgers: Staffing['subLedgers'], sentAt: IsoInstant): string {
  const plan = subLedgers?.get(code);
  const leaving = plan === undefined ? 'all' : askingToLeave(plan, sentAt);
  if (leaving === 'all') return '其余条目已全部整治到位，全部提请出库。';
  if (leaving === 0) return '';
  return leaving === 1 ? '提请出库1号。' : `提请出库1至${String(leaving)}号。`;
}

export function referenceTo({ issueId, cycle, obligationId }: Duty): ReplyItem['duty'] {
  return { issueId, cycle, obligationId };
}
