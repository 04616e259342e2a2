import { foldedWords } from './folded-words.ts';

/** A part of an answer and the items it is about; no codes where the person named none. */
export interface AnswerSection {
  /** As the ledger spells them. */
  readonly codes: readonly string[];
  /** What looks like one of our codes but is none the person may answer, as he wrote it. */
  readonly unknownCodes: readonly string[];
  /** The person's own words, without the code at their beginning. */
  readonly text: string;
  /** There when the section asks how these items stand: 查询 GM-07. */
  readonly query?: 'asked';
}

interface CodeReader {
  /** A code in folded text: the prefix, any dash or none, and zeros before the number or none. */
  readonly pattern: string;
  readonly codeOf: (prefix: string, number: string) => string | undefined;
}

/**
 * Splits a visible answer into what is said about each item: a line that begins with a code, or with several
 * (`GM-01、02`), belongs to it until the next such line. Words before the first code are a section without codes.
 *
 * @param codes the items the person may answer
 */
export function sectionsOf(text: string, codes: readonly string[]): AnswerSection[] {
  const reader = codeReader(codes);
  const sections: (Omit<AnswerSection, 'text'> & { lines: string[] })[] = [{ codes: [], unknownCodes: [], lines: [] }];
  for (const line of text.split('\n')) {
    const [verb = ''] = queryVerb.exec(foldedWords(line)) ?? [];
    const words = line.slice(verb.length);
    const named = reader && codesAtStart(words, reader);
    if (named) {
      const { codes: known, unknownCodes } = named;
      // What follows a query in its line belongs to the question.
      const isQuery = verb !== '' || statusQuestion.test(foldedWords(named.rest));
      sections.push({
        codes: known,
        unknownCodes,
        ...(isQuery ? { lines: [], query: 'asked' } : { lines: [named.rest] }),
      });
    } else if ((verb !== '' && allOfThem.test(foldedWords(words))) || statusQuestion.test(foldedWords(line))) {
      sections.push({ codes: [], unknownCodes: [], lines: [], query: 'asked' });
    } else sections.at(-1)!.lines.push(line);
  }
  return sections
    .map(({ lines, ...section }) => ({ ...section, text: lines.join('\n').trim() }))
    .filter(
      ({ text: said, codes, unknownCodes, query }) =>
        said !== '' || codes.length > 0 || unknownCodes.length > 0 || query === 'asked',
    );
}

const queryVerb = /^\s*(?:请|麻烦)?(?:帮[忙我]?)?(?:查询|查一下|请查|查查)(?:一下)?[\s:：]*/u;
const allOfThem = /^(?:全部|所有|各项)?(?:问题|事项)?(?:的?(?:整改|办理)?(?:情况|进展|进度|状态))?[\s。！!？?]*$/u;
/** A line that asks how things stand and nothing else: 目前进展如何？ */
const statusQuestion =
  /^\s*(?:请问|请教)?(?:目前|现在|现)?(?:该|这个?|此|本|这几)?[项件个]?(?:问题|事项|事)?(?:的)?(?:(?:整改|办理|落实|工作)?的?(?:情况|进展|进度|状态)?(?:如何|怎么?样|到(?:哪|那)(?:一?步|里|儿)|到什么(?:程度|阶段))|办[得到]?(?:如何|怎么?样|哪(?:一?步|里|儿))|有什么进展|什么(?:情况|进展|进度))(?:了|啦)?\s*[？?。！!]*\s*$/u;

/** The codes that stand anywhere in a file's name, each once. */
export function codesInFileName(fileName: string, codes: readonly string[]): string[] {
  const reader = codeReader(codes);
  if (!reader) return [];
  const found = [...folded(fileName).matchAll(new RegExp(`(?<![A-Z0-9])${reader.pattern}`, 'g'))].map(
    ([, prefix = '', number = '']) => reader.codeOf(prefix, number),
  );
  return [...new Set(found.filter((code) => code !== undefined))];
}

/** Letters in plain width and upper case; places in the text stay the same. */
function folded(text: string): string {
  return text.replace(/[\uff01-\uff5e\u3000a-z]/g, (char) => {
    const code = char.charCodeAt(0);
    if (code === 0x3000) return ' ';
    return (code > 0xff00 ? String.fromCharCode(code - 0xfee0) : char).toUpperCase();
  });
}

function codeReader(codes: readonly string[]): CodeReader | undefined {
  const byKey = new Map<string, string>();
  const prefixes = new Set<string>();
  for (const code of codes) {
    const [, prefix = '', number = ''] = /^(.+?)[-_]?(\d+)$/s.exec(folded(code)) ?? [];
    if (prefix === '') continue; // a bare number begins many lines that name no item
    byKey.set(keyOf(prefix, number), code);
    prefixes.add(prefix);
  }
  if (byKey.size === 0) return undefined;
  const anyPrefix = [...prefixes]
    .sort((one, other) => other.length - one.length)
    .map((prefix) => prefix.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/-/g, dash))
    .join('|');
  return {
    pattern: `(${anyPrefix})${dash}(\\d{1,4})(?!\\d)`,
    codeOf: (prefix, number) => byKey.get(keyOf(prefix, number)),
  };
}

/** Any dash or none. */
const dash = '\\s{0,2}[-_~–—−]?\\s{0,2}';

function keyOf(prefix: string, number: string): string {
  return `${prefix.replace(/[\s\-_~–—−]/g, '')}-${String(Number(number))}`;
}

/** What may stand before a code: brackets, bullets, a list's own number. */
const opening = '[\\s\\[【(「"“*#•·]{0,8}(?:\\d{1,2}[.、)]\\s{0,4})?[\\s\\[【(「"“*#•·]{0,8}';
/** What may stand between two codes, and between a code and the words about it. */
const between = /[\s、,;和及与/]{0,6}/y;
const closing = /[\s\]】)」"”*:,.;、。-]{0,12}/y;
/** `、02` after `GM-01`: a number of the same form, with nothing that it could count. */
const furtherNumber = /\s?[、和及与]\s?(\d{2,4})(?=[\s、和及与:,.。;]|$)/y;

function codesAtStart(
  line: string,
  { pattern, codeOf }: CodeReader,
): { codes: string[]; unknownCodes: string[]; rest: string } | undefined {
  const text = folded(line);
  const codes: string[] = [];
  const unknownCodes: string[] = [];
  let end = 0;
  let expected = new RegExp(`${opening}(?<code>${pattern})`, 'y');
  const anotherCode = new RegExp(`${between.source}(?<code>${pattern})`, 'y');
  for (;;) {
    const match = matchAt(expected, text, end);
    if (!match) break;
    const [prefix, number] = [match[2]!, match[3]!];
    note(prefix, number, line.slice(end + match[0].length - match.groups!['code']!.length, end + match[0].length));
    end += match[0].length;
    for (;;) {
      const [all, further] = matchAt(furtherNumber, text, end) ?? [];
      if (all === undefined || further?.length !== number.length) break;
      end += all.length;
      note(prefix, further, further);
    }
    expected = anotherCode;
  }
  if (codes.length + unknownCodes.length === 0) return undefined;
  return { codes, unknownCodes, rest: line.slice(end + (matchAt(closing, text, end)?.[0].length ?? 0)) };

  function note(prefix: string, number: string, written: string): void {
    const code = codeOf(prefix, number);
    if (code === undefined) unknownCodes.push(written);
    else if (!codes.includes(code)) codes.push(code);
  }
}

function matchAt(sticky: RegExp, text: string, place: number): RegExpExecArray | null {
  sticky.lastIndex = place;
  return sticky.exec(text);
}
