import { createHash, randomUUID } from 'node:crypto';
import type { Ledger } from '../prisma/client.ts';
import { officeAuthor } from './acting/office-author.ts';
import { type ImportProblem, ImportRefused } from './rounds/import-refused.ts';
import { columnOf, readTable } from './rounds/table-file.ts';

/** A person as a directory (通讯录) names him. */
export interface PersonRow {
  readonly line: number;
  readonly name: string;
  /** Lower case; null for somebody without mail. */
  readonly email: string | null;
  readonly unit: string;
  readonly position: string;
}

/** Who imports people, from which file, and whether it is meant. */
export interface PeopleImport {
  readonly mode?: 'write' | 'preview';
  /** Of the office, as people name him. */
  readonly by?: string | undefined;
  /** Left out when the people do not come from a file. */
  readonly file?: { readonly fileName: string; readonly bytes: Uint8Array };
}

/** What an import of people did, or would do. */
export interface PeopleImported {
  readonly written: 'yes' | 'preview';
  readonly added: readonly string[];
  readonly changed: readonly { readonly name: string; readonly changes: readonly string[] }[];
  readonly unchanged: number;
}

const spellings = {
  name: ['姓名', '名字', '人员', '人员姓名', 'name'],
  email: ['邮箱', '电子邮箱', '邮件', '电子邮件', '邮箱地址', 'email', 'e-mail', 'mail'],
  unit: ['单位', '部门', '科室', '股室', '处室', '所在部门', '所在单位', '责任部门', '单位部门', 'unit', 'department'],
  position: ['职务', '岗位', '职位', 'position', 'title'],
} as const;

const address = /^[^\s@<>(),;:"[\]]{1,64}@[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/u;

/**
 * Reads a directory of people from a .csv file, with Chinese or English headings in any order.
 *
 * @throws MisuseError when it is no table
 * @throws ImportRefused with all its problems at once
 */
export function readPeople(bytes: Uint8Array, fileName: string): PersonRow[] {
  const table = readTable(bytes, fileName);
  const [name, email, unit, position] = (['name', 'email', 'unit', 'position'] as const).map((field) =>
    columnOf(table, spellings[field]),
  );
  const absent = [name === undefined && '姓名', email === undefined && '邮箱'].filter((column) => column !== false);
  if (absent.length > 0) {
    const found = table.headings.filter((heading) => heading !== '').join('、');
    throw new ImportRefused(fileName, [{ line: 1, message: `表头缺少“${absent.join('”“')}”一列，现有：${found}` }]);
  }
  const rows = table.rows.map(({ line, cells }) => {
    const cell = (column: string | undefined) => cells[column ?? ''] ?? '';
    return personRow(line, {
      ...{ name: cell(name), email: cell(email) },
      ...{ unit: cell(unit), position: cell(position) },
    });
  });
  const problems = [...rows.flatMap(problemsOf), ...doubles(rows)].sort((a, b) => a.line - b.line);
  if (rows.length === 0) problems.push({ line: 1, message: '只有表头，没有人员' });
  if (problems.length > 0) throw new ImportRefused(fileName, problems);
  return rows;
}

/** What is said of a person, as it was typed. */
type PersonWords = Readonly<Record<'name' | 'email' | 'unit' | 'position', string>>;

/** One person as a form names him. @throws ImportRefused with all that is amiss */
export function personTyped(words: PersonWords): PersonRow {
  const row = personRow(0, words);
  const problems = problemsOf(row);
  if (problems.length > 0) throw new ImportRefused('', problems);
  return row;
}

function personRow(line: number, { name, email, unit, position }: PersonWords): PersonRow {
  return { line, name: name.replace(/\s/gu, ''), email: emailOf(email), unit, position };
}

/** Lower case, as the directory keeps it. */
export function isMailAddress(text: string): boolean {
  return address.test(text);
}

function emailOf(cell: string): string | null {
  const email = cell.normalize('NFKC').trim().toLowerCase();
  return email === '' || /^(?:无|没有|-+|\/)$/u.test(email) ? null : email;
}

function problemsOf({ line, name, email }: PersonRow): ImportProblem[] {
  const problems: ImportProblem[] = [];
  if (name === '') problems.push({ line, message: '没有写姓名' });
  if (email !== null && !isMailAddress(email)) {
    problems.push({ line, message: `“${email}”不是有效的邮箱（应是 name@example.gov.cn 之类）` });
  }
  return problems;
}

/** Two rows of one address would be two persons who get the same mail, and nobody could tell whose answer it is. */
function doubles(rows: readonly PersonRow[]): ImportProblem[] {
  const first = new Map<string, PersonRow>();
  return rows.flatMap((row) => {
    const key = keyOf(row);
    const before = first.get(key);
    if (!before) first.set(key, row);
    if (!before || row.name === '') return [];
    const what = row.email === null ? `${row.name}（没有邮箱）` : row.email;
    return [{ line: row.line, message: `${what}与第 ${String(before.line)} 行重复` }];
  });
}

function keyOf({ email, name, unit }: Pick<PersonRow, 'email' | 'name' | 'unit'>): string {
  return email ?? `${name}\n${unit}`;
}

/**
 * Adds people to the directory and brings those it knows up to date: by e-mail address, or by name and unit where
 * somebody has none. Nobody is removed. What changes something is kept with who imported which file, when; he may be one
 * whom the file itself brings. A second import of the same rows changes nothing, and keeps nothing.
 *
 * @throws RefusedError `AuthorMissing`, `NotOffice`, `UnknownPerson`, `AmbiguousPerson`; then nothing is written
 */
export async function importPeople(
  ledger: Ledger,
  rows: readonly PersonRow[],
  { mode = 'write', by, file }: PeopleImport = {},
): Promise<PeopleImported> {
  if (mode === 'preview') return { written: 'preview', ...(await difference(ledger, rows)).told };
  return ledger.$transaction(
    async (tx) => {
      // Two at once take turns, so that neither counts as its own what the other has added.
      await tx.$executeRaw`LOCK TABLE "DirectoryImport" IN SHARE ROW EXCLUSIVE MODE`;
      const { added, changed, told } = await difference(tx, rows);
      if (added.length + changed.length === 0) return { written: 'yes', ...told };
      await tx.person.createMany({
        data: added.map(({ name, email, unit, position }) => ({ id: randomUUID(), name, email, unit, position })),
        skipDuplicates: true,
      });
      for (const { id, row } of changed)
        await tx.person.update({ where: { id }, data: said(row), select: { id: true } });
      const { author, at } = await officeAuthor(tx, { scope: 'real', act: '导入人员', by });
      const fileName = file?.fileName ?? '';
      const sha256 = file === undefined ? '' : createHash('sha256').update(file.bytes).digest('hex');
      await tx.directoryImport.create({ data: { fileName, sha256, importedBy: author, importedAt: at, ...told } });
      return { written: 'yes', ...told };
    },
    { timeout: importTimeoutMs, maxWait: importTimeoutMs },
  );
}

/** A directory of some thousands is updated row by row. */
const importTimeoutMs = 60_000;

/** Whom the rows add to the directory and whom they change, and what is told of it. */
async function difference(ledger: Pick<Ledger, 'person'>, rows: readonly PersonRow[]) {
  const known = await ledger.person.findMany({ where: { scope: 'real' } });
  const byKey = new Map(known.map((person) => [keyOf(person), person]));
  const added = rows.filter((row) => !byKey.has(keyOf(row)));
  const changed = rows.flatMap((row) => {
    const person = byKey.get(keyOf(row));
    const changes = person ? changesOf(person, row) : [];
    return person && changes.length > 0 ? [{ id: person.id, row, changes }] : [];
  });
  const told = {
    added: added.map(({ name }) => name),
    changed: changed.map(({ row, changes }) => ({ name: row.name, changes })),
    unchanged: rows.length - added.length - changed.length,
  };
  return { added, changed, told };
}

type Described = Pick<PersonRow, 'name' | 'unit' | 'position'>;

/** An empty cell says nothing about somebody who is known, so it takes nothing away. */
function said({ name, unit, position }: Described): Partial<Described> {
  return { name, ...(unit !== '' && { unit }), ...(position !== '' && { position }) };
}

function changesOf(person: Described, row: Described): string[] {
  const fields = [
    ['姓名', 'name'],
    ['单位', 'unit'],
    ['职务', 'position'],
  ] as const;
  return fields.flatMap(([label, field]) =>
    row[field] === '' || row[field] === person[field]
      ? []
      : [`${label}：${person[field] === '' ? '（空）' : person[field]} → ${row[field]}`],
  );
}
