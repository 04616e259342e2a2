import type { Calendar } from '../../workflows/rules/calendar.ts';
import { commitmentIn } from '../../workflows/rules/commitment-words.ts';
import type { IsoDate } from '../../workflows/rules/instants.ts';
import { extensionIn, type SpokenExtension } from './extension-words.ts';
import { foldedWords } from './folded-words.ts';
import { itemNumbersIn } from './item-numbers.ts';
import { measuresNamed } from './measures-named.ts';

/** What somebody asks for or promises in his own words about one item. */
export type SpokenRequest =
  | SpokenExtension
  /** 不属实 */
  | { readonly kind: 'dispute'; readonly reason: string }
  /** 转交: who it should go to, in the writer's words. */
  | { readonly kind: 'handover'; readonly to: string; readonly words: string }
  /** 开始整治 */
  | { readonly kind: 'beginWork'; readonly items: SpokenItems }
  /** 提请出库 */
  | { readonly kind: 'askToLeave'; readonly items: SpokenItems }
  /** 承诺 */
  | { readonly kind: 'promise'; readonly until: IsoDate; readonly measure: number | undefined };

/** Items of the sub-ledger, by their numbers. */
export type SpokenItems = readonly number[] | 'all';

/** What could be read, and what is only spoken of: of that the person is asked. */
export interface SpokenWords {
  readonly requests: readonly SpokenRequest[];
  readonly mentioned: readonly 'extension'[];
}

/**
 * Reads what is asked for in the words about one item. Whatever is read, the words are kept as they are: a request that
 * is not understood is a note, and nothing is lost.
 */
export function spokenIn(text: string, context: { readonly today: IsoDate; readonly calendar: Calendar }): SpokenWords {
  const plain = foldedWords(text);
  const lines = plain.split('\n');
  const extension = extensionIn(text, context);
  const reason = disputeIn(text);
  const to = nextHandlerIn(text);
  const begun = itemsBegun(lines);
  const items = itemsLeaving(lines);
  const promise = typeof extension === 'object' ? undefined : commitmentIn(plain, context);
  const measures = measuresNamed(text);
  return {
    requests: [
      ...(typeof extension === 'object' ? [extension] : []),
      ...(reason === undefined ? [] : [{ kind: 'dispute' as const, reason }]),
      ...(to === undefined ? [] : [{ kind: 'handover' as const, to, words: text }]),
      ...(begun === undefined ? [] : [{ kind: 'beginWork' as const, items: begun }]),
      ...(items === undefined ? [] : [{ kind: 'askToLeave' as const, items }]),
      ...(promise === undefined
        ? []
        : [
            {
              kind: 'promise' as const,
              until: promise.until,
              measure: measures.length === 1 ? measures[0] : undefined,
            },
          ]),
    ],
    mentioned: extension === 'mentioned' && promise === undefined ? ['extension'] : [],
  };
}

/** Only at the beginning of a line: 部分内容不属实 within a report is no dispute of the finding. */
const dispute =
  /^[\s，,]*(?:经(?:[我本]?(?:单位|部门|局|处|科|办)?)?(?:认真|逐项)?(?:核实|核查|调查|查证)[，,：:\s]*)?(?:该|此|本|上述|所)?(?:反馈|反映)?的?(?:问题|情况|内容|事项)?(?:与(?:事实|实际(?:情况)?))?(?:不属实|不符(?:合(?:事实|实际))?|失实)(?=$|[\s，,。；;：:！!])/u;

function disputeIn(text: string): string | undefined {
  const lines = text.split('\n');
  const found = lines.map((line) => (/[?？]/u.test(line) ? null : dispute.exec(foldedWords(line))));
  const index = found.findIndex((one) => one !== null);
  if (index < 0) return undefined;
  const [head = '', ...rest] = lines.slice(index);
  return [head.slice(found[index]![0].length), ...rest].join('\n').replace(/^[\s，,。；;：:！!]+|\s+$/gu, '');
}

const handover =
  /^[\s，,]*(?:请|建议|申请|应)?(?:将?(?:该|此|本)(?:问题|事项|项|件))?(?:转交给?|转给|转由|移交给)[\s：:]*(?<to>[^\s，,。；;：:？?]{1,20}?)(?:同志|办理|承办|处理|负责|牵头)*(?=$|[\s，,。；;：:])/du;

/** To whom it should go, as the writer spells the name. */
function nextHandlerIn(text: string): string | undefined {
  for (const line of text.split('\n')) {
    const [from, until] = handover.exec(foldedWords(line))?.indices?.groups?.['to'] ?? [];
    if (from !== undefined) return line.slice(from, until);
  }
  return undefined;
}

/** A line of its own with numbers that cannot be a count: 已开始整治3处 within a report is no request. */
const beginning =
  /^[\s，,]*(?:现|已经?)?开始整治[\s：:]*(?:(?:全部|所有)(?:条目|点位)?|第[^，,。；;]*?[项号条]|[\d０-９][^，,。；;项处个]*?号|[\d０-９]+(?:[、,，至\-—~～][\d０-９]+)+)[\s。；;]*$/u;

function itemsBegun(lines: readonly string[]): SpokenItems | undefined {
  const those = lines.filter((line) => beginning.test(line));
  if (those.length === 0) return undefined;
  const numbers = itemNumbersIn(those.join('\n'));
  if (numbers.length > 0) return numbers;
  return those.some((line) => /全部|所有/u.test(line)) ? 'all' : [];
}

const leaving = /(?:提请|申请|请予)[^，,。；;\n]{0,20}?出库/u;

function itemsLeaving(lines: readonly string[]): SpokenItems | undefined {
  const those = lines.filter((line) => leaving.test(line) && !/[?？]|(?:暂不|尚未|未|不)(?:提请|申请)/u.test(line));
  if (those.length === 0) return undefined;
  const numbers = itemNumbersIn(those.join('\n'));
  if (numbers.length > 0) return numbers;
  return those.some((line) => /全部|所有|均|都/u.test(line)) ? 'all' : [];
}
