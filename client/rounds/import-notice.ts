import type { Ledger } from '../../prisma/client.ts';
import { toIsoDate } from '../../prisma/days.ts';
import type { Calendar } from '../../workflows/rules/calendar.ts';
import type { IsoDate } from '../../workflows/rules/instants.ts';
import type { Policy } from '../../workflows/rules/policy.ts';
import type { Mechanism } from '../mechanism/mechanism.ts';
import type { NoticeReading } from '../notice-import/notice-reading.ts';
import { RefusedError } from '../refused-error.ts';
import { bodyNamed, type NamedBody, sameName } from './body-names.ts';
import { codePrefixOf, codeRanges } from './code-prefix.ts';
import { lockDraft } from './draft.ts';
import { issueIdOf, issueRows } from './issue-rows.ts';
import { numberedIn, prefixesOf } from './issue-range.ts';
import { mechanismRows, problemNotes } from './mechanism-rows.ts';
import { fitPrefix, takenPrefixes } from './prefixes.ts';
import { kindNotes } from './measure-kind.ts';
import { type IssueDraft, issuesFrom } from './round-draft.ts';

/** A further notice for a round that is a draft still: another body's, or another feedback's. */
export interface NoticeAdded {
  readonly roundId: string;
  readonly reading: NoticeReading;
  readonly mechanism: Mechanism;
  readonly fileName: string;
  /** The body (被巡察单位); the one of the same name as the notice's when it is not given. */
  readonly body?: string | undefined;
  /** 反馈来源; the notice's own when it names exactly one. */
  readonly source?: string | undefined;
  /** The body's own when it has one, else taken from the file's name. */
  readonly codePrefix?: string | undefined;
  readonly feedbackOn?: IsoDate | undefined;
}

export interface NoticeImported {
  readonly roundId: string;
  readonly body: string;
  readonly source: string;
  readonly feedbackOn: IsoDate;
  /** In the order of the notice. */
  readonly codes: readonly string[];
  readonly measures: number;
  /** What the office should look at before it launches. */
  readonly notes: readonly string[];
}

/**
 * Reads a further notice into a draft, in one transaction. Numbers and codes go on where the round's end, so that they
 * stay unique and without gaps; the round's policy and calendar hold for it, and what is not known is asked, not guessed.
 *
 * @throws RefusedError `NoIssues`, `BodyMissing`, `UnknownBody`, `AmbiguousBody`, `SourceMissing`, `CodeMissing`,
 *   `CodeTaken`, `CodeUnfit`, `FeedbackMissing`, `AlreadyImported`, `UnknownRound`, `Launched`
 */
export async function importNotice(ledger: Ledger, notice: NoticeAdded): Promise<NoticeImported> {
  const { roundId, reading, mechanism, fileName } = notice;
  if (reading.issues.length === 0) throw new RefusedError('NoIssues', `${fileName} 里没有读到反馈问题`);
  return ledger.$transaction(async (tx) => {
    await lockDraft(tx, roundId, '再导入通报');
    const round = await tx.round.findUniqueOrThrow({ where: { id: roundId } });
    const bodies = await tx.body.findMany({ where: { roundId }, orderBy: { id: 'asc' } });
    const issues = await tx.issue.findMany({ where: { roundId }, select: present, orderBy: { number: 'asc' } });
    const body = bodyOf(notice, bodies);
    const source = sourceOf(notice);
    const codePrefix = prefixOf(notice, { body, issues, taken: await takenPrefixes(tx, round.clockId) });
    const feedback = feedbackOf(notice, round.feedbackOn);
    const policy = await tx.policyVersion.findUniqueOrThrow({
      where: { roundId_version: { roundId, version: round.policyVersion } },
    });
    const calendar = await tx.calendarVersion.findUniqueOrThrow({ where: { version: round.calendarVersion } });
    const drafts = issuesFrom(reading, {
      codePrefix,
      feedbackOn: feedback.on,
      policy: policy.body as unknown as Policy,
      calendar: calendar.body as unknown as Calendar,
      before: beforeOf(issues, codePrefix),
    });
    requireNew(drafts, issues, body);
    const offset = drafts[0]!.number - 1;
    const rows = [
      ...issueRows(tx, { roundId, drafts, bodyIdOf: () => body.id, source }),
      ...mechanismRows(tx, { mechanism, issueIdOf: (number) => issueIdOf(roundId, offset + number) }),
    ];
    for (const row of rows) await row;
    return {
      roundId,
      body: body.name,
      source,
      feedbackOn: feedback.on,
      codes: drafts.map(({ code }) => code),
      measures: drafts.reduce((sum, { measures }) => sum + measures.length, 0),
      notes: [
        ...problemNotes([...reading.problems, ...mechanism.problems]),
        ...feedback.notes,
        ...(round.clockId === 'real' ? kindNotes(drafts) : []),
        ...(source === '' ? ['通报没有写明反馈来源，可用 round sources put 补记'] : []),
      ],
    };
  });
}

const present = { number: true, code: true, title: true, text: true, bodyId: true } as const;

interface Present {
  readonly number: number;
  readonly code: string;
  readonly title: string;
  readonly text: string;
  readonly bodyId: string | null;
}

function bodyOf({ body, reading }: NoticeAdded, bodies: readonly NamedBody[]): NamedBody {
  if (body !== undefined) return bodyNamed(body, bodies);
  const written = reading.round.bodyName;
  const same = bodies.find(({ name }) => written !== null && sameName(name, written));
  if (same) return same;
  const names = bodies.map(({ name }) => name).join('、');
  const said = written === null ? '通报没有写明被巡察单位' : `通报写的是“${written}”，本轮没有这个单位`;
  throw new RefusedError('BodyMissing', `${said}：请用 --body 写明是${names}中的哪个，或先用 round bodies add 增加`);
}

function sourceOf({ source, mechanism }: NoticeAdded): string {
  if (source !== undefined) return source.trim();
  const [first, ...others] = mechanism.sources.map(({ title }) => title);
  if (others.length === 0) return first ?? '';
  const named = [first, ...others].join('、');
  throw new RefusedError('SourceMissing', `通报写了几个反馈来源（${named}）：请用 --source 写明这份属于哪个`);
}

interface Numbering {
  readonly body: NamedBody;
  readonly issues: readonly Present[];
  readonly taken: readonly { readonly roundId: string; readonly prefix: string }[];
}

/** A body's issues go on with its own prefix; a new one must be nobody else's, in this round or another. */
function prefixOf({ roundId, codePrefix, fileName }: NoticeAdded, { body, issues, taken }: Numbering): string {
  const own = prefixesOf(issues.filter(({ bodyId }) => bodyId === body.id));
  if (codePrefix === undefined && own.length > 1)
    throw new RefusedError(
      'CodeMissing',
      `“${body.name}”的问题有几种编号（${own.join('、')}）：请用 --code 写明用哪种`,
    );
  const wanted = fitPrefix(codePrefix ?? own[0] ?? codePrefixOf(fileName));
  if (own.includes(wanted)) return wanted;
  if (taken.some((one) => one.prefix === wanted && one.roundId !== roundId))
    throw new RefusedError('CodeTaken', `已有轮次用了编号前缀 ${wanted}，请用 --code 另取一个`);
  const inUse = issues.find(({ code }) => numberedIn(code)[0] === wanted);
  if (inUse === undefined) return wanted;
  throw new RefusedError(
    'CodeTaken',
    `编号前缀 ${wanted} 是本轮其他单位的（如 ${inUse.code}），请用 --code 给“${body.name}”另取一个`,
  );
}

function feedbackOf(
  { feedbackOn, reading }: NoticeAdded,
  ofRound: Date | null,
): { readonly on: IsoDate; readonly notes: readonly string[] } {
  const on = feedbackOn ?? reading.round.feedbackOn;
  const rounds = ofRound === null ? null : toIsoDate(ofRound);
  if (on !== null) {
    const notes =
      rounds === null || rounds === on ? [] : [`这份通报的反馈日是 ${on}，本轮是 ${rounds}；时限各按各的反馈日算`];
    return { on, notes };
  }
  if (rounds === null) throw new RefusedError('FeedbackMissing', '通报和本轮都没有写明反馈日：请用 --feedback 写明');
  return { on: rounds, notes: [`通报没有写明反馈日，按本轮的反馈日 ${rounds} 算`] };
}

function beforeOf(issues: readonly Present[], prefix: string): { issues: number; ofPrefix: number } {
  const most = (numbers: readonly number[]) => numbers.reduce((one, other) => Math.max(one, other), 0);
  return {
    issues: most(issues.map(({ number }) => number)),
    ofPrefix: most(issues.flatMap(({ code }) => (numberedIn(code)[0] === prefix ? [numberedIn(code)[1]] : []))),
  };
}

/** The same notice once more would have everybody work on everything twice. */
function requireNew(drafts: readonly IssueDraft[], standing: readonly Present[], body: NamedBody): void {
  const twins = drafts.flatMap((draft) =>
    standing.filter(({ title, text }) => title === draft.title && text === draft.text).slice(0, 1),
  );
  if (twins.length < drafts.length && twins.every(({ bodyId }) => bodyId !== body.id)) return;
  const codes = codeRanges(twins.map(({ code }) => code));
  throw new RefusedError('AlreadyImported', `这份通报的问题与本轮 ${codes}一字不差，是不是已经导入过？`);
}
