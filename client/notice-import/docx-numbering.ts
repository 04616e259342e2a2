import { Parser } from 'htmlparser2';
import { chineseNumber } from './text-forms.ts';

/** A paragraph as far as its automatic number depends on it. */
export interface NumberedParagraph {
  readonly style: string;
  /** `w:numId` of the paragraph itself; null leaves it to the style, `0` switches numbering off. */
  readonly numberId: string | null;
  /** `w:ilvl`, from 0. */
  readonly level: number;
}

/** Counts Word's automatic numbers; paragraphs must be asked in document order. */
export interface Numbering {
  /** The number as Word prints it (`（一）`), or an empty text. */
  readonly labelOf: (paragraph: NumberedParagraph) => string;
}

interface Level {
  format: string;
  text: string;
  start: number;
}

/** Reads Word's list definitions (ECMA-376 §17.9) as far as official documents use them. */
export function numberingOf(numberingXml: string, stylesXml: string): Numbering {
  const { abstractOf, levels } = readDefinitions(numberingXml);
  const styles = readStyles(stylesXml);
  const counters = new Map<string, number[]>();
  return {
    labelOf({ style, numberId, level }) {
      const id = numberId ?? styles.get(style)?.numberId ?? null;
      if (id === null || id === '0') return '';
      const at = numberId === null ? (styles.get(style)?.level ?? 0) : level;
      const list = abstractOf.get(id) ?? '';
      const definitions = levels.get(list);
      const definition = definitions?.get(at);
      if (definitions === undefined || definition === undefined) return '';
      const counter = counters.get(list) ?? [];
      counter.length = Math.min(counter.length, at + 1);
      for (let upper = 0; upper < at; upper += 1) counter[upper] ??= definitions.get(upper)?.start ?? 1;
      counter[at] = counter[at] === undefined ? definition.start : counter[at] + 1;
      counters.set(list, counter);
      if (definition.format === 'bullet' || definition.format === 'none') return '';
      return definition.text.replace(/%([1-9])/gu, (_, digit: string) => {
        const upper = Number(digit) - 1;
        return printed(counter[upper] ?? 1, definitions.get(upper)?.format ?? 'decimal');
      });
    },
  };
}

function printed(value: number, format: string): string {
  if (/chinese|japaneseCounting|taiwanese|ideographTraditional/iu.test(format)) return chineseNumber(value);
  if (format === 'decimalEnclosedCircle' && value <= 20) return String.fromCodePoint(0x2460 + value - 1);
  return String(value);
}

function readDefinitions(xml: string): { abstractOf: Map<string, string>; levels: Map<string, Map<number, Level>> } {
  const abstractOf = new Map<string, string>();
  const levels = new Map<string, Map<number, Level>>();
  let abstract = '';
  let number = '';
  let level: Level | null = null;
  walk(xml, (name, value, attributes) => {
    if (name === 'w:abstractNum') levels.set((abstract = attributes['w:abstractNumId'] ?? ''), new Map());
    else if (name === 'w:num') number = attributes['w:numId'] ?? '';
    else if (name === 'w:abstractNumId') abstractOf.set(number, value);
    else if (name === 'w:lvl' && number === '') {
      level = { format: 'decimal', text: '', start: 1 };
      levels.get(abstract)?.set(Number(attributes['w:ilvl'] ?? 0), level);
    } else if (level !== null && number === '') {
      if (name === 'w:start') level.start = Number(value) || 1;
      else if (name === 'w:numFmt') level.format = value;
      else if (name === 'w:lvlText') level.text = value;
    }
  });
  return { abstractOf, levels };
}

function readStyles(xml: string): Map<string, { numberId: string; level: number }> {
  const styles = new Map<string, { numberId: string; level: number }>();
  let style = '';
  walk(xml, (name, value, attributes) => {
    if (name === 'w:style') style = attributes['w:styleId'] ?? '';
    else if (name === 'w:numId') styles.set(style, { numberId: value, level: styles.get(style)?.level ?? 0 });
    else if (name === 'w:ilvl')
      styles.set(style, { numberId: styles.get(style)?.numberId ?? '0', level: Number(value) || 0 });
  });
  return styles;
}

function walk(
  xml: string,
  visit: (name: string, value: string, attributes: Readonly<Record<string, string>>) => void,
): void {
  if (xml === '') return;
  const parser = new Parser(
    { onopentag: (name, attributes) => visit(name, attributes['w:val'] ?? '', attributes) },
    { xmlMode: true },
  );
  parser.end(xml);
}
