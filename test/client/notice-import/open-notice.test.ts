import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, zipSync, type Zippable } from 'fflate';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { UnreadableNotice, type NoticeReading } from '../../../client/notice-import/notice-reading.ts';
import { openNotice } from '../../../client/notice-import/open-notice.ts';
import { readNotice } from '../../../client/notice-import/read-notice.ts';
import { processorMs } from '../../support/processor-time.ts';

const samples = ['xingyuan-2024.txt', 'qinghe-2024.txt'] as const;
const textOf = (file: string): string => readFileSync(join(import.meta.dirname, '../../../samples', file), 'utf8');
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const documentOf = (paragraphs: string): Uint8Array =>
  strToU8(
    `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="urn:w" xmlns:mc="urn:mc"><w:body>${paragraphs}</w:body></w:document>`,
  );
const docxOf = (paragraphs: string, more: Zippable = {}): Uint8Array =>
  zipSync({ '[Content_Types].xml': strToU8('<Types/>'), 'word/document.xml': documentOf(paragraphs), ...more });
const run = (text: string): string => `<w:r><w:t xml:space="preserve">${escaped(text)}</w:t></w:r>`;
const paragraph = (text: string): string => `<w:p>${text === '' ? '' : run(text)}</w:p>`;
const wordOf = (text: string): Uint8Array => docxOf(text.split('\n').map(paragraph).join(''));

/** What a reading says, its lines aside. */
const withoutLines = ({ problems, issues, ...rest }: NoticeReading): unknown => ({
  ...rest,
  issues: issues.map((issue) => ({ ...issue, line: 0 })),
  problems: problems.map(({ code }) => code).toSorted(),
});

describe.each(samples)('%s', (file) => {
  const text = textOf(file);
  const plain = readNotice(new TextEncoder().encode(text), file);

  test.each([
    ['UTF-8 with a mark', iconv.encode(text, 'utf8', { addBOM: true })],
    ['UTF-16 little-endian with a mark', iconv.encode(text, 'utf-16le', { addBOM: true })],
    ['UTF-16 little-endian without a mark', iconv.encode(text, 'utf-16le', { addBOM: false })],
    ['UTF-16 big-endian with a mark', iconv.encode(text, 'utf-16be', { addBOM: true })],
    ['UTF-16 big-endian without a mark', iconv.encode(text, 'utf-16be', { addBOM: false })],
    ['GB 18030', iconv.encode(text, 'gb18030')],
    ['UTF-8 with the line ends of Windows', iconv.encode(text.replaceAll('\n', '\r\n'), 'utf8')],
  ])('reads the same in %s', (_, bytes) => {
    expect(readNotice(bytes, file)).toEqual(plain);
  });

  test('reads the same as a Word file, the line being the paragraph’s number', () => {
    expect(readNotice(wordOf(text), 'notice.docx')).toEqual(plain);
  });

  test('reads the same as a Word file whose lines are soft breaks, split runs and deleted text', () => {
    const lines = text
      .split('\n')
      .map(
        (line) => `${run(line.slice(0, 5))}<w:del><w:r><w:delText>删</w:delText></w:r></w:del>${run(line.slice(5))}`,
      );
    const bytes = docxOf(`<w:p>${lines.join('<w:r><w:br/></w:r>')}</w:p>`);
    expect(withoutLines(readNotice(bytes, 'notice.docx'))).toEqual(withoutLines(plain));
  });

  test('reads the same as a web page with furniture around it, the line being that of the source', () => {
    const body = text.split('\n').map((line) => (line === '' ? '' : `<p>&nbsp;&nbsp;${escaped(line)}</p>`));
    const html = `<!DOCTYPE html><html><head><title>通知</title><script>var a="1.脚本。";</script></head><body>${body.join('\n')}<div style="display: none">隐藏</div></body></html>`;
    expect(readNotice(new TextEncoder().encode(html), 'notice.html')).toEqual(plain);
  });

  test('reads the same as a web page whose lines are <br>', () => {
    const html = `<html><body><div>${text.split('\n').map(escaped).join('<br>\n')}</div></body></html>`;
    expect(withoutLines(readNotice(new TextEncoder().encode(html), 'notice.txt'))).toEqual(withoutLines(plain));
  });
});

describe('Word', () => {
  test('automatic numbers are put before their paragraphs', () => {
    const numbering = strToU8(
      '<w:numbering xmlns:w="urn:w"><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="（%1）"/></w:lvl>' +
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl></w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>',
    );
    const numbered = (level: number, text: string): string =>
      `<w:p><w:pPr><w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="3"/></w:numPr></w:pPr>${run(text)}</w:p>`;
    const bytes = docxOf(
      [numbered(0, '甲'), numbered(1, '子'), numbered(1, '丑'), numbered(0, '乙'), numbered(1, '寅')].join(''),
      { 'word/numbering.xml': numbering },
    );
    expect(openNotice(bytes, 'a.docx').map(({ text }) => text)).toEqual([
      '（一）甲',
      '1.子',
      '2.丑',
      '（二）乙',
      '1.寅',
    ]);
  });

  test('cells of a table and a text box are read once, in order', () => {
    const box = (name: string): string =>
      `<mc:${name}><w:txbxContent>${paragraph('框中文字')}</w:txbxContent></mc:${name}>`;
    const bytes = docxOf(
      `${paragraph('前')}<w:tbl><w:tr><w:tc>${paragraph('左')}</w:tc><w:tc>${paragraph('右')}</w:tc></w:tr></w:tbl><w:p>${run('后')}<mc:AlternateContent>${box('Choice')}${box('Fallback')}</mc:AlternateContent></w:p>`,
    );
    expect(openNotice(bytes, 'a.docx').map(({ text }) => text)).toEqual(['前', '左', '右', '后', '框中文字']);
  });
});

describe('what is no notice is refused with one sentence', () => {
  const bomb = zipSync({ 'word/document.xml': new Uint8Array(8 * 1024 * 1024) });
  const twice = wordOf('甲').slice();
  const renamed = zipSync({
    'word/document.xml': documentOf(paragraph('甲')),
    'word/documenu.xml': documentOf(paragraph('乙')),
  });
  for (let at = 0; at < renamed.length; at += 1)
    if (String.fromCharCode(...renamed.subarray(at, at + 8)) === 'documenu') renamed[at + 7] = 't'.charCodeAt(0);
  const lying = wordOf('甲'.repeat(5000));
  const directory = lying.findLastIndex(
    (_, at) => lying[at] === 0x50 && lying[at + 1] === 0x4b && lying[at + 2] === 1 && lying[at + 3] === 2,
  );
  new DataView(lying.buffer, lying.byteOffset).setUint32(directory + 24, 10, true);

  test.each([
    ['an empty file', new Uint8Array(), '空的'],
    ['50 MB of text', new Uint8Array(50 * 1024 * 1024).fill(0x20), '上限'],
    ['50 MB that begin like a zip', new Uint8Array(50 * 1024 * 1024).fill(0x50, 0, 1).fill(0x4b, 1, 2), '上限'],
    [
      'random bytes',
      Uint8Array.from({ length: 5000 }, (_, index) => (index * 7919 + (index >> 3) * 104729) % 256),
      '编码',
    ],
    ['zero bytes', new Uint8Array(4096), '文本'],
    ['blanks only', strToU8(' \n\n\t '), '没有文字'],
    ['English only', strToU8('hello world\n'), '中文'],
    ['a PDF', strToU8('%PDF-1.7 ...'), 'PDF'],
    ['an old Word file', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1), '.docx'],
    ['a zip that is no Word file', zipSync({ 'a.txt': strToU8('甲') }), '.docx'],
    ['a damaged zip', wordOf('甲').subarray(0, 60), '损坏'],
    ['a zip bomb', bomb, '压缩比'],
    ['a part that grows past its stated size', lying, '损坏'],
    ['names that stand twice', renamed, '重名'],
    [
      'a document type',
      zipSync({ 'word/document.xml': strToU8('<!DOCTYPE a [<!ENTITY b "c">]><w:document/>') }),
      'DTD',
    ],
    ['elements nested without end', new TextEncoder().encode(`${'<div>'.repeat(5000)}中`), '嵌套'],
  ])('%s', (_, bytes, why) => {
    const tookMs = processorMs(() => {
      expect(() => readNotice(bytes, '某某.txt')).toThrow(UnreadableNotice);
      expect(() => readNotice(bytes, '某某.txt')).toThrow(new RegExp(`^某某\\.txt：[^\\n。]*${why}[^\\n。]*。$`, 'u'));
    });
    expect(tookMs).toBeLessThan(2000);
  });

  test('a sound Word file beside them is read', () => {
    expect(openNotice(twice, 'a.docx')).toEqual([{ line: 1, text: '甲' }]);
  });
});
