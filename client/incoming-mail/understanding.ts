import type { AnsweredItem } from './answered-mail.ts';
import { type AnswerWords, confirmsAll, readWords } from './commands.ts';
import { itemOf, measuresOf } from './evidence-placement.ts';
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
}

/** An answer, item by item, and what could not be placed: that is kept with the mail, and the person is asked. */
export interface Understanding {
  readonly items: readonly AnsweredWords[];
  readonly unplacedText: string;
  readonly unplacedFiles: readonly MailFile[];
  readonly unknownCodes: readonly string[];
}

/** Understands a visible answer and its attachments; the same answer is always understood alike. */
export function understood(text: string, files: readonly MailFile[], items: readonly AnsweredItem[]): Understanding {
  const asked = items.filter(({ because }) => because === 'asked');
  const sections = sectionsOf(
    text,
    items.map(({ code }) => code),
  );
  const textOf = new Map<AnsweredItem, string[]>();
  const unplaced: string[] = [];
  for (const section of sections) {
    const about = itemsOfSection(section, items, asked);
    for (const item of about) textOf.set(item, [...(textOf.get(item) ?? []), section.text]);
    const isSaid = section.unknownCodes.length > 0 || isAnswer(readWords(section.text));
    if (about.length === 0 && isSaid) {
      unplaced.push([...section.unknownCodes, section.text].join(' ').trim());
    }
  }
  const wordsOf = new Map(
    [...textOf].map(([item, texts]) => [item, wordsAbout(item, texts.join('\n').trim())] as const),
  );
  const answered = [...wordsOf].filter(([, words]) => isAnswer(words)).map(([item]) => item);
  const placed = files.map((file, index) => ({
    file,
    place: index + 1,
    item: itemOf(file.fileName, { answered, asked, all: items }),
  }));
  const inPlay = items.filter((item) => answered.includes(item) || placed.some((one) => one.item === item));
  return {
    items: inPlay.map((item) => {
      const own = placed.filter((one) => one.item === item);
      const context = { progress: item.progress, words: (textOf.get(item) ?? []).join('\n'), attachments: own.length };
      return {
        item,
        ...(wordsOf.get(item) ?? readWords('')),
        files: own.map(({ file, place }) => ({ file, place, measures: measuresOf(file.fileName, context) })),
      };
    }),
    unplacedText: unplaced.join('\n'),
    unplacedFiles: placed.filter(({ item }) => item === undefined).map(({ file }) => file),
    unknownCodes: sections.flatMap(({ unknownCodes }) => unknownCodes),
  };
}

function itemsOfSection(
  { codes, unknownCodes, text }: AnswerSection,
  items: readonly AnsweredItem[],
  asked: readonly AnsweredItem[],
): readonly AnsweredItem[] {
  if (codes.length > 0) return codes.flatMap((code) => items.find((item) => item.code === code) ?? []);
  if (unknownCodes.length > 0) return [];
  if (asked.length === 1 || confirmsAll(text) === 'all') return asked;
  return [];
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
