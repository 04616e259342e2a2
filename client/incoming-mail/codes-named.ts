/** The codes that somebody wrote in one line, `GM-07、GM-08`; none of an empty one. */
export function codesNamed(line: string): string[] {
  return line.split(/[、,，;；\s]+/).filter((code) => code !== '');
}
