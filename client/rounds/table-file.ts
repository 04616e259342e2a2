import { MisuseError } from '../misuse-error.ts';

/** One row of a table with its cells by heading, and the line of the file on which it begins (1-based). */
export interface TableRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** A table whose first filled row is its headings. */
export interface Table {
  readonly headings: readonly string[];
  readonly rows: readonly TableRow[];
}

/** More than any directory of people holds; what is larger is another kind of file. */
const largestBytes = 10 * 1024 * 1024;

/**
 * Reads a table from a .csv file as Excel and WPS write it: UTF-8 with or without BOM, GB18030 or UTF-16; separated by
 * commas, semicolons or tabs; with quoted cells that hold line breaks. Empty rows are left out.
 *
 * @throws MisuseError when it is no such file
 */
export function readTable(bytes: Uint8Array, fileName: string): Table {
  if (bytes.length === 0) throw new MisuseError(`${fileName}：文件是空的`);
  if (bytes.length > largestBytes) throw new MisuseError(`${fileName}：文件超过 10 MB，不像是一份名单`);
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    throw new MisuseError(`${fileName}：这是 Excel 文件，请另存为“CSV UTF-8（逗号分隔）”后再导入`);
  }
  const text = textOf(bytes, fileName);
  const records = recordsOf(text, separatorOf(text)).filter(({ cells }) => cells.some((cell) => cell !== ''));
  const [heading, ...rows] = records;
  if (!heading) throw new MisuseError(`${fileName}：文件里没有内容`);
  const headings = heading.cells.map((cell) => cell.replace(/\s/gu, ''));
  return {
    headings,
    rows: rows.map(({ line, cells }) => ({
      line,
      cells: Object.fromEntries(headings.map((name, index) => [name, cells[index] ?? ''])),
    })),
  };
}

function textOf(bytes: Uint8Array, fileName: string): string {
  const encodings = bytes[0] === 0xff && bytes[1] === 0xfe ? ['utf-16le'] : ['utf-8', 'gb18030'];
  for (const encoding of encodings) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      if (!text.includes('\0')) return text;
    } catch {
      continue; // another encoding
    }
  }
  throw new MisuseError(`${fileName}：不是文本文件，请另存为“CSV UTF-8（逗号分隔）”`);
}

function separatorOf(text: string): string {
  const [first = ''] = text.split(/\r\n|\n|\r/u).filter((line) => line.trim() !== '');
  return ['\t', ';', ','].find((separator) => first.includes(separator) && !first.includes(',')) ?? ',';
}

interface TableRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** RFC 4180, with line breaks of any kind and quotes that a cell begins with. */
function recordsOf(text: string, separator: string): TableRecord[] {
  const records: TableRecord[] = [];
  let cells: string[] = [];
  let line = 1;
  let startedOn = 1;
  const pattern = new RegExp(`"((?:[^"]|"")*)"|([^${separator}\\r\\n]+)|(${separator})|(\\r\\n|\\n|\\r)`, 'gu');
  let cell = '';
  for (const [whole, quoted, plain, between, end] of text.matchAll(pattern)) {
    if (quoted !== undefined) {
      cell += quoted.replaceAll('""', '"');
      line += whole.split(/\r\n|\n|\r/u).length - 1;
    } else if (plain !== undefined) cell += plain;
    else if (between !== undefined) {
      cells.push(cell.trim());
      cell = '';
    } else if (end !== undefined) {
      records.push({ line: startedOn, cells: [...cells, cell.trim()] });
      cells = [];
      cell = '';
      line += 1;
      startedOn = line;
    }
  }
  if (cell !== '' || cells.length > 0) records.push({ line: startedOn, cells: [...cells, cell.trim()] });
  return records;
}

/** The heading of the table that means this, in any of its spellings; undefined when there is none. */
export function columnOf({ headings }: Table, spellings: readonly string[]): string | undefined {
  return headings.find((heading) => spellings.includes(heading.toLowerCase()));
}
