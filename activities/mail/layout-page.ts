import { inChinese, type IsoDate } from '../../workflows/rules/instants.ts';
import type { Digest } from './digest.ts';
import type { DigestItem } from './digest-items.ts';
import { escaped, lines } from './html.ts';
import type { Letter } from './letter.ts';

/** What stands at the head of a page (打印件) beside its words. */
export interface PageHead {
  /** What the office calls it. */
  readonly number: string;
  readonly to: string;
  readonly unit: string;
  readonly on: IsoDate;
}

/** A person's reminders of the day as a page on A4; it stands for itself, with no mail and no link. */
export function digestPage(digest: Digest, head: PageHead): string {
  const { items, introduction, notices, answering, why, office } = digest;
  const content = [
    ...introduction.map(paragraph),
    items.length === 0 ? '' : `<ol class="items">${items.map(item).join('')}</ol>`,
    ...notices.flatMap(({ heading, sentences }) => [`<h2>${heading}</h2>`, ...sentences.map(paragraph)]),
    `<h2>${escaped(answering.title)}</h2>`,
    paragraph(answering.text),
    `<section class="why"><h2>为什么收到</h2>${why.map(paragraph).join('')}</section>`,
  ];
  return page({ title: '整改督办提醒', lead: digest.headline, content: content.join('\n'), office }, head);
}

/** An answer as a page on A4. */
export function letterPage({ headline, paragraphs, fields, closing, office }: Letter, head: PageHead): string {
  const content = [...paragraphs.map(paragraph), fieldList(fields), ...closing.map(paragraph)];
  return page({ title: '整改督办答复', lead: headline, content: content.join('\n'), office }, head);
}

function item({ subject, light, fields, colour }: DigestItem): string {
  return (
    `<li class="item"><p class="item-head"><b>${escaped(subject.code)}</b><span class="${colour}">${escaped(light)}</span></p>` +
    `${subject.title === null ? '' : `<p class="item-title">${escaped(subject.title)}</p>`}${fieldList(fields)}</li>`
  );
}

function fieldList(fields: DigestItem['fields']): string {
  if (fields.length === 0) return '';
  return `<dl>${fields.map(({ label, text }) => `<dt>${escaped(label)}</dt><dd>${lines(text)}</dd>`).join('')}</dl>`;
}

function paragraph(text: string): string {
  return `<p>${lines(text)}</p>`;
}

interface Words {
  readonly title: string;
  readonly lead: string;
  readonly content: string;
  readonly office: string;
}

/** The sheet with head, signature and the slip that whoever receives it signs (送达回执). */
function page({ title, lead, content, office }: Words, { number, to, unit, on }: PageHead): string {
  const blanks = ['送达人', '送达日期', '收件人签字', '收件日期'];
  return `<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(`${title} ${to} ${number}`)}</title>
<style>${style}</style>
</head>
<body>
<main>
<header><p class="office">${escaped(office)}</p><p class="number">打印件 ${escaped(number)}</p></header>
<h1>${escaped(title)}</h1>
${lead === '' ? '' : `<p class="lead">${escaped(lead)}</p>`}
<p class="to">${escaped(unit === '' || to.includes(unit) ? to : `${unit} ${to}`)}：</p>
${content}
<div class="end"><p class="signed">${escaped(office)}<br>${escaped(inChinese(on).replace(/\(.*\)$/, ''))}</p>
<section class="slip"><h2>送达回执（撕下交督办办公室）</h2>
<p>打印件 ${escaped(number)}　收件人：${escaped(to)}</p>
<p class="blanks">${blanks.map((blank) => `<span>${blank}</span>`).join('')}</p></section></div>
</main>
</body>
</html>
`;
}

/**
 * Type and side margins after GB/T 9704 (仿宋，左28毫米、右26毫米), but 四号 instead of 三号 and less above and below, so that one item stays
 * on one sheet with its slip.
 */
const style = `
@page { size: A4; margin: 22mm 26mm 18mm 28mm; }
* { box-sizing: border-box; }
body { margin: 0; background: #e9ecef; color: #000; }
main { width: 210mm; min-height: 297mm; margin: 8mm auto; padding: 22mm 26mm 18mm 28mm; background: #fff;
  font-family: FangSong_GB2312, 'FangSong', STFangsong, 'Noto Serif CJK SC', 'Songti SC', SimSun, serif; font-size: 14pt; line-height: 22pt; }
header { display: flex; justify-content: space-between; align-items: baseline; border-bottom: 2pt solid #c00; padding-bottom: 4pt; }
header p, h1, h2, dl, dd, ol { margin: 0; padding: 0; }
.office { color: #c00; font-family: 'FZXiaoBiaoSong-B05S', '方正小标宋简体', STZhongsong, 'Noto Serif CJK SC', SimSun, serif; font-size: 18pt; font-weight: bold; }
.number { font-size: 12pt; }
h1 { margin: 12pt 0 4pt; text-align: center; font-family: 'FZXiaoBiaoSong-B05S', '方正小标宋简体', STZhongsong, 'Noto Serif CJK SC', SimSun, serif; font-size: 22pt; line-height: 32pt; }
.lead { margin: 0 0 8pt; text-align: center; font-family: KaiTi_GB2312, KaiTi, STKaiti, 'Noto Serif CJK SC', serif; }
.to { text-indent: 0; }
p { margin: 0; text-indent: 2em; }
header p, .lead, .to, .item p, .slip p, .signed { text-indent: 0; }
h2 { margin: 10pt 0 2pt; font-family: SimHei, STHeiti, 'Noto Sans CJK SC', sans-serif; font-size: 14pt; font-weight: normal; }
.items { list-style: none; margin: 8pt 0; }
.item { border-top: 0.75pt solid #000; padding: 6pt 0; break-inside: avoid; font-size: 12pt; line-height: 20pt; }
.items .item:last-child { border-bottom: 0.75pt solid #000; }
.item-head { display: flex; justify-content: space-between; font-family: SimHei, STHeiti, 'Noto Sans CJK SC', sans-serif; }
.item-head .red { font-weight: bold; }
.item-title { font-size: 14pt; line-height: 22pt; }
dl { display: grid; grid-template-columns: 5em 1fr; font-size: 12pt; line-height: 20pt; }
dt { font-family: KaiTi_GB2312, KaiTi, STKaiti, 'Noto Serif CJK SC', serif; }
.why, .why h2 { font-size: 11pt; line-height: 17pt; }
.end { break-inside: avoid; }
.signed { margin-top: 10pt; text-align: right; }
.slip { margin-top: 12pt; border-top: 1pt dashed #000; padding-top: 4pt; font-size: 12pt; }
.slip h2 { margin-top: 0; font-size: 12pt; }
.blanks { display: grid; grid-template-columns: 1fr 1fr; gap: 6pt 16pt; }
.blanks span { display: flex; }
.blanks span::after { content: ''; flex: 1; margin-left: 6pt; border-bottom: 0.75pt solid #000; }
@media print { body { background: none; } main { width: auto; min-height: 0; margin: 0; padding: 0; } }
`;
