/** The words with which mail programs say in one language who wrote what they quote. */
interface AttributionWords {
  /** With these a line may begin before the moment: `On Mon, …`, `在 2024年…`. Written as they are, capitals too. */
  readonly openers: readonly string[];
  /** Lower case. */
  readonly verbs: readonly string[];
}

/**
 * By language, as Gmail, Apple Mail, Thunderbird, Outlook for phones, Yahoo, Zoho, GMX, Orange, Libero, Seznam, NetEase
 * and others write it. A verb may stand at the end (`… wrote:`) or before the name (`Am … schrieb … :`).
 */
const attributionWords: Readonly<Record<string, AttributionWords>> = {
  zh: {
    openers: ['在', '于', '於'],
    verbs: ['写道', '寫道', '写到', '寫到', '编写', '撰写', '来信', '來信', '写信给你'],
  },
  en: { openers: ['On', 'At', 'on', 'In a message dated'], verbs: ['wrote', 'writes', 'sent', 'said'] },
  de: {
    openers: ['Am', 'Vom', 'Den'],
    verbs: ['schrieb', 'schrieben', 'schreibt', 'geschrieben', 'hat geschrieben', 'schrieb folgendes'],
  },
  fr: { openers: ['Le', 'Du'], verbs: ['a écrit', 'écrit', 'a ecrit', 'écrivait', 'a envoyé'] },
  es: { openers: ['El', 'En fecha', 'Con fecha'], verbs: ['escribió', 'escribio', 'ha escrito'] },
  it: {
    openers: ['Il', 'In data', 'Il giorno', 'Nel', 'Alle'],
    verbs: ['ha scritto', 'scritto', 'scrive', 'ha inviato'],
  },
  pt: { openers: ['Em', 'No dia', 'A', 'Às', 'Aos', 'No'], verbs: ['escreveu', 'escreveram'] },
  nl: { openers: ['Op', 'Den'], verbs: ['schreef', 'geschreven', 'schreef het volgende'] },
  pl: {
    openers: ['W dniu', 'Dnia', 'W', 'Dn.'],
    verbs: ['napisał(a)', 'napisał', 'napisała', 'napisał/a', 'pisze', 'napisano', 'napisana przez'],
  },
  sv: { openers: ['Den', 'På', 'Vid'], verbs: ['skrev', 'skrev följande'] },
  da: { openers: ['Den', 'På', 'D.'], verbs: ['skrev', 'skrev følgende'] },
  no: { openers: ['Den', 'På', 'Kl.'], verbs: ['skrev', 'skrev følgende'] },
  fi: { openers: ['Pe', 'La', 'Klo'], verbs: ['kirjoitti'] },
  cs: { openers: ['Dne', 'V', 'Od'], verbs: ['napsal(a)', 'napsal', 'napsala', 'píše'] },
  sk: { openers: ['Dňa', 'Dna'], verbs: ['napísal(a)', 'napísal', 'napísala'] },
  ru: { openers: ['В', 'Во', 'От'], verbs: ['написал(а)', 'написал', 'написала', 'пишет', 'писал', 'писал(а)'] },
  uk: { openers: ['У', 'Від'], verbs: ['пише', 'написав(ла)', 'написав', 'написала', 'пишуть'] },
  hu: { openers: [], verbs: ['ezt írta', 'írta', 'írta a következőt'] },
  ro: { openers: ['În', 'Pe'], verbs: ['a scris'] },
  tr: { openers: [], verbs: ['şunu yazdı', 'yazdı', 'şunları yazdı'] },
  el: { openers: ['Στις', 'Την'], verbs: ['έγραψε'] },
  bg: { openers: ['На'], verbs: ['написа'] },
  hr: { openers: ['Dana'], verbs: ['napisao je', 'je napisao/la', 'napisao/la je'] },
  sl: { openers: [], verbs: ['je napisal', 'je oseba napisala'] },
  et: { openers: [], verbs: ['kirjutas'] },
  vi: { openers: ['Vào', 'Ngày', 'Lúc'], verbs: ['đã viết', 'viết'] },
  ca: { openers: ['El dia', 'Missatge de'], verbs: ['va escriure'] },
  ja: { openers: [], verbs: ['のメール', 'さんは書きました', 'が書きました', 'wrote'] },
  ko: { openers: [], verbs: ['작성', '님이 작성', '썼습니다'] },
};

const all = Object.values(attributionWords);

/** A line that begins with one of the openers; 在 and 于 need no blank behind them. */
export const opener = new RegExp(
  `^(?:${[...new Set(all.flatMap((words) => words.openers))].sort((one, other) => other.length - one.length).join('|')})(?:(?<=[在于於])|(?!\\p{L}))`,
  'u',
);

const east = /[\u3040-\u9fff\uac00-\ud7a3]/;
const verbs = [...new Set(all.flatMap((words) => words.verbs))];
const verbsByLastLetter = new Map<string, string[]>();
for (const verb of verbs) {
  const lastLetter = verb.at(-1)!;
  verbsByLastLetter.set(lastLetter, [...(verbsByLastLetter.get(lastLetter) ?? []), verb]);
}
const innerVerbs = new Set(verbs.filter((verb) => !east.test(verb)).map((verb) => verb.split(' ').at(-1)!));

/** The verb with which the words end, as a word of its own; '' when they end with none. */
export function closingVerb(words: string): string {
  const candidates = verbsByLastLetter.get(words.slice(-1).toLowerCase());
  if (candidates === undefined) return '';
  const end = words.slice(-40).toLowerCase();
  const found = candidates.find(
    (verb) => end.endsWith(verb) && (east.test(verb) || !/\p{L}/u.test(end.charAt(end.length - verb.length - 1))),
  );
  return found ?? '';
}

/** Does a verb stand among the words, as German and Dutch have it? */
export function hasInnerVerb(words: string): boolean {
  return words
    .toLowerCase()
    .split(' ')
    .some((word) => innerVerbs.has(word));
}

/**
 * Where words like these stand behind the person's own in one line, because a program dropped the break: the last place
 * at which they do, or -1.
 */
export function inlineOpenerAt(line: string): number {
  return inlineOpener.test(line) ? Math.max(...inlineOpeners.map((word) => line.lastIndexOf(` ${word} `))) : -1;
}

const inlineOpeners = ['On', 'Am', 'Le', 'El', 'Il', 'Em', 'Op', 'Den', 'Dne', '在', '于'];
const inlineOpener = new RegExp(` (?:${inlineOpeners.join('|')}) `);
