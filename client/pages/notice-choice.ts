import { isIsoDate } from '../../workflows/rules/instants.ts';
import { isIssueLevel } from '../notice-import/issue-level.ts';
import type { IssueLevel } from '../notice-import/notice-reading.ts';

/** What stands on the page of a notice beside the notice itself; it travels in the address, and in the form that makes the round. */
export const noticeFields = ['fileName', 'level', 'name', 'bodyName', 'feedbackOn', 'codePrefix'] as const;

/** A notice that was uploaded, and what the office has chosen about it so far; nothing has been made of it. */
export interface NoticeChoice {
  readonly sha256: string;
  readonly fileName: string;
  /** The level of the issues, where the office has chosen one. */
  readonly level?: IssueLevel | undefined;
  readonly name?: string | undefined;
  readonly bodyName?: string | undefined;
  readonly feedbackOn?: string | undefined;
  readonly codePrefix?: string | undefined;
}

/** A level at which the issues may stand, and what it would give. */
export interface LevelOffered {
  readonly level: IssueLevel;
  readonly issues: number;
  readonly measures: number;
}

/** Reads what the address or the form says; what is empty, or is no day and no level, has not been chosen. */
export function noticeChoice({
  sha256,
  ...said
}: { readonly sha256: string } & Readonly<
  Partial<Record<(typeof noticeFields)[number], string | undefined>>
>): NoticeChoice {
  const given = (field: (typeof noticeFields)[number]) => (said[field] === '' ? undefined : said[field]);
  const { level = '', feedbackOn = '' } = said;
  return {
    sha256,
    fileName: given('fileName') ?? '通报',
    level: isIssueLevel(level) ? level : undefined,
    ...{ name: given('name'), bodyName: given('bodyName') },
    feedbackOn: isIsoDate(feedbackOn) ? feedbackOn : undefined,
    codePrefix: given('codePrefix'),
  };
}

/** The address of the notice's page with one more choice made: following it writes nothing. */
export function noticePath(choice: NoticeChoice, chosen: Partial<NoticeChoice> = {}): string {
  const { sha256, ...all } = { ...choice, ...chosen };
  const query = new URLSearchParams();
  for (const field of noticeFields) {
    const words = all[field];
    if (words !== undefined) query.set(field, words);
  }
  return `/notices/${sha256}?${query.toString()}`;
}
