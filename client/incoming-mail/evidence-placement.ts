import { type IssueProgress, measuresWithoutEvidence } from '../../workflows/rules/progress.ts';
import { codesInFileName } from './item-codes.ts';
import { measuresNamed } from './measures-named.ts';

/** Whether words speak of something enclosed at all: `佐证见附件`, `附件后补`, `请查收`. */
export function speaksOfEnclosures(words: string): boolean {
  return /附(?:件|上|后|佐|图|表|照)|随附|查收/u.test(words);
}

/** Whether words hand something in with the mail they stand in, as `佐证见附件` does, and `附件后补` or `尚未附上` does not. */
export function handsIn(words: string): boolean {
  return words.split(/[。；;！!\n]/u).some((sentence) => {
    const said = sentence.replace(/\s+/gu, '');
    return (
      /[见附在如]附件|附件(?:附后|如下|已附|已上?传)|附后|附上|随附/u.test(said) &&
      !/[未没尚不忘再补]|随后|稍后|后续|明天|过后/u.test(said)
    );
  });
}

/**
 * The item an attachment is handed in for: the one whose code stands in its name, else the only one answered, else the
 * only one of those whose words hand something in, else the only one of the mail. Undefined when that is none or several.
 */
export function itemOf<Item extends { readonly code: string }>(
  fileName: string,
  {
    answered,
    handing = [],
    asked,
    all,
  }: {
    answered: readonly Item[];
    /** Of those answered the one whose words hand something in, while no other speaks of anything enclosed. */
    handing?: readonly Item[];
    asked: readonly Item[];
    all: readonly Item[];
  },
): Item | undefined {
  const [named, ...others] = codesInFileName(
    fileName,
    all.map(({ code }) => code),
  );
  if (named !== undefined) return others.length > 0 ? undefined : all.find(({ code }) => code === named);
  if (answered.length > 1) return handing.length === 1 ? handing[0] : undefined;
  if (answered.length === 1) return answered[0];
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
