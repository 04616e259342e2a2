import type { Ledger } from '../../prisma/client.ts';
import type { Said } from '../../workflows/messages.ts';
import type { Obligation } from '../../workflows/rules/events.ts';
import type { IsoDate, IsoInstant } from '../../workflows/rules/instants.ts';
import { phaseNames, punishmentNames, roleNames } from '../../workflows/rules/names.ts';
import type { IssueProgress } from '../../workflows/rules/progress.ts';
import type { RequestRule } from '../../workflows/rules/refusal.ts';
import { type IssueRequest, type IssueRequestName, requestRules } from '../../workflows/rules/requests/index.ts';
import type { RoundScope } from '../../workflows/rules/round/events.ts';
import { mayAct } from '../acting/may-act.ts';
import { comingAfter } from '../adoption/coming-lines.ts';
import { changesBetween, type LineChanges } from '../adoption/line-changes.ts';
import { readRunning } from '../adoption/running.ts';
import { decisionLetterText } from '../letters/decision-letter.ts';
import type { LetterText } from '../letters/letter-text.ts';
import { readRoleHolders } from '../reading/role-holders.ts';
import { obligationWords } from '../reading/words.ts';
import { RefusedError, requireNoRefusal } from '../refused-error.ts';

/** Something owed, as a preview names it. */
interface DutyPreview {
  readonly obligationId: string;
  /** `措施2佐证`. */
  readonly what: string;
  readonly role: string;
  readonly persons: readonly string[];
  readonly dueOn: IsoDate;
}

/** What a request would do to an issue; nothing of it has been done. */
export interface RequestPreview {
  readonly written: 'preview';
  readonly issue: string;
  readonly phase: { readonly before: string; readonly after: string };
  readonly ends: readonly DutyPreview[];
  /** The same duty, due on another day. */
  readonly moves: readonly (DutyPreview & { readonly wasDueOn: IsoDate })[];
  readonly opens: readonly DutyPreview[];
  /** Reminders that have still to leave. */
  readonly lines: LineChanges;
  /** What is pending at the issue and goes with it, each a sentence. */
  readonly alsoEnds: readonly string[];
  /** Whether whoever does it may take it back while nobody has acted on it. */
  readonly undo: 'possible' | 'impossible';
  /** The letter (函件) that would be issued, word for word; null when there is none. */
  readonly letter: Pick<LetterText, 'title' | 'text'> | null;
}

/**
 * Asks the issue's own rules what would come of a request, and writes nothing.
 *
 * @throws RefusedError as the request itself would be refused, and `Ended`
 */
export async function previewRequest<Name extends IssueRequestName>(
  ledger: Ledger,
  name: Name,
  issueId: string,
  request: Said & IssueRequest<Name>,
): Promise<RequestPreview> {
  const { roundId } = await ledger.issue.findUniqueOrThrow({ where: { id: issueId }, select: { roundId: true } });
  const [round] = await readRunning(ledger, { roundId, issueId });
  const [issue] = round?.issues ?? [];
  if (round === undefined || issue === undefined)
    throw new RefusedError('Ended', '这个问题已经归档、撤销或并入，或尚未交办');
  await mayAct(ledger, name, { issueId, roundId, now: round.now, ...request });
  const rule = requestRules[name] as RequestRule<object>;
  requireNoRefusal(rule.refusals({ ...issue, now: round.now }, request));
  const { progress: then, before, after } = comingAfter(round, issue, { rule, request });
  const holders = await readRoleHolders(ledger, [{ id: roundId, now: round.now }]);
  const duty = ({ id, kind, measure, role, dueOn }: Obligation): DutyPreview => ({
    obligationId: id,
    what: obligationWords(kind, measure),
    role: roleNames[role],
    persons: holders.holding(roundId, issueId, role, measure).map(({ name: person }) => person),
    dueOn,
  });
  const stood = new Map(issue.progress.obligations.map((one) => [one.id, one]));
  const stands = new Set(then.obligations.map(({ id }) => id));
  return {
    written: 'preview',
    issue: issue.code,
    phase: { before: phaseNames[issue.progress.phase], after: phaseNames[then.phase] },
    ends: issue.progress.obligations.filter(({ id }) => !stands.has(id)).map(duty),
    moves: then.obligations.flatMap((one) => {
      const was = stood.get(one.id)?.dueOn;
      return was === undefined || was === one.dueOn ? [] : [{ ...duty(one), wasDueOn: was }];
    }),
    opens: then.obligations.filter(({ id }) => !stood.has(id)).map(duty),
    lines: changesBetween(before, after),
    alsoEnds: [...pendingThat(issue.progress, then), ...(await batchesThat(ledger, roundId, issueId, then))],
    undo: then.undoable?.sequence === issue.progress.sequence + 1 ? 'possible' : 'impossible',
    letter: await letterOf(ledger, issueId, request as object, { cycle: issue.progress.cycle, at: round.now }),
  };
}

/** Of a proposal (提请) that is taken up. */
async function letterOf(
  ledger: Ledger,
  issueId: string,
  request: Partial<IssueRequest<'decideProposal'>>,
  when: { readonly cycle: number; readonly at: IsoInstant },
): Promise<RequestPreview['letter']> {
  const { proposalId, decision, reason = '' } = request;
  if (proposalId === undefined || decision !== 'accepted') return null;
  const letter = await decisionLetterText(ledger, issueId, { proposalId, reason, ...when });
  return letter === undefined ? null : { title: letter.title, text: letter.text };
}

/** What is pending before and not after. */
function pendingThat(before: IssueProgress, after: IssueProgress): string[] {
  const isGone = (pending: (progress: IssueProgress) => unknown) =>
    pending(before) !== undefined && pending(after) === undefined;
  const ended = after.phase !== before.phase && after.obligations.length === 0;
  const items = (before.items ?? []).filter(({ state }) => state !== 'left').length;
  return [
    ...before.proposals
      .filter(({ id }) => after.proposals.every((one) => one.id !== id))
      .map(({ measure }) => `待决定的${punishmentNames[measure]}`),
    ...(ended && before.extension !== undefined ? [`待决定的延期申请（至${before.extension.until}）`] : []),
    ...(ended && before.dispute !== undefined ? ['待核实的异议'] : []),
    ...(isGone(({ commitment }) => commitment) ? [`对${before.commitment?.until ?? ''}的承诺`] : []),
    ...(ended && items > 0 ? [`${String(items)} 个还在库的子台账条目`] : []),
  ];
}

/** Open supervision batches (督办批次) that name an issue which is to end. */
async function batchesThat(
  ledger: Ledger,
  roundId: string,
  issueId: string,
  { phase }: IssueProgress,
): Promise<string[]> {
  if (phase !== 'withdrawn' && phase !== 'merged') return [];
  const open = await ledger.roundObligation.findMany({
    where: { roundId, kind: 'supervisionBatch', closedAt: null },
    select: { title: true, scope: true },
    orderBy: { id: 'asc' },
  });
  return open.flatMap(({ title, scope }) =>
    ((scope ?? {}) as RoundScope).issueIds?.includes(issueId) === true ? [`“${title}”里的这一项`] : [],
  );
}
