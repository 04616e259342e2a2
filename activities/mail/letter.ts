import type { IssueFacts } from './line-facts.ts';
import type { Hours } from './hours.ts';
import { inChinese, type IsoDate } from '../../workflows/rules/instants.ts';

/** A mail about one thing: an answer to somebody, said but not yet laid out. */
export interface Letter {
  readonly subject: string;
  readonly headline: string;
  /** Empty where the words have one of their own. */
  readonly greeting: string;
  readonly paragraphs: readonly string[];
  readonly fields: readonly { readonly label: string; readonly text: string }[];
  readonly link: { readonly label: string; readonly url: string } | null;
  readonly closing: readonly string[];
  readonly office: string;
}

/** `content` of an answer row. */
export interface AnswerContent {
  readonly about: 'closureReturned' | 'closureApproved' | 'rebounded';
  readonly reason: string;
}

/** `content` of an acknowledgement row. */
export interface AcknowledgementContent {
  readonly subject: string;
  readonly text: string;
  readonly inReplyTo?: string;
  readonly references?: string | readonly string[];
}

export interface AnswerInput {
  readonly greeting: string;
  readonly issue: IssueFacts;
  readonly hours: Hours;
  readonly nextDueOn: IsoDate | undefined;
  readonly publicUrl: string;
  readonly office: string;
}

/** Tells the handler what became of his proposal or of the look-back. */
export function answerLetter({ about, reason }: AnswerContent, input: AnswerInput): Letter {
  const { greeting, issue, hours, nextDueOn, publicUrl, office } = input;
  const subject = (headline: string) =>
    `【整改督办】${headline.replaceAll('，', ',')} — ${issue.bodyName ?? issue.roundName}巡察整改`;
  const link = { label: `查看 ${issue.code}`, url: `${publicUrl}/issues/${issue.id}` };
  const item = `“${issue.code} ${issue.title}”`;
  const given = reason.trim() === '' ? '（未写明）' : reason.trim();
  const common = { greeting, link, office };
  const dueBy = (label: string, day: IsoDate | undefined) =>
    day === undefined ? [] : [{ label, text: inChinese(day) }];
  const headline = headlineOf(about, issue);
  switch (about) {
    case 'closureReturned':
      return {
        ...common,
        subject: subject(headline),
        headline,
        paragraphs: [`${item}的销号申请，经审核予以退回。`],
        fields: [{ label: '退回理由', text: given }, ...dueBy('补充时限', nextDueOn)],
        closing: ['请按理由补充材料，作附件直接回复本邮件；补齐后再回复“申请销号”。'],
      };
    case 'closureApproved': {
      const isLongTerm = issue.phase === 'longTerm';
      const { attestEveryMonths, lookBackAfterMonths } = hours.policy;
      return {
        ...common,
        subject: subject(headline),
        headline,
        paragraphs: [
          `${item}的销号申请，经审核同意${isLongTerm ? '，转入长期坚持' : '销号'}。`,
          isLongTerm
            ? `此后每${String(attestEveryMonths)}个月报一次坚持情况，到时会提前提醒您。`
            : `${String(lookBackAfterMonths)}个月后开展回头看。请保持整改成效，留存好佐证材料。`,
        ],
        fields: [],
        closing: ['本邮件无需回复。'],
      };
    }
    case 'rebounded':
      return {
        ...common,
        subject: subject(headline),
        headline,
        paragraphs: [`${item}经回头看，发现问题反弹，须重新整改。`],
        fields: [{ label: '发现情况', text: given }, ...dueBy('新的时限', issue.deadline)],
        closing: ['请按新的时限重新整改，佐证材料作附件直接回复本邮件。逾期提醒将同时告知责任领导。'],
      };
  }
}

function headlineOf(about: AnswerContent['about'], { code, phase }: IssueFacts): string {
  if (about === 'closureReturned') return `${code} 销号申请被退回，请补充材料`;
  if (about === 'rebounded') return `${code} 回头看发现反弹，请重新整改`;
  return phase === 'longTerm' ? `${code} 已同意，转入长期坚持` : `${code} 已同意销号`;
}

/** The acknowledgement of a reply; its words, greeting included, were written when the reply was handled. */
export function acknowledgementLetter({ subject, text }: AcknowledgementContent): Letter {
  return {
    subject,
    headline: '',
    greeting: '',
    paragraphs: text.trim().split(/\n{2,}/),
    fields: [],
    link: null,
    closing: [],
    office: '巡察整改督办办公室',
  };
}
