import { daysIn, type CommitmentContext } from './commitment-days.ts';
import type { IsoDate } from './instants.ts';

/** A promise (承诺) to be done by a day. */
export interface Commitment {
  /** Inclusive. */
  readonly until: IsoDate;
  /** The words it was read from, as they were written. */
  readonly phrase: string;
}

/**
 * Reads a promise out of the visible text of a reply: a day to come (6月15日前, 本周五前, 月底前) with a verb of
 * finishing behind it. A promise lets the reminders rest, so in doubt there is none and the person is asked: what is
 * reported as done, asked, denied, relayed or wished is no promise, a request for an extension (延期) makes the whole
 * text none, and so do two different days.
 */
export function commitmentIn(text: string, context: CommitmentContext): Commitment | undefined {
  if (text.length > longestText || extension.test(text) || tooLate.test(text)) return undefined;
  const found: Commitment[] = [];
  for (const sentence of sentencesOf(text)) {
    const read = promisesOf(sentence, context);
    if (read === 'unclear') return undefined;
    found.push(...read);
  }
  const [first] = found;
  return found.every(({ until }) => until === first?.until) ? first : undefined;
}

/** Longer text is no short answer, and somebody reads it anyhow. */
const longestText = 5000;

const extension =
  /(?<!不(?:会|再|用|需要?|必|得|予|能)?(?:申请)?)(?:延期|延长|延[至到后]|推迟|宽限|展期|顺延|缓[交报办]|(?<!整)改[到至])/u;
/** 无法按时完成 asks for another day without the word. */
const tooLate =
  /(?:无法|不能|难以|[未没]能|没法|来不及)[^，,。；;\n]{0,8}[期时][^，,。；;\n]{0,6}(?:完成|报送|提交|办结|到位|上报|落实)/u;

interface Sentence {
  readonly clauses: readonly string[];
  readonly mood: 'said' | 'asked';
}

const question = /[?？]|吗|可否|能否|是否|妥否|可不可以|能不能|行不行|好不好|怎么样|[么呢]$/u;
const questionAlone = /^\s*(?:这样|不知|请问|您看|领导看?)?[,，]?(?:可以|行|好|成|可否|能否|是否|妥否)[^，,]{0,6}$/u;

function sentencesOf(text: string): Sentence[] {
  const sentences = unwrapped(text).match(/[^。；;！!？?\n]+[。；;！!？?]*/gu) ?? [];
  return sentences.map((words, index) => {
    const next = sentences[index + 1] ?? '';
    const isAsked = question.test(words.trim()) || (question.test(next) && questionAlone.test(next));
    return { clauses: clausesOf(words), mood: isAsked ? 'asked' : 'said' };
  });
}

/** A line of thirty characters or more without punctuation at its end was wrapped by the mail program. */
function unwrapped(text: string): string {
  return text
    .replace(/(?<=^[^\n]{29,}[^\s，,。；;：:！!？?])\r?\n(?=[^\n\s])/gmu, '')
    .replace(/(?<=\d)[^\S\n]+(?=\d{1,2}\s*月|\d{4}\s*年)/gu, '，'); // 措施2 6月15日前
}

function clausesOf(sentence: string): string[] {
  return sentence
    .split(/[，,]|(?<!\d)[：:]|[：:](?!\d\d(?!\d))/u)
    .map((clause) => clause.replace(/[。；;！!？?\s]+$/u, '').trimStart())
    .map((clause) => clause.replace(/^(?:[（(]?\d{1,2}[)）、.．]|[①-⑳])\s*(?=\d{1,2}\s*月|\d{4}\s*年|\D)/u, ''));
}

const condition =
  /^(?:(?:如果?|若)(?![期下实何上此约干]|无(?:特殊|意外|其他|变))|假[如设]|倘|只要|除非|一旦|待|等(?!级))/u;
const incapable =
  /[做办]不到|不了|有(?:一定|点|些|较大|很大)?的?(?:困难|难度)|不(?:太|大)?(?:现实|可行)|来不及|[很太较]难|不敢保证|没有?把握/u;
const inTheWay = /不能|无法|难以|不可能|没法|没办法|[未没]能|未必|不一定|不会|不打算|不准备|不同意|不保证|没有?时间/u;
const yet = /不会?(?:晚于|迟于|超过)|不会再(?:拖|晚)/gu;

/** Told by others, wished or planned once: no promise of the writer, and none denied either. */
const relayed =
  /请(?!(?:各?位?领导|组织|贵办)?放心|示)|要求|希望|建议|督促|责成|催|通知|原[定计]|原承诺|上次|此前|曾|本应|应[于在该当可能会]|必须|须[于在]|需[于在]|规定|[时期]限|限[于期]|可能|也许|或许|大概|恐怕|争取|力争|尽量/u;
const accordingly = /(?:按照?|根据|依据|依照|遵照)[^,]{0,10}?(?:要求|规定|时限|期限|通知|安排)+/gu;

function promisesOf({ clauses, mood }: Sentence, context: CommitmentContext): Commitment[] | 'unclear' {
  const found: Commitment[] = [];
  const isDoubted = mood === 'asked' || incapable.test(clauses.join());
  for (const [index, clause] of clauses.entries()) {
    if (condition.test(clause)) break; // what follows hangs on it
    const { words, days } = daysIn(clause, context);
    for (const [place, day] of days.entries()) {
      if (day.kind === 'past' || day.kind === 'start') continue;
      const following = days[place + 1];
      const finish = finishBehind(words.slice(day.end, following?.start), following ? undefined : clauses[index + 1]);
      if (finish === undefined) continue;
      const tone = toneOf(words.slice(0, day.start), finish.gap);
      if (tone === 'otherwise') continue;
      const { until } = day;
      const isOnlyDay = days.every((other) => other.until === until || other.kind === 'past' || other.kind === 'start');
      if (tone === 'denied' || isDoubted || until === undefined || !isOnlyDay) return 'unclear';
      found.push({ until, phrase: [clause.trim(), ...finish.phrase].join('，') });
    }
  }
  return found;
}

/** `otherwise`: reported as done, or not the writer's own firm word. */
function toneOf(before: string, gap: string): 'promised' | 'denied' | 'otherwise' {
  const said = `${before}${gap}`.replace(yet, '');
  if (/已|刚/u.test(said) || relayed.test(said.replace(accordingly, ''))) return 'otherwise';
  return inTheWay.test(said) || /[未没]|不(?![折扣打遗留拖漏断])/u.test(gap) ? 'denied' : 'promised';
}

const finishing = new RegExp(
  '^(?<gap>[^,]{0,24}?)(?:完成(?!率|情况|进度|时|度|量|得|不)|报送(?!情况|要求|时)|提交|办结(?!率)|整改到位|整改完|上报(?!情况|时)|' +
    '补齐|补[交报送正]|落实(?!情况|方案)|销号|完工|竣工|报(?:[给到]|$|(?=[贵你督]))|[办做]完|' +
    '(?<![成外社移])交(?![办流通代叉接易底换警谈界由]))(?<after>.*)$',
  'u',
);
/** Things begun, or done in part, are not finished: 6月15日前召开会议研究落实, 6月15日前完成一半. */
const notWhole =
  /召开|开会|研究|讨论|审议|征求|招标|启动|开始|开工|动工|进场|着手|部分|基本|初步|阶段性|前期|一半|大半|初稿|\d%|百分之|第[一1]/u;

interface Finish {
  /** The words between the day and the verb. */
  readonly gap: string;
  /** The next clause, where the verb stands in it. */
  readonly phrase: readonly string[];
}

/** The verb of finishing behind a day; undefined without one, or when it is over or not the whole. */
function finishBehind(behind: string, nextClause: string | undefined): Finish | undefined {
  // 6月15日前，我们完成整改: the verb may wait for the next clause when nothing else follows the day
  const isOpen = behind === '' && nextClause !== undefined;
  const { gap, after } = finishing.exec(isOpen ? nextClause : behind)?.groups ?? {};
  if (gap === undefined || after === undefined) return undefined;
  const isOver = /^(?:了|过|(?:整改|任务|工作)?(?:的|之?后(?!续)|以后))/u.test(after) || /后(?!续|期)/u.test(gap);
  if (isOver || notWhole.test(gap) || notWhole.test(after)) return undefined;
  return { gap, phrase: isOpen ? [nextClause.trim()] : [] };
}
