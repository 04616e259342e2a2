import type { NoticeProblem } from '../notice-import/notice-reading.ts';
import { excerpt } from '../notice-import/text-forms.ts';
import type { Passage } from './passages.ts';

export interface ReadDisputed {
  readonly disputed: readonly { readonly issue: number; readonly line: number }[];
  readonly problems: readonly NoticeProblem[];
}

const verified = /(?:经|已)?[^,。;]{0,8}?(?:核实|核查|查证|复核|查实)|经[^,。;]{0,6}(?:调查|了解)/u;
/** What answers a finding: it was in order, or it was not so. */
const inOrder =
  /符合(?!.{0,6}(?:整改|销号|出库|验收))[^,。;]{0,16}(?:规定|要求|程序|政策|标准|条件)|(?:程序|手续|做法|流程)[^,。;]{0,4}(?:符合|合规|合法)|不属实|与(?:事实|实际)(?:情况)?不[符一]|不存在[^,。;]{0,10}(?:问题|情况|情形|行为)|并非|不构成|未违反|不违反|未发现(?!类似|其他|同类|新)[^,。;]{0,8}(?:上述|该|反馈|所反映|违规|违纪)[^,。;]{0,6}(?:问题|情况|行为)?/u;
const admits =
  /(?<!不)属实|确实存在|确有|确存在|责任人|履职不力|失职|自我批评|予以处理|存在[^,。;]{1,12}(?:问题|不足|疏漏)/u;
const cites = /(?:依据|根据|按照|依照)[^。]{0,40}(?:《|文件|规定|合同|政策|办法)/u;

/**
 * Issues whose finding the body disputes: 经核实 followed by words that it was in order, or an answer that opens with 经核实
 * and cites what it rests on. An opening that does neither is asked about.
 */
export function readDisputed(passages: readonly Passage[]): ReadDisputed {
  const disputed: { issue: number; line: number }[] = [];
  const problems: NoticeProblem[] = [];
  const issues = new Set(passages.flatMap(({ issue }) => issue ?? []));
  for (const issue of issues) {
    const own = passages.filter((passage) => passage.issue === issue);
    const plainly = own.find(({ plain }) => saysInOrder(plain));
    const opening = own.filter(({ stands }) => stands === 'opening');
    const start = opening.findIndex(({ plain }) =>
      /^[。:]?(?:整改[^:]{0,6}:)?经[^,。;]{0,8}(?:核实|核查|查证)/u.test(plain),
    );
    const told =
      start === -1
        ? ''
        : opening
            .slice(start)
            .map(({ plain }) => plain)
            .join('');
    const [first] = start === -1 ? [] : opening.slice(start);
    if (plainly !== undefined) disputed.push({ issue, line: plainly.line });
    else if (first !== undefined && !admits.test(told)) {
      if (cites.test(told)) disputed.push({ issue, line: first.line });
      else problems.push(uncertain(first));
    }
  }
  return { disputed, problems };
}

function saysInOrder(sentence: string): boolean {
  const match = verified.exec(sentence);
  if (match === null) return false;
  const after = sentence.slice(match.index);
  return (
    inOrder.test(after) && !/(?<!不)属实|确实存在|履职不力|整改后|已整改|现已?(?:经)?符合|已(?:全部)?符合/u.test(after)
  );
}

const uncertain = ({ text, line }: Passage): NoticeProblem => ({
  code: 'dispute-uncertain',
  line,
  message: `“${excerpt(text)}”像是对反馈问题的说明，看不出是否认为不属实，请确认是否按异议登记。`,
});
