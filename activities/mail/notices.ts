import type { Ledger } from '../../prisma/client.ts';
import type { NoticeKind } from '../../prisma/plan-notices.ts';
import { dayOf, type IsoDate } from '../../workflows/rules/instants.ts';
import type { DueRow } from './due-rows.ts';
import { loadPages, type WaitingPage } from './pages.ts';

/** An answer whose writer the office has to be sure of first (来信核实). */
export interface WaitingAnswer {
  /** Of the mail that came in. */
  readonly id: string;
  /** Whom it was sent by, as it says. */
  readonly from: string;
  readonly cameOn: IsoDate;
}

/** What a line tells the office of, and about which round. */
export interface Notice {
  readonly roundName: string;
  /** Of a round with one body. */
  readonly bodyName: string | null;
  readonly what: ({ readonly kind: 'page' } & WaitingPage) | ({ readonly kind: 'answer' } & WaitingAnswer);
}

/** What the notices among these rows tell, in three statements at most; undefined for every other row. */
export async function loadNotices(
  ledger: Ledger,
  rows: readonly DueRow[],
): Promise<(row: DueRow) => Notice | undefined> {
  const notices = rows.filter(({ kind }) => kind === 'notice');
  if (notices.length === 0) return () => undefined;
  const idsOf = (of: NoticeKind) =>
    notices.flatMap(({ rungId, obligationId }) => (rungId === of ? (obligationId ?? []) : []));
  const [pages, answers, rounds] = await Promise.all([
    loadPages(ledger, idsOf('page')),
    loadAnswers(ledger, idsOf('answer')),
    ledger.round.findMany({
      where: { id: { in: notices.flatMap(({ roundId }) => roundId ?? []) } },
      select: { id: true, name: true, bodies: { select: { name: true }, take: 2 } },
    }),
  ]);
  const whatOf = ({ rungId, obligationId }: DueRow): Notice['what'] | undefined => {
    const [page, answer] = [pages.get(obligationId ?? ''), answers.get(obligationId ?? '')];
    if (rungId === 'page') return page && { kind: 'page', ...page };
    return answer && { kind: 'answer', ...answer };
  };
  return (row) => {
    const what = row.kind === 'notice' ? whatOf(row) : undefined;
    const round = rounds.find(({ id }) => id === row.roundId);
    if (round === undefined || what === undefined) return undefined;
    const bodyName = round.bodies.length === 1 ? round.bodies[0]!.name : null;
    return { roundName: round.name, bodyName, what };
  };
}

async function loadAnswers(ledger: Ledger, ids: readonly string[]): Promise<ReadonlyMap<string, WaitingAnswer>> {
  if (ids.length === 0) return new Map();
  const mails = await ledger.incomingMail.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, fromAddress: true, receivedAt: true },
  });
  return new Map(
    mails.map(({ id, fromAddress: from, receivedAt }) => [id, { id, from, cameOn: dayOf(receivedAt.toISOString()) }]),
  );
}
