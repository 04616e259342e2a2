import { leadingMarker } from './markers.ts';
import type { SourceLine } from './paragraphs.ts';
import { forMatching, withoutBlanks } from './text-forms.ts';

/** The lines of a file without its page chrome: what stands before, in and after the notice but is no part of it. */
export interface StrippedPage {
  readonly title: { readonly text: string; readonly line: number } | null;
  readonly body: readonly SourceLine[];
  readonly chrome: readonly SourceLine[];
}

const chromeWords = new RegExp(
  '^[\\[【(]?(?:发布(?:时间|日期|机构|单位|人)|发文(?:时间|日期|机构)|成文日期|更新时间|(?:信息|文章|稿件|内容)?来源|作者|浏览|阅读|点击|访问|已被阅读|' +
    '分享|字(?:号|体)|【?字|打印|关闭|保存|索引号?|主题(?:分类|词)|文号|体裁|有效性|名称[:]|当前位置|您?(?:现在|当前)?(?:的|所在)?(?:当前)?的?位置|首页|网站首页|' +
    '责任编辑|编辑|责编|校对|审核|初审|终审|上一[篇条]|下一[篇条]|相关(?:文章|链接|附件|阅读|稿件)|扫一扫|微信扫|版权|主办|承办|技术支持|网站(?:标识|地图)|.{0,3}ICP|.{0,4}公网安备|' +
    '收藏|返回|大 中 小|附件下载|无障碍|繁体|登录|我要纠错)',
  'u',
);
const pageNumber =
  /^(?:[-·.~ ]*(?:第 ?)?\d{1,3} ?(?:页)?(?: ?[/共,] ?(?:共 ?)?\d{1,3} ?页?)?[-·.~ ]*|第 ?[一二三四五六七八九十]{1,3} ?页)$/u;
const titleForm =
  /^(?:关于|中共|.{2,60}关于).{0,60}(?:整改|巡察|巡视).{0,30}(?:通报|公告|公示|报告|通告|情况|说明)(?:\([^)]{1,12}\))?$/u;

/** True for a line of web page furniture or a page number. */
function isChrome(text: string): boolean {
  const plain = forMatching(text).trim();
  if (pageNumber.test(plain) && !/^\d+\.$/u.test(plain)) return true;
  return plain.length <= 100 && !plain.includes('。') && chromeWords.test(plain);
}

/** Finds the title and takes away the chrome before, inside and after the notice. */
export function stripPageChrome(lines: readonly SourceLine[]): StrippedPage {
  const title = findTitle(lines);
  const repeated = title === null ? '' : withoutBlanks(title.text);
  const body: SourceLine[] = [];
  const chrome: SourceLine[] = [];
  const end = endOfNotice(lines);
  lines.forEach((line, index) => {
    if (title !== null && index >= title.from && index < title.to) return;
    const outside = (title !== null && index < title.from) || index >= end;
    const isRepeatedTitle = repeated !== '' && withoutBlanks(line.text) === repeated;
    (outside || isChrome(line.text) || isRepeatedTitle ? chrome : body).push(line);
  });
  return { title, body, chrome };
}

interface FoundTitle {
  readonly text: string;
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

/** A title may be spread over up to four lines; nothing that ends a sentence stands before it. */
function findTitle(lines: readonly SourceLine[]): FoundTitle | null {
  const firstSentence = lines.findIndex(({ text }) => /[。]/u.test(text) && text.length > 40);
  const last = Math.min(firstSentence === -1 ? lines.length : firstSentence, 80);
  let found: FoundTitle | null = null;
  for (let from = 0; from < last; from += 1) {
    if (isChrome(lines[from]?.text ?? '') || leadingMarker(lines[from]?.text ?? '') !== null) continue;
    for (let to = from + 1; to <= Math.min(from + 4, last); to += 1) {
      const part = lines.slice(from, to);
      if (part.slice(1).some(({ text }) => isChrome(text))) break;
      const text = part.map((line) => line.text).join('');
      if (text.length > 120 || !titleForm.test(withoutBlanks(text)) || /[。>]/u.test(text)) continue;
      found = { text, line: lines[from]?.line ?? 1, from, to };
      break;
    }
    if (found !== null && from + 1 >= found.to) break;
    if (
      found !== null &&
      found.to - found.from > 1 &&
      from + 1 < found.to &&
      !startsOwnTitle(lines, from + 1, found.to)
    )
      break;
  }
  return found === null ? null : withBodyAbove(lines, found);
}

/** True when the lines from `from` on would make a title without the line before, which is then page furniture. */
function startsOwnTitle(lines: readonly SourceLine[], from: number, to: number): boolean {
  const before = lines[from - 1]?.text ?? '';
  const text = lines
    .slice(from, to)
    .map((line) => line.text)
    .join('');
  return (
    titleForm.test(withoutBlanks(text)) &&
    !endsLikeBody(before) &&
    /^中共|党|局|委/u.test(text) &&
    text.includes('关于') &&
    !text.startsWith('关于')
  );
}

const endsLikeBody = (text: string): boolean =>
  /(?:党组|党委|党工委|委员会|党总支|党支部|总支部|支部|局|中心|办公室|政府|街道|镇|乡|公司|学校|医院|院)$/u.test(
    withoutBlanks(text),
  );

function withBodyAbove(lines: readonly SourceLine[], title: FoundTitle): FoundTitle {
  const above = lines[title.from - 1];
  if (!title.text.startsWith('关于') || above === undefined || isChrome(above.text) || !endsLikeBody(above.text))
    return title;
  return { text: above.text + title.text, line: above.line, from: title.from - 1, to: title.to };
}

/** Where the notice ends: after the last line that is nothing but a date and follows the contact block, else at the end. */
function endOfNotice(lines: readonly SourceLine[]): number {
  const contact = lines.findLastIndex(({ text }) => /欢迎广大|欢迎社会|如有意见|如有问题/u.test(text));
  if (contact === -1) return lines.length;
  for (let index = contact + 1; index < lines.length; index += 1) {
    if (looksLikeDateLine(lines[index]?.text ?? '')) return index + 1;
  }
  return lines.length;
}

/** True for a line that is a date and nothing else, be it whole, cut short or misprinted. */
export function looksLikeDateLine(text: string): boolean {
  const plain = withoutBlanks(text).replace(/^\(|\)$/gu, '');
  return (
    /^(?:(?:19|20)\d{2}[年\-./\d]{0,12}[月\-./\d]{0,6}[日号]?|[二][〇○零Oo0一二三四五六七八九]{3}年.{0,8}|\d{1,2}月(?:\d{1,2}日|[上中下]旬)|\d{1,2}日)$/u.test(
      plain,
    ) && plain.length <= 14
  );
}

/** True for a line that is nothing but the name of a Party body, as signatures are. */
export const isSignature = (text: string): boolean =>
  /^中共[^,。;:、]{2,40}(?:党组|委员会|党委|党工委|总支部?|支部)(?:委员会)?(?:\(?(?:20|二[〇○零])[^,。;]{4,12}日?\)?)?$/u.test(
    withoutBlanks(text),
  );
