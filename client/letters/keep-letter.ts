import { Prisma } from '../../prisma/generated/client.ts';
import type { Ledger } from '../../prisma/client.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import type { LetterText } from './letter-text.ts';

/** A letter about to be written down; its id says which decision it follows from, so that it is written once. */
export interface NewLetter extends LetterText {
  readonly id: string;
  readonly roundId: string;
  readonly issueId: string | null;
  /** `Paper` or `Punishment`. */
  readonly kind: string;
  readonly issuedBy: string | null;
  readonly issuedAt: IsoInstant;
}

/** Two letters may be numbered at one moment: whoever comes second takes the next. */
const attempts = 20;

/** Writes a letter down under the round's next number; one that stands there already stays as it is. */
export async function keepLetter(ledger: Ledger, letter: NewLetter): Promise<void> {
  const { id, roundId } = letter;
  for (let attempt = 1; ; attempt += 1) {
    if (await ledger.issuedLetter.findUnique({ where: { id }, select: { id: true } })) return;
    const last = await ledger.issuedLetter.findFirst({
      where: { roundId },
      select: { number: true },
      orderBy: { number: 'desc' },
    });
    try {
      await ledger.issuedLetter.create({ data: { ...letter, number: (last?.number ?? 0) + 1 }, select: { id: true } });
      return;
    } catch (error) {
      const isTaken = error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
      if (!isTaken || attempt === attempts) throw error;
    }
  }
}
