import { dayOf, inChinese, type IsoDate, type IsoInstant } from '../../workflows/rules/instants.ts';
import { obligationNames } from '../../workflows/rules/names.ts';
import type { Obligation } from '../../workflows/rules/events.ts';
import type { ItemVerdict } from './verdict.ts';

type Owed = Pick<Obligation, 'kind' | 'measure' | 'dueOn' | 'overdue'>;

/** One item of an answer as the person is told of it. */
export interface AcknowledgedItem extends Pick<ItemVerdict, 'code' | 'understood' | 'refused'> {
  readonly title: string;
  /** What he has to add or to say before it counts. */
  readonly questions: readonly string[];
  /** What he still owes after the answer. */
  readonly owed: readonly Owed[];
  /** The page where all of it can be read, as a path. */
  readonly page: string;
  /** 整改时限 of the present cycle; null for a duty of the round. */
  readonly deadline: IsoDate | null;
}

export interface Acknowledgement {
  readonly personName: string;
  readonly receivedAt: IsoInstant;
  /** Who of the office vouched that the mail is his, and the address that it came from. */
  readonly vouched?: { readonly by: string; readonly from: string };
  readonly items: readonly AcknowledgedItem[];
  /** Attachments that cannot be evidence, a sentence each. */
  readonly refusals: readonly string[];
  /** What could not be placed, and why. */
  readonly problems: readonly string[];
  /** The codes to imitate when the person has to write again. */
  readonly exampleCodes: readonly string[];
}

/** The letter (回执) that tells a person what was understood of his answer, what was refused, and what he still owes. */
export function acknowledgementText(letter: Acknowledgement): string {
  const { personName, receivedAt, items, refusals, problems, exampleCodes } = letter;
  const intro = items.length > 0 ? '来信已收到，办理情况如下。' : '来信已收到并存档。';
  const paragraphs = [
    `${personName}：`,
    `您${inChinese(dayOf(receivedAt))}的${intro}`,
    ...vouchedWords(letter),
    ...items.map(itemText),
    ...(refusals.length > 0 ? [refusals.join('\n')] : []),
    ...(problems.length > 0 ? [problemText(problems, exampleCodes)] : []),
    objection,
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

/** Whoever did not write it learns of it here. */
function vouchedWords({ vouched }: Acknowledgement): string[] {
  if (vouched === undefined) return [];
  const from = vouched.from === '' ? '' : `（发自${vouched.from}）`;
  return [
    `这封来信${from}与您登记的邮箱或回信地址对不上，经督办办公室${vouched.by}核实，按您本人的答复登记。不是您写的，请立即回复本邮件。`,
  ];
}

const unworthy = '有的附件不能作为佐证（程序、网页或打不开），已存档，尚未计入；请改发 PDF、图片、Word 或 Excel 文件。';
const objection = '如有不符，直接回复本邮件说明即可。';

/** The same letter for a reader who may get code, day and link only (保密): what was said, by either side, stays out. */
export interface CodeOnlyText {
  readonly opening: string;
  readonly items: readonly { readonly code: string; readonly lines: readonly string[]; readonly page: string }[];
  readonly closing: readonly string[];
}

export function codeOnlyText(letter: Acknowledgement): CodeOnlyText {
  const { personName, receivedAt, items, refusals, problems, exampleCodes } = letter;
  const [first] = exampleCodes;
  const placing =
    first === undefined
      ? '来信中有内容无法判断属于哪一项，已存档。'
      : `来信中有内容或附件无法判断属于哪一项，已存档，尚未计入；请每项一行，以编号开头重新发来。例如：${first} 收到`;
  return {
    opening: `${personName}：您${inChinese(dayOf(receivedAt))}的来信已收到。`,
    items: items.map(({ code, refused, questions, owed, deadline, page }) => ({
      code,
      lines: [
        '来信内容已登记，办理结果见链接。',
        ...(refused === undefined ? [] : ['有未能办理的，原因见链接。']),
        ...(questions.length === 0 ? [] : ['有需要您补充的，见链接。']),
        ...(deadline === null ? [] : [`整改时限：${inChinese(deadline)}。`]),
        owedWords(owed),
      ],
      page,
    })),
    closing: [
      ...vouchedWords(letter),
      ...(refusals.length > 0 ? [unworthy] : []),
      ...(problems.length > 0 ? [placing] : []),
      objection,
    ],
  };
}

/** What a duty is called, with its day. */
function owedSentence({ kind, measure, dueOn, overdue }: Owed): string {
  const what =
    kind === 'evidence' && measure !== undefined && measure > 0
      ? `措施${String(measure)}的佐证材料`
      : obligationNames[kind];
  return `${what}，应于${inChinese(dueOn)}${overdue === 'recorded' ? '，已逾期' : ''}`;
}

/** What somebody still owes, in a sentence. */
export function owedWords(owed: readonly Owed[]): string {
  return owed.length > 0 ? `还需办理：${owed.map(owedSentence).join('；')}。` : '目前没有需要您办理的事项。';
}

function itemText({ code, title, understood, refused, questions, owed }: AcknowledgedItem): string {
  const lines = [...understood, ...(refused === undefined ? [] : [refused]), ...questions, owedWords(owed)];
  return [`${code}　${title}`, ...lines.map((line) => `　· ${line}`)].join('\n');
}

function problemText(problems: readonly string[], exampleCodes: readonly string[]): string {
  const [first, second] = exampleCodes;
  if (first === undefined) return problems.join('\n');
  const examples = [`${first} 收到`, ...(second === undefined ? [] : [`${second} 本周完成现场核查，报告在写`])];
  return [...problems, '请每项一行，以编号开头；材料作附件发来，文件名写明编号和措施。例如：', ...examples].join('\n');
}
