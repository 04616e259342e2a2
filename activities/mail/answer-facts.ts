import type { Ledger } from '../../prisma/client.ts';
import type { FactOf, IssueFact, MovedMeasure } from '../../workflows/rules/events.ts';
import { type IssueSecrecy, issueTold, type Told } from '../../workflows/rules/secrecy.ts';
import type { DueRow } from './due-rows.ts';

/** What an answer's letter tells of its event, beside the reason. Names and titles are null for a reader who may not be told them. */
export interface AnswerFacts {
  /** The event that is answered; undefined for an answer that follows from none. */
  readonly fact: IssueFact | undefined;
  /** What is known under the ids that the event names. */
  readonly evidence: ReadonlyMap<string, { readonly fileName: string | null; readonly measure: number | null }>;
  readonly items: ReadonlyMap<string, { readonly number: number; readonly name: string | null }>;
  /** The issue that this one was merged into. */
  readonly into: { readonly code: string; readonly title: string | null } | undefined;
  /** The proposal that was decided, and the step that was taken back. */
  readonly proposal: FactOf<'proposalRaised'> | undefined;
  readonly undone: IssueFact | undefined;
  /** Of an issue closed as basically done (基本完成): the measures that are left, with their days. */
  readonly remainder: readonly MovedMeasure[];
}

export type AnswerFactsOf = (row: DueRow, told: Told) => AnswerFacts;

/** Reads what the letters of these answers tell; at most four statements, and none where there is no answer. */
export async function loadAnswerFacts(ledger: Ledger, rows: readonly DueRow[]): Promise<AnswerFactsOf> {
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
  return (row, told) => {
    const known = facts.get(placeOf(row.issueId, sequenceOf(row)));
    const fact = known && (told === 'words' ? known : withoutSpeech(known));
    const into = fact?.type === 'mergedInto' ? issues.get(fact.issueId) : undefined;
    const words = (text: string) => (told === 'words' ? text : null);
    return {
      fact,
      evidence: changed(evidence, (piece) => ({ ...piece, fileName: words(piece.fileName) })),
      items: changed(items, (item) => ({ ...item, name: words(item.name) })),
      into: into && { code: into.code, title: issueTold(told, into.secrecy) === 'words' ? into.title : null },
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

/** The event without what somebody wrote in it. */
function withoutSpeech(fact: IssueFact): IssueFact {
  return Object.fromEntries(
    Object.entries(fact).map(([name, value]) => [name, speech.has(name) ? '' : (value as unknown)]),
  ) as unknown as IssueFact;
}

const speech: ReadonlySet<string> = new Set(['reason', 'finding', 'progress', 'authority']);

function changed<Value, Other>(map: ReadonlyMap<string, Value>, change: (value: Value) => Other): Map<string, Other> {
  return new Map([...map].map(([key, value]) => [key, change(value)]));
}

async function evidenceOf(ledger: Ledger, told: readonly IssueFact[]) {
  const ids = told.flatMap((fact) => (fact.type === 'evidenceJudged' ? fact.returned : []));
  const select = { id: true, fileName: true, measure: true };
  const pieces = ids.length === 0 ? [] : await ledger.evidence.findMany({ where: { id: { in: ids } }, select });
  return new Map(pieces.map(({ id, ...piece }) => [id, piece]));
}

async function itemsOf(ledger: Ledger, told: readonly IssueFact[]) {
  const ids = told.flatMap((fact) => (fact.type === 'itemsRechecked' ? fact.back : []));
  const select = { id: true, number: true, name: true };
  const items = ids.length === 0 ? [] : await ledger.ledgerItem.findMany({ where: { id: { in: ids } }, select });
  return new Map(items.map(({ id, ...item }) => [id, item]));
}

async function issuesOf(ledger: Ledger, told: readonly IssueFact[]) {
  const ids = told.flatMap((fact) => (fact.type === 'mergedInto' ? [fact.issueId] : []));
  const select = { id: true, code: true, title: true, secrecy: true } as const;
  const issues: { id: string; code: string; title: string; secrecy: IssueSecrecy }[] =
    ids.length === 0 ? [] : await ledger.issue.findMany({ where: { id: { in: ids } }, select });
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
