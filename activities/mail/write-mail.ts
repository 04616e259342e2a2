import type { Ledger } from '../../prisma/client.ts';
import { dayOf, type IsoInstant } from '../../workflows/rules/instants.ts';
import type { Rendered } from './compose.ts';
import { digestOf, officeOf } from './digest.ts';
import { digestItems, type Line } from './digest-items.ts';
import type { DueRow } from './due-rows.ts';
import type { MailPlan } from './gather.ts';
import type { Hours } from './hours.ts';
import { digestHtml, letterHtml } from './layout-html.ts';
import { digestText, letterText } from './layout-text.ts';
import {
  type AcknowledgementContent,
  acknowledgementLetter,
  type AnswerContent,
  answerLetter,
  type Letter,
} from './letter.ts';
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
  readonly hoursOf: (issueId: string | null) => Hours;
  readonly directory: Directory;
}

/** Reads all that the mails of these plans may say; what is written from it later reads nothing more. */
export async function loadWriter(ledger: Ledger, plans: readonly MailPlan[], input: WriterInput): Promise<Writer> {
  const issueIds = plans.flatMap(({ lines }) => lines.flatMap(({ row }) => row.issueId ?? []));
  const facts = await loadFacts(ledger, issueIds, dayOf(input.now));
  return (plan, to, keys) => {
    const rows = plan.lines.flatMap(({ row }) => (keys.has(row.key) ? [row] : []));
    return plan.kind === 'reminder' ? digest(rows, to, facts, input) : letter(rows[0]!, to, facts, input);
  };
}

function digest(rows: readonly DueRow[], to: Recipient, facts: Facts, input: WriterInput): Written {
  const lines = rows.map((row) => lineOf(row, facts, input));
  const { now, publicUrl, directory } = input;
  const items = digestItems(lines, {
    now,
    publicUrl,
    facts,
    holders: (issue, role) => directory.holderNames(issue.roundId, issue.id, role),
  });
  const words = digestOf(to.name, items, now);
  return {
    subject: words.subject,
    text: digestText(words),
    html: digestHtml(words),
    from: words.office,
    lines: items.flatMap(({ lines: own, issue }) => own.map(({ row }) => ({ rowKey: row.key, code: issue.code }))),
    headers: {},
  };
}

/** @throws Error when the ledger lacks what the row speaks of, which is a defect */
function lineOf(row: DueRow, facts: Facts, { hoursOf }: WriterInput): Line {
  const issue = facts.issue(row.issueId ?? '');
  const obligation = facts.obligation(row.issueId ?? '', row.cycle ?? 0, row.obligationId ?? '');
  if (issue === undefined || obligation === undefined || row.role === null) {
    throw new Error(`row ${row.key} speaks of an issue or an obligation that the ledger does not have`);
  }
  return { row, role: row.role, issue, obligation, hours: hoursOf(row.issueId) };
}

function letter(row: DueRow, to: Recipient, facts: Facts, input: WriterInput): Written {
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
      hours: input.hoursOf(row.issueId),
      nextDueOn: facts.nextDueOn(issue.id),
      publicUrl: input.publicUrl,
      office: officeOf([{ issue }]),
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
