import type { FileKind } from './kinds.ts';

const lookedAtBytes = 4096;

/** Whether what has no mark is text, and of which kind; by its first 4 KB. */
export function textKind(bytes: Uint8Array): Extract<FileKind, 'text' | 'webPage' | 'script' | 'unknown'> {
  const text = decoded(bytes.subarray(0, lookedAtBytes));
  if (text === undefined) return 'unknown';
  const opening = withoutPreamble(text).slice(0, 200).toLowerCase();
  if (/^<(?:!doctype\s+html|html|head|body|script|iframe|meta|title|style|svg|table|div|p|a|img)\b/.test(opening))
    return 'webPage';
  if (/^<!doctype\s+svg\b/.test(opening)) return 'webPage';
  if (/^(?:#!|<\?php\b|<%)/.test(opening)) return 'script';
  if (isSavedPage(opening, text)) return 'webPage';
  return 'text';
}

/** Undefined when it is no text: a letter that is none, in any of the usual encodings, shows it. */
function decoded(head: Uint8Array): string | undefined {
  const encoding =
    head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : '';
  if (encoding !== '') return new TextDecoder(encoding).decode(head);
  for (const byte of head) if (byte < 0x20 && !allowedControls.has(byte)) return undefined;
  const text = new TextDecoder('utf-8').decode(head);
  return text.replace(/^\ufeff/, '');
}

/** Tab, line feed, form feed, carriage return, escape and the end of a file of old systems. */
const allowedControls = new Set([0x09, 0x0a, 0x0c, 0x0d, 0x1a, 0x1b]);

/** Without blanks, comments and the XML declaration, which may stand before a page's first element. */
function withoutPreamble(text: string): string {
  let rest = text.trimStart();
  for (;;) {
    const end = rest.startsWith('<!--') ? '-->' : rest.startsWith('<?xml') ? '?>' : undefined;
    const at = end === undefined ? -1 : rest.indexOf(end);
    if (end === undefined || at < 0) return rest;
    rest = rest.slice(at + end.length).trimStart();
  }
}

/** A page that a browser or Word saved as one file (MHTML, RFC 2557); a mail has somebody it went to. */
function isSavedPage(opening: string, text: string): boolean {
  if (!/^(?:from: <saved by|mime-version:)/.test(opening)) return false;
  return /multipart\/related/i.test(text) && !/^(?:to|received|message-id):/im.test(text);
}
