import { pageNumber } from '../../prisma/page-number.ts';
import type { Ledger } from '../../prisma/client.ts';
import { dayOf, type IsoInstant } from '../../workflows/rules/instants.ts';
import type { Secrecy, Told } from '../../workflows/rules/secrecy.ts';
import { type AnswerFactsOf, loadAnswerFacts } from './answer-facts.ts';
import { answerLetter } from './answer-letter.ts';
import type { Rendered } from './compose.ts';
import { digestOf, officeOf } from './digest.ts';
import { digestItems, type Line } from './digest-items.ts';
import type { DueRow } from './due-rows.ts';
import { type DutyFactsOf, loadDuties } from './duty-facts.ts';
import type { AddressedRow, MailPlan } from './gather.ts';
import type { HoursOf } from './hours.ts';
import type { MailMarks } from './keys.ts';
import { digestHtml, letterHtml } from './layout-html.ts';
import { digestPage, letterPage, type PageHead } from './layout-page.ts';
import { digestText, letterText } from './layout-text.ts';
import {
  acknowledgementLetter,
  acknowledgementThread,
  answerContent,
  type Channel,
  issueIdsOf,
  type Letter,
  type ThreadHeaders,
} from './letter.ts';
import { type Facts, loadFacts } from './line-facts.ts';
import { loadNotices, type Notice } from './notices.ts';
import type { Directory, Recipient } from './recipients.ts';
import type { SecrecyOf } from './secrecy.ts';

/** A mail's words and what its headers need. */
export interface Written extends Rendered {
  /** What it tells, and by which rule (保密). */
  readonly secrecy: Secrecy;
  /** The name beside our address. */
  readonly from: string;
  readonly lines: readonly { readonly rowKey: string; readonly code: string | null }[];
  readonly headers: ThreadHeaders;
}

/** Writes the mail of a plan with those of its lines that were taken. */
export type Writer = (plan: MailPlan, to: Recipient, keys: ReadonlySet<string>, marks: MailMarks) => Written;

export interface WriterInput {
  readonly now: IsoInstant;
  readonly publicUrl: string;
  readonly hoursOf: HoursOf;
  readonly directory: Directory;
  /** What this reader's mail may tell: asked once for each mail, before a word of it is written. */
  readonly secrecyOf: SecrecyOf;
}

/** Reads all that the mails of these plans may say; what is written from it later reads nothing more. */
export async function loadWriter(ledger: Ledger, plans: readonly MailPlan[], input: WriterInput): Promise<Writer> {
  const all = plans.flatMap(({ lines }) => lines.map(({ row }) => row));
  const issueIds = all.flatMap(issueIdsOf);
  const duties = all.filter(({ kind, issueId }) => kind === 'reminder' && issueId === null);
  const roundIds = duties.flatMap(({ roundId }) => roundId ?? []);
  const today = dayOf(input.now);
  const [facts, dutyOf, answerFactsOf, noticeOf] = await Promise.all([
    loadFacts(ledger, issueIds, today),
    loadDuties(ledger, roundIds, today),
    loadAnswerFacts(ledger, all),
    loadNotices(ledger, all),
  ]);
  return (plan, to, keys, marks) => {
    const lines = plan.lines.filter(({ row }) => keys.has(row.key));
    const secrecy = input.secrecyOf(to);
    const channel = to.address === null ? 'paper' : 'mail';
    const telling: Telling = { ...input, told: secrecy.told, channel, marks, facts, dutyOf, answerFactsOf, noticeOf };
    const words = plan.kind === 'reminder' ? digest(lines, to, telling) : letter(lines[0]!.row, to, telling);
    return { ...words, secrecy };
  };
}

/** What is known, and what of it this reader may be told. */
interface Telling extends WriterInput {
  readonly told: Told;
  readonly channel: Channel;
  readonly marks: MailMarks;
  readonly noticeOf: (row: DueRow) => Notice | undefined;
  readonly facts: Facts;
  readonly dutyOf: DutyFactsOf;
  readonly answerFactsOf: AnswerFactsOf;
}

type Words = Omit<Written, 'secrecy'>;

function digest(rows: readonly AddressedRow[], to: Recipient, telling: Telling): Words {
  const { now, publicUrl, directory, facts, told, channel, marks } = telling;
  const notices = rows.filter(({ row }) => row.kind === 'notice');
  const waiting = notices.flatMap(({ row }) => telling.noticeOf(row) ?? []);
  const lines = rows.filter(({ row }) => row.kind !== 'notice').map((row) => lineOf(row, to, telling));
  const items = digestItems(lines, {
    now,
    urlOf: (row) => `${publicUrl}/a/${marks.linkTokenOf(row.key)}`,
    told,
    facts,
    holders: (row, role) => directory.holderNames(row, role),
  });
  const words = digestOf(to.name, { items, notices: waiting }, { now, told, channel });
  const own = items.flatMap(({ lines: some, subject }) =>
    some.map(({ row }) => ({ rowKey: row.key, code: subject.code })),
  );
  return {
    subject: words.subject,
    text: digestText(words),
    html: channel === 'paper' ? digestPage(words, pageHead(to, telling)) : digestHtml(words),
    from: words.office,
    lines: [...own, ...notices.map(({ row }) => ({ rowKey: row.key, code: null }))],
    headers: { thread: `person/${to.id}` },
  };
}

function pageHead(to: Recipient, { marks, now }: Telling): PageHead {
  return { number: pageNumber(marks.id), to: to.name, unit: to.unit, on: dayOf(now) };
}

/** @throws Error when the ledger lacks what the row speaks of, which is a defect */
function lineOf(line: AddressedRow, to: Recipient, { told, facts, hoursOf, directory, dutyOf }: Telling): Line {
  const { row } = line;
  const holder = line.onBehalfOf.get(to.id);
  const reader = { told, capacity: holder === undefined ? 'inPerson' : 'standIn' } as const;
  const about = row.issueId === null ? ('duty' as const) : ('issue' as const);
  const [issueId, obligationId] = [row.issueId ?? '', row.obligationId ?? ''];
  const duty = about === 'duty' ? dutyOf(row.roundId ?? '', obligationId, told) : undefined;
  const subject = duty?.subject ?? facts.issue(issueId, told);
  const obligation = duty?.obligation ?? facts.obligation(issueId, row.cycle ?? 0, obligationId, reader);
  if (subject === undefined || obligation === undefined || row.role === null) {
    throw new Error(`row ${row.key} speaks of an issue or an obligation that the ledger does not have`);
  }
  return {
    row,
    role: row.role,
    subject,
    about,
    obligation,
    details: duty?.details ?? [],
    hours: hoursOf(row),
    onBehalfOf: holder === undefined ? null : (directory.person(holder)?.name ?? null),
  };
}

function letter(row: DueRow, to: Recipient, telling: Telling): Words {
  const { facts, publicUrl } = telling;
  const told = facts.told(issueIdsOf(row), telling.told);
  const issue = row.issueId === null ? undefined : facts.issue(row.issueId, told);
  const written = (words: Letter, headers: Words['headers']): Words => ({
    subject: words.subject,
    text: letterText(words),
    html: telling.channel === 'paper' ? letterPage(words, pageHead(to, telling)) : letterHtml(words),
    from: words.office,
    lines: [{ rowKey: row.key, code: issue?.code ?? null }],
    headers,
  });
  if (row.kind === 'acknowledgement') {
    return written(acknowledgementLetter(row, told, publicUrl), acknowledgementThread(row, to.id));
  }
  if (issue === undefined) throw new Error(`row ${row.key} answers about an issue that the ledger does not have`);
  return written(
    answerLetter(answerContent(row, told), {
      greeting: to.name,
      issue,
      facts: telling.answerFactsOf(row, told),
      hours: telling.hoursOf(row),
      nextDueOn: facts.nextDueOn(issue.id),
      evidenceDue: facts.evidenceDue(issue.id),
      publicUrl,
      office: officeOf([issue]),
      channel: telling.channel,
    }),
    { thread: `issue/${issue.id}` },
  );
}
