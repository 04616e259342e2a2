import type { AnsweredEvent } from '../../workflows/rules/answers.ts';
import type { Told } from '../../workflows/rules/secrecy.ts';
import type { DueRow } from './due-rows.ts';
import type { ThreadName } from './thread.ts';
import { codeOnlyNotice } from './words.ts';

/** How somebody is written to: by mail, or on a page that is brought to him. */
export type Channel = 'mail' | 'paper';

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
  /** Null for a reader who may not be told it by mail (保密). */
  readonly reason: string | null;
}

/** `content` of an acknowledgement row. */
export interface AcknowledgementContent {
  readonly subject: string;
  readonly text: string;
  readonly inReplyTo?: string;
  readonly references?: string | readonly string[];
  readonly issueIds?: readonly string[];
  /** The same for a reader who may get code, day and link only; each item has its page. Missing in rows of before. */
  readonly codeOnly?: {
    readonly opening: string;
    readonly items: readonly { readonly code: string; readonly lines: readonly string[]; readonly page: string }[];
    readonly closing: readonly string[];
  };
}

/** The issues that a row is about: its own, or those that an acknowledgement answers for. */
export function issueIdsOf({ issueId, content }: Pick<DueRow, 'issueId' | 'content'>): readonly string[] {
  return issueId === null ? ((content as AcknowledgementContent | null)?.issueIds ?? []) : [issueId];
}

/** What a row of the outbox says; the one place that reads it, for it knows what its reader may be told. */
export function answerContent({ content }: DueRow, told: Told): AnswerContent {
  const { about, reason } = content as AnswerContent;
  return { about, reason: told === 'words' ? reason : null };
}

/** The acknowledgement of a reply; its words, greeting included, were written when the reply was handled. */
export function acknowledgementLetter({ content }: DueRow, told: Told, publicUrl: string): Letter {
  const { subject, text, codeOnly } = content as AcknowledgementContent;
  const letter = { headline: '', greeting: '', fields: [], link: null, office: '巡察整改督办办公室' };
  if (told === 'words') return { ...letter, subject, paragraphs: text.trim().split(/\n{2,}/), closing: [] };
  const { opening = '来信已收到并存档。', items = [], closing = [] } = codeOnly ?? {};
  const blocks = items.map(({ code, lines, page }) =>
    [code, ...[...lines, `查看：${publicUrl}${page}`].map((line) => `　· ${line}`)].join('\n'),
  );
  return {
    ...letter,
    // What he wrote himself may stand in his subject; the thread is held together by its headers.
    subject: `Re: 【整改督办】来信回执${items.length === 0 ? '' : `(${items[0]!.code}${items.length > 1 ? ' 等' : ''})`}`,
    paragraphs: [opening, ...blocks, ...(blocks.length === 0 ? [`查看：${publicUrl}`] : [])],
    closing: [codeOnlyNotice, ...closing],
  };
}

/** Which thread a mail stands in, and whose mail it answers in it (RFC 5322 §3.6.4). */
export interface ThreadHeaders {
  readonly thread: ThreadName;
  readonly inReplyTo?: string;
  readonly references?: readonly string[];
}

/**
 * An acknowledgement about one issue stands in the issue's thread, by what it answers alone: what that answered in turn, the
 * reminder of a day, would tie this thread to the person's. One about several stands where he wrote.
 */
export function acknowledgementThread({ content }: DueRow, personId: string): ThreadHeaders {
  const { inReplyTo, references, issueIds = [] } = content as AcknowledgementContent;
  const thread = typeof references === 'string' ? references.split(/\s+/) : (references ?? []);
  const known = thread.filter((one) => one !== '');
  const isAnswer = inReplyTo !== undefined && inReplyTo !== '';
  const answered = isAnswer ? [inReplyTo] : [];
  const [issueId, ...furtherIds] = issueIds;
  const place: Pick<ThreadHeaders, 'thread' | 'references'> =
    issueId !== undefined && furtherIds.length === 0
      ? { thread: `issue/${issueId}`, references: answered }
      : { thread: `person/${personId}`, references: [...known, ...answered] };
  return { ...place, ...(isAnswer && { inReplyTo }) };
}
