import iconv from 'iconv-lite';

interface Wrapped {
  readonly shortName: string;
  readonly longName?: string;
  readonly bytes: Buffer;
}

const uint16 = (value: number) => Buffer.from([value & 0xff, value >> 8]);
const uint32 = (value: number) => Buffer.concat([uint16(value & 0xffff), uint16(value >>> 16)]);

/** Level, id and type, length, value, and the sum of its bytes ([MS-OXTNEF] §2.1.3). */
function attribute(level: 1 | 2, id: number, value: Buffer): Buffer {
  const sum = value.reduce((total, byte) => (total + byte) & 0xffff, 0);
  return Buffer.concat([Buffer.from([level]), uint32(id), uint32(value.length), value, uint16(sum)]);
}

function padded(value: Buffer): Buffer {
  return Buffer.concat([value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
}

/** One fixed property, one named one and the long name, so that a reader has to step over the first two. */
function properties(longName: string): Buffer {
  const name = Buffer.from(`${longName}\0`, 'utf16le');
  const label = Buffer.from('x\0', 'utf16le');
  return Buffer.concat([
    uint32(3),
    uint16(0x0003),
    uint16(0x0e20),
    uint32(4711),
    uint16(0x0003),
    uint16(0x8001),
    Buffer.alloc(16, 7),
    uint32(1),
    uint32(label.length),
    padded(label),
    uint32(1),
    uint16(0x001f),
    uint16(0x3707),
    uint32(1),
    uint32(name.length),
    padded(name),
  ]);
}

/** A `winmail.dat` as Outlook in Chinese writes it (code page 936), with these files. */
export function winmail(files: readonly Wrapped[]): Buffer {
  return Buffer.concat([
    uint32(0x223e9f78),
    uint16(1),
    attribute(1, 0x00089006, uint32(0x00010000)),
    attribute(1, 0x00069007, Buffer.concat([uint32(936), uint32(0)])),
    ...files.flatMap(({ shortName, longName, bytes }) => [
      attribute(2, 0x00069002, Buffer.alloc(14)),
      attribute(2, 0x0006800f, bytes),
      attribute(2, 0x00018010, Buffer.concat([iconv.encode(shortName, 'gbk'), Buffer.from([0])])),
      ...(longName === undefined ? [] : [attribute(2, 0x00069005, properties(longName))]),
    ]),
  ]);
}
