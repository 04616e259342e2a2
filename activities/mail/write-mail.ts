import type { Ledger } from '../../prisma/client.ts';
import { dayOf, type IsoInstant } from '../../workflows/rules/instants.ts';
import { type AnswerFacts, loadAnswerFacts } from './answer-facts.ts';
import { answerLetter } from './answer-letter.ts';
import type { Rendered } from './compose.ts';
import { digestOf, officeOf } from './digest.ts';
import { digestItems, type Line } from './digest-items.ts';
import type { DueRow } from './due-rows.ts';
import { type DutyFactsOf, loadDuties } from './duty-facts.ts';
import type { AddressedRow, MailPlan } from './gather.ts';
import type { HoursOf } from './hours.ts';
import { digestHtml, letterHtml } from './layout-html.ts';
import { digestText, letterText } from './layout-text.ts';
import { type AcknowledgementContent, acknowledgementLetter, type AnswerContent, type Letter } from './letter.ts';
import { type Facts, loadFacts } from './line-facts.ts';
import type { Directory, Recipient } from './recipients.ts';

/** A mail's words and what its headers need. */
export interface Written extends Rendered {
  /** The name beside our address. */
  readonly from: string;
  readonly lines: readonly { readonly rowKey: string; readonly code: string | null }[];
  readonly headers: { readonly inReplyTo?: string; readonly references?: readonly string[] };
}

/** Writes the mail of a plan with those of its lines that were taken. */
export type Writer = (plan: MailPlan, to: Recipient, keys: ReadonlySet<string>) => Written;

export interface WriterInput {
  readonly now: IsoInstant;
  readonly publicUrl: string;
  readonly hoursOf: HoursOf;
  readonly directory: Directory;
}

/** Reads all that the mails of these plans may say; what is written from it later reads nothing more. */
export async function loadWriter(ledger: Ledger, plans: readonly MailPlan[], input: WriterInput): Promise<Writer> {
  const all = plans.flatMap(({ lines }) => lines.map(({ row }) => row));
  const issueIds = all.flatMap(({ issueId }) => issueId ?? []);
  const duties = all.filter(({ kind, issueId }) => kind === 'reminder' && issueId === null);
  const roundIds = duties.flatMap(({ roundId }) => roundId ?? []);
  const today = dayOf(input.now);
  const [facts, dutyOf, answerFactsOf] = await Promise.all([
    loadFacts(ledger, issueIds, today),
    loadDuties(ledger, roundIds, today),
    loadAnswerFacts(ledger, all),
  ]);
  return (plan, to, keys) => {
    const lines = plan.lines.filter(({ row }) => keys.has(row.key));
    if (plan.kind === 'reminder') return digest(lines, to, facts, { ...input, dutyOf });
    return letter(lines[0]!.row, to, facts, { ...input, answerFactsOf });
  };
}

type DigestInput = WriterInput & { readonly dutyOf: DutyFactsOf };

function digest(rows: readonly AddressedRow[], to: Recipient, facts: Facts, input: DigestInput): Written {
  const lines = rows.map((row) => lineOf(row, to, facts, input));
  const { now, publicUrl, directory } = input;
  const items = digestItems(lines, {
    now,
    publicUrl,
    facts,
    holders: (row, role) => directory.holderNames(row, role),
  });
  const words = digestOf(to.name, items, now);
  return {
    subject: words.subject,
    text: digestText(words),
    html: digestHtml(words),
    from: words.office,
    lines: items.flatMap(({ lines: own, subject }) => own.map(({ row }) => ({ rowKey: row.key, code: subject.code }))),
    headers: {},
  };
}

/** @throws Error when the ledger lacks what the row speaks of, which is a defect */
function lineOf(line: AddressedRow, to: Recipient, facts: Facts, { hoursOf, directory, dutyOf }: DigestInput): Line {
  const { row } = line;
  const about = row.issueId === null ? ('duty' as const) : ('issue' as const);
  const duty = about === 'duty' ? dutyOf(row.roundId ?? '', row.obligationId ?? '') : undefined;
  const subject = duty?.subject ?? facts.issue(row.issueId ?? '');
  const obligation = duty?.obligation ?? facts.obligation(row.issueId ?? '', row.cycle ?? 0, row.obligationId ?? '');
  if (subject === undefined || obligation === undefined || row.role === null) {
    throw new Error(`row ${row.key} speaks of an issue or an obligation that the ledger does not have`);
  }
  const holder = line.onBehalfOf.get(to.id);
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

function letter(
  row: DueRow,
  to: Recipient,
  facts: Facts,
  input: WriterInput & { readonly answerFactsOf: (row: DueRow) => AnswerFacts },
): Written {
  const issue = row.issueId === null ? undefined : facts.issue(row.issueId);
  const written = (words: Letter, headers: Written['headers']): Written => ({
    subject: words.subject,
    text: letterText(words),
    html: letterHtml(words),
    from: words.office,
    lines: [{ rowKey: row.key, code: issue?.code ?? null }],
    headers,
  });
  if (row.kind === 'acknowledgement') {
    const content = row.content as AcknowledgementContent;
    return written(acknowledgementLetter(content), threadOf(content));
  }
  if (issue === undefined) throw new Error(`row ${row.key} answers about an issue that the ledger does not have`);
  return written(
    answerLetter(row.content as AnswerContent, {
      greeting: to.name,
      issue,
      facts: input.answerFactsOf(row),
      hours: input.hoursOf(row),
      nextDueOn: facts.nextDueOn(issue.id),
      publicUrl: input.publicUrl,
      office: officeOf([issue]),
    }),
    {},
  );
}

function threadOf({ inReplyTo, references }: AcknowledgementContent): Written['headers'] {
  const thread = typeof references === 'string' ? references.split(/\s+/) : (references ?? []);
  const known = thread.filter((one) => one !== '');
  return {
    ...(inReplyTo !== undefined && inReplyTo !== '' && { inReplyTo }),
    ...(known.length > 0 && { references: known }),
  };
}
