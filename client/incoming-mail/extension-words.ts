import { addWorkdays, type Calendar } from '../../workflows/rules/calendar.ts';
import { readDeadline } from '../../workflows/rules/deadline-words.ts';
import { addDays, addMonths, type IsoDate } from '../../workflows/rules/instants.ts';
import type { IssueProgress } from '../../workflows/rules/progress.ts';
import { foldedWords } from './folded-words.ts';
import { measuresNamed } from './measures-named.ts';

/** A request for another deadline (申请延期) as far as it could be read; what is missing is empty. */
export interface SpokenExtension {
  readonly kind: 'extension';
  /** The new day, or how much longer than the present deadline. */
  readonly until: IsoDate | Longer | undefined;
  readonly measures: readonly number[];
  readonly reason: string;
  readonly progress: string;
}

interface Longer {
  readonly count: number;
  readonly unit: 'day' | 'workday' | 'week' | 'month';
}

const longer = '(?:延期|延长|展期|宽限|推迟|顺延)';
const asking = new RegExp(
  `(?:申请|请求|恳请|请予以?|请准予|请批准)[^，,。；;?？\\n]{0,14}?${longer}|(?<=^|\\n)\\s*${longer}(?:申请)?(?=[\\s:：至到\\d])`,
  'u',
);
const speaking = new RegExp(`(?:请|能否|可否|是否|可不可以|想|希望|需要?)[^，,。；;\\n]{0,10}${longer}`, 'u');
/** A question, a condition, a denial, or one that was made before. */
const notAsking =
  /[?？]|(?:不|未|无需|无须|没有|如何|怎么|能否|可否|是否|如需|如果|若|已经?|曾|上次|此前|前期)[^，,。；;\n]{0,6}(?:申请|请求|恳请)/u;
const labelStart = '(?<=^|[\\s，,。；;：:、])';
const reasonLabel = new RegExp(`${labelStart}(?:延期)?(?:的?主要)?(?:理由|原因)(?:[是为系：:]|\\s)*`, 'u');
const progressLabel = new RegExp(
  `${labelStart}(?:截至)?(?:目前|当前|现)?的?(?:整改|工作|办理)?(?:进展|进度|完成情况)(?:情况)?(?:[是为系：:]|\\s)*`,
  'u',
);
const because = new RegExp(`${labelStart}(?:因(?!此)|由于|鉴于|考虑到)`, 'u');
const soFar = new RegExp(`${labelStart}(?:截至)?(?:目前|现已|当前|已经?(?!申请))[^。；;\\n]{2,}`, 'u');

/** Reads a request for an extension; `mentioned` when the words speak of one and do not plainly ask. */
export function extensionIn(
  text: string,
  context: { readonly today: IsoDate; readonly calendar: Calendar },
): SpokenExtension | 'mentioned' | undefined {
  const plain = foldedWords(text);
  const found = asking.exec(plain);
  if (found === null) return speaking.test(plain) ? 'mentioned' : undefined;
  const sentence = text.slice(sentenceStart(text, found.index), sentenceEnd(text, found.index));
  if (notAsking.test(foldedWords(sentence))) return 'mentioned';
  const told = labelled(text, progressLabel, reasonLabel);
  const given = labelled(text, reasonLabel, progressLabel) ?? causeBefore(text, found.index);
  const progress = told ?? cut(text, soFar.exec(plain));
  const reason = without(given ?? '', told === undefined ? [progress] : []);
  const clause = foldedWords(without(sentence, [reason, progress]));
  return {
    kind: 'extension',
    until: untilIn(clause, context),
    measures: measuresNamed(clause),
    reason: trimmed(reason),
    progress: trimmed(progress),
  };
}

/** The day that is asked for, where only a length was named: counted from the deadline that would expire. */
export function extendedTo(
  { until, measures }: SpokenExtension,
  progress: IssueProgress,
  calendar: Calendar,
): IsoDate | undefined {
  if (until === undefined || typeof until === 'string') return until;
  const named = progress.measures.filter(({ number }) => measures.includes(number)).map(({ deadline }) => deadline);
  const expiry = named.reduce<IsoDate | undefined>(
    (first, day) => (first !== undefined && first < day ? first : day),
    undefined,
  );
  const from = expiry ?? progress.deadline;
  const { count, unit } = until;
  switch (unit) {
    case 'day':
      return addDays(from, count);
    case 'week':
      return addDays(from, 7 * count);
    case 'workday':
      return addWorkdays(calendar, from, count);
    case 'month':
      return addMonths(from, count);
  }
}

/** What stands behind a label, to the other label or to the end of the text. */
function labelled(text: string, label: RegExp, other: RegExp): string | undefined {
  const found = label.exec(foldedWords(text));
  if (found === null) return undefined;
  const rest = text.slice(found.index + found[0].length);
  return rest.slice(0, other.exec(foldedWords(rest))?.index ?? rest.length);
}

/** What was found in the folded words, as it was written. */
function cut(text: string, found: RegExpExecArray | null): string | undefined {
  return found === null ? undefined : text.slice(found.index, found.index + found[0].length);
}

/** 因招标流标，申请延期……: the cause stands before the request, or ends with its sentence. */
function causeBefore(text: string, place: number): string | undefined {
  const found = because.exec(foldedWords(text));
  if (found === null) return undefined;
  const end = found.index < place ? place : sentenceEnd(text, found.index);
  return text.slice(found.index, end).replace(/(?:特此?|现|拟|故)?$/u, '');
}

function untilIn(
  clause: string,
  { today, calendar }: { today: IsoDate; calendar: Calendar },
): SpokenExtension['until'] {
  const length = lengthIn(clause);
  if (length !== undefined) return length;
  const words = clause
    .replace(/第?\s*[\d、和至一二三四五六七八九十]+\s*[项条]措施|措施\s*[\d、和一二三四五六七八九十]+/gu, ' ')
    .replace(/(?:申请|请求|恳请|请予以?|请准予|请批准|特|现|延期|延长|展期|宽限|推迟|顺延)+/gu, ' ');
  const { kind, on } = readDeadline(words, { feedbackOn: today, calendar });
  return kind === 'date' && on !== null ? on : undefined;
}

const lengthWords = new RegExp(
  `${longer}(?:时限|期限|时间)?\\s*(?<count>\\d{1,3}|[一二两三四五六七八九十半]{1,3})\\s*(?<unit>个?工作日|天|日|个?星期|周|个月|月(?!\\d|[初上中下底末]))`,
  'u',
);

function lengthIn(clause: string): Longer | undefined {
  const { count = '', unit = '' } = lengthWords.exec(clause)?.groups ?? {};
  if (unit === '') return undefined;
  if (count === '半') return unit.endsWith('月') ? { count: 15, unit: 'day' } : undefined;
  const number = /^\d+$/.test(count) ? Number(count) : chineseNumber(count);
  if (number === undefined || number === 0) return undefined;
  if (unit.endsWith('工作日')) return { count: number, unit: 'workday' };
  if (unit.endsWith('月')) return { count: number, unit: 'month' };
  return { count: number, unit: unit === '天' || unit === '日' ? 'day' : 'week' };
}

function chineseNumber(words: string): number | undefined {
  const [, tens, ten, ones] = /^([一二两三四五六七八九]?)(十?)([一二两三四五六七八九]?)$/u.exec(words) ?? [];
  if (tens === undefined || ones === undefined) return undefined;
  const valueOf = (digit: string) => '零一二三四五六七八九'.indexOf(digit === '两' ? '二' : digit);
  if (ten === '') return valueOf(tens === '' ? ones : tens);
  return (tens === '' ? 1 : valueOf(tens)) * 10 + (ones === '' ? 0 : valueOf(ones));
}

function sentenceStart(text: string, place: number): number {
  return Math.max(...['。', '；', ';', '\n'].map((end) => text.lastIndexOf(end, place - 1))) + 1;
}

function sentenceEnd(text: string, place: number): number {
  const rest = /[。；;\n]/u.exec(text.slice(place));
  return rest === null ? text.length : place + rest.index;
}

function without(text: string, parts: readonly (string | undefined)[]): string {
  return parts.reduce<string>((rest, part) => (part ? rest.replace(part, ' ') : rest), text);
}

function trimmed(part: string | undefined): string {
  return (part ?? '').replace(/^[\s，,。；;：:、]+|[\s，,。；;：:、]+$/gu, '');
}
