/**
 * The visible answer of a plain-text body: what the person wrote himself, without the quoted mail (Outlook, Foxmail,
 * QQ, NetEase, Gmail, Apple Mail and Thunderbird in Chinese and English) and without the signature. Where it is not
 * sure what is a quote, it keeps more. Takes time in proportion to the text's length.
 */
export function visibleAnswer(text: string): string {
  const lines = text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u200b\ufeff]/g, '')
    .split('\n')
    .map((line) => line.trimEnd());
  const own = withoutSignature(withoutQuotes(lines));
  return own
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** An attribution may be broken over so many lines. */
const attributionLinesAtMost = 4;
const attributionLengthAtMost = 400;

function withoutQuotes(lines: readonly string[]): string[] {
  const kept: string[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index]!;
    if (isQuoted(line)) continue;
    if (beginsOriginal(line) || beginsHeaderBlock(lines, index)) return withoutRule(kept);
    const attribution = attributionLines(lines, index);
    if (attribution > 0) {
      const next = nextWithText(lines, index + attribution);
      // With quote marks, what stands between the quotes is an answer too; without them all that follows is quoted.
      if (next === undefined || !isQuoted(lines[next]!)) return withoutRule(kept);
      index += attribution - 1;
      continue;
    }
    kept.push(line);
  }
  return kept;
}

function isQuoted(line: string): boolean {
  return /^\s{0,3}[>＞]/.test(line);
}

const originalWords =
  '(?:original message|original mail|original appointment|原始邮件|原始郵件|原始信件|原邮件|邮件原件|回复的原邮件|原始邮件信息|原文)';
const originalLine = new RegExp(
  `^[\\s*]*[-_=—－]{2,40}\\s*(?:\\S{0,12}\\s)?${originalWords}\\s*[-_=—－]{0,40}[\\s*]*$`,
  'i',
);

/** `-----Original Message-----`, `------------------ 原始邮件 ------------------`, `---- 回复的原邮件 ----`. */
function beginsOriginal(line: string): boolean {
  return line.length < 200 && originalLine.test(line);
}

const headerLabels: readonly RegExp[] = [
  /^[\s*]*(发件人|寄件者|寄件人|发送人|发信人|from)[\s*]*[:：]/i,
  /^[\s*]*(发送时间|发送日期|寄件日期|发件时间|日期|时间|sent|date)[\s*]*[:：]/i,
  /^[\s*]*(收件人|收件者|收信人|to)[\s*]*[:：]/i,
  /^[\s*]*(抄送|副本|cc)[\s*]*[:：]/i,
  /^[\s*]*(主题|主旨|标题|subject)[\s*]*[:：]/i,
];
const [fromLabel] = headerLabels;

/** A block 发件人：… 发送时间：… 收件人：… as Outlook and Foxmail put it above the quoted mail. */
function beginsHeaderBlock(lines: readonly string[], index: number): boolean {
  if (!fromLabel!.test(lines[index]!)) return false;
  const block = lines.slice(index, index + 8);
  const labels = headerLabels.filter((label) => block.some((line) => label.test(line)));
  return labels.length >= 3;
}

/** How many lines from here on say who wrote what follows, and when; 0 when none does. */
function attributionLines(lines: readonly string[], index: number): number {
  if (lines[index]!.trim() === '') return 0;
  let joined = '';
  for (let count = 1; count <= attributionLinesAtMost; count += 1) {
    const line = lines[index + count - 1];
    if (line === undefined || isQuoted(line)) return 0;
    joined = `${joined} ${line.trim()}`.trim();
    if (joined.length > attributionLengthAtMost) return 0;
    if (isAttribution(joined)) return count;
    if (count > 1 && line.trim() === '') return 0;
  }
  return 0;
}

function isAttribution(line: string): boolean {
  if (!/(写道|寫道|wrote)\s*[:：]?[\s-]*$/i.test(line)) return false;
  const namesMoment = /\d{1,2}\s*[:：时]\s*\d{2}|\d{4}\s*[-/年.]|\b(19|20)\d{2}\b/.test(line);
  const namesSender = /\S@\S/.test(line);
  if (/^(-{2,}\s*)?(on|at)\s/i.test(line)) return namesMoment || namesSender;
  if (/^(在|于)?\s*\d{4}\s*[-/年.]/.test(line) || /^(在|于)/.test(line)) return namesMoment;
  return namesSender && (namesMoment || /<[^<>\s]+@[^<>\s]+>/.test(line));
}

function nextWithText(lines: readonly string[], from: number): number | undefined {
  for (let index = from; index < lines.length; index += 1) if (lines[index] !== '') return index;
  return undefined;
}

/** Without the line of dashes or underscores that mail programs draw above the quote. */
function withoutRule(lines: readonly string[]): string[] {
  const last = lines.findLastIndex((line) => line.trim() !== '');
  return last >= 0 && /^\s*[-_=—*]{3,}\s*$/.test(lines[last]!) ? lines.slice(0, last) : [...lines];
}

/** A signature of more lines is none. */
const signatureLinesAtMost = 15;
const sentFrom =
  /^\s*[-—]*\s*(发自我的\S.{0,30}|从我的\S.{0,20}发送|发自.{1,20}(邮箱|邮件|客户端|手机)|来自.{1,20}(邮箱|客户端)|sent from (my|mail|outlook|yahoo)\b.{0,60}|get outlook for .{1,60}|获取\s*outlook.{0,60}|从\s*windows.{0,12}邮件发送.{0,20})\s*$/i;

function withoutSignature(lines: readonly string[]): string[] {
  const dashes = lines.findIndex((line) => line === '--' || line === '—');
  const rest = dashes < 0 ? 0 : lines.slice(dashes).filter((line) => line !== '').length - 1;
  const own = dashes >= 0 && rest <= signatureLinesAtMost ? lines.slice(0, dashes) : [...lines];
  for (;;) {
    const last = own.findLastIndex((line) => line.trim() !== '');
    if (last < 0 || own[last]!.length > 100 || !sentFrom.test(own[last]!)) return own;
    own.length = last;
  }
}
