import type { Ledger } from '../../prisma/client.ts';
import type { RowsPlanned } from './write-down.ts';
import type { RoundStep } from '../../workflows/rules/step.ts';

/**
 * Appends a round's events and notes its next look, in one transaction. Running twice finds its own rows and does nothing.
 * The first mails wait for `launched`, so that one mail gathers all that is assigned to a person: then the post-office is called.
 */
export async function writeRoundDown(
  ledger: Ledger,
  rowsPlanned: RowsPlanned,
  { roundId, events, lookAgainAt }: RoundStep,
): Promise<void> {
  const launched = events.find(({ type }) => type === 'launched');
  const ended = events.find(({ type }) => type === 'ended');
  const [, { clockId }] = await ledger.$transaction([
    ledger.roundEvent.createMany({
      data: events.map(({ sequence, at, type }) => ({ roundId, sequence, at, type, detail: {} })),
      skipDuplicates: true,
    }),
    ledger.round.update({
      where: { id: roundId },
      data: {
        lookAgainAt,
        ...(launched && { state: 'launched', launchedAt: launched.at }),
        ...(ended && { state: 'ended', endedAt: ended.at }),
      },
      select: { clockId: true },
    }),
  ]);
  if (launched) await rowsPlanned(clockId, launched.at);
}
