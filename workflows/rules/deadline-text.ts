import { dayOf } from './instants.ts';

/**
 * The words of a deadline cell in one spelling: half width, Arabic figures, no spaces, no quotation marks, ranges
 * written out (`3-6月` becomes `3月~6月`). For matching only; people are shown what they wrote.
 */
export function plainWords(phrase: string): string {
  const stamp = phrase.trim();
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(stamp)) return beijingDay(stamp);
  return withRangesWrittenOut(inFigures(inOneWidth(phrase)));
}

function beijingDay(stamp: string): string {
  try {
    return dayOf(stamp);
  } catch {
    return stamp.slice(0, 10); // a day that does not exist is named as such later
  }
}

function inOneWidth(phrase: string): string {
  return phrase
    .replace(/[①-⑳❶-❿]/gu, ';') // before NFKC, which would glue ① to the 10 of 10月
    .normalize('NFKC')
    .replace(/[\u200b-\u200f\u2060\ufeff\p{Cc}]/gu, (control) => (/\s/.test(control) ? ' ' : ''))
    .replace(/[―‐‑–—─━−]+/gu, '-')
    .replace(/--+/g, '-')
    .replace(/[〜∼]/gu, '~')
    .replace(/[“”„"'‘’「」『』《》〈〉【】[\]]/gu, '')
    .replace(/[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?/g, '') // a time of day that a spreadsheet adds
    .replace(/(\d)\s+(?=\d)/g, '$1-')
    .replace(/\s+/g, '')
    .replace(/([五十七八])[·.・•](?=一)/gu, '$1');
}

const digits = '〇一二三四五六七八九';
const numeral = /[〇○零一二三四五六七八九十两俩廿卅百][〇○零一二三四五六七八九十两俩廿卅百Oo0]*/gu;
const countedBy =
  /^(?:年|月|日|号|个|天|周(?![一二三四五六日天年])|星期(?![一二三四五六日天])|季|工作日|自然日|旬|时|点|小时|次)/u;

/** Chinese numerals become figures where a unit follows: `二〇二四年三月` but not the 十一 of `十一前`. */
function inFigures(text: string): string {
  return text
    .replace(/(?<!\d)(\d{4})(?=第?[一二三四1-4]季度|Q[1-4]|[上下]半年)/gu, '$1年')
    .replace(numeral, (words: string, position: number, whole: string) => {
      const after = whole.slice(position + words.length);
      if (/^[两俩]$/u.test(words) && after.startsWith('月')) return '2个';
      // 三、四季度 · 三至六个月: the unit after the second numeral counts both
      const shared = /^(?:[、~至到-]|或者?)第?[一二三四五六七八九十两]+(?:季|月|个)/u.test(after);
      const dayOfMonth = whole[position - 1] === '月' && /^(?:$|[前之以止,;)])/u.test(after);
      return countedBy.test(after) || shared || dayOfMonth ? figure(words) : words;
    })
    .replace(/IV(?=季)/g, '4')
    .replace(/I{1,3}(?=季)/g, (strokes) => String(strokes.length));
}

function figure(words: string): string {
  const plain = words
    .replace(/[○零Oo0]/gu, '〇')
    .replace(/[两俩]/gu, '二')
    .replace(/廿/gu, '二十')
    .replace(/卅/gu, '三十');
  if (!/[十百]/u.test(plain)) return [...plain].map((digit) => digits.indexOf(digit)).join('');
  const parts = /^(?:([一二三四五六七八九])?(百))?〇?(?:([一二三四五六七八九])?(十))?([一二三四五六七八九])?$/u.exec(
    plain,
  );
  if (!parts) return words;
  const [, hundreds, hundred, tens, ten, ones = '〇'] = parts;
  const worth = (digit: string | undefined, unit: string | undefined) => (unit ? digits.indexOf(digit ?? '一') : 0);
  return String(worth(hundreds, hundred) * 100 + worth(tens, ten) * 10 + digits.indexOf(ones));
}

/** So that both ends of a range are mentions of their own. */
function withRangesWrittenOut(text: string): string {
  return text
    .replace(/(?<!\d)(\d{4})[。、,](\d{1,2})[。、,](?=\d{1,2}(?!\d))/gu, '$1-$2-')
    .replace(/(?<!\d)(\d{4})([./])(\d{1,2})\2(\d{1,2})[-~至到](\d{1,2})\2(\d{1,2})(?![\d./-])/gu, '$1-$3-$4~$5月$6日')
    .replace(/([后起])第(?=\d+(?:个|天|日|周))/gu, '$1')
    .replace(/(?<![\d.])(\d{1,2})\.(\d{1,2})[-~至到](\d{1,2})\.(\d{1,2})(?![\d.])/gu, '$1月$2日~$3月$4日')
    .replace(/(?<![\d.])([1-4])([1-4])季度/g, '$1季度~$2季度')
    .replace(/(?<!\d)第?([1-4])(?:[-~、至到和及])第?([1-4])个?季度/gu, '$1季度~$2季度')
    .replace(/(?<![\d./-])(\d{1,2})(?:[-~、至到和及])(\d{1,2})(?=月)/gu, '$1月~$2')
    .replace(/(?<!\d)(\d{4})年?[-~至到](\d{4})(?=年)/gu, '$1年~$2')
    .replace(/(?<!\d)(\d{1,2})月(\d{1,2})[日号]?[-~至到](\d{1,2})[日号]/gu, '$1月$2日~$1月$3日')
    .replace(/(?<!\d)(\d{4})[./](\d{1,2})[-~至到](\d{1,2})(?![\d./月年-])/gu, '$1年$2月~$1年$3月')
    .replace(/(?<!\d)(\d{4})-(\d{1,2})[~至到](\d{1,2})(?![\d./月年-])/gu, '$1年$2月~$1年$3月')
    .replace(/月(?:上旬?[-~至到、]?)(?=[中下]旬)/gu, '月')
    .replace(/月(?:中旬?[-~至到、]?)(?=下旬)/gu, '月')
    .replace(
      /([日号])(?:上午|下午|晚上?|中午)?\d{1,2}(?::\d{2}|[时点](?:整|半|\d{1,2}分)?)(?=$|前|之前|以前|止|[,;)])/gu,
      '$1',
    );
}
