/** A text as it is compared: only what it is about, and every pair of neighbouring characters in it. */
export interface NormalForm {
  readonly words: string;
  readonly bigrams: ReadonlySet<string>;
}

/** Days, years and figures differ from round to round; 三重一大 and 四风 are names and stay. */
const figures =
  /\d+(?:\.\d+)?(?:年度?|月份?|[日号]|万?元|亿元|[个名次起条项份人家户]|%|‰)?|[〇○零一二三四五六七八九]{4}年度?|[一二三四五六七八九十]{1,2}月(?:份|[一二三四五六七八九十]{1,3}日)?/gu;

/** What stands in every finding and tells nothing about it; longer words first, so that none leaves a stump. */
const fillers = new RegExp(
  [
    ...['巡察组?(?:反馈)?指出', '巡察发现', '反馈(?:的)?问题', '整改(?:落实)?情况', '(?:仍然?|依然|还)?存在', '有差距'],
    ...['不够?(?:到位|深入|扎实|规范|严格|及时|完善|健全|彻底|有力|充分|全面)', '不[够足严力实细紧深强高]'],
    ...['有待(?:进一步)?(?:加强|提高|提升|完善)', '进一步', '方面', '(?:突出)?问题', '情况', '工作', '整改', '落实'],
    ...['流于形式', '薄弱', '弱化', '淡化', '虚化', '缺[失位]', '滞后', '管理', '执行', '履行'],
    ...['部分', '个别', '有的', '一些', '少数', '等', '针对', '认真', '切实', '扎实', '深入'],
  ].join('|'),
  'gu',
);

/** So much must be left; a title of fillers alone is compared by them. */
const leastCharacters = 2;

/** The normal form of a text; of a long one only so many characters of it. */
export function normalForm(text: string, longest = Infinity): NormalForm {
  const plain = text.normalize('NFKC').toLowerCase().replace(/\s+/gu, '').replace(figures, ' ');
  const bare = lettersOf(plain.replace(fillers, ' '));
  const words = (bare.length >= leastCharacters ? bare : lettersOf(plain)).slice(0, longest);
  return { words, bigrams: bigramsOf(words) };
}

function lettersOf(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, '');
}

function bigramsOf(words: string): Set<string> {
  const bigrams = new Set<string>();
  for (let place = 0; place + 2 <= words.length; place += 1) bigrams.add(words.slice(place, place + 2));
  return bigrams;
}

const shortestPhrase = 3;

/** The longest passages of one text that stand in the other word for word, in their order; at most three. */
export function sharedPhrases(words: string, others: string): string[] {
  const phrases: string[] = [];
  for (let start = 0; start + shortestPhrase <= words.length;) {
    let end = start + shortestPhrase;
    if (!others.includes(words.slice(start, end))) {
      start += 1;
      continue;
    }
    while (end < words.length && others.includes(words.slice(start, end + 1))) end += 1;
    phrases.push(words.slice(start, end));
    start = end;
  }
  const longest = [...new Set(phrases)].sort((one, other) => other.length - one.length).slice(0, 3);
  return phrases.filter((phrase, index) => longest.includes(phrase) && phrases.indexOf(phrase) === index);
}
