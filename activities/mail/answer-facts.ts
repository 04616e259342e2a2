import type { Ledger } from '../../prisma/client.ts';
import type { FactOf, IssueFact, MovedMeasure } from '../../workflows/rules/events.ts';
import type { DueRow } from './due-rows.ts';

/** What an answer's letter tells of its event, beside the reason. */
export interface AnswerFacts {
  /** The event that is answered; undefined for an answer that follows from none. */
  readonly fact: IssueFact | undefined;
  /** What is known under the ids that the event names. */
  readonly evidence: ReadonlyMap<string, { readonly fileName: string; readonly measure: number | null }>;
  readonly items: ReadonlyMap<string, { readonly number: number; readonly name: string }>;
  /** The issue that this one was merged into. */
  readonly into: { readonly code: string; readonly title: string } | undefined;
  /** The proposal that was decided, and the step that was taken back. */
  readonly proposal: FactOf<'proposalRaised'> | undefined;
  readonly undone: IssueFact | undefined;
  /** Of an issue closed as basically done (基本完成): the measures that are left, with their days. */
  readonly remainder: readonly MovedMeasure[];
}

/** Reads what the letters of these answers tell; at most four statements, and none where there is no answer. */
export async function loadAnswerFacts(ledger: Ledger, rows: readonly DueRow[]): Promise<(row: DueRow) => AnswerFacts> {
  const answers = rows.filter(({ kind }) => kind === 'answer');
  const issueIds = [...new Set(answers.flatMap(({ issueId }) => issueId ?? []))];
  const events =
    issueIds.length === 0
      ? []
      : await ledger.issueEvent.findMany({
          where: { issueId: { in: issueIds }, by: { not: null } },
          orderBy: { sequence: 'asc' },
          select: { issueId: true, sequence: true, type: true, detail: true },
        });
  const facts = new Map(
    events.map(({ issueId, sequence, type, detail }) => [
      placeOf(issueId, sequence),
      { ...(detail as object), type } as IssueFact,
    ]),
  );
  const told = answers.flatMap((row) => facts.get(placeOf(row.issueId, sequenceOf(row))) ?? []);
  const [evidence, items, issues, proposals] = await Promise.all([
    evidenceOf(ledger, told),
    itemsOf(ledger, told),
    issuesOf(ledger, told),
    proposalsOf(ledger, told, issueIds),
  ]);
  const remainderOf = ({ issueId }: DueRow, before: number): AnswerFacts['remainder'] => {
    const proposed = events.findLast(
      (event) => event.issueId === issueId && event.type === 'closureProposed' && event.sequence < before,
    );
    return (proposed?.detail as { remainder?: readonly MovedMeasure[] } | undefined)?.remainder ?? [];
  };
  return (row) => {
    const fact = facts.get(placeOf(row.issueId, sequenceOf(row)));
    return {
      fact,
      evidence,
      items,
      into: fact?.type === 'mergedInto' ? issues.get(fact.issueId) : undefined,
      proposal: fact?.type === 'proposalDecided' ? proposals.get(placeOf(row.issueId, fact.proposalId)) : undefined,
      undone: fact?.type === 'undone' ? facts.get(placeOf(row.issueId, fact.undoneSequence)) : undefined,
      remainder: fact?.type === 'closureApproved' ? remainderOf(row, sequenceOf(row)) : [],
    };
  };
}

/** `issue/cycle/answer-7/handler`; NaN, which no event has, for a key of another form. */
function sequenceOf({ key }: DueRow): number {
  return Number(/\/answer-(\d+)\//.exec(key)?.[1]);
}

async function evidenceOf(ledger: Ledger, told: readonly IssueFact[]): Promise<AnswerFacts['evidence']> {
  const ids = told.flatMap((fact) => (fact.type === 'evidenceJudged' ? fact.returned : []));
  const select = { id: true, fileName: true, measure: true };
  const pieces = ids.length === 0 ? [] : await ledger.evidence.findMany({ where: { id: { in: ids } }, select });
  return new Map(pieces.map(({ id, ...piece }) => [id, piece]));
}

async function itemsOf(ledger: Ledger, told: readonly IssueFact[]): Promise<AnswerFacts['items']> {
  const ids = told.flatMap((fact) => (fact.type === 'itemsRechecked' ? fact.back : []));
  const select = { id: true, number: true, name: true };
  const items = ids.length === 0 ? [] : await ledger.ledgerItem.findMany({ where: { id: { in: ids } }, select });
  return new Map(items.map(({ id, ...item }) => [id, item]));
}

async function issuesOf(ledger: Ledger, told: readonly IssueFact[]) {
  const ids = told.flatMap((fact) => (fact.type === 'mergedInto' ? [fact.issueId] : []));
  const select = { id: true, code: true, title: true };
  const issues = ids.length === 0 ? [] : await ledger.issue.findMany({ where: { id: { in: ids } }, select });
  return new Map(issues.map(({ id, ...issue }) => [id, issue]));
}

/** By issue and proposal: ids of proposals are unique within an issue only. */
async function proposalsOf(ledger: Ledger, told: readonly IssueFact[], issueIds: readonly string[]) {
  if (!told.some(({ type }) => type === 'proposalDecided')) return new Map<string, FactOf<'proposalRaised'>>();
  const raised = await ledger.issueEvent.findMany({
    where: { issueId: { in: [...issueIds] }, type: 'proposalRaised' },
    select: { issueId: true, detail: true },
  });
  return new Map(
    raised.map(({ issueId, detail }) => {
      const fact = { ...(detail as object), type: 'proposalRaised' } as FactOf<'proposalRaised'>;
      return [placeOf(issueId, fact.proposalId), fact];
    }),
  );
}

function placeOf(issueId: string | null, place: number | string): string {
  return `${issueId ?? ''}/${String(place)}`;
}
