import type { Ledger } from '../../prisma/client.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import type { LookBackDraw } from '../../workflows/rules/look-back-draw.ts';
import { verifyDraw } from './draw-look-backs.ts';

/** Who was drawn and who was left out, by the issues' codes. */
export interface DrawReading {
  readonly drawId: string;
  readonly seed: string;
  readonly drawn: readonly {
    readonly code: string;
    /** 被巡察单位; empty where it is not known. */
    readonly body: string;
    readonly because: 'major' | 'failedUnit' | 'drawn';
  }[];
  readonly left: readonly string[];
  /** How many of each body were drawn and left out. */
  readonly bodies: readonly { readonly name: string; readonly drawn: number; readonly left: number }[];
}

/** A draw that was run again from what stands in the ledger: by its own seed, of its own population. */
export type DrawChecked = DrawReading & { readonly state: 'same' | 'different' };

/** A draw as it stands in the ledger: what came of it is what was recorded, whatever running it again gives. */
export type RecordedDraw = DrawChecked & {
  readonly share: number;
  readonly at: IsoInstant;
  readonly by: string;
  /** SHA-256 of what was drawn from. */
  readonly populationHash: string;
};

/** What a draw names, and how it is found by an issue's id. */
interface NamedIssue {
  readonly code: string;
  readonly body: string;
}

/** All draws of a round with what running each again gives, the latest first. */
export async function readDraws(ledger: Ledger, roundId: string): Promise<RecordedDraw[]> {
  const rows = await ledger.lookBackDraw.findMany({
    where: { roundId },
    orderBy: [{ drawnAt: 'desc' }, { id: 'desc' }],
  });
  const [named, people] = await Promise.all([
    issuesNamed(ledger, roundId),
    ledger.person.findMany({
      where: { id: { in: rows.flatMap(({ drawnBy }) => drawnBy ?? []) } },
      select: { id: true, name: true },
    }),
  ]);
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const draws: RecordedDraw[] = [];
  for (const { id: drawId, seed, share, result, populationHash, drawnBy, drawnAt } of rows) {
    const { drawn, left } = result as unknown as Pick<LookBackDraw, 'drawn' | 'left'>;
    const { state } = await verifyDraw(ledger, drawId);
    const by = (drawnBy === null ? undefined : names.get(drawnBy)) ?? '';
    const reading = inCodes({ drawId, seed, drawn, left }, named);
    draws.push({ ...reading, state, share, populationHash, by, at: drawnAt.toISOString() });
  }
  return draws;
}

/** A draw by the codes of its issues. */
export function inCodes(
  { drawId, seed, drawn, left }: { readonly drawId: string } & Pick<LookBackDraw, 'seed' | 'drawn' | 'left'>,
  named: (issueId: string) => NamedIssue,
): DrawReading {
  const drawnIssues = drawn.map(({ issueId, because }) => ({ ...named(issueId), because }));
  const leftIssues = left.map(named);
  const count = (of: readonly NamedIssue[], name: string) => of.filter(({ body }) => body === name).length;
  return {
    drawId,
    seed,
    drawn: drawnIssues,
    left: leftIssues.map(({ code }) => code),
    bodies: [...new Set([...drawnIssues, ...leftIssues].map(({ body }) => body))].map((name) => ({
      name,
      drawn: count(drawnIssues, name),
      left: count(leftIssues, name),
    })),
  };
}

/** The codes and bodies of a round's issues, by their ids. */
export async function issuesNamed(ledger: Ledger, roundId: string): Promise<(issueId: string) => NamedIssue> {
  const issues = await ledger.issue.findMany({
    where: { roundId },
    select: { id: true, code: true, body: { select: { name: true } } },
  });
  const names = new Map(issues.map(({ id, code, body }) => [id, { code, body: body?.name ?? '' }]));
  return (issueId) => names.get(issueId) ?? { code: issueId, body: '' };
}
