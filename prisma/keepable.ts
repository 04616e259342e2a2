/** The text as the ledger can keep it: PostgreSQL takes neither NUL nor half a character (an unpaired surrogate). */
export function keepable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}
