import { businessNow } from '../../prisma/business-time.ts';
import type { Ledger } from '../../prisma/client.ts';
import { fromIsoDate, toIsoDate } from '../../prisma/days.ts';
import { dayOf, type IsoDate, type IsoInstant } from '../../workflows/rules/instants.ts';
import type { ObligationKind, Role } from '../../workflows/rules/policy.ts';
import type { RoundScope } from '../../workflows/rules/round/events.ts';
import { issueTold, measureTold } from '../../workflows/rules/secrecy.ts';
import { answerableUntil } from '../incoming-mail/answer-window.ts';
import { tokenHashOf } from '../incoming-mail/reply-address.ts';
import { storedIssue } from '../reading/stored.ts';
import { holdsLine } from './holds-line.ts';
import { type LinkState, linkStateOf } from './link-state.ts';

/** What a line of a mail was about, and how it stands with it now. */
export interface LinkedLine {
  readonly mailId: string;
  readonly clockId: string;
  readonly personId: string;
  readonly personName: string;
  readonly issueId: string;
  readonly cycle: number;
  readonly code: string;
  /** Null for a reader whose mail told no words of the finding (保密). */
  readonly title: string | null;
  readonly kind: ObligationKind | null;
  /** Of the measures that stood in the item, those that are still owed; 0 is the issue itself. */
  readonly measures: readonly { readonly number: number; readonly text: string | null }[];
  /** Null once it is no longer owed. */
  readonly dueOn: IsoDate | null;
  /** The next line if nobody acts. */
  readonly next: { readonly on: IsoDate; readonly letter: string; readonly role: Role | null } | null;
  readonly now: IsoInstant;
  readonly state: LinkState;
}

/** A link to a duty of the round: its page only says where it is dealt with. */
export interface LinkedDuty {
  readonly roundId: string;
  readonly title: string;
  readonly dueOn: IsoDate;
  readonly owed: 'open' | 'closed';
}

export type Linked =
  | { readonly about: 'issue'; readonly line: LinkedLine }
  | { readonly about: 'duty'; readonly duty: LinkedDuty }
  | { readonly about: 'nothing' };

const tokenPattern = /^[a-z2-7]{26}$/;

/** What the link with this token is about, as things stand now. Reads, and changes nothing. */
export async function findLinked(ledger: Ledger, token: string): Promise<Linked> {
  const delivery = tokenPattern.test(token) ? await deliveryOf(ledger, token) : null;
  if (!delivery) return { about: 'nothing' };
  const { roundId, issueId, obligationId } = delivery.row;
  if (issueId !== null) return lineOf(ledger, delivery, issueId);
  const duty =
    roundId === null || obligationId === null
      ? null
      : await ledger.roundObligation.findUnique({ where: { roundId_id: { roundId, id: obligationId } } });
  if (!duty) return { about: 'nothing' };
  const { dueOn, closedAt, scope } = duty;
  const issueIds = (scope as RoundScope | null)?.issueIds ?? [];
  const confidential = await ledger.issue.count({ where: { id: { in: [...issueIds] }, secrecy: 'confidential' } });
  const told = issueTold(delivery.mail.told, confidential > 0 ? 'confidential' : 'ordinary');
  const title = told === 'words' ? duty.title : '轮次督办事项'; // 保密: its mail had no title either
  const owed = closedAt === null ? 'open' : 'closed';
  return { about: 'duty', duty: { roundId: duty.roundId, title, dueOn: toIsoDate(dueOn), owed } };
}

type LinkedDelivery = NonNullable<Awaited<ReturnType<typeof deliveryOf>>>;

function deliveryOf(ledger: Ledger, token: string) {
  return ledger.delivery.findUnique({
    where: { linkHash: tokenHashOf(token) },
    select: {
      onBehalfOf: true,
      row: true,
      mail: {
        select: {
          id: true,
          clockId: true,
          told: true,
          personId: true,
          person: { select: { name: true } },
          lines: { select: { row: { select: { issueId: true, cycle: true, obligationId: true, role: true } } } },
        },
      },
    },
  });
}

async function lineOf(ledger: Ledger, { row, mail, onBehalfOf }: LinkedDelivery, issueId: string): Promise<Linked> {
  const { personId } = mail;
  const [now, issue] = await Promise.all([
    businessNow(ledger, mail.clockId),
    ledger.issue.findUnique({ where: { id: issueId }, include: { measures: true } }),
  ]);
  const stored = issue === null ? undefined : storedIssue(issue);
  if (!issue || stored === undefined) return { about: 'nothing' };
  const { progress } = stored;
  const told = issueTold(mail.told, issue.secrecy);
  const isOfCycle = (row.cycle ?? progress.cycle) === progress.cycle;
  const owed = isOfCycle ? progress.obligations.find(({ id }) => id === row.obligationId) : undefined;
  const together = new Set(
    mail.lines
      .map((line) => line.row)
      .filter((one) => one.issueId === issueId && one.cycle === row.cycle && one.role === row.role)
      .map((one) => one.obligationId),
  );
  const item =
    owed === undefined
      ? []
      : progress.obligations.filter(
          ({ id, kind, dueOn, role }) =>
            together.has(id) && kind === owed.kind && dueOn === owed.dueOn && role === owed.role,
        );
  const capacity = onBehalfOf === null ? 'inPerson' : 'standIn';
  const measures = item.flatMap(({ measure }) => {
    if (measure === undefined) return [];
    const known = issue.measures.find(({ number }) => number === measure);
    const tells = measureTold(told, known?.kind ?? null, capacity) === 'words';
    return [{ number: measure, text: tells ? (known?.text ?? null) : null }];
  });
  const held = await holdsLine(ledger, {
    issueId,
    roundId: issue.roundId,
    personId,
    role: row.role,
    measures: measures.map(({ number }) => number),
    onBehalfOf,
    now,
  });
  const state = linkStateOf({
    stance: owed === undefined || owed.role === row.role ? 'owes' : 'informed',
    kind: owed?.kind ?? 'checkIn',
    owed: owed === undefined ? 'closed' : 'open',
    held,
    until: await answerableUntil(ledger, mail.id),
    now,
  });
  const next =
    owed === undefined
      ? null
      : await nextLine(ledger, { issueId, cycle: progress.cycle, obligationId: owed.id }, dayOf(now));
  return {
    about: 'issue',
    line: {
      mailId: mail.id,
      clockId: mail.clockId,
      personId,
      personName: mail.person.name,
      issueId,
      cycle: progress.cycle,
      code: issue.code,
      title: told === 'words' ? issue.title : null,
      kind: owed?.kind ?? null,
      measures,
      dueOn: owed?.dueOn ?? null,
      next,
      now,
      state,
    },
  };
}

async function nextLine(
  ledger: Ledger,
  place: { issueId: string; cycle: number; obligationId: string },
  today: IsoDate,
) {
  const row = await ledger.outboxRow.findFirst({
    where: { ...place, kind: 'reminder', state: 'planned', plannedOn: { gt: fromIsoDate(today) } },
    orderBy: [{ plannedOn: 'asc' }, { role: 'asc' }],
  });
  return row === null ? null : { on: toIsoDate(row.plannedOn), letter: row.letter, role: row.role };
}
