/** The pieces that every HTML mail is made of. Styles stand on the tags: many readers drop the style block. */

const family = "'PingFang SC','Microsoft YaHei','微软雅黑','Noto Sans CJK SC',sans-serif";

export const ink = { text: '#17212b', quiet: '#43505d', faint: '#5d6975', link: '#174a7c', edge: '#dbe1e7' } as const;

export const lightInk = {
  red: { text: '#a11d16', edge: '#b3261e' },
  yellow: { text: '#7a5200', edge: '#dbe1e7' },
  green: { text: '#17633d', edge: '#dbe1e7' },
} as const;

export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${String(sign.charCodeAt(0))};`);
}

/** Font, size and line height in pixels, and colour. */
export function font(sizePx: number, linePx: number, colour: string, weight: 'normal' | 'bold' = 'normal'): string {
  return `font-family:${family};font-size:${String(sizePx)}px;line-height:${String(linePx)}px;font-weight:${weight};color:${colour};`;
}

/** A layout table's row of one cell; `tone` is the class by which dark mode finds it. */
export function row(tone: string, style: string, content: string): string {
  return `<tr><td class="${tone}" style="${style}">${content}</td></tr>`;
}

export function table(content: string): string {
  return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">${content}</table>`;
}

/** A label in a narrow column and what it says beside it. */
export function fieldRows(fields: readonly { readonly label: string; readonly text: string }[]): string {
  const rows = fields.map(
    ({ label, text }) =>
      `<tr><td class="ink3" width="64" valign="top" style="padding:4px 10px 4px 0;white-space:nowrap;${font(14, 23, ink.faint)}">${escaped(label)}</td>` +
      `<td class="ink" valign="top" style="padding:4px 0;word-break:break-word;${font(15, 23, ink.text)}">${lines(text)}</td></tr>`,
  );
  return table(rows.join(''));
}

export function lines(text: string): string {
  return escaped(text).replaceAll('\n', '<br>');
}

/** A link that looks like a button and reads like one; `main` is the one to press first. */
export function button(rank: 'main' | 'other', { label, url }: { label: string; url: string }): string {
  const [ground, sign] = rank === 'main' ? [ink.link, '#ffffff'] : ['#ffffff', ink.link];
  return (
    `<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr>` +
    `<td class="button ${rank}" bgcolor="${ground}" style="border:1px solid ${ink.link};border-radius:4px;background-color:${ground};">` +
    `<a href="${escaped(url)}" style="display:inline-block;padding:9px 22px;text-decoration:none;${font(15, 22, sign, 'bold')}">${escaped(label)}</a>` +
    `</td></tr></table>`
  );
}

export interface Sheet {
  readonly title: string;
  /** What a list of mails shows beside the subject. */
  readonly preview: string;
  readonly office: string;
  /** Rows of the sheet's table, below its head. */
  readonly content: string;
}

/**
 * The whole mail: 600 pixels wide at most and as narrow as its reader, also without the style block, which serves dark mode
 * and wider margins on phones. Outlook knows no greatest width and gets a table of that width around it.
 */
export function sheet({ title, preview, office, content }: Sheet): string {
  const head = table(
    `<tr><td class="ink" style="letter-spacing:1px;white-space:nowrap;${font(17, 24, ink.text, 'bold')}">整改督办</td>` +
      `<td class="ink2" align="right" style="padding-left:16px;${font(13, 24, ink.quiet)}">${escaped(office)}</td></tr>`,
  );
  return `<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no">
<title>${escaped(title)}</title>
<style>${styleBlock}</style>
</head>
<body class="page" bgcolor="#ffffff" style="margin:0;padding:0;background-color:#ffffff;">
<div aria-hidden="true" style="display:none;max-height:0;overflow:hidden;font-size:1px;line-height:1px;color:#ffffff;">${escaped(preview)}</div>
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#ffffff" style="background-color:#ffffff;"><tr><td align="center">
<!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
<table role="presentation" class="sheet" width="100%" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:600px;background-color:#ffffff;">
<tr><td class="side" style="padding:28px 12px 32px 12px;">
${table(`${row('head-edge', `border-bottom:3px solid ${ink.text};padding-bottom:12px;`, head)}\n${content}`)}
</td></tr></table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr></table>
</body>
</html>
`;
}

const styleBlock = `
@media (prefers-color-scheme: dark) {
  .page, .sheet { background-color: #12171c !important; }
  .quiet { background-color: #191f26 !important; }
  .ink, .ink h1, .ink h2 { color: #e6ebef !important; }
  .ink2 { color: #b9c3cc !important; }
  .ink3 { color: #96a2ae !important; }
  .red { color: #f79a90 !important; }
  .yellow { color: #ecc665 !important; }
  .green { color: #7fd0a4 !important; }
  .edge { border-color: #2c353f !important; }
  .red-edge { border-color: #ee7a6e !important; }
  .head-edge { border-color: #e6ebef !important; }
  .other { background-color: #12171c !important; border-color: #93c0ec !important; }
  .other a { color: #93c0ec !important; }
  .main { background-color: #93c0ec !important; border-color: #93c0ec !important; }
  .main a { color: #0c1a28 !important; }
}
@media (max-width: 620px) {
  .side { padding-left: 18px !important; padding-right: 18px !important; }
}
`;
