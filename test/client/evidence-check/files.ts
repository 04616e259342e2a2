import { strToU8, zipSync } from 'fflate';

export const bytesOf = (text: string): Uint8Array => strToU8(text);
export const hex = (digits: string, more = 64): Uint8Array =>
  Buffer.concat([Buffer.from(digits.replaceAll(' ', ''), 'hex'), Buffer.alloc(more)]);

export function zipOf(parts: Readonly<Record<string, string>>): Uint8Array {
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])));
}

/** The same archive, every entry marked as locked with a password (APPNOTE 4.4.4, bit 0). */
export function locked(archive: Uint8Array): Uint8Array {
  const bytes = Buffer.from(archive);
  for (
    let at = bytes.indexOf('PK\u0001\u0002', 0, 'latin1');
    at >= 0;
    at = bytes.indexOf('PK\u0001\u0002', at + 4, 'latin1')
  )
    bytes.writeUInt16LE(bytes.readUInt16LE(at + 8) | 1, at + 8);
  return bytes;
}

const relationships = (...inside: string[]) =>
  `<?xml version="1.0"?><Relationships xmlns="urn:r">${inside.join('')}</Relationships>`;
export const relation = (type: string, target: string, mode = ''): string =>
  `<Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"${mode === '' ? '' : ` TargetMode="${mode}"`}/>`;

/** A small Office document of the new kind, with further parts and relations. */
export function officeOf(
  folder: 'word' | 'xl' | 'ppt',
  {
    parts = {},
    relations = [],
    types = '',
  }: { parts?: Record<string, string>; relations?: string[]; types?: string } = {},
): Uint8Array {
  const main = { word: 'document', xl: 'workbook', ppt: 'presentation' }[folder];
  return zipOf({
    '[Content_Types].xml': `<Types>${types}</Types>`,
    [`${folder}/${main}.xml`]: '<x/>',
    [`${folder}/_rels/${main}.xml.rels`]: relationships(...relations),
    ...parts,
  });
}

/** A compound file (MS-CFB) with these streams in its directory and `content` where the first one begins. */
export function compoundOf(names: readonly string[], content: Uint8Array = new Uint8Array()): Uint8Array {
  const header = Buffer.alloc(512);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(header);
  header.writeUInt16LE(9, 30); // sectors of 512 bytes
  const first = Buffer.alloc(512);
  Buffer.from(content).copy(first);
  const directory = ['Root Entry', ...names].map((name, index) => {
    const entry = Buffer.alloc(128);
    entry.write(name, 0, 'utf16le');
    entry.writeUInt16LE((name.length + 1) * 2, 64);
    entry.writeUInt8(index === 0 ? 5 : 2, 66);
    entry.writeUInt32LE(0, 116);
    return entry;
  });
  return Buffer.concat([header, first, ...directory]);
}
