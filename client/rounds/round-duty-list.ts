import type { Ledger } from '../../prisma/client.ts';
import { businessNow } from '../../prisma/business-time.ts';
import { toIsoDate } from '../../prisma/days.ts';
import { dayOf, type IsoDate } from '../../workflows/rules/instants.ts';
import { roleNames } from '../../workflows/rules/names.ts';
import type { Role } from '../../workflows/rules/policy.ts';
import { dutyCode, dutyOfCode } from '../../workflows/rules/round/duty-code.ts';
import type { RoundScope } from '../../workflows/rules/round/events.ts';
import { bodyIdOf, subjectsOf } from '../../workflows/rules/round/scope.ts';
import { readDutiesAhead } from '../reading/duties-ahead.ts';
import { readRoleHolders } from '../reading/role-holders.ts';
import { RefusedError } from '../refused-error.ts';
import { type ListedComment, listComments } from './comment-list.ts';

/** Something that a round owes (周检查、月调度、督办事项 …), in one row. */
export interface ListedDuty {
  /** `GM-周检3`; empty before it opens. */
  readonly code: string;
  readonly obligationId: string;
  readonly kind: string;
  readonly title: string;
  readonly role: Role;
  readonly roleName: string;
  /** 责任部门, of a supervision batch. */
  readonly unit: string | null;
  /** The inspected body whose own matter it is; null where it is the whole round's. */
  readonly body: string | null;
  /** Codes of the issues it is about. */
  readonly issues: readonly string[];
  /** Who owes it now. */
  readonly people: readonly string[];
  /** The day it opened on, or will open on. */
  readonly openedOn: IsoDate;
  readonly dueOn: IsoDate;
  readonly overdue: 'yes' | 'no';
  /** `coming`: it will open by itself. `corrected`: it was owed in a form that was told wrongly (更正); what is owed instead is another duty. */
  readonly state: 'coming' | 'open' | 'met' | 'lapsed' | 'corrected';
  readonly closedOn: IsoDate | null;
  readonly closedBy: string | null;
  /** The comment of the public (群众意见) that waits for its answer. */
  readonly commentId: string | null;
  readonly comment: ListedComment | null;
  /** The incoming mail with the report, or `file/<sha256>` of its text. */
  readonly noteId: string | null;
}

/** What the round owes, by its day; `all` shows what is closed as well, `ahead` what opens next of each kind. */
export async function listRoundDuties(
  ledger: Ledger,
  roundId: string,
  which: 'open' | 'all' | 'ahead',
): Promise<ListedDuty[]> {
  const round = await ledger.round.findUniqueOrThrow({
    where: { id: roundId },
    select: {
      clockId: true,
      codePrefix: true,
      issues: { select: { id: true, code: true } },
      bodies: { select: { id: true, name: true } },
    },
  });
  const now = await businessNow(ledger, round.clockId);
  const [rows, ahead, holders, comments, events] = await Promise.all([
    ledger.roundObligation.findMany({
      where: { roundId, ...(which !== 'all' && { closedAt: null }) },
      orderBy: [{ dueOn: 'asc' }, { openedAt: 'asc' }, { id: 'asc' }],
    }),
    which === 'open' ? [] : readDutiesAhead(ledger, roundId),
    readRoleHolders(ledger, [{ id: roundId, now }]),
    listComments(ledger, roundId),
    which !== 'all' ? [] : ledger.roundEvent.findMany({ where: { roundId, type: { in: closingTypes } } }),
  ]);
  const codes = new Map(round.issues.map(({ id, code }) => [id, code]));
  const closings = new Map(events.map((event) => [event.sequence, event]));
  /** What a duty is and whose, whether it is owed already or not. */
  const named = (id: string, { kind, title, role, scope }: Owed) => {
    const { unit = null, issueIds = [], commentId = null } = scope;
    const people = subjectsOf(scope).flatMap(({ heldFor, measure }) =>
      holders.holding(roundId, heldFor, role, measure),
    );
    return {
      ...{ code: dutyCode(round.codePrefix, id), obligationId: id, kind, title, role, roleName: roleNames[role] },
      ...{ unit, commentId },
      comment: comments.find((one) => one.commentId === commentId) ?? null,
      body: round.bodies.find(({ id: body }) => body === bodyIdOf(scope))?.name ?? null,
      issues: issueIds.map((issueId) => codes.get(issueId) ?? issueId),
      people: [...new Set(people.map(({ name }) => name))],
    };
  };
  // Which number of its kind it will be, is certain only when it opens.
  const coming = ahead.map(({ at, duty: { obligationId, dueOn, scope = {}, ...duty } }): ListedDuty => ({
    ...named(obligationId, { ...duty, scope }),
    ...{ code: '', obligationId: '', openedOn: dayOf(at), dueOn, overdue: 'no', state: 'coming' },
    ...{ closedOn: null, closedBy: null, noteId: null },
  }));
  const owed = rows.map(({ id, openedAt, dueOn, closedAt, closedBy, scope, ...duty }): ListedDuty => {
    const closing = closings.get(closedBy ?? 0);
    const { noteId = null } = (closing?.detail ?? {}) as { noteId?: string };
    const due = toIsoDate(dueOn);
    return {
      ...named(id, { ...duty, scope: (scope ?? {}) as RoundScope }),
      openedOn: dayOf(openedAt.toISOString()),
      dueOn: due,
      overdue: due < dayOf(closedAt?.toISOString() ?? now) ? 'yes' : 'no',
      state: closedAt === null ? 'open' : (endedOtherwise[closing?.type ?? ''] ?? 'met'),
      closedOn: closedAt && dayOf(closedAt.toISOString()),
      closedBy: closing?.by == null ? null : (holders.person(closing.by)?.name ?? closing.by),
      noteId,
    };
  });
  return [...owed, ...coming];
}

/** What of a duty says what it is. */
interface Owed {
  readonly kind: string;
  readonly title: string;
  readonly role: Role;
  readonly scope: RoundScope;
}

/** The events that close a duty. */
const closingTypes = [
  'obligationLapsed',
  'dutyReported',
  'planDecided',
  'batchCorrected',
  'commentCorrected',
  'commentAnswered',
  'lookBacksDrawn',
  'evaluated',
];

/** Those of them that do not meet it. */
const endedOtherwise: Readonly<Record<string, 'lapsed' | 'corrected' | undefined>> = {
  obligationLapsed: 'lapsed',
  batchCorrected: 'corrected',
  commentCorrected: 'corrected',
};

/**
 * The duty that people mean by its code, with or without the round's prefix (`GM-周检3`, `周检3`), or by its id.
 *
 * @throws RefusedError `UnknownDuty`
 */
export async function findRoundDuty(ledger: Ledger, roundId: string, ref: string) {
  const { codePrefix } = await ledger.round.findUniqueOrThrow({ where: { id: roundId }, select: { codePrefix: true } });
  const named = dutyOfCode(ref);
  const isOfRound = named && ['', codePrefix.toUpperCase()].includes(named.codePrefix);
  const found = await ledger.roundObligation.findFirst({
    where: { roundId, id: { in: [ref.trim(), ...(isOfRound ? [named.obligationId] : [])] } },
  });
  if (found === null) throw new RefusedError('UnknownDuty', `本轮没有“${ref.trim()}”这一事项，请看 round duties`);
  return found;
}

/** A comment by its id, or by the duty to answer it (`GM-意见1`). @throws RefusedError `UnknownDuty`, `NoSuchComment` */
export async function findComment(ledger: Ledger, roundId: string, ref: string): Promise<string> {
  const known = await ledger.publicComment.findFirst({ where: { roundId, id: ref }, select: { id: true } });
  if (known !== null) return known.id;
  const { scope } = await findRoundDuty(ledger, roundId, ref);
  const { commentId } = (scope ?? {}) as RoundScope;
  if (commentId === undefined) throw new RefusedError('NoSuchComment', `“${ref}”不是待答复的群众意见`);
  return commentId;
}
