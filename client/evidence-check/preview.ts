import { decodeText } from '../notice-import/decode-text.ts';
import { type FileKind, kindFacts } from './kinds.ts';
import { signatureOf } from './signatures.ts';
import { textKind } from './text-kind.ts';

/** How much of a file's beginning is looked at. */
export const headBytes = 16_384;
const openingCharacters = 600;
const pictureBytesAtMost = 20 * 1024 * 1024;

/** What every browser draws and nothing can hide in: SVG is a page, and few browsers draw HEIC or TIFF. */
const drawn: readonly string[] = ['jpeg', 'png', 'gif', 'webp', 'bmp'] satisfies readonly FileKind[];

/** Whether browsers draw what is of this kind by its content. */
export function isDrawn(kind: string | null): boolean {
  return kind !== null && drawn.includes(kind);
}

/** What of a piece of evidence (佐证材料) can be seen without opening the file. */
export type Preview =
  | { readonly kind: 'picture'; readonly mediaType: string }
  | { readonly kind: 'text'; readonly opening: string; readonly rest: 'none' | 'more' }
  /** `because` is a sentence. */
  | { readonly kind: 'none'; readonly because: string };

interface KeptFacts {
  readonly sizeBytes: number;
  /** As it was judged when it was kept; null for what was kept before that was done. Only names what cannot be shown. */
  readonly kind: string | null;
}

/**
 * Says how a file may be shown, by its first bytes alone: neither its name nor the type it was sent with counts.
 *
 * @param head the file's first bytes, `headBytes` of them where it has as many
 */
export function previewOf(head: Uint8Array, { sizeBytes, kind }: KeptFacts): Preview {
  const signature = signatureOf(head);
  if (signature === 'none') {
    const opening = textKind(head) === 'text' ? decodeText(head.subarray(0, headBytes)) : null;
    return opening === null ? notShown(kind) : textOf(opening, head.length < sizeBytes ? 'more' : 'none');
  }
  if (!isDrawn(signature)) return notShown(signature === 'zipArchive' ? kind : (kind ?? signature));
  if (sizeBytes > pictureBytesAtMost) return { kind: 'none', because: '图片超过20 MB，请下载查看。' };
  return { kind: 'picture', mediaType: kindFacts[signature as FileKind].mediaType! };
}

function textOf(text: string, rest: 'none' | 'more'): Preview {
  const opening = text.slice(0, openingCharacters);
  return { kind: 'text', opening, rest: opening.length < text.length ? 'more' : rest };
}

function notShown(kind: string | null): Preview {
  const name = kind !== null && kind in kindFacts ? kindFacts[kind as FileKind].name : '这种文件';
  return { kind: 'none', because: `${name}不在网页里打开，请下载查看。` };
}
