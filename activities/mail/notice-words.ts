import { pageNumber } from '../../prisma/page-number.ts';
import type { NoticeKind } from '../../prisma/plan-notices.ts';
import { inChinese } from '../../workflows/rules/instants.ts';
import type { Notice, WaitingAnswer } from './notices.ts';
import type { WaitingPage } from './pages.ts';

/** What waits for the office, by kind, as its mail of the day tells it. */
export interface NoticeSection {
  readonly heading: string;
  /** `2份打印件待送达`, for the subject. */
  readonly counted: string;
  readonly sentences: readonly string[];
  /** How it is dealt with, where the mail says nothing else. */
  readonly how: string;
  readonly why: string;
}

const kinds: Readonly<Record<NoticeKind, Omit<NoticeSection, 'counted' | 'sentences'> & { readonly of: string }>> = {
  page: {
    heading: '待打印送达',
    of: '份打印件待送达',
    how: '在概览页“待打印送达”打印，当面送达后登记；收件人的答复由您代录。',
    why: '收件人没有可用的邮箱，或邮件被拒收，提醒由督办办公室打印送达。',
  },
  answer: {
    heading: '来信待核',
    of: '封来信待核实',
    how: '在概览页“来信待核”打开来信，核实是否本人所写：是的，采纳；不是的，注明理由不予采纳。',
    why: '来信的发信地址或回信地址对不上，核实以前没有计入进展，由督办办公室决定。',
  },
};

/** Pages first; a kind of which there is none is left out. */
export function noticeSections(notices: readonly Notice[]): NoticeSection[] {
  return (Object.keys(kinds) as NoticeKind[]).flatMap((kind) => {
    const sentences = notices.flatMap(({ what }) => (what.kind === kind ? [sentenceOf(what)] : []));
    const { of, ...section } = kinds[kind];
    return sentences.length === 0 ? [] : [{ ...section, counted: `${String(sentences.length)}${of}`, sentences }];
  });
}

function sentenceOf(what: Notice['what']): string {
  return what.kind === 'page' ? pageSentence(what) : answerSentence(what);
}

/** By its number, as `print list` names it. */
function pageSentence({ id, person, unit, deliverBy }: WaitingPage): string {
  return `${person}${unit === '' ? '' : `（${unit}）`}的打印件 ${pageNumber(id)}，最迟${inChinese(deliverBy)}送达并登记`;
}

/** By its number, as `mails unverified` names it. */
function answerSentence({ id, from, cameOn }: WaitingAnswer): string {
  return `来信 ${pageNumber(id)}，发自${from === '' ? '不明地址' : from}，${inChinese(cameOn)}收到`;
}
