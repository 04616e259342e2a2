import { normalForm, sharedPhrases, type NormalForm } from './normal-form.ts';

/** An issue's words, as far as they tell whether it has been there before. */
export interface IssueWords {
  /** 责任部门; empty when unknown. */
  readonly unit: string;
  /** 方面; empty when there is none. */
  readonly aspect: string;
  readonly title: string;
  readonly text: string;
}

export interface Fingerprint {
  readonly unit: string;
  readonly aspect: string;
  readonly title: NormalForm;
  readonly text: NormalForm;
}

/** The text that counts: a finding stands at its beginning, what was done about it behind. */
const longestText = 400;

export function fingerprintOf({ unit, aspect, title, text }: IssueWords): Fingerprint {
  return {
    unit: normalForm(unit).words,
    aspect: normalForm(aspect).words,
    title: normalForm(title),
    text: normalForm(text, longestText),
  };
}

/** How alike two issues are, 0 to 1, whichever is given first; it says nothing about whether one is the other again. */
export function similarity(one: Fingerprint, other: Fingerprint): number {
  return scoreOf(one, other, sharedOf(one.title, other.title), sharedOf(one.text, other.text));
}

function sharedOf(one: NormalForm, other: NormalForm): number {
  let shared = 0;
  for (const bigram of one.bigrams) if (other.bigrams.has(bigram)) shared += 1;
  return shared;
}

/** A title says what is wrong, a text also where and how often. */
const titleWeight = 0.65;
/** The same unit has been there before, so it is likelier; other units' words are no less alike for that. */
const sameUnit = 1.1;
const sameAspect = 1.05;

/**
 * The score, from the number of bigrams that titles and texts share: texts weigh nothing where one issue has none.
 */
export function scoreOf(one: Fingerprint, other: Fingerprint, sharedInTitle: number, sharedInText: number): number {
  const titles = likeness(sharedInTitle, one.title.bigrams.size, other.title.bigrams.size);
  const texts = likeness(sharedInText, one.text.bigrams.size, other.text.bigrams.size);
  const words = texts === null ? (titles ?? 0) : titles === null ? texts : mixed(titles, texts);
  const unit = one.unit !== '' && one.unit === other.unit ? sameUnit : 1;
  const aspect = one.aspect !== '' && one.aspect === other.aspect ? sameAspect : 1;
  return Math.min(1, words * unit * aspect);
}

function mixed(titles: number, texts: number): number {
  return titleWeight * titles + (1 - titleWeight) * texts;
}

/** With fewer bigrams nearly everything contains it. */
const fewBigrams = 3;

/** Half Jaccard, half containment, for one may be worded much shorter; null when there is nothing to compare. */
function likeness(shared: number, one: number, other: number): number | null {
  const fewer = Math.min(one, other);
  if (fewer === 0) return null;
  const jaccard = shared / (one + other - shared);
  return fewer < fewBigrams ? jaccard : (jaccard + shared / fewer) / 2;
}

/** Why two issues are proposed as the same, for whoever decides: how alike, and the words they share. */
export function likenessWords(one: Fingerprint, other: Fingerprint, score: number): string {
  const phrases = sharedPhrases(one.title.words, `${other.title.words} ${other.text.words}`);
  const shared = phrases.length > 0 ? phrases : sharedPhrases(one.text.words, other.text.words);
  return [
    `文字相近度${String(Math.floor(score * 100))}%`,
    ...(one.unit !== '' && one.unit === other.unit ? ['责任部门相同'] : []),
    ...(one.aspect !== '' && one.aspect === other.aspect ? ['方面相同'] : []),
    ...(shared.length > 0 ? [`相同内容：${shared.map((phrase) => `“${phrase}”`).join('')}`] : []),
  ].join('，');
}
