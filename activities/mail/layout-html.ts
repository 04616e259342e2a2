import type { Answering, Digest } from './digest.ts';
import type { DigestItem } from './digest-items.ts';
import { button, escaped, fieldRows, font, ink, lightInk, lines, row, sheet, table } from './html.ts';
import type { Letter } from './letter.ts';
import type { NoticeSection } from './notice-words.ts';

/** The digest as HTML; it says what the text says. */
export function digestHtml({
  subject,
  headline,
  greeting,
  introduction,
  items,
  notices,
  answering,
  why,
  office,
}: Digest): string {
  const [first] = items;
  const preview = first === undefined ? '' : `${first.subject.code} ${first.light}。${answering.title}。`;
  const content = [
    heading(headline),
    row(
      'ink2',
      `padding:0 0 18px 0;${font(14, 23, ink.quiet)}`,
      [`${greeting}：`, ...introduction].map(escaped).join('<br>'),
    ),
    ...items.map((item, index) => itemRow(item, index === 0 ? 'main' : 'other')),
    ...notices.map(noticeRow),
    answeringRow(answering),
    row('ink3', `padding:20px 0 0 0;${font(13, 22, ink.faint)}`, ['为什么收到', ...why].map(escaped).join('<br>')),
  ];
  return sheet({ title: subject, preview, office, content: content.join('\n') });
}

/** A letter as HTML. */
export function letterHtml({ subject, headline, greeting, paragraphs, fields, link, closing, office }: Letter): string {
  const paragraph = (text: string) => row('ink', `padding:0 0 12px 0;${font(15, 25, ink.text)}`, linked(lines(text)));
  const content = [
    ...(headline === '' ? [row('ink', 'padding:18px 0 0 0;font-size:0;line-height:0;', '')] : [heading(headline)]),
    ...(greeting === '' ? [] : [paragraph(`${greeting}：`)]),
    ...paragraphs.map(paragraph),
    ...(fields.length > 0 ? [row('ink', 'padding:0 0 14px 0;', fieldRows(fields))] : []),
    ...(link === null ? [] : [row('ink', 'padding:0 0 18px 0;', button('main', link))]),
    ...closing.map(paragraph),
  ];
  return sheet({ title: subject, preview: paragraphs[0] ?? '', office, content: content.join('\n') });
}

function heading(text: string): string {
  const style = `margin:0;${font(24, 34, ink.text, 'bold')}`;
  return row('ink', 'padding:22px 0 6px 0;', `<h1 style="${style}">${escaped(text)}</h1>`);
}

function itemRow({ subject, colour, light, fields, url }: DigestItem, rank: 'main' | 'other'): string {
  const { text, edge } = lightInk[colour];
  const { title } = subject;
  const heading = `<h2 style="margin:0;${font(18, 28, ink.text, 'bold')}">${escaped(title ?? '')}</h2>`;
  const content = table(
    `<tr><td class="${colour}" style="${font(15, 24, text, 'bold')}">${escaped(light)}</td>` +
      `<td class="ink2" align="right" style="white-space:nowrap;${font(15, 24, ink.quiet, 'bold')}">${escaped(subject.code)}</td></tr>` +
      (title === null ? '' : `<tr><td colspan="2" class="ink" style="padding:2px 0 6px 0;">${heading}</td></tr>`) +
      `<tr><td colspan="2">${fieldRows(fields)}</td></tr>` +
      `<tr><td colspan="2" style="padding-top:10px;">${button(rank, { label: `查看 ${subject.code}`, url })}</td></tr>`,
  );
  const width = colour === 'red' ? 2 : 1;
  return row(`edge ${colour}-edge`, `border-top:${String(width)}px solid ${edge};padding:18px 0 22px 0;`, content);
}

function noticeRow({ heading, sentences }: NoticeSection): string {
  const title = `<h2 style="margin:0;${font(16, 26, ink.text, 'bold')}">${heading}</h2>`;
  const content = table(
    row('ink', '', title) + sentences.map((one) => row('ink', font(15, 25, ink.text), escaped(one))).join(''),
  );
  return row('edge', `border-top:1px solid ${ink.edge};padding:18px 0 22px 0;`, content);
}

function answeringRow({ title, text, examples, more }: Answering): string {
  const paragraph = (tone: string, style: string, html: string) => row(tone, `padding:0 0 8px 0;${style}`, html);
  const content = table(
    row('ink', '', `<h2 style="margin:0;${font(16, 26, ink.text, 'bold')}">${escaped(title)}</h2>`) +
      paragraph('ink', `padding-top:4px;${font(15, 25, ink.text)}`, escaped(text)) +
      (examples.length > 0 ? paragraph('ink', font(15, 27, ink.text), examples.map(escaped).join('<br>')) : '') +
      (more === null ? '' : paragraph('ink2', font(14, 23, ink.quiet), escaped(more))),
  );
  return `<tr><td class="quiet" bgcolor="#f5f7f9" style="background-color:#f5f7f9;padding:18px 20px 12px 20px;">${content}</td></tr>`;
}

/** Addresses of pages in text that was written elsewhere; it has been escaped. */
function linked(html: string): string {
  return html.replace(
    /https?:\/\/[\w./:?=%-]+/g,
    (url) => `<a class="link" href="${url}" style="color:${ink.link};">${url}</a>`,
  );
}
