/** What a person is told to write instead of words that cannot be read. */
export const howToWrite = '请写成 2024年3月31日、2024年3月底前、立行立改 或 长期坚持 之类';

/** Notes as one text, each said once. */
export function together(notes: readonly string[]): string {
  return [...new Set(notes)].join(';');
}
