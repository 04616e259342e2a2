import { contactEntries, type ContactEntry } from './contact-words.ts';
import { daysIn, spansIn, withDigits } from './dates.ts';
import { lineAt, type Paragraph } from './paragraphs.ts';
import type { Ask, RoundFacts } from './notice-reading.ts';
import { excerpt, forMatching } from './text-forms.ts';

type Contacts = Pick<RoundFacts, 'commentFrom' | 'commentTo' | 'commentText' | 'phones' | 'postalAddress' | 'emails'>;
interface Placed extends ContactEntry {
  readonly line: number;
}

/** Reads the contact block; what is malformed is left out and asked about. */
export function readContacts(
  ending: readonly Paragraph[],
  signedOn: string | null,
  ask: Ask,
  lastLine: number,
): Contacts {
  const entries = ending.flatMap((paragraph) =>
    contactEntries(paragraph.text).map((entry) => ({ ...entry, line: lineAt(paragraph, entry.at) })),
  );
  const line = ending[0] === undefined ? lastLine : lineAt(ending[0], 0);
  const of = (kind: ContactEntry['kind']): Placed[] => entries.filter((entry) => entry.kind === kind);
  const address = of('address').find(({ value }) => value !== '');
  if (address === undefined) ask('missing-address', line, '没有读到邮政地址，请在轮次信息中填写。');
  return {
    ...readWindow(ending, of('window'), signedOn, ask, line),
    phones: readPhones(of('phone'), ask, line),
    postalAddress: address === undefined ? null : withoutNote(address.value),
    emails: readEmails(of('email'), ending, ask, line),
  };
}

/** （信封上注明…） and the like are no part of an address. */
const withoutNote = (value: string): string =>
  value
    .replace(/\s*[(（][^)）]*(?:注明|请注明|邮编|邮政编码)[\s\S]*$/u, '')
    .replace(/[,，]?\s*(?:邮编|邮政编码).*$/u, '')
    .trim();

const phone =
  /(?<!\d)(?:(?:\(0\d{2,3}\)|0\d{2,3})[- ]{0,3}\d{7,8}(?:-\d{1,6})?|1[3-9]\d{9}|400-?\d{3}-?\d{4}|[2-9]\d{6,7})(?!\d)/gu;

function readPhones(entries: readonly Placed[], ask: Ask, line: number): string[] {
  const phones: string[] = [];
  for (const { value, line: at, label } of entries) {
    const plain = forMatching(value);
    const found = [...plain.matchAll(phone)].map(([number]) => number.replaceAll(' ', ''));
    phones.push(...found);
    const rest = plain.replace(phone, '').replace(/\([^)]*\)|转\d{1,6}|\d{1,2}[:：]\d{2}|邮编\D*\d{6}/gu, '');
    if (/\d{5,}/u.test(rest) || (found.length === 0 && /\d/u.test(rest))) {
      ask('malformed-phone', at, `${label}“${excerpt(value, 30)}”中有号码位数不对，未采用，请核对后填写。`);
    }
  }
  if (phones.length === 0 && !entries.some(({ value }) => /\d/u.test(value)))
    ask('missing-phone', line, '没有读到联系电话，请在轮次信息中填写。');
  return [...new Set(phones)];
}

const email = /^[\w](?:[\w.+-]*[\w])?@(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z]{2,12}$/iu;

function readEmails(entries: readonly Placed[], ending: readonly Paragraph[], ask: Ask, line: number): string[] {
  const texts = entries.map(({ value, line: at }) => ({ value, at }));
  // An address may also stand without a label.
  if (texts.length === 0)
    for (const paragraph of ending)
      if (/[@＠]/u.test(paragraph.text)) texts.push({ value: paragraph.text, at: lineAt(paragraph, 0) });
  const emails: string[] = [];
  for (const { value, at } of texts) {
    const candidates = forMatching(value)
      .split(/[\s,;、/()\u3400-\u9fff。:]+/u)
      .map((part) => part.replace(/^[.。]+|[.。]+$/gu, ''))
      .filter((part) => /[@a-z]/iu.test(part));
    const good = candidates.filter((candidate) => email.test(candidate) && !candidate.includes('..'));
    emails.push(...good);
    const bad = candidates.filter(
      (candidate) => !good.includes(candidate) && (candidate.includes('@') || good.length === 0),
    );
    if (bad.length > 0 || (candidates.length === 0 && value !== '')) {
      ask('malformed-email', at, `电子邮箱“${excerpt(bad[0] ?? value, 40)}”不是有效的地址，未采用，请核对后填写。`);
    }
  }
  if (texts.length === 0 || texts.every(({ value }) => value === ''))
    ask('missing-email', line, '没有读到电子邮箱，请在轮次信息中填写。');
  return [...new Set(emails)];
}

/** The comment window (公开期限): two days, or words that name none and are kept as they are. */
function readWindow(
  ending: readonly Paragraph[],
  entries: readonly Placed[],
  signedOn: string | null,
  ask: Ask,
  line: number,
): Pick<Contacts, 'commentFrom' | 'commentTo' | 'commentText'> {
  const [entry] = entries.filter(({ value }) => value !== '');
  const loose = entry === undefined ? looseWindow(ending) : null;
  const value = entry?.value ?? loose?.value;
  const at = entry?.line ?? loose?.line ?? line;
  if (value === undefined) {
    ask('missing-comment-window', line, '没有读到公开期限，请在轮次信息中填写起止日期。');
    return { commentFrom: null, commentTo: null, commentText: null };
  }
  const text = withDigits(value);
  const [span] = spansIn(text);
  if (span !== undefined && span.last >= span.first) {
    if (signedOn !== null && span.last < signedOn)
      ask('implausible-date', at, `公开期限“${excerpt(value, 30)}”早于落款日期${signedOn}，请核对。`);
    return { commentFrom: span.first, commentTo: span.last, commentText: value };
  }
  const days = daysIn(text);
  const end =
    days.length === 1 && /即日起|公布之日起|发布之日起|(?:至|截止)/u.test(text) ? (days[0]?.day ?? null) : null;
  ask(
    'comment-window-unclear',
    at,
    `公开期限写作“${excerpt(value, 30)}”，不能确定起止日期，已原文保留，请在轮次信息中填写。`,
  );
  return { commentFrom: null, commentTo: end, commentText: value };
}

function looseWindow(ending: readonly Paragraph[]): { value: string; line: number } | null {
  for (const paragraph of ending) {
    const match =
      /(?:自)?(?:本)?(?:通报|公告)?(?:公布|公开|发布|公示|即日)(?:之日)?起[^。；;]{1,24}(?:日|天)内?|公开期限?[^。；;]{2,40}日/u.exec(
        paragraph.text,
      );
    if (match !== null) return { value: match[0], line: lineAt(paragraph, match.index) };
  }
  return null;
}
