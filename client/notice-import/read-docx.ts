import { Parser } from 'htmlparser2';
import { numberingOf, type Numbering } from './docx-numbering.ts';
import type { UnreadableNotice } from './notice-reading.ts';
import { partsOf, type SourceLine } from './paragraphs.ts';
import { openArchive, RefusedArchive, type Archive } from '../unzip.ts';

const mainPart = 'word/document.xml';
const deepest = 256;

/**
 * The paragraphs of a Word file, tables and text boxes included, in document order; `line` is the paragraph's number from
 * 1, empty ones counted. A soft line break starts a new line of the same number. What is deleted or hidden is not read;
 * automatic numbers are put before their paragraphs.
 *
 * @throws what `refuse` makes of the reason, when the archive or its main part is not in order
 */
export function readDocx(bytes: Uint8Array, refuse: (why: string) => UnreadableNotice): SourceLine[] {
  try {
    const archive = openArchive(bytes);
    const main = xmlOf(archive, mainPart);
    if (main === null) throw refuse('不是 Word 文件(.docx)，压缩包请解压后导入其中的通报');
    return paragraphsOf(
      main,
      numberingOf(xmlOf(archive, 'word/numbering.xml') ?? '', xmlOf(archive, 'word/styles.xml') ?? ''),
    );
  } catch (error) {
    if (error instanceof RefusedArchive) throw refuse(error.message);
    throw error;
  }
}

function xmlOf(archive: Archive, name: string): string | null {
  const bytes = archive.read(name);
  if (bytes === null) return null;
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  const xml = new TextDecoder(encoding).decode(bytes);
  // No Word part has a document type; one that does may hold entities made to explode.
  if (/<!(?:DOCTYPE|ENTITY)/iu.test(xml))
    throw new RefusedArchive('文件内含文档类型声明(DTD)，为安全起见不予读取，请用 Word 打开后另存');
  return xml;
}

/** Elements whose text is no part of what a reader of the page sees. */
const skipped = new Set([
  'w:del',
  'w:movefrom',
  'mc:fallback',
  'w:instrtext',
  'w:deltext',
  'w:rubypr',
  'w:rt',
  'w:pprchange',
  'w:rprchange',
]);

interface OpenParagraph {
  readonly line: number;
  text: string;
  style: string;
  numberId: string | null;
  level: number;
}

function paragraphsOf(xml: string, numbering: Numbering): SourceLine[] {
  const done: { readonly line: number; readonly parts: SourceLine[] }[] = [];
  const open: OpenParagraph[] = [];
  let count = 0;
  let depth = 0;
  let skip = 0;
  let isText = false;
  let isHiddenRun = false;
  const parser = new Parser(
    {
      onopentag(rawName, attributes) {
        depth += 1;
        if (depth > deepest) throw new RefusedArchive('文件结构嵌套过深，不像是普通的 Word 文件');
        const name = rawName.toLowerCase();
        const value = attributes['w:val'] ?? '';
        const current = open.at(-1);
        if (skipped.has(name)) skip += 1;
        else if (name === 'w:p') open.push({ line: (count += 1), text: '', style: '', numberId: null, level: 0 });
        else if (name === 'w:r') isHiddenRun = false;
        else if (name === 'w:vanish' && value !== '0' && value !== 'false') isHiddenRun = true;
        else if (name === 'w:t') isText = true;
        if (current === undefined || skip > 0) return;
        if (name === 'w:tab') current.text += ' ';
        else if (name === 'w:br' || name === 'w:cr') current.text += '\u2028';
        else if (name === 'w:nobreakhyphen') current.text += '-';
        else if (name === 'w:pstyle') current.style = value;
        else if (name === 'w:numid') current.numberId = value;
        else if (name === 'w:ilvl') current.level = Number(value) || 0;
      },
      ontext(text) {
        const current = open.at(-1);
        if (isText && skip === 0 && !isHiddenRun && current !== undefined) current.text += text;
      },
      onclosetag(rawName) {
        depth -= 1;
        const name = rawName.toLowerCase();
        if (skipped.has(name)) skip -= 1;
        else if (name === 'w:t') isText = false;
        else if (name === 'w:p') {
          const paragraph = open.pop();
          if (paragraph === undefined) return;
          const label = paragraph.text.trim() === '' ? '' : numbering.labelOf(paragraph);
          done.push({
            line: paragraph.line,
            parts: partsOf(label + paragraph.text.replace(/^\s+/u, ''), paragraph.line),
          });
        }
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(xml);
  return done.toSorted((a, b) => a.line - b.line).flatMap(({ parts }) => parts);
}
