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

/**
 * The text a reader of the HTML sees, line by line; what stands in a `blockquote` begins with `>` as in plain text.
 * Anything is read somehow: broken HTML gives the text that can be made out.
 */
export function textOfHtml(html: string): string {
  const lines: string[] = [];
  let line = '';
  let quoteDepth = 0;
  let unseenDepth = 0;
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
        if (unseen.has(name)) unseenDepth = Math.max(0, unseenDepth - 1);
        if (blocks.has(name)) endBlock();
        if (name === 'p') lines.push('');
        if (name === 'blockquote') quoteDepth = Math.max(0, quoteDepth - 1);
      },
    },
    { decodeEntities: true },
  );
  parser.end(html);
  endBlock();
  return lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
