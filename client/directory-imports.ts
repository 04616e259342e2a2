import type { Ledger } from '../prisma/client.ts';
import type { IsoInstant } from '../workflows/rules/instants.ts';
import type { PeopleImported } from './people-import.ts';
import { personNames } from './reading/person-names.ts';

/** An import that changed the directory (通讯录), as lists show it. */
export interface DirectoryImportReading extends Pick<PeopleImported, 'added' | 'changed' | 'unchanged'> {
  readonly number: number;
  readonly at: IsoInstant;
  /** Null where nobody had to say who he is. */
  readonly by: string | null;
  /** Empty where the people did not come from a file, and so is the hash. */
  readonly fileName: string;
  readonly sha256: string;
}

/** The imports of people, the last one first. */
export async function readDirectoryImports(
  ledger: Ledger,
  { most }: { readonly most?: number } = {},
): Promise<DirectoryImportReading[]> {
  const rows = await ledger.directoryImport.findMany({
    orderBy: { number: 'desc' },
    ...(most !== undefined && { take: most }),
  });
  const nameOf = await personNames(
    ledger,
    rows.map(({ importedBy }) => importedBy),
  );
  return rows.map(({ importedBy, importedAt, added, changed, ...row }) => ({
    ...row,
    at: importedAt.toISOString(),
    by: nameOf(importedBy),
    added: added as string[],
    changed: changed as unknown as DirectoryImportReading['changed'],
  }));
}
