import { compared } from './compared.ts';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** A closed issue that may be looked back at (回头看). */
export interface LookBackCandidate {
  readonly issueId: string;
  /** The issue's code on paper, by which anybody can draw again. */
  readonly code: string;
  readonly unit: string;
  /** Units that answer for measures of it; left out where none does. */
  readonly measureUnits?: readonly string[];
  readonly weight: 'ordinary' | 'major';
}

export interface LookBackLot {
  /** Recorded before the draw, so that nobody can choose it for its result. */
  readonly seed: string;
  /** The share of the issues that are neither major nor of a failed unit, 0 to 1; rounded up to whole issues. */
  readonly share: number;
  readonly population: readonly LookBackCandidate[];
  /** Units of which a look-back has failed: all of their issues are looked at. */
  readonly failedUnits: readonly string[];
}

export interface LookBackDraw {
  /** Major issues, then those of failed units, each by code; then those drawn, in the order of the lot. */
  readonly drawn: readonly { readonly issueId: string; readonly because: 'major' | 'failedUnit' | 'drawn' }[];
  /** Who was left out (未抽中), in the order of the lot: a larger share takes from its beginning. */
  readonly left: readonly string[];
  readonly seed: string;
  readonly share: number;
  /** SHA-256 of the candidates and the failed units in a fixed order: tells whether two draws were of the same. */
  readonly populationHash: string;
}

/**
 * Draws the look-backs of a round (抽取回头看). The rest are ordered by SHA-256 of `seed/code`, so that anybody with
 * the seed and the list draws the same, in whatever order the list is kept.
 *
 * @throws RangeError when the share is not within 0 to 1, or an issue stands in the population twice
 */
export function drawLookBacks({ seed, share, population, failedUnits }: LookBackLot): LookBackDraw {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`Not a share between 0 and 1: ${String(share)}`);
  if (new Set(population.map(({ issueId }) => issueId)).size < population.length) {
    throw new RangeError('An issue stands in the population of look-backs twice');
  }
  const failed = new Set(failedUnits);
  const byCode = [...population].sort((one, other) =>
    one.code === other.code ? compared(one.issueId, other.issueId) : compared(one.code, other.code),
  );
  const isMajor = ({ weight }: LookBackCandidate) => weight === 'major';
  const isOfFailedUnit = (one: LookBackCandidate) => !isMajor(one) && unitsOf(one).some((unit) => failed.has(unit));

  // The sort is stable, so that issues of the same code keep the order of their ids.
  const rest = byCode
    .filter((one) => !isMajor(one) && !isOfFailedUnit(one))
    .map(({ issueId, code }) => ({ issueId, lot: hashOf(`${seed}/${code}`) }))
    .sort((one, other) => compared(one.lot, other.lot));
  const count = Math.ceil(share * rest.length - roundingError);

  return {
    drawn: [
      ...byCode.filter(isMajor).map(({ issueId }) => ({ issueId, because: 'major' as const })),
      ...byCode.filter(isOfFailedUnit).map(({ issueId }) => ({ issueId, because: 'failedUnit' as const })),
      ...rest.slice(0, count).map(({ issueId }) => ({ issueId, because: 'drawn' as const })),
    ],
    left: rest.slice(count).map(({ issueId }) => issueId),
    seed,
    share,
    populationHash: hashOf(
      JSON.stringify([
        byCode.map(({ issueId, code, unit, measureUnits, weight }) =>
          measureUnits === undefined ? [issueId, code, unit, weight] : [issueId, code, unit, weight, measureUnits],
        ),
        [...failed].sort(compared),
      ]),
    ),
  };
}

function unitsOf({ unit, measureUnits = [] }: LookBackCandidate): readonly string[] {
  return [unit, ...measureUnits];
}

/** 0.07 × 100 is a little more than 7 in binary, which must not become 8. */
const roundingError = 1e-9;

function hashOf(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}
