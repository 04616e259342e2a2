import { inflateRawSync } from 'node:zlib';

/** Limits that keep a crafted archive from costing more than what it holds can be worth. */
const limits = { entries: 2000, unpackedBytes: 32 * 1024 * 1024, ratio: 200, ratioFromBytes: 1024 * 1024 } as const;

interface Entry {
  readonly method: number;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  readonly headerAt: number;
  readonly isEncrypted: boolean;
}

/** Why an archive is refused: one Chinese clause, without a full stop. */
export class RefusedArchive extends Error {
  override readonly name = 'RefusedArchive';
  readonly why: 'damaged' | 'encrypted' | 'beyondLimits' | 'unfit';

  constructor(message: string, why: 'damaged' | 'encrypted' | 'beyondLimits' | 'unfit' = 'unfit') {
    super(message);
    this.why = why;
  }
}

/** What the directory says of an entry. */
export interface ArchiveEntry {
  /** In lower case, with forward slashes. */
  readonly name: string;
  readonly unpackedBytes: number;
  readonly isEncrypted: boolean;
}

export interface Archive {
  readonly entries: readonly ArchiveEntry[];
  /** The unpacked bytes of an entry, or null when there is none of that name. @throws RefusedArchive */
  readonly read: (name: string) => Uint8Array | null;
}

/**
 * Opens a zip archive from its central directory. Number of entries, names that stand twice, stated sizes and ratios are
 * checked before anything is unpacked; while unpacking, no entry may grow past what it stated.
 *
 * @throws RefusedArchive when the archive is damaged, encrypted or beyond the limits
 */
export function openArchive(bytes: Uint8Array): Archive {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = readDirectory(bytes, view);
  let left: number = limits.unpackedBytes;
  return {
    entries: [...entries].map(([name, { unpackedBytes, isEncrypted }]) => ({ name, unpackedBytes, isEncrypted })),
    read(name) {
      const entry = entries.get(name);
      if (entry === undefined) return null;
      if (entry.isEncrypted) throw new RefusedArchive('文件加了密码，请去掉密码后再导入', 'encrypted');
      if (entry.unpackedBytes > left) throw new RefusedArchive('文件解压后过大，请确认选对了文件', 'beyondLimits');
      const unpacked = unpack(bytes, view, entry);
      left -= unpacked.length;
      return unpacked;
    },
  };
}

function readDirectory(bytes: Uint8Array, view: DataView): Map<string, Entry> {
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count > limits.entries)
    throw new RefusedArchive(`压缩包里有 ${count} 个条目，超过 ${limits.entries} 个的上限`, 'beyondLimits');
  const entries = new Map<string, Entry>();
  let total = 0;
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > end || view.getUint32(at, true) !== 0x02014b50) throw damaged();
    const nameLength = view.getUint16(at + 28, true);
    const name = nameOf(bytes.subarray(at + 46, at + 46 + nameLength));
    const entry: Entry = {
      isEncrypted: (view.getUint16(at + 8, true) & 1) === 1,
      method: view.getUint16(at + 10, true),
      packedBytes: view.getUint32(at + 20, true),
      unpackedBytes: view.getUint32(at + 24, true),
      headerAt: view.getUint32(at + 42, true),
    };
    const key = name.replaceAll('\\', '/').toLowerCase();
    if (entries.has(key)) throw new RefusedArchive('压缩包里有重名的条目，文件可能被改动过');
    entries.set(key, entry);
    total += entry.unpackedBytes;
    if (total > limits.unpackedBytes * 4) throw new RefusedArchive('文件解压后过大，请确认选对了文件', 'beyondLimits');
    if (entry.unpackedBytes > limits.ratioFromBytes && entry.unpackedBytes > entry.packedBytes * limits.ratio) {
      throw new RefusedArchive('文件的压缩比异常，可能是压缩炸弹', 'beyondLimits');
    }
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/** Chinese Windows writes names in GBK and says nothing of it. */
function nameOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

const damaged = (): RefusedArchive => new RefusedArchive('文件已损坏，请重新获取或用 Word 打开后另存', 'damaged');

function findEnd(view: DataView): number {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 65_535); at -= 1) {
    if (view.getUint32(at, true) === 0x06054b50) return at;
  }
  throw damaged();
}

function unpack(bytes: Uint8Array, view: DataView, entry: Entry): Uint8Array {
  const { headerAt, packedBytes, unpackedBytes } = entry;
  if (headerAt + 30 > bytes.length || view.getUint32(headerAt, true) !== 0x04034b50) throw damaged();
  const from = headerAt + 30 + view.getUint16(headerAt + 26, true) + view.getUint16(headerAt + 28, true);
  if (from + packedBytes > bytes.length) throw damaged();
  const packed = bytes.subarray(from, from + packedBytes);
  if (entry.method === 0) {
    if (packedBytes !== unpackedBytes) throw damaged();
    return packed;
  }
  if (entry.method !== 8) throw new RefusedArchive('文件的压缩方式不受支持，请用 Word 打开后另存为 .docx');
  try {
    const unpacked = inflateRawSync(packed, { maxOutputLength: Math.max(1, unpackedBytes) });
    if (unpacked.length !== unpackedBytes) throw damaged();
    return unpacked;
  } catch {
    throw damaged();
  }
}
