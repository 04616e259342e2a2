import { bundledCalendar } from '../../workflows/rules/state-council-2018-2026.ts';
import type { Calendar } from '../../workflows/rules/calendar.ts';
import { addDays, addMonths, type IsoDate } from '../../workflows/rules/instants.ts';
import type { Policy } from '../../workflows/rules/policy.ts';
import type { IssueKind } from '../../workflows/rules/terms.ts';
import type { NoticeIssue, NoticeReading } from '../notice-import/notice-reading.ts';
import { issueCode } from './code-prefix.ts';
import { deadlineInWords } from './measure-deadline.ts';

/** A measure (整改措施) as the round will hold it. */
export interface MeasureDraft {
  readonly number: number;
  readonly text: string;
  /** Inclusive. */
  readonly deadline: IsoDate;
  readonly deadlinePhrase: string;
}

/** A feedback issue (反馈问题) as the round will hold it. */
export interface IssueDraft {
  readonly number: number;
  readonly code: string;
  readonly title: string;
  readonly aspect: string;
  readonly groupTitle: string;
  readonly text: string;
  readonly kind: IssueKind;
  /** The latest deadline of its measures. */
  readonly firstDeadline: IsoDate;
  readonly deadlineNote: string;
  readonly measures: readonly MeasureDraft[];
}

export interface DraftOptions {
  readonly codePrefix: string;
  readonly feedbackOn: IsoDate;
  readonly policy: Policy;
  readonly calendar?: Calendar;
  /** Issues that stand in the round already, and of these how many bear the prefix; none for a new round. */
  readonly before?: { readonly issues: number; readonly ofPrefix: number };
}

/** 立行立改 and its like. */
const atOnce = /([立即边随]).\1[改行办纠]/u;

/**
 * The issues of a notice with their kinds and deadlines: a measure is due on the day its own words name, else at the
 * end of the concentrated period (集中整改期), and what is to be mended at once within the policy's days.
 */
export function issuesFrom(reading: NoticeReading, options: DraftOptions): IssueDraft[] {
  const aspects = new Map(reading.aspects.map(({ number, title }) => [number, title]));
  const { issues: before, ofPrefix } = options.before ?? { issues: 0, ofPrefix: 0 };
  return reading.issues.map((issue, index) => {
    const kind = kindOf(issue);
    const { deadline, note } = usualDeadline(kind, options);
    const measures = measuresOf(issue, deadline, options);
    const latest = measures.map((measure) => measure.deadline).reduce(later, measures[0]?.deadline ?? deadline);
    const worded = measures.find((measure) => measure.deadline === latest && measure.deadlinePhrase !== '');
    return {
      number: before + index + 1,
      code: issueCode(options.codePrefix, ofPrefix + index + 1, ofPrefix + reading.issues.length),
      title: issue.title,
      aspect: issue.aspect === null ? '' : (aspects.get(issue.aspect) ?? ''),
      groupTitle: issue.group ?? '',
      text: issue.text,
      kind,
      firstDeadline: latest,
      deadlineNote: worded ? `通报写明：措施${String(worded.number)}“${worded.deadlinePhrase}”` : note,
      measures,
    };
  });
}

/** 立行立改 counts only when the issue as a whole says so: in its title, or in every one of its measures. */
function kindOf({ longTerm, title, measures }: NoticeIssue): IssueKind {
  if (longTerm) return 'longTerm';
  const immediate = atOnce.test(title) || (measures.length > 0 && measures.every((text) => atOnce.test(text)));
  return immediate ? 'immediate' : 'ordinary';
}

function usualDeadline(kind: IssueKind, { feedbackOn, policy }: DraftOptions): { deadline: IsoDate; note: string } {
  if (kind === 'immediate') {
    return {
      deadline: addDays(feedbackOn, policy.immediateWithinDays),
      note: `立行立改：反馈后${String(policy.immediateWithinDays)}天内`,
    };
  }
  return {
    deadline: concentratedEnd(feedbackOn, policy),
    note: `通报没有写明时限，按集中整改期（反馈后${String(policy.concentratedMonths)}个月）的最后一天`,
  };
}

/** The last day of the concentrated period (集中整改期), inclusive. */
export function concentratedEnd(feedbackOn: IsoDate, { concentratedMonths }: Policy): IsoDate {
  return addMonths(feedbackOn, concentratedMonths);
}

function measuresOf({ measures }: NoticeIssue, deadline: IsoDate, options: DraftOptions): MeasureDraft[] {
  const { feedbackOn, calendar = bundledCalendar } = options;
  return measures.map((text, index) => {
    const worded = deadlineInWords(text, { calendar, feedbackOn });
    return { number: index + 1, text, deadline: worded?.on ?? deadline, deadlinePhrase: worded?.phrase ?? '' };
  });
}

function later(one: IsoDate, other: IsoDate): IsoDate {
  return one > other ? one : other;
}
