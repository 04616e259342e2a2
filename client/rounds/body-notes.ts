import type { NoticeBodies } from './bodies-in-notice.ts';
import { codeRanges } from './code-prefix.ts';

/** Which issues were put down to a body that stands in a heading: the office looks at it before it launches. */
export function bodyNotes({ names, of }: NoticeBodies, drafts: readonly { readonly code: string }[]): string[] {
  return names.slice(1).map((name, index) => {
    const codes = drafts.filter((_, place) => of(place) === index + 1).map(({ code }) => code);
    return `${codeRanges(codes)}归入被巡察单位“${name}”（通报里的标题），不对的用 round bodies put 改`;
  });
}
