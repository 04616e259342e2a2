import { compoundContent } from './compound-content.ts';
import type { Concern } from './concerns.ts';
import type { FileContent } from './file-content.ts';
import { signatureOf } from './signatures.ts';
import { type FileKind, isRunnableName, kindFacts } from './kinds.ts';
import { pdfConcerns, rtfConcerns } from './page-concerns.ts';
import { textKind } from './text-kind.ts';
import { zipContent } from './zip-content.ts';

/** What a file is by its content, and whether it can prove anything. */
export interface FileJudgement {
  readonly kind: FileKind;
  /** What whoever judges it should know; does not keep it from being evidence. */
  readonly concerns: readonly Concern[];
  /** Why it is no evidence, as a clause that goes on from its name; null when it is. */
  readonly refusal: string | null;
}

/**
 * Judges a file that is handed in as evidence (佐证材料). The content decides, not the type it was sent with; the name
 * counts only for plain text that a system would run because of it. Nothing is unpacked but the small parts of an
 * Office file that say what it refers to, within the limits of `openArchive`. The same file is always judged alike.
 */
export function judgeFile(bytes: Uint8Array, fileName: string): FileJudgement {
  const content = contentOf(bytes);
  const kind = content.kind === 'text' && isRunnableName(fileName) ? 'script' : content.kind;
  const { concerns } = content;
  const refusal = content.spoilt ?? refusalOf(kind);
  return { kind, concerns, refusal };
}

/** What a file is and what is to be known of it, by its content alone. */
export function contentOf(bytes: Uint8Array): FileContent {
  if (bytes.length === 0) return { kind: 'empty', concerns: [] };
  const signature = signatureOf(bytes);
  switch (signature) {
    case 'zipArchive':
      return zipContent(bytes);
    case 'compoundFile':
      return compoundContent(bytes);
    case 'none': {
      const kind = textKind(bytes);
      return { kind, concerns: kind === 'unknown' ? ['unknownKind'] : [] };
    }
    case 'pdf':
      return { kind: signature, concerns: pdfConcerns(bytes) };
    case 'rtf':
      return { kind: signature, concerns: rtfConcerns(bytes) };
    case 'rar':
    case 'sevenZip':
    case 'otherArchive':
      return { kind: signature, concerns: ['notLookedInto'] };
    default:
      return { kind: signature, concerns: [] };
  }
}

function refusalOf(kind: FileKind): string | null {
  switch (kind) {
    case 'empty':
      return '是空文件，请重新发来';
    case 'program':
    case 'script':
      return `是${kindFacts[kind].name}，不能作为佐证；请改发 PDF、图片、Word 或 Excel 文件`;
    case 'webPage':
      return '是网页文件，不能作为佐证；请打开后另存为 PDF、Word 或 Excel 文件，或者截图再发';
    default:
      return null;
  }
}
