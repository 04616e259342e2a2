import { compared } from '../../workflows/rules/compared.ts';
import { fingerprintOf, likenessWords, scoreOf, type Fingerprint, type IssueWords } from './fingerprint.ts';

export interface RecurrenceIssue extends IssueWords {
  readonly issueId: string;
}

/** That an issue may be one that was closed before (反弹回潮). A person compares the two and decides. */
export interface RecurrenceProposal {
  readonly issueId: string;
  readonly earlierIssueId: string;
  /** 0 to 1. */
  readonly score: number;
  /** For the person who decides: how alike they are, and in which words. */
  readonly because: string;
}

const mostProposals = 3;

/**
 * Proposes for each issue the closed ones most like it, at most three, the best of all first. Nothing follows from a
 * proposal by itself.
 *
 * @param threshold the least score, more than 0 and at most 1
 * @throws RangeError for any other threshold
 */
export function likelyRecurrences(
  issues: readonly RecurrenceIssue[],
  closedEarlier: readonly RecurrenceIssue[],
  threshold: number,
): RecurrenceProposal[] {
  if (!(threshold > 0 && threshold <= 1)) throw new RangeError(`Not a threshold: ${String(threshold)}`);
  const earlier = closedEarlier.map((issue) => ({ issueId: issue.issueId, print: fingerprintOf(issue) }));
  const titles = new BigramIndex(earlier.map(({ print }) => print.title.bigrams));
  const texts = new BigramIndex(earlier.map(({ print }) => print.text.bigrams));
  return issues
    .flatMap((issue) => {
      const print = fingerprintOf(issue);
      const inTitle = titles.sharedWith(print.title.bigrams);
      const inText = texts.sharedWith(print.text.bigrams);
      return earlier
        .map((one, place) => ({ one, score: scoreOf(print, one.print, inTitle[place] ?? 0, inText[place] ?? 0) }))
        .filter(({ one, score }) => score >= threshold && one.issueId !== issue.issueId)
        .sort((a, b) => b.score - a.score || compared(a.one.issueId, b.one.issueId))
        .slice(0, mostProposals)
        .map(({ one, score }) => proposal(issue.issueId, print, one, score));
    })
    .sort(
      (a, b) => b.score - a.score || compared(a.issueId, b.issueId) || compared(a.earlierIssueId, b.earlierIssueId),
    );
}

function proposal(
  issueId: string,
  print: Fingerprint,
  earlier: { readonly issueId: string; readonly print: Fingerprint },
  score: number,
): RecurrenceProposal {
  return { issueId, earlierIssueId: earlier.issueId, score, because: likenessWords(print, earlier.print, score) };
}

/** For each bigram the places of the sets that have it, so that only what is shared is looked at. */
class BigramIndex {
  private readonly places = new Map<string, number[]>();
  private readonly size: number;

  constructor(sets: readonly ReadonlySet<string>[]) {
    this.size = sets.length;
    sets.forEach((set, place) => {
      for (const bigram of set) {
        const known = this.places.get(bigram);
        if (known === undefined) this.places.set(bigram, [place]);
        else known.push(place);
      }
    });
  }

  /** How many of these bigrams each set has. */
  sharedWith(bigrams: ReadonlySet<string>): Uint32Array {
    const counts = new Uint32Array(this.size);
    for (const bigram of bigrams) {
      for (const place of this.places.get(bigram) ?? []) counts[place] = (counts[place] ?? 0) + 1;
    }
    return counts;
  }
}
