import type { AnsweredEvent } from '../../workflows/rules/answers.ts';

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

/** `content` of an answer row; `handoverWished` goes to the office, about a handler's own mail (转交). */
export interface AnswerContent {
  readonly about: AnsweredEvent | 'handoverWished';
  readonly reason: string;
}

/** `content` of an acknowledgement row. */
export interface AcknowledgementContent {
  readonly subject: string;
  readonly text: string;
  readonly inReplyTo?: string;
  readonly references?: string | readonly string[];
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
