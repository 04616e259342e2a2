import { randomBytes } from 'node:crypto';
import { businessNow } from '../../prisma/business-time.ts';
import type { Ledger } from '../../prisma/client.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import type { Said } from '../../workflows/messages.ts';
import { type LookBackCandidate, type LookBackDraw, drawLookBacks } from '../../workflows/rules/look-back-draw.ts';
import { lookBackOf } from '../../workflows/rules/policy-parts.ts';
import type { RoundTerms } from '../../workflows/rules/terms.ts';
import { mayActInRound } from '../acting/may-act-in-round.ts';
import { roundPermissions } from '../acting/round-permissions.ts';
import type { Issues } from '../issues.ts';
import { RefusedError } from '../refused-error.ts';
import type { RoundDuties } from '../round-duties.ts';

interface Doors {
  readonly ledger: Ledger;
  readonly issues: Pick<Issues, 'ask'>;
  readonly duties: Pick<RoundDuties, 'ask'>;
}

/** What a draw came to. */
export interface DrawOutcome {
  readonly drawId: string;
  readonly seed: string;
  readonly drawn: LookBackDraw['drawn'];
  readonly left: readonly string[];
  /** Issues that could not be told, and why; all others know whether they are looked at. */
  readonly refused: readonly { readonly issueId: string; readonly message: string }[];
}

/** The draw as it stands in the ledger: anybody can run it again from there. */
type StoredResult = Pick<LookBackDraw, 'drawn' | 'left'> & { readonly failedUnits: readonly string[] };

/**
 * Draws the look-backs (抽取回头看) among the closed issues of a round that nobody has drawn yet, by a seed that stands in
 * the ledger with its result before anybody is told. Doing it again finishes what broke off, and only then draws anew.
 *
 * @param seed drawn at random where nobody gives one; a draw that broke off keeps its own
 * @throws RefusedError `UnknownRound`, `NothingToDraw`, `NoPolicy`, or as `RoundDuties.ask` does
 */
export async function drawRoundLookBacks(
  doors: Doors,
  roundId: string,
  said: Said,
  { seed: wanted = randomBytes(16).toString('hex') }: { readonly seed?: string | undefined } = {},
): Promise<DrawOutcome> {
  const { ledger, issues, duties } = doors;
  await requirePermission(ledger, roundId, said);
  const draw = (await unfinished(ledger, roundId)) ?? (await newDraw(ledger, roundId, said.by, wanted));
  const { id: drawId, seed } = draw;
  const { drawn, left } = draw.result as unknown as StoredResult;
  const requestId = `draw/${drawId}`;
  await duties.ask('recordDraw', roundId, { ...said, requestId, drawId, drawn: drawn.length, left: left.length });
  const outcomes = [
    ...drawn.map(({ issueId, because }) => ({ issueId, outcome: because })),
    ...left.map((issueId) => ({ issueId, outcome: 'leftOut' as const })),
  ];
  const refused: { issueId: string; message: string }[] = [];
  for (const { issueId, outcome } of outcomes) {
    try {
      const request = { ...said, requestId: `${requestId}/${issueId}`, drawId, outcome };
      await issues.ask('settleLookBackDraw', issueId, request);
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      refused.push({ issueId, message: error.message });
    }
  }
  return { drawId, seed, drawn, left, refused };
}

/** Before a seed stands in the ledger: who may not draw leaves none that a later draw would have to finish. */
async function requirePermission(ledger: Ledger, roundId: string, { by, recordedBy }: Said): Promise<void> {
  const round = await ledger.round.findUnique({ where: { id: roundId }, select: { clockId: true } });
  if (!round) throw new RefusedError('UnknownRound', '没有这个轮次');
  const now = await businessNow(ledger, round.clockId);
  const who = { by, ...(recordedBy !== undefined && { recordedBy }) };
  await mayActInRound(ledger, { ...roundPermissions.recordDraw, roundId, now, ...who });
}

/**
 * Draws again from what stands in the ledger and compares.
 *
 * @throws RefusedError `UnknownDraw`
 */
export async function verifyDraw(
  ledger: Ledger,
  drawId: string,
): Promise<{ readonly state: 'same' | 'different'; readonly again: LookBackDraw }> {
  const stored = await ledger.lookBackDraw.findUnique({ where: { id: drawId } });
  if (!stored) throw new RefusedError('UnknownDraw', '没有这次抽取');
  const { seed, share } = stored;
  const { drawn, left, failedUnits } = stored.result as unknown as StoredResult;
  const population = stored.population as unknown as LookBackCandidate[];
  const again = drawLookBacks({ seed, share, population, failedUnits });
  const said = (draw: Pick<LookBackDraw, 'drawn' | 'left'>) =>
    JSON.stringify([draw.drawn.map(({ issueId, because }) => [issueId, because]), draw.left]);
  const isSame = again.populationHash === stored.populationHash && said(again) === said({ drawn, left });
  return { state: isSame ? 'same' : 'different', again };
}

/** The last draw, while the round or any of its issues has not been told of it. */
async function unfinished(ledger: Ledger, roundId: string) {
  const last = await ledger.lookBackDraw.findFirst({
    where: { roundId },
    orderBy: [{ drawnAt: 'desc' }, { id: 'desc' }],
  });
  if (last === null) return undefined;
  const recorded = await ledger.roundEvent.count({
    where: { roundId, type: 'lookBacksDrawn', detail: { path: ['drawId'], equals: last.id } },
  });
  const { drawn, left } = last.result as unknown as StoredResult;
  const told = await ledger.issueEvent.count({
    where: {
      issueId: { in: [...drawn.map(({ issueId }) => issueId), ...left] },
      type: { in: ['lookBackDrawn', 'lookBackLeftOut'] },
      detail: { path: ['drawId'], equals: last.id },
    },
  });
  const waiting = (await candidates(ledger, roundId)).filter(({ issueId }) =>
    [...drawn.map((one) => one.issueId), ...left].includes(issueId),
  );
  return recorded > 0 && (told === drawn.length + left.length || waiting.length === 0) ? undefined : last;
}

async function newDraw(ledger: Ledger, roundId: string, drawnBy: string, seed: string) {
  const { clockId, ...lot } = await lotOf(ledger, roundId);
  const { share, population, failedUnits } = lot;
  const { drawn, left, populationHash } = drawLookBacks({ seed, ...lot });
  const number = (await ledger.lookBackDraw.count({ where: { roundId } })) + 1;
  return ledger.lookBackDraw.create({
    data: {
      id: `${roundId}-c${String(number).padStart(2, '0')}`,
      roundId,
      seed,
      share,
      population: population as unknown as Prisma.InputJsonArray,
      populationHash,
      result: { drawn, left, failedUnits },
      drawnBy,
      drawnAt: await businessNow(ledger, clockId),
    },
  });
}

/** What is drawn from. @throws RefusedError `UnknownRound`, `NoPolicy`, `NothingToDraw` */
async function lotOf(ledger: Ledger, roundId: string) {
  const round = await ledger.round.findUnique({ where: { id: roundId }, select: { terms: true, clockId: true } });
  if (!round) throw new RefusedError('UnknownRound', '没有这个轮次');
  const { policy } = (round.terms ?? {}) as Partial<RoundTerms>;
  if (policy === undefined) throw new RefusedError('NoPolicy', '本轮由旧版启动，请先采用政策，再抽取回头看');
  const population = await candidates(ledger, roundId);
  if (population.length === 0) throw new RefusedError('NothingToDraw', '目前没有待抽取的已销号问题');
  const { share } = lookBackOf(policy);
  return { clockId: round.clockId, share, population, failedUnits: await unitsThatFailed(ledger, roundId) };
}

/** What a draw will be about. Who comes out by lot is not in it: nobody may try seeds until the result suits him. */
export interface DrawPreview {
  readonly written: 'preview';
  /** A draw that broke off: the next one finishes it, with its own seed and result. */
  readonly unfinished: string | null;
  readonly share: number;
  readonly population: readonly {
    readonly code: string;
    readonly unit: string;
    readonly weight: 'ordinary' | 'major';
  }[];
  /** Looked at whatever the lot says. */
  readonly certain: readonly { readonly code: string; readonly because: 'major' | 'failedUnit' }[];
  readonly byLot: { readonly from: number; readonly drawn: number };
}

/**
 * Says what the next draw of a round will be about; writes nothing.
 *
 * @throws RefusedError as `drawRoundLookBacks` does
 */
export async function previewDraw(ledger: Ledger, roundId: string): Promise<DrawPreview> {
  const unfinishedDraw = await unfinished(ledger, roundId);
  const { share, population, failedUnits } = await lotOf(ledger, roundId);
  const { drawn, left } = drawLookBacks({ seed: 'preview', share, population, failedUnits });
  const codes = new Map(population.map(({ issueId, code }) => [issueId, code]));
  const byLot = drawn.filter(({ because }) => because === 'drawn').length;
  return {
    written: 'preview',
    unfinished: unfinishedDraw?.id ?? null,
    share,
    population: population.map(({ code, unit, weight }) => ({ code, unit, weight })),
    certain: drawn.flatMap(({ issueId, because }) =>
      because === 'drawn' ? [] : [{ code: codes.get(issueId) ?? issueId, because }],
    ),
    byLot: { from: byLot + left.length, drawn: byLot },
  };
}

/** Closed issues of which nobody has said whether they are looked at; what has a remainder is looked at anyway. */
async function candidates(ledger: Ledger, roundId: string): Promise<LookBackCandidate[]> {
  const found = await ledger.$queryRaw<(LookBackCandidate & { readonly measureUnits: readonly string[] })[]>`
    SELECT i.id AS "issueId", i.code, ${ofBody(Prisma.sql`i.unit`)} AS unit, ${measureUnits} AS "measureUnits",
      i.weight::text AS weight
    FROM "Issue" i LEFT JOIN "Body" b ON b.id = i."bodyId"
    WHERE i."roundId" = ${roundId} AND i.phase = 'lookBack' AND i.progress->'lookBack' IS NULL
      AND coalesce(jsonb_array_length(i.progress->'remainder'), 0) = 0
      AND NOT EXISTS (SELECT 1 FROM "Obligation" o WHERE o."issueId" = i.id AND o.cycle = i.cycle
        AND o.kind = 'lookBack' AND o."closedAt" IS NULL)
    ORDER BY i.number`;
  return found.map(({ measureUnits: others, ...one }) =>
    others.length === 0 ? one : { ...one, measureUnits: others },
  );
}

/** A unit, named with its body where the round has several: two villages may each have a 村委会. */
const ofBody = (unit: Prisma.Sql) => Prisma.sql`CASE WHEN ${unit} <> '' AND
  (SELECT count(*) FROM "Body" other WHERE other."roundId" = i."roundId") > 1
  THEN concat_ws(' ', b.name, ${unit}) ELSE ${unit} END`;

/** Units that answer for measures of the issue, where they are not the issue's. */
const measureUnits = Prisma.sql`ARRAY(SELECT DISTINCT ${ofBody(Prisma.sql`m.unit`)} FROM "Measure" m
  WHERE m."issueId" = i.id AND m.unit NOT IN ('', i.unit) ORDER BY 1)`;

/** Units of which a look-back of this round has failed: all that answer for the issue or for a measure of it. */
async function unitsThatFailed(ledger: Ledger, roundId: string): Promise<string[]> {
  const failed = await ledger.$queryRaw<{ unit: string }[]>`
    SELECT DISTINCT u.unit FROM "Issue" i LEFT JOIN "Body" b ON b.id = i."bodyId"
      CROSS JOIN LATERAL unnest(${measureUnits} || ${ofBody(Prisma.sql`i.unit`)}) AS u(unit)
    WHERE i."roundId" = ${roundId} AND u.unit <> ''
      AND EXISTS (SELECT 1 FROM "IssueEvent" e WHERE e."issueId" = i.id AND e.type = 'rebounded')
    ORDER BY unit`;
  return failed.map(({ unit }) => unit);
}
