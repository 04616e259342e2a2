import { forMatching } from './text-forms.ts';

const labels = {
  window: '(?:公开|公示|公布|通报|征求意见|意见征集|意见反馈)(?:的)?(?:期限|时间|日期|期)|受理时间|反馈期限',
  phone: '(?:联系|监督|举报|咨询|办公|值班|受理|反馈)?(?:联系)?(?:电话|方式|热线)(?:号码)?',
  address: '(?:邮政|通信|通讯|邮寄|来信|联系|来访|单位|信函|收信|办公)(?:信箱|地址)|来信来访地址|地址',
  postcode: '邮政编码|邮编',
  email: '(?:联系|监督|举报)?(?:电子邮箱|电子信箱|电子邮件|电子邮箱地址|邮箱|E-?mail)(?:地址)?',
} as const;

export type ContactKind = keyof typeof labels;
const kinds = Object.keys(labels) as ContactKind[];
const any = kinds.map((kind) => `(?<${kind}>${labels[kind]})`).join('|');
const atStart = new RegExp(
  `^(?:\\d[.、]|[一二三四五][、.]|\\([一二三四五\\d]\\))? {0,2}(?:${any}) {0,2}(?:\\([^)]{1,12}\\))?[:为是]`,
  'iu',
);
const anywhere = new RegExp(`(?<=^|[,。;、\\s)])(?:${any}) {0,2}(?:\\([^)]{1,12}\\))?(?:[:为是]|(?=[ \\d(]))`, 'giu');

/** The kind of contact a line gives when it begins with such a label (联系电话：…), or null. */
export function contactLabel(text: string): ContactKind | null {
  const groups = atStart.exec(forMatching(text))?.groups;
  return kinds.find((kind) => groups?.[kind] !== undefined) ?? null;
}

/** One labelled value of a contact block, as printed; `at` is where the label stands. */
export interface ContactEntry {
  readonly kind: ContactKind;
  readonly label: string;
  readonly value: string;
  readonly at: number;
}

/** Cuts a contact block at its labels; a value runs to the next label or the end of its sentence. */
export function contactEntries(text: string): ContactEntry[] {
  const plain = forMatching(text);
  const found = [...plain.matchAll(anywhere)];
  return found.flatMap((match, index) => {
    const kind = kinds.find((name) => match.groups?.[name] !== undefined);
    if (kind === undefined) return [];
    const from = match.index + match[0].length;
    const to = Math.min(found[index + 1]?.index ?? text.length, stop(plain, from));
    return [
      {
        kind,
        label: match[0].replace(/[:为是 ]+$/u, ''),
        value: text
          .slice(from, to)
          .replace(/[,，、;；。\s]+$/u, '')
          .trim(),
        at: match.index,
      },
    ];
  });
}

function stop(plain: string, from: number): number {
  const end = plain.slice(from).search(/[。;\n]/u);
  return end === -1 ? plain.length : from + end;
}

const start =
  /^(?:[一二三四五六七八九十]{1,2}、|\([一二三四五六七八九十]\))? {0,2}(?:欢迎[^。]{0,40}(?:监督|意见|反映)|如有(?:意见|问题|建议)|(?:广大|社会各界|各界)[^。]{0,20}如有(?:意见|问题))/u;

/** True for the paragraph that opens the contact block (欢迎广大干部群众…). */
export const isContactStart = (text: string): boolean => {
  const kind = contactLabel(text);
  return start.test(forMatching(text)) || (kind !== null && kind !== 'postcode');
};
