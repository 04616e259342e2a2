import { extensionOf, type FileKind, isMisnamed, kindFacts } from './kinds.ts';

/** What whoever judges a file should know before he does. The words are for the office. */
const concernWords = {
  encrypted: '打开要密码，看不到内容',
  macros: '带宏，打开时不要启用',
  activeContent: '带有会自动执行的内容',
  externalReferences: '引用文件以外的内容，打开时会到别处去取',
  embeddedFiles: '里面还嵌有别的文件',
  runnableInside: '压缩包里有程序或脚本，不要打开',
  archiveInside: '压缩包里还有压缩包，内层没有检查',
  notLookedInto: '压缩包里的内容没有检查',
  unknownKind: '认不出是什么文件',
} as const;

export type Concern = keyof typeof concernWords;

function isConcern(text: string): text is Concern {
  return Object.hasOwn(concernWords, text);
}

/** Another issue, or an earlier cycle of the same one, for which the same content was handed in. */
export interface Reuse {
  readonly code: string;
  readonly cycle: number;
  readonly issue: 'same' | 'other';
}

/** Whether the same file was handed in elsewhere, and what else its content gives to think about, as short clauses. */
export function concernsInWords(
  { fileName, kind, concerns }: { fileName: string; kind: string | null; concerns: readonly string[] },
  reuses: readonly Reuse[],
): string[] {
  const known = kind !== null && Object.hasOwn(kindFacts, kind) ? (kind as FileKind) : undefined;
  return [
    ...reuseWords(reuses),
    ...(known !== undefined && isMisnamed(known, fileName)
      ? [`扩展名是 .${extensionOf(fileName)}，内容却是${kindFacts[known].name}`]
      : []),
    ...concerns.filter(isConcern).map((one) => concernWords[one]),
  ];
}

const namedReuses = 5;

function reuseWords(reuses: readonly Reuse[]): string[] {
  const elsewhere = [...new Set(reuses.filter(({ issue }) => issue === 'other').map(({ code }) => code))].toSorted();
  const earlier = [...new Set(reuses.filter(({ issue }) => issue === 'same').map(({ cycle }) => cycle))].toSorted();
  const more = elsewhere.length > namedReuses ? `等${String(elsewhere.length)}个问题` : '';
  return [
    ...(elsewhere.length > 0 ? [`同一份文件也交给了 ${elsewhere.slice(0, namedReuses).join('、')}${more}`] : []),
    ...(earlier.length > 0 ? [`与第${earlier.join('、')}轮整改交的是同一份文件`] : []),
  ];
}
