import type { Concern } from './concerns.ts';

/** What a PDF's own objects say of it. Objects in compressed streams are not seen. */
export function pdfConcerns(bytes: Uint8Array): Concern[] {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const says = (...names: string[]) => names.some((name) => file.includes(name, 0, 'latin1'));
  return [
    ...(says('/Encrypt') ? (['encrypted'] as const) : []),
    ...(says('/JavaScript', '/Launch') ? (['activeContent'] as const) : []),
    ...(says('/EmbeddedFile') ? (['embeddedFiles'] as const) : []),
  ];
}

export function rtfConcerns(bytes: Uint8Array): Concern[] {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const says = (word: string) => file.includes(word, 0, 'latin1');
  return [
    ...(says('\\objdata') ? (['embeddedFiles'] as const) : []),
    ...(says('\\*\\template') ? (['externalReferences'] as const) : []),
  ];
}
