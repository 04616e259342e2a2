import { daysIn, withDigits } from './dates.ts';
import type { Ask } from './notice-reading.ts';
import { looksLikeDateLine } from './page-chrome.ts';
import { lineAt, type Paragraph } from './paragraphs.ts';
import { excerpt, forMatching, withoutBlanks } from './text-forms.ts';

const bodyEnding = '(?:党组|党委|党工委|委员会|党总支|党支部|支部|纪委|局|委|办公室|中心|政府|街道|公司|学校|医院|院)';

/** Who signed the notice, and when; `line` is that of the day. */
export interface Signature {
  readonly signedBy: string | null;
  readonly signedOn: string | null;
  readonly line: number;
}

/** The signing body and day: the last two short lines; a day that is cut short or misprinted is asked about. */
export function readSignature(ending: readonly Paragraph[], lastLine: number, ask: Ask): Signature {
  const lines = ending.map((paragraph) => ({ text: paragraph.text, line: lineAt(paragraph, 0) }));
  let dateAt = lines.findLastIndex(({ text }) => looksLikeDateLine(text));
  const together = lines.findLastIndex(
    ({ text }) =>
      new RegExp(`^[^,。;:]{4,50}${bodyEnding} *\\(?(?:[12]\\d|[一二][〇○零])`, 'u').test(forMatching(text)) &&
      text.length < 80,
  );
  let signedBy: string | null = null;
  if (together > dateAt) {
    dateAt = together;
    signedBy =
      /^(.*?)\s*[(（]?(?=[12]\d{2}|[一二][〇○零])/u.exec(lines[together]?.text ?? '')?.[1]?.replaceAll(/\s/gu, '') ??
      null;
  }
  const date = lines[dateAt];
  const candidates = date === undefined ? lines.slice(-3) : lines.slice(Math.max(0, dateAt - 3), dateAt);
  const signer = candidates.findLast(
    ({ text }) =>
      new RegExp(`${bodyEnding}$`, 'u').test(withoutBlanks(text)) &&
      !/[,。;:]/u.test(forMatching(text)) &&
      text.length <= 60,
  );
  signedBy ??= signer?.text.replaceAll(/\s/gu, '') ?? null;
  if (signedBy === null) ask('missing-signer', lastLine, '没有读到落款单位，请在轮次信息中填写。');
  const day = date === undefined ? null : (daysIn(withDigits(date.text)).at(-1)?.day ?? null);
  if (date === undefined) ask('missing-signing-day', lastLine, '没有读到落款日期，请在轮次信息中填写。');
  else if (day === null)
    ask(
      'malformed-signing-day',
      date.line,
      `落款日期“${excerpt(date.text, 20)}”不是完整有效的日期，请对照原件填写年月日。`,
    );
  return { signedBy, signedOn: day, line: date?.line ?? lastLine };
}
