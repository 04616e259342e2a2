import { Parser } from 'htmlparser2';

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

/**
 * The text a reader of the HTML sees, line by line; what stands in a `blockquote` begins with `>` as in plain text.
 * Anything is read somehow: broken HTML gives the text that can be made out.
 */
export function textOfHtml(html: string): string {
  const lines: string[] = [];
  let line = '';
  let quoteDepth = 0;
  let unseenDepth = 0;
  let depth = 0;
  const endLine = () => {
    const prefix = '>'.repeat(Math.min(quoteDepth, quoteDepthAtMost));
    lines.push(prefix === '' ? line.trim() : `${prefix} ${line.trim()}`);
    line = '';
  };
  const endBlock = () => {
    if (line.trim() !== '') endLine();
    else line = '';
  };
  const parser = new Parser(
    {
      onopentag(name) {
        depth += 1;
        if (unseen.has(name)) unseenDepth += 1;
        if (name === 'br') endLine();
        else if (name === 'td' || name === 'th') line += ' ';
        else if (blocks.has(name)) endBlock();
        if (name === 'blockquote') quoteDepth += 1;
      },
      ontext(text) {
        if (unseenDepth === 0) line += text.replace(/[\s\u00a0]+/g, ' ');
      },
      onclosetag(name) {
        depth -= 1;
        if (unseen.has(name)) unseenDepth = Math.max(0, unseenDepth - 1);
        if (blocks.has(name)) endBlock();
        if (name === 'p') lines.push('');
        if (name === 'blockquote') quoteDepth = Math.max(0, quoteDepth - 1);
      },
    },
    { decodeEntities: true },
  );
  let read = 0;
  while (read < html.length && depth < nestingAtMost) {
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

function withoutTags(html: string): string {
  return html
    .split('<')
    .map((piece, index) => (index === 0 ? piece : piece.slice(piece.indexOf('>') + 1)))
    .join('');
}
