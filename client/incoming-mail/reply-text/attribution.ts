import { closingVerb, hasInnerVerb, opener } from './attribution-words.ts';
import { withoutBeginning, withoutEnding } from './mail-lines.ts';

/**
 * How sure it is that a text says who wrote what follows: `certain` no person writes so; `ifQuoted` a person might, so
 * it holds only if quoted lines follow.
 */
export type Certainty = 'certain' | 'ifQuoted';

const endings = new Set(' :：*_-—–­.。,，=');
const beginnings = new Set(' *_-—–"“=');
const chinese = /[\u3400-\u9fff]/;
const address = /[^\s<>()[\]"“”:,;]@[^\s<>()[\]"“”]/;
/** `<a@b>`, `(a@b)`, `[mailto:a@b]`, `<http://…>`: as only programs write it. */
export const bracketedAddress = /[<([＜]\s?(?:mailto:)?[^<>()[\]]{0,80}[^\s<>()[\]]@/;
const year = /(?:^|\D)(?:19|20)\d{2}(?!\d)/;
const numericDate = /\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{2,4}/;
const timeOfDay = /\d{1,2}\s?[:.：時时点h]\s?\d{2}/;

/** With blanks where only programs write them: `在 2024/3/25 9:00, 督办办公室 写道`. */
const chineseByProgram =
  /^[在于於] ?\d{4}[年/.-]\d{1,2}[月/.-]\d{1,2}日?[,，]? ?(?:[上下]午 ?)?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?[,，] ?[^,，。；;的]{1,30} [写寫]道$/;

/** A longer line that names no address is somebody's sentence. */
const lengthWithoutAddressAtMost = 110;

/** Says whether a text, lines already joined, is an attribution. */
export function attributionCertainty(text: string): Certainty | undefined {
  const stem = withoutEnding(text, endings);
  if (stem.length < 4) return undefined;
  const verb = closingVerb(stem);
  if (verb !== '' && isBetweenDashes(text)) return 'certain';
  const hasColon = /[:：]/.test(text.slice(stem.length));
  const said: Said = { stem, verb, hasColon };
  const start = startOf(text);
  return (start === 'name' ? undefined : withMomentFirst(said, start)) ?? withNameFirst(said);
}

interface Said {
  /** The text without what closes it. */
  readonly stem: string;
  /** The verb at its end; '' when there is none. */
  readonly verb: string;
  readonly hasColon: boolean;
}

/** `moment`: a date comes first; `opener`: so does a word like On; `name`: neither. */
export function startOf(line: string): 'opener' | 'moment' | 'name' {
  const text = withoutBeginning(line, beginnings);
  if (opener.test(text) && /\d/.test(text.slice(0, 50))) return 'opener';
  return /^[\p{L}.,'’( ]{0,24}\d/u.test(text) ? 'moment' : 'name';
}

function withMomentFirst({ stem, verb, hasColon }: Said, start: 'opener' | 'moment'): Certainty | undefined {
  const hasDate = year.test(stem) || numericDate.test(stem);
  const hasTime = timeOfDay.test(stem);
  if (!hasDate && !hasTime) return undefined;
  const hasBrackets = bracketedAddress.test(stem);
  if (verb === '' && !(hasColon && hasInnerVerb(stem))) {
    if (!hasDate || !hasBrackets || !/[>)\]＞]$/.test(stem)) return undefined;
    return hasColon && hasTime ? 'certain' : 'ifQuoted';
  }
  if (hasBrackets && (hasDate || start === 'opener')) return 'certain';
  const hasAddress = address.test(stem);
  if (stem.length > lengthWithoutAddressAtMost && !hasAddress) return undefined;
  // 2024年3月25日9:00，村民写道： is a sentence as well; 在 2024/3/25 9:00, 村民 写道: is a program's.
  const isSentence = !hasAddress && (chinese.test(verb) ? !chineseByProgram.test(stem) : start === 'moment');
  return hasDate && hasTime && !isSentence && (hasColon || hasAddress) ? 'certain' : 'ifQuoted';
}

/** `督办办公室 <a@b> 于 2024年… 写道`, `Some One <a@b> wrote`, `X <a@b> schrieb am 3. Mai 2024 um 9:00 Uhr`. */
function withNameFirst({ stem, verb, hasColon }: Said): Certainty | undefined {
  if (!stem.includes('@') || (verb === '' && !hasColon)) return undefined;
  const bracket = stem.search(/[<([＜]/);
  const isAddressFirst = addressFirst.test(stem);
  if (!isAddressFirst && (bracket < 0 || !isName(stem.slice(0, bracket)) || !bracketedAddress.test(stem)))
    return undefined;
  const behind = stem.slice(stem.lastIndexOf('@'));
  const hasDate = year.test(behind) || numericDate.test(behind);
  if (verb !== '') {
    const between = withoutEnding(behind.slice(0, behind.length - verb.length), endings);
    return (/[>)\]＞]$/.test(between) && bracket > 0) || hasDate ? 'certain' : undefined;
  }
  // The verb stands before the name in Polish: `Wiadomość napisana przez X <a@b> w dniu 3 maja 2024, o godz. 09:00:`.
  return hasDate && (hasInnerVerb(behind) || hasInnerVerb(stem.slice(0, bracket))) ? 'certain' : undefined;
}

/** Does the line name a sender, and at most the day behind him? `督办办公室 <a@b> 于 2024年3月25日 周一` */
export function namesSender(line: string): boolean {
  const address = /[<＜][^\s<>]{1,64}@[^\s<>]{1,120}[>＞]/.exec(line);
  return (
    address !== null && isName(line.slice(0, address.index)) && isMoment(line.slice(address.index + address[0].length))
  );
}

/** Is the line what is left of an attribution whose sender stands above it? `上午9:00寫道：` */
export function isLeftOfAttribution(line: string): boolean {
  const stem = withoutEnding(line, endings);
  const verb = closingVerb(stem);
  return chinese.test(verb) && isMoment(stem.slice(0, stem.length - verb.length));
}

const momentCharacters = new Set(
  ' 于於在年月日号號时時点點分週周星期一二三四五六天上下午凌晨早晚中0123456789/.:：-()（）,，',
);

/** Does the text hold nothing but a day and a time, as Chinese programs write them? */
export function isMoment(text: string): boolean {
  return withoutBeginning(text, momentCharacters) === '';
}

/** `a@b 于2024年… 写道`, and what is left below a name: `<a@b> 于2024年… 写道`. */
const addressFirst = /^["“<＜]?[^\s<>@"“”]{1,64}@[^\s<>@"“”]{1,120}/;

function isName(text: string): boolean {
  // Some programs write the address in the name's place.
  const name = text.trim().replace(/^["“]?[\w.+-]{1,64}@[\w.-]{1,120}["”]?$/, 'address');
  return (
    name.length > 0 &&
    name.length <= 80 &&
    name.split(' ').length <= 7 &&
    !/[@。！？!?；;：:]/.test(name) &&
    /^["“'‘『「\p{L}\d]/u.test(name)
  );
}

/** `---- On Wed, … wrote ----`, `---- John Smith wrote ----`, Foxmail's `==== 2024-03-25 09:00 您在来信中写道： ====`. */
function isBetweenDashes(text: string): boolean {
  if (/^={3}/.test(text) && /={3}$/.test(text)) return /\d{4}/.test(text) && text.length < 120;
  return /^[-—–]{2}/.test(text) && /[-—–]{2}$/.test(text) && text.length < 300;
}
