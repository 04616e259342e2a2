import type { AnsweredDuty, AnsweredItem } from './answered-mail.ts';
import { type AnswerWords, confirmsAll, readWords } from './commands.ts';
import { handsIn, itemOf, measuresOf, speaksOfEnclosures } from './evidence-placement.ts';
import { type AnswerSection, sectionsOf } from './item-codes.ts';
import type { MailFile } from './open-mail.ts';

/** An attachment of one item. */
export interface PlacedFile {
  readonly file: MailFile;
  /** Its place in the mail, from 1. */
  readonly place: number;
  /** Empty while nobody has said which measure it is for. */
  readonly measures: readonly number[];
}

/** What an answer says about one item. */
export interface AnsweredWords extends AnswerWords {
  readonly item: AnsweredItem;
  readonly files: readonly PlacedFile[];
  /** Whether it asks how the item stands (查询). */
  readonly query: 'asked' | 'notAsked';
}

/** What an answer says about one of the round's duties. */
export interface DutyWords {
  readonly duty: AnsweredDuty;
  readonly text: string;
  readonly files: readonly MailFile[];
}

/** An answer, item by item, and what could not be placed: that is kept with the mail, and the person is asked. */
export interface Understanding {
  readonly items: readonly AnsweredWords[];
  readonly duties: readonly DutyWords[];
  readonly unplacedText: string;
  readonly unplacedFiles: readonly MailFile[];
  readonly unknownCodes: readonly string[];
}

/** What an answer may be about. */
type Subject = AnsweredItem | AnsweredDuty;

/** Understands a visible answer and its attachments; the same answer is always understood alike. */
export function understood(
  text: string,
  files: readonly MailFile[],
  { items, duties = [] }: { readonly items: readonly AnsweredItem[]; readonly duties?: readonly AnsweredDuty[] },
): Understanding {
  const subjects: readonly Subject[] = [...items, ...duties];
  const asked = subjects.filter((subject) => isDuty(subject) || subject.because === 'asked');
  const sections = sectionsOf(
    text,
    subjects.map(({ code }) => code),
  );
  const textOf = new Map<Subject, string[]>();
  const queried = new Set<Subject>();
  const unplaced: string[] = [];
  for (const section of sections) {
    const about = subjectsOf(section, subjects, asked);
    for (const subject of about) {
      textOf.set(subject, [...(textOf.get(subject) ?? []), section.text]);
      if (section.query === 'asked') queried.add(subject);
    }
    const isSaid = section.unknownCodes.length > 0 || section.query === 'asked' || isAnswer(readWords(section.text));
    if (about.length === 0 && isSaid) {
      unplaced.push([...section.unknownCodes, section.text].join(' ').trim());
    }
  }
  const said = (subject: Subject) => (textOf.get(subject) ?? []).join('\n').trim();
  const wordsOf = new Map(items.map((item) => [item, wordsAbout(item, said(item))] as const));
  const isAnswered = (subject: Subject) =>
    isDuty(subject) ? said(subject) !== '' : isAnswer(wordsOf.get(subject)!) || queried.has(subject);
  const answered = subjects.filter(isAnswered);
  const enclosing = answered.filter((subject) => speaksOfEnclosures(said(subject)));
  const handing = enclosing.length === 1 ? enclosing.filter((subject) => handsIn(said(subject))) : [];
  const placed = files.map((file, index) => ({
    file,
    place: index + 1,
    subject: itemOf(file.fileName, { answered, handing, asked, all: subjects }),
  }));
  const inPlay = (subject: Subject) => answered.includes(subject) || placed.some((one) => one.subject === subject);
  return {
    items: items.filter(inPlay).map((item) => {
      const own = placed.filter(({ subject }) => subject === item);
      const context = { progress: item.progress, words: said(item), attachments: own.length };
      return {
        item,
        ...wordsOf.get(item)!,
        query: queried.has(item) ? 'asked' : 'notAsked',
        files: own.map(({ file, place }) => ({ file, place, measures: measuresOf(file.fileName, context) })),
      };
    }),
    duties: duties.filter(inPlay).map((duty) => ({
      duty,
      text: said(duty),
      files: placed.filter(({ subject }) => subject === duty).map(({ file }) => file),
    })),
    unplacedText: unplaced.join('\n'),
    unplacedFiles: placed.filter(({ subject }) => subject === undefined).map(({ file }) => file),
    unknownCodes: sections.flatMap(({ unknownCodes }) => unknownCodes),
  };
}

function isDuty(subject: Subject): subject is AnsweredDuty {
  return 'obligationId' in subject;
}

/** 查询 without a code asks about the whole mail, as long as the answer can be read. */
const queriedAtOnce = 10;

function subjectsOf(
  { codes, unknownCodes, text, query }: AnswerSection,
  subjects: readonly Subject[],
  asked: readonly Subject[],
): readonly Subject[] {
  if (codes.length > 0) return codes.flatMap((code) => subjects.find((subject) => subject.code === code) ?? []);
  if (unknownCodes.length > 0) return [];
  if (asked.length === 1) return asked;
  if (query === 'asked') return asked.length <= queriedAtOnce ? asked.filter((subject) => !isDuty(subject)) : [];
  // 全部收到 takes the issues on; a duty of the round asks for a report.
  return confirmsAll(text) === 'all' ? asked.filter((subject) => !isDuty(subject)) : [];
}

/** 确认 meets a duty to attest (长期坚持) as a report does; where none is open it acknowledges. */
function wordsAbout({ progress }: AnsweredItem, text: string): AnswerWords {
  const words = readWords(text);
  const isAttestation = progress.obligations.some(({ kind }) => kind === 'attestation');
  return isAttestation && words.commands.includes('acknowledge') ? { ...words, note: text } : words;
}

function isAnswer({ commands, note }: AnswerWords): boolean {
  return commands.length > 0 || note !== '';
}
