import { readDocx } from './read-docx.ts';
import { looksLikeHtml, readHtml } from './read-html.ts';
import { decodeText } from './decode-text.ts';
import { UnreadableNotice } from './notice-reading.ts';
import { linesOf, type SourceLine } from './paragraphs.ts';

/** Largest file accepted, in bytes: text and web pages, and Word files (which may hold pictures). */
const largestText = 8 * 1024 * 1024;
const largestDocx = 24 * 1024 * 1024;
const longestNotice = 4_000_000;

const otherTypes: readonly { readonly begins: readonly number[]; readonly name: string; readonly advice: string }[] = [
  {
    begins: [0xd0, 0xcf, 0x11, 0xe0],
    name: '旧版 Office 文件(.doc/.wps)',
    advice: '请用 Word 或 WPS 另存为 .docx 后再导入',
  },
  { begins: [0x25, 0x50, 0x44, 0x46], name: 'PDF 文件', advice: '请复制全文存为 .txt，或另存为 .docx 后再导入' },
  { begins: [0x7b, 0x5c, 0x72, 0x74, 0x66], name: 'RTF 文件', advice: '请另存为 .docx 后再导入' },
  { begins: [0x89, 0x50, 0x4e, 0x47], name: '图片', advice: '请先识别为文字后再导入' },
  { begins: [0xff, 0xd8, 0xff], name: '图片', advice: '请先识别为文字后再导入' },
  { begins: [0x47, 0x49, 0x46, 0x38], name: '图片', advice: '请先识别为文字后再导入' },
  { begins: [0x52, 0x61, 0x72, 0x21], name: 'RAR 压缩包', advice: '请解压后导入其中的通报' },
  { begins: [0x1f, 0x8b], name: 'GZIP 压缩包', advice: '请解压后导入其中的通报' },
  { begins: [0x37, 0x7a, 0xbc, 0xaf], name: '7z 压缩包', advice: '请解压后导入其中的通报' },
];

/**
 * Opens a notice by its content, whatever its name says: Word (.docx), a web page, or text in UTF-8, UTF-16 or GB 18030.
 *
 * @throws UnreadableNotice for anything else, and for what is empty, too big or damaged
 */
export function openNotice(bytes: Uint8Array, fileName: string): SourceLine[] {
  const name = fileName.split(/[\\/]/u).at(-1) ?? fileName;
  const refuse = (why: string): UnreadableNotice => new UnreadableNotice(`${name}：${why}。`);
  if (bytes.length === 0) throw refuse('文件是空的，请确认选对了文件');
  const isZip = startsWith(bytes, [0x50, 0x4b]);
  const largest = isZip ? largestDocx : largestText;
  if (bytes.length > largest)
    throw refuse(`文件有 ${megabytes(bytes.length)} MB，超过 ${megabytes(largest)} MB 的上限，请确认选对了文件`);
  const other = otherTypes.find(({ begins }) => startsWith(bytes, begins));
  if (other !== undefined) throw refuse(`这是${other.name}，不能直接读取，${other.advice}`);
  const lines = isZip ? readDocx(bytes, refuse) : readText(bytes, refuse);
  const characters = lines.reduce((sum, { text }) => sum + text.length, 0);
  if (characters === 0) throw refuse('文件里没有文字，请确认选对了文件');
  if (characters > longestNotice) throw refuse('文字过多，不像是一份整改通报，请确认选对了文件');
  if (!lines.some(({ text }) => /\p{Script=Han}/u.test(text)))
    throw refuse('文件里没有中文文字，不是整改通报，请确认选对了文件');
  return lines;
}

function readText(bytes: Uint8Array, refuse: (why: string) => UnreadableNotice): SourceLine[] {
  const text = decodeText(bytes);
  if (text === null) throw refuse('不是文本文件，或编码无法识别，请另存为 UTF-8 编码的 .txt 或 .docx 后再导入');
  return looksLikeHtml(text) ? readHtml(text, refuse) : linesOf(text);
}

const startsWith = (bytes: Uint8Array, begins: readonly number[]): boolean =>
  begins.every((byte, index) => bytes[index] === byte);

const megabytes = (bytes: number): string => String(Math.ceil(bytes / 1024 / 1024));
