/** A file in a `winmail.dat`. */
export interface TnefFile {
  readonly fileName: string | null;
  readonly mediaType: string;
  readonly bytes: Buffer;
}

const signature = 0x223e9f78;
/** Attributes of [MS-OXTNEF] §2.1.3.2 and properties of [MS-OXPROPS]. */
const attribute = {
  codepage: 0x9007,
  newFile: 0x9002,
  title: 0x8010,
  data: 0x800f,
  properties: 0x9005,
} as const;
const property = { data: 0x3701, longName: 0x3707, shortName: 0x3704, displayName: 0x3001, mediaType: 0x370e } as const;

const filesAtMost = 100;

interface Building {
  title: string | undefined;
  longName: string | undefined;
  mediaType: string | undefined;
  bytes: Buffer | undefined;
}

/**
 * The files in a `winmail.dat`, as Outlook wraps them ([MS-OXTNEF]); none where it is no such file. What is broken off is
 * read as far as it goes.
 */
export function tnefFiles(tnef: Buffer): readonly TnefFile[] {
  if (tnef.length < 6 || tnef.readUInt32LE(0) !== signature) return [];
  const files: Building[] = [];
  let charset = 'gb18030';
  let at = 6;
  while (at + 9 <= tnef.length && files.length <= filesAtMost) {
    const id = tnef.readUInt16LE(at + 1);
    const length = tnef.readUInt32LE(at + 5);
    const value = tnef.subarray(at + 9, at + 9 + length);
    at += 9 + length + 2;
    if (id === attribute.codepage && value.length >= 4) charset = charsetOf(value.readUInt32LE(0));
    if (id === attribute.newFile)
      files.push({ title: undefined, longName: undefined, mediaType: undefined, bytes: undefined });
    const file = files.at(-1);
    if (file === undefined) continue;
    if (id === attribute.title) file.title = textIn(value, charset);
    if (id === attribute.data) file.bytes = value;
    if (id === attribute.properties) readProperties(value, charset, file);
  }
  return files.flatMap(({ title, longName, mediaType, bytes }) =>
    bytes === undefined
      ? []
      : [{ fileName: longName ?? title ?? null, mediaType: mediaType ?? 'application/octet-stream', bytes }],
  );
}

/** Windows' code pages; what is not known is read as Chinese. */
function charsetOf(codepage: number): string {
  if (codepage === 950) return 'big5';
  if (codepage === 65001) return 'utf-8';
  return codepage >= 1250 && codepage <= 1258 ? `windows-${String(codepage)}` : 'gb18030';
}

function textIn(value: Buffer, charset: string): string {
  const end = value.indexOf(0);
  return new TextDecoder(charset).decode(end < 0 ? value : value.subarray(0, end));
}

/** Bytes that a value of a fixed size takes, by its type. */
const sizeOfType = new Map([
  [0x02, 4],
  [0x03, 4],
  [0x04, 4],
  [0x0a, 4],
  [0x0b, 4],
  [0x05, 8],
  [0x06, 8],
  [0x07, 8],
  [0x14, 8],
  [0x40, 8],
  [0x48, 16],
]);
const variableTypes = new Set([0x0d, 0x1e, 0x1f, 0x102]);
const unicodeType = 0x1f;
const objectType = 0x0d;

/** Properties stand one behind the other, each padded to four bytes ([MS-OXTNEF] §2.1.3.4). */
function readProperties(value: Buffer, charset: string, file: Building): void {
  let at = 4;
  while (at + 4 <= value.length) {
    const type = value.readUInt16LE(at);
    const id = value.readUInt16LE(at + 2);
    at += 4;
    if (id >= 0x8000) at = behindName(value, at);
    const plainType = type & 0xfff;
    const isMany = (type & 0x1000) !== 0;
    const isVariable = variableTypes.has(plainType);
    let count = 1;
    if (isMany || isVariable) {
      if (at + 4 > value.length) return;
      count = value.readUInt32LE(at);
      at += 4;
    }
    for (; count > 0 && at < value.length; count -= 1) {
      let length = sizeOfType.get(plainType);
      if (isVariable) {
        if (at + 4 > value.length) return;
        length = value.readUInt32LE(at);
        at += 4;
      }
      if (length === undefined) return;
      // Before the bytes of an object stands the 16-byte name of its kind.
      const from = plainType === objectType ? at + 16 : at;
      takeProperty(file, id, value.subarray(from, at + length), plainType === unicodeType ? 'utf-16le' : charset);
      at += Math.ceil(length / 4) * 4;
    }
  }
}

/** A named property carries its name. */
function behindName(value: Buffer, at: number): number {
  if (at + 24 > value.length) return value.length;
  return value.readUInt32LE(at + 16) === 0 ? at + 24 : at + 24 + Math.ceil(value.readUInt32LE(at + 20) / 4) * 4;
}

function takeProperty(file: Building, id: number, value: Buffer, charset: string): void {
  const text = () => new TextDecoder(charset).decode(value).split('\0', 1)[0]!;
  if (id === property.longName) file.longName = text();
  else if (id === property.shortName || id === property.displayName) file.title ??= text();
  else if (id === property.mediaType) file.mediaType = text().toLowerCase();
  else if (id === property.data) file.bytes ??= value;
}
