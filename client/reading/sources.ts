import type { Ledger } from '../../prisma/client.ts';

/** A feedback source (反馈来源) of a round with its issues; the name is empty where the source is not known. */
export interface SourceReading {
  readonly source: string;
  readonly codes: readonly string[];
}

/** The feedback sources of a round in the order in which they come. */
export async function readSources(ledger: Ledger, roundId: string): Promise<SourceReading[]> {
  const issues = await ledger.issue.findMany({
    where: { roundId },
    select: { code: true, source: true },
    orderBy: { number: 'asc' },
  });
  return [...new Set(issues.map(({ source }) => source))].map((source) => ({
    source,
    codes: issues.filter((issue) => issue.source === source).map(({ code }) => code),
  }));
}
