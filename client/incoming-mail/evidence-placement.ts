import { type IssueProgress, measuresWithoutEvidence } from '../../workflows/rules/progress.ts';
import { codesInFileName } from './item-codes.ts';
import { measuresNamed } from './measures-named.ts';

/**
 * The item an attachment is handed in for: the one whose code stands in its name, else the only one answered, else the
 * only one of the mail. Undefined when that is none or several.
 */
export function itemOf<Item extends { readonly code: string }>(
  fileName: string,
  { answered, asked, all }: { answered: readonly Item[]; asked: readonly Item[]; all: readonly Item[] },
): Item | undefined {
  const [named, ...others] = codesInFileName(
    fileName,
    all.map(({ code }) => code),
  );
  if (named !== undefined) return others.length > 0 ? undefined : all.find(({ code }) => code === named);
  if (answered.length > 0) return answered.length === 1 ? answered[0] : undefined;
  return asked.length === 1 ? asked[0] : undefined;
}

/**
 * The measures an attachment counts for: those its name names, else those the words name (several only when it is the
 * only attachment), else the only one that lacks evidence, else the only one there is. Nothing is guessed.
 */
export function measuresOf(
  fileName: string,
  { progress, words, attachments }: { progress: IssueProgress; words: string; attachments: number },
): number[] {
  const numbers = progress.measures.map(({ number }) => number);
  const known = (named: readonly number[]) => named.filter((number) => numbers.includes(number));
  const inName = measuresNamed(fileName);
  if (inName.length > 0) return known(inName);
  const inWords = measuresNamed(words);
  if (inWords.length > 0) return inWords.length === 1 || attachments === 1 ? known(inWords) : [];
  const lacking = measuresWithoutEvidence(progress);
  if (lacking.length === 1) return [lacking[0]!.number];
  return numbers.length === 1 ? numbers : [];
}
