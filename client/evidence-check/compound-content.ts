import type { Concern } from './concerns.ts';
import type { FileContent } from './file-content.ts';
import type { FileKind } from './kinds.ts';

interface Stream {
  readonly name: string;
  readonly startSector: number;
}

const headerBytes = 512;
const entryBytes = 128;
const mostEntries = 20_000;

/**
 * What an old Office file (OLE compound file, MS-CFB) is, by the names of its streams. Entries of its directory are
 * found where they may stand, at every multiple of their size, so that a broken chain of sectors hides none.
 */
export function compoundContent(bytes: Uint8Array): FileContent {
  if (bytes.length < headerBytes + entryBytes)
    return { kind: 'unknown', concerns: [], spoilt: '已损坏，打不开；请检查原文件后重新发来' };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const streams = streamsOf(view);
  const has = (...names: string[]) => streams.some(({ name }) => names.includes(name));
  if (has('EncryptedPackage')) return { kind: 'lockedOffice', concerns: ['encrypted'] };
  const kind = kindOf(has, bytes);
  const concerns: Concern[] = [
    ...(isLocked(view, streams) ? (['encrypted'] as const) : []),
    ...(has('_VBA_PROJECT', 'VBA', 'Macros', '_VBA_PROJECT_CUR') ? (['macros'] as const) : []),
    ...(has('\u0001Ole10Native') ? (['embeddedFiles'] as const) : []),
    ...(kind === 'unknown' ? (['unknownKind'] as const) : []),
  ];
  return { kind, concerns };
}

function kindOf(has: (...names: string[]) => boolean, bytes: Uint8Array): FileKind {
  if (has('WordDocument')) return 'doc';
  if (has('Workbook', 'Book')) return 'xls';
  if (has('PowerPoint Document')) return 'ppt';
  if (has('__properties_version1.0')) return 'outlookMail';
  // The class of an installer of Windows: {000C1084-0000-0000-C000-000000000046}.
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(
    '84100c0000000000c000000000000046',
    0,
    'hex',
  )
    ? 'program'
    : 'unknown';
}

function streamsOf(view: DataView): Stream[] {
  const streams: Stream[] = [];
  for (let at = headerBytes; at + entryBytes <= view.byteLength && streams.length < mostEntries; at += entryBytes) {
    const nameBytes = view.getUint16(at + 64, true); // with the zero at its end
    const type = view.getUint8(at + 66);
    if (nameBytes < 4 || nameBytes > 64 || nameBytes % 2 !== 0 || ![1, 2, 5].includes(type)) continue;
    if (view.getUint16(at + nameBytes - 2, true) !== 0) continue;
    const units = Array.from({ length: nameBytes / 2 - 1 }, (_, index) => view.getUint16(at + 2 * index, true));
    streams.push({ name: String.fromCharCode(...units), startSector: view.getUint32(at + 116, true) });
  }
  return streams;
}

/** Whether Word's first block says so (MS-DOC, FibBase), or Excel's second record is FILEPASS (MS-XLS). */
function isLocked(view: DataView, streams: readonly Stream[]): boolean {
  const sectorBytes = 1 << Math.min(view.getUint16(30, true), 16);
  const beginsAt = (...names: string[]) => {
    const stream = streams.find(({ name }) => names.includes(name));
    const at = stream === undefined ? Infinity : (stream.startSector + 1) * sectorBytes;
    return at + 12 <= view.byteLength ? at : undefined;
  };
  const word = beginsAt('WordDocument');
  if (word !== undefined && view.getUint16(word, true) === 0xa5ec)
    return (view.getUint16(word + 10, true) & 0x0100) !== 0;
  const workbook = beginsAt('Workbook', 'Book');
  if (workbook === undefined || (view.getUint16(workbook, true) & 0xff) !== 0x09) return false;
  const second = workbook + 4 + view.getUint16(workbook + 2, true);
  return second + 2 <= view.byteLength && view.getUint16(second, true) === 0x2f;
}
