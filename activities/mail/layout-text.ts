import type { Digest } from './digest.ts';
import type { Letter } from './letter.ts';

const rule = '────────────────';

/** The digest as plain text, complete by itself; lines are as long as their sentences, for the reader's window to break. */
export function digestText({ greeting, introduction, items, notices, answering, why, office }: Digest): string {
  const blocks = items.map(({ subject, light, fields, url }, index) => [
    `${String(index + 1)}. ${subject.code}${subject.title === null ? '' : `　${subject.title}`}`,
    ...[light, ...fields.map(({ label, text }) => `${label}：${text}`), `查看：${url}`].map((line) => `   ${line}`),
  ]);
  const how = [
    answering.title,
    '',
    answering.text,
    ...(answering.examples.length > 0 ? ['', ...answering.examples] : []),
    ...(answering.more === null ? [] : ['', answering.more]),
  ];
  const waiting = notices.map(({ heading, sentences }) => [heading, '', ...sentences]);
  const sections = [[`${greeting}：`, '', ...introduction], ...blocks, ...waiting, how, ['为什么收到', '', ...why]];
  return `${sections.map((lines) => lines.join('\n')).join(`\n\n${rule}\n`)}\n\n${office}\n`;
}

/** A letter as plain text. */
export function letterText({ greeting, paragraphs, fields, link, closing, office }: Letter): string {
  const parts = [
    ...(greeting === '' ? [] : [`${greeting}：`]),
    ...paragraphs,
    ...(fields.length > 0 ? [fields.map(({ label, text }) => `${label}：${text}`).join('\n')] : []),
    ...(link === null ? [] : [`查看：${link.url}`]),
    ...closing,
    office,
  ];
  return `${parts.join('\n\n')}\n`;
}
