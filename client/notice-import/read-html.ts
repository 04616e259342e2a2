import { Parser } from 'htmlparser2';
import type { UnreadableNotice } from './notice-reading.ts';
import { partsOf, type SourceLine } from './paragraphs.ts';

const tags = /<\s*(?:!doctype\s+html|html|head|body|meta|div|p|br|span|table|article|section|h[1-6])\b[^<>]{0,2000}>/iu;
const blocks = new Set(
  'address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td tfoot th thead title tr ul br'.split(
    ' ',
  ),
);
const unseen = new Set([
  'script',
  'style',
  'head',
  'noscript',
  'template',
  'svg',
  'select',
  'button',
  'textarea',
  'iframe',
  'object',
]);
const empty = new Set([
  'br',
  'hr',
  'img',
  'input',
  'meta',
  'link',
  'wbr',
  'col',
  'area',
  'base',
  'embed',
  'source',
  'track',
]);

const deepest = 512;

/** True when a text is a web page. */
export const looksLikeHtml = (text: string): boolean => tags.test(text.slice(0, 65_536));

/**
 * The lines of a web page as a reader sees them; `line` is the line of the file on which each begins. Linear in its length.
 *
 * @throws what `refuse` makes of the reason, when elements are nested beyond any real page
 */
export function readHtml(html: string, refuse: (why: string) => UnreadableNotice): SourceLine[] {
  const lines: SourceLine[] = [];
  const newlines = lineCounter(html);
  let words = '';
  let from = -1;
  let hidden = 0;
  const flush = (): void => {
    if (from >= 0) lines.push(...partsOf(collapsed(words), newlines(from)));
    words = '';
    from = -1;
  };
  const stack: { name: string; isHidden: boolean }[] = [];
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (blocks.has(name)) flush();
        if (empty.has(name)) return;
        if (stack.length >= deepest) throw refuse('网页结构嵌套过深，不像是普通的网页，请复制全文存为 .txt 后再导入');
        const isHidden =
          unseen.has(name) || 'hidden' in attributes || /display\s*:\s*none/iu.test(attributes['style'] ?? '');
        stack.push({ name, isHidden });
        if (isHidden) hidden += 1;
      },
      ontext(text) {
        if (hidden > 0) return;
        if (from < 0 && text.trim() !== '') from = parser.startIndex + (text.length - text.trimStart().length);
        words += text;
      },
      onclosetag(name) {
        if (blocks.has(name)) flush();
        if (empty.has(name)) return;
        const top = stack.pop();
        if (top?.isHidden === true) hidden -= 1;
      },
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  parser.end(html);
  flush();
  return lines;
}

/** Blanks as a browser shows them; a line feed of the source between two Chinese characters is nothing. */
const collapsed = (text: string): string =>
  text
    .replace(/(?<=[\u3000-\u9fff\uff00-\uffef])[\t ]*[\r\n]\s*(?=[\u3000-\u9fff\uff00-\uffef])/gu, '')
    .replace(/[\t\r\n ]+/gu, ' ');

/** Counts line ends up to an index; indexes must not fall. */
function lineCounter(text: string): (index: number) => number {
  let line = 1;
  let at = 0;
  return (index) => {
    for (let next = text.indexOf('\n', at); next !== -1 && next < index; next = text.indexOf('\n', at)) {
      line += 1;
      at = next + 1;
    }
    return line;
  };
}
