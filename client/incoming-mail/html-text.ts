import { Parser } from 'htmlparser2';
import { type Container, containerOf } from './html-containers.ts';

/** Elements that begin and end on a line of their own. */
const blocks = new Set(
  'address article aside blockquote center dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody thead tr ul'.split(
    ' ',
  ),
);
const unseen = new Set(['script', 'style', 'title', 'head', 'template', 'noscript']);

/** More nesting than any mail program writes; deeper quotes are quoted anyway. */
const quoteDepthAtMost = 20;

/** The parser's time grows with the square of the nesting: what is nested deeper is only freed of its tags. */
const nestingAtMost = 1000;
const chunkLength = 8192;

/** What the plain-text reader takes for the beginning of the mail that is answered. */
const originalLine = '-----原始邮件-----';

/**
 * The text a reader of the HTML sees, line by line, marked as plain text is: what stands in a quote or signature begins
 * with `>`, and where only the beginning of the quote is known, a line says so. Anything is read somehow: broken HTML
 * gives the text that can be made out.
 */
export function textOfHtml(html: string): string {
  const lines: string[] = [];
  let line = '';
  let unseenDepth = 0;
  let preDepth = 0;
  let quoteDepth = 0;
  let attributionDepth = 0;
  const open: (Container | undefined)[] = [];
  const endLine = () => {
    const text = preDepth > 0 ? line.trimEnd() : line.trim();
    // Gmail writes the head of a mail that is passed on into the place of an attribution: it is none.
    if (attributionDepth > 0 && text.startsWith('--')) {
      open[open.lastIndexOf('attribution')] = undefined;
      attributionDepth -= 1;
      quoteDepth -= 1;
    }
    const prefix = '>'.repeat(Math.min(quoteDepth, quoteDepthAtMost));
    lines.push(prefix === '' ? text : `${prefix} ${text}`);
    line = '';
  };
  const endBlock = () => {
    if (line.trim() !== '') endLine();
    else line = '';
  };
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const container = containerOf(name, attributes);
        if (unseen.has(name)) unseenDepth += 1;
        if (name === 'br') endLine();
        else if (name === 'td' || name === 'th') line += ' ';
        else if (blocks.has(name) || container !== undefined) endBlock();
        if (name === 'pre') preDepth += 1;
        if (container === 'quotedBelow' && quoteDepth === 0) lines.push(originalLine);
        else if (isFoxmailRule(name, attributes)) lines.push('--');
        open.push(container);
        quoteDepth += depthOf(container);
        if (container === 'attribution') attributionDepth += 1;
      },
      ontext(text) {
        if (unseenDepth > 0) return;
        if (preDepth === 0) {
          line += text.replace(/[\s\u00a0]+/g, ' ');
          return;
        }
        const [first = '', ...further] = text.split('\n');
        line += first;
        for (const next of further) {
          endLine();
          line = next;
        }
      },
      onclosetag(name) {
        const container = open.pop();
        if (unseen.has(name)) unseenDepth = Math.max(0, unseenDepth - 1);
        if (blocks.has(name) || container !== undefined) endBlock();
        if (name === 'pre') preDepth = Math.max(0, preDepth - 1);
        quoteDepth -= depthOf(container);
        if (container === 'attribution') attributionDepth -= 1;
        if (name === 'p') lines.push('');
      },
    },
    { decodeEntities: true },
  );
  let read = 0;
  while (read < html.length && open.length < nestingAtMost) {
    const nextTag = html.indexOf('<', read + chunkLength);
    const end = nextTag < 0 ? html.length : nextTag;
    parser.write(html.slice(read, end));
    read = end;
  }
  parser.end();
  endBlock();
  lines.push(withoutTags(html.slice(read)));
  return lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** A signature is marked twice, so that nobody takes it for what the person cites by hand. */
function depthOf(container: Container | undefined): number {
  if (container === 'signature') return 2;
  return container === 'quoted' || container === 'attribution' ? 1 : 0;
}

/** Foxmail draws this above the signature. */
function isFoxmailRule(name: string, { color = '', style = '' }: Readonly<Record<string, string>>): boolean {
  return name === 'hr' && /^#b5c4df$/i.test(color) && /width:\s{0,3}210px/i.test(style);
}

function withoutTags(html: string): string {
  return html
    .split('<')
    .map((piece, index) => (index === 0 ? piece : piece.slice(piece.indexOf('>') + 1)))
    .join('');
}
