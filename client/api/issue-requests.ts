import { z } from 'zod';
import type { CarriedMeasure } from '../../workflows/rules/events.ts';
import { phaseNames } from '../../workflows/rules/names.ts';
import { hasEnded, type IssueProgress } from '../../workflows/rules/progress.ts';
import type { IssueRequest, IssueRequestName } from '../../workflows/rules/requests/index.ts';
import { personCorrection } from '../acting/recorded-words.ts';
import { findIssueId } from '../reading/index.ts';
import { MisuseError } from '../misuse-error.ts';
import { requireEarlier } from '../recurrence/links.ts';
import { RefusedError } from '../refused-error.ts';
import { itemsMade, itemsNamed, keepWords, type RequestContext } from './request-context.ts';
import { day } from './requests.ts';

/** What comes with a decision of its own round or ledger rows beside it: these have doors of their own. */
type OwnDoor = 'handOver' | 'changeUnit' | 'adoptPolicy' | 'adoptCalendar' | 'settleLookBackDraw' | 'decideClosure';

export type GeneralRequestName = Exclude<IssueRequestName, OwnDoor>;

/** How a request is written down as JSON, and what it becomes for the workflow. */
export interface RequestDoor<Name extends GeneralRequestName> {
  readonly schema: z.ZodType;
  /** @throws ZodError, RefusedError when it names what is not there */
  readonly read: (context: RequestContext, body: unknown) => Promise<IssueRequest<Name>>;
}

const reason = z.string();
const words = z.string().trim().min(1, '没有写内容').max(20_000);
const number = z.number().int().min(0);
const ids = z.array(z.string().min(1)).default([]);
/** Days by the measure they belong to. */
const measureDays = z.array(z.strictObject({ measure: number, deadline: day }));
/** Which measure of the other issue takes on which of a merged one. */
const carried = z.array(z.strictObject({ measure: number, into: number })).default([]);

function door<Name extends GeneralRequestName, Body>(
  schema: z.ZodType<Body>,
  become: (body: Body, context: RequestContext) => IssueRequest<Name> | Promise<IssueRequest<Name>>,
): RequestDoor<Name> {
  return { schema, read: async (context, body) => become(schema.parse(body), context) };
}

/** The request is its body. */
function plain<Name extends GeneralRequestName>(schema: z.ZodType<IssueRequest<Name>>): RequestDoor<Name> {
  return door<Name, IssueRequest<Name>>(schema, (body) => body);
}

const onlyReason = z.strictObject({ reason });

/** All that can be asked through `POST /issues/:ref/requests/:name`. */
export const requestDoors: { readonly [Name in GeneralRequestName]: RequestDoor<Name> } = {
  proposeClosure: door(
    z.strictObject({
      outcome: z.enum(['done', 'basicallyDone', 'longTerm']).optional(),
      remainder: measureDays.optional(),
    }),
    ({ outcome, remainder }) => ({ ...(outcome && { outcome }), ...(remainder && { remainder }) }),
  ),
  withdrawProposal: plain(onlyReason),
  noteSatisfaction: door(
    z.strictObject({ satisfaction: z.enum(['satisfied', 'basicallySatisfied', 'unsatisfied']), text: words }),
    async ({ satisfaction, text }, context) => ({ satisfaction, noteId: await keepWords(context, text) }),
  ),
  judgeEvidence: plain(z.strictObject({ accepted: ids, returned: ids, reason: reason.default('') })),
  correctEvidence: plain(z.strictObject({ evidenceId: z.string().min(1), measure: number.nullable(), reason })),
  correctPerson: door(z.strictObject({ what: words, person: words, reason }), async (body, { ledger, issueId }) =>
    personCorrection(ledger, issueId, body),
  ),
  requestExtension: plain(
    z.strictObject({ until: day, measures: z.array(number).default([]), reason, progress: z.string() }),
  ),
  decideExtension: plain(z.strictObject({ decision: z.enum(['granted', 'refused']), reason })),
  correctDeadline: plain(z.strictObject({ measures: measureDays, reason })),
  suspendIssue: plain(
    z.strictObject({
      kind: z.enum(['transferred', 'litigation', 'disaster', 'otherAuthority']),
      authority: z.string().default(''),
      reason,
    }),
  ),
  resumeIssue: plain(onlyReason),
  reviewSuspension: plain(z.strictObject({ finding: z.string() })),
  enterItems: door(
    z.strictObject({
      /** New ones. */
      items: z.array(z.strictObject({ name: words, note: z.string().optional() })).default([]),
      /** Ones that stand in the ledger and are not in yet. */
      known: ids,
    }),
    async ({ items, known }, context) => ({
      itemIds: [...(await itemsNamed(context, known)), ...(items.length > 0 ? await itemsMade(context, items) : [])],
    }),
  ),
  moveItems: door(
    z.strictObject({ items: ids, to: z.enum(['inWork', 'askedToLeave']) }),
    async ({ items, to }, context) => ({ itemIds: await itemsNamed(context, items), to }),
  ),
  recheckItems: door(z.strictObject({ left: ids, back: ids, finding: z.string() }), async (body, context) => ({
    left: await itemsNamed(context, body.left),
    back: await itemsNamed(context, body.back),
    finding: body.finding,
  })),
  decideProposal: plain(
    z.strictObject({ proposalId: z.string().min(1), decision: z.enum(['accepted', 'declined']), reason: words }),
  ),
  disputeFinding: plain(onlyReason),
  decideDispute: plain(z.strictObject({ decision: z.enum(['upheld', 'rejected']), reason })),
  withdrawIssue: plain(onlyReason),
  mergeInto: door(z.strictObject({ issue: words, reason, carried }), async (body, context) => {
    const issueId = await mergeTarget(context, body.issue, body.carried);
    return { issueId, reason: body.reason, carried: body.carried };
  }),
  askStatus: door(z.strictObject({ text: words }), async ({ text }, context) => ({
    noteId: await keepWords(context, text),
  })),
  endorseAttestation: plain(z.strictObject({})),
  endLongTerm: plain(onlyReason),
  recordLookBack: door(
    z.strictObject({
      finding: words,
      partly: z.literal('partly').optional(),
      rebound: day.optional(),
    }),
    ({ finding, partly, rebound }) => {
      if (partly !== undefined && rebound !== undefined) throw new MisuseError('部分巩固与反弹只能写一个');
      return { finding, ...(partly && { partly }), ...(rebound !== undefined && { rebound: { deadline: rebound } }) };
    },
  ),
  confirmRecurrence: door(z.strictObject({ earlierIssue: words }), async ({ earlierIssue }, { ledger, issueId }) => {
    const earlierIssueId = await findIssueId(ledger, earlierIssue);
    await requireEarlier(ledger, issueId, earlierIssueId);
    return { earlierIssueId };
  }),
  undoLastStep: plain(onlyReason),
};

/**
 * The issue that goes on with what is merged into it: of the same round, and still followed, or both would be lost.
 *
 * @throws RefusedError `UnknownIssue`, `OtherRound`, `MergeTargetEnded`
 */
async function mergeTarget(
  { ledger, issueId }: RequestContext,
  ref: string,
  carried: readonly CarriedMeasure[],
): Promise<string> {
  const other = await findIssueId(ledger, ref);
  const issues = await ledger.issue.findMany({
    where: { id: { in: [issueId, other] } },
    select: {
      ...{ id: true, roundId: true, code: true, phase: true, progress: true },
      measures: { where: { number: { gt: 0 } }, select: { number: true }, orderBy: { number: 'asc' } },
    },
  });
  if (new Set(issues.map(({ roundId }) => roundId)).size > 1)
    throw new RefusedError('OtherRound', '只能并入同一轮次的问题');
  const target = issues.find(({ id }) => id === other)!;
  if (hasEnded(target))
    throw new RefusedError(
      'MergeTargetEnded',
      `${target.code}现在是“${phaseNames[target.phase]}”，不能并入；请选仍在办的问题`,
    );
  const { measures = [] } = (target.progress ?? {}) as Partial<IssueProgress>;
  const done = measures.filter(({ evidence }) => evidence.some(({ state }) => state === 'accepted'));
  const full = carried.filter(({ into }) => done.some(({ number: one }) => one === into)).map(({ into }) => into);
  const isClosing = carried.length > 0 && target.phase !== 'assignment' && target.phase !== 'rectification';
  if (isClosing || full.length > 0)
    throw new RefusedError(
      'MergeTargetDone',
      isClosing
        ? `${target.code}现在是“${phaseNames[target.phase]}”，承接不了没有办结的措施；请选还在整改的问题`
        : `${target.code}的措施${[...new Set(full)].join('、')}已经办结，承接不了；请选还没有办结的措施`,
    );
  const numbers = target.measures.map(({ number }) => number);
  const unknown = carried.map(({ into }) => into).filter((into) => into !== 0 && !numbers.includes(into));
  if (unknown.length > 0)
    throw new RefusedError(
      'UnknownMeasure',
      `${target.code}没有措施${[...new Set(unknown)].join('、')}，承接不了；${numbers.length === 0 ? '它没有逐条措施，承接的写 0' : `它有措施${numbers.join('、')}`}`,
    );
  return other;
}

export function isGeneralRequest(name: string): name is GeneralRequestName {
  return Object.hasOwn(requestDoors, name);
}
