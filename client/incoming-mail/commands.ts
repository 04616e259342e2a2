import { foldedWords, unspacedWords } from './folded-words.ts';

/** What a person confirms or asks for by writing it: 认领, or 申请销号. */
export type CommandKind = 'acknowledge' | 'proposeClosure';

/** What is said about one item. */
export interface AnswerWords {
  /** Each at most once, in the order in which they are carried out. */
  readonly commands: readonly CommandKind[];
  /** The person's words, when they say more than the commands do; empty else. */
  readonly note: string;
  /** `closureMentioned`: the words speak of closure (销号) but do not plainly ask for it, so the person is asked. */
  readonly unclear: 'nothing' | 'closureMentioned';
}

/**
 * Reads the words about one item. A command stands on a line of its own or at the beginning of one; what could be
 * meant otherwise (a question, a condition, a plan) is a note and nothing more.
 */
export function readWords(text: string): AnswerWords {
  const words = text.trim();
  const lines = words
    .split('\n')
    .map(clausesOf)
    .filter((clauses) => clauses.some((clause) => !courtesy.test(clause)));
  const found = new Set<CommandKind>();
  if (isAgreementAlone(lines)) found.add('acknowledge');
  lines.forEach((clauses, index) => {
    for (const command of commandsOfLine(clauses, index === 0 ? 'first' : 'later')) found.add(command);
  });
  const saidWhole = lines.flat().every((clause) => isPhrase(clause) || agreement.test(clause));
  return {
    commands: (['acknowledge', 'proposeClosure'] as const).filter((command) => found.has(command)),
    note: (found.size > 0 || lines.length === 0) && saidWhole ? '' : words,
    unclear: !found.has('proposeClosure') && mentionsClosure(lines) ? 'closureMentioned' : 'nothing',
  };
}

/** Whether the words confirm all items of a mail at once: 全部收到. */
export function confirmsAll(text: string): 'all' | 'notAll' {
  const clauses = text.split('\n').flatMap(clausesOf);
  const others = clauses.filter((clause) => !receiptOfAll.test(clause));
  return others.length < clauses.length && others.every((clause) => courtesy.test(clause) || agreement.test(clause))
    ? 'all'
    : 'notAll';
}

/** Whether the words agree and say nothing else: 同意, 确认, 无异议. */
export function agreesAlone(text: string): 'agrees' | 'saysMore' {
  const clauses = text
    .split('\n')
    .flatMap(clausesOf)
    .filter((clause) => !courtesy.test(clause));
  const agreed = clauses.every((clause) => endorsement.test(clause) || agreement.test(clause) || receipt.test(clause));
  return clauses.length > 0 && agreed ? 'agrees' : 'saysMore';
}

/** A line's clauses; a question keeps its mark, so that it is never taken for an answer. */
function clausesOf(line: string): string[] {
  return unspacedWords(foldedWords(line))
    .replace(/[?？]/g, '？')
    .split(/[\s，,。.；;！!、：:~～…—]+/)
    .filter((clause) => clause !== '');
}

const received = '(收到|收悉|知悉|确认|认领|签收|确认收到|收到确认|确认认领|同意认领|接收|接受|领受|知道了)(了|啦)?';
const receipt = new RegExp(
  `^(本?人|我们?|我(部门|单位|局|处|科|办)|本(部门|单位))?(已经?|现|均已?|都已?|全部已?)?${received}$`,
);
const receiptOfAll = new RegExp(`^(以上)?(各项|事项|问题|任务)?(全部|全都|均|都)(已经?)?${received}$`);
const endorsement = /^(情况属实|无异议|没有异议|(本人|我)?(予以)?(同意|确认)(了|该?(意见|情况|复核意见))?)$/;
const agreement =
  /^(好的?|好嘞|okay|ok|明白|嗯+|行|可以|没问题|遵照执行|照办|received|confirmed|noted|roger|got it)(了|的)?$/i;
const courtesy =
  /^((各位)?(领导|同志|老师|大家|督办办公室|办公室)?(们)?(您好|你好|好)|(各位)?领导|谢谢|多谢|感谢|辛苦了?|此致|敬礼|请(予以)?(审核|审阅|查收|审批|批准|查阅)|妥否请(审核|批示)|(佐证|证明|相关|整改)*(材料|资料|文件|照片)?(见|详见|在)?(附件|附后))$/;
const about = '(该|本|此|上述|以上)?(问题|事项|项|条)?';
const request =
  /^(现|特|特此|故|因此|据此|我(部门|单位|局|处|科)|本(部门|单位)|我们)*(申请|提请|请求|恳请|请|请予|请予以|申请予以|提请予以|申请办理|提请办理)(对?(该|本|此|上述)?(问题|事项|项))?(予以)?(办理)?销号$/;
const completion = new RegExp(
  `^(目前|现|截至目前)?${about}(各项|全部|所有|相关)?(整改|措施|整改措施|工作|任务|整改任务|整改工作)?(现|均|都|全部)*(已经?|均已|都已|已全部|全部)?(完成|整改完成|完成整改|整改完毕|整改到位|办结|落实到位|落实完毕)了?$`,
);
/** What makes a request one of another day. */
const waiting = /待|等|如|若|[后前]$|下(周|月|步|阶段)|计划|预计|争取|拟|准备|尚|未|没|不|暂|再/;

function isPhrase(clause: string): boolean {
  return [receipt, request, completion, courtesy].some((pattern) => pattern.test(clause));
}

function isAgreementAlone(lines: readonly string[][]): boolean {
  const clauses = lines.flat().filter((clause) => !courtesy.test(clause));
  return clauses.length > 0 && clauses.every((clause) => agreement.test(clause) || receipt.test(clause));
}

function commandsOfLine(clauses: readonly string[], place: 'first' | 'later'): CommandKind[] {
  if (clauses.some((clause) => clause.includes('？'))) return [];
  const said = clauses.filter((clause) => !courtesy.test(clause));
  const confirmed: CommandKind[] = place === 'first' && receipt.test(said[0] ?? '') ? ['acknowledge'] : [];
  if (request.test(said[0] ?? '')) return ['proposeClosure'];
  if (request.test(said.at(-1) ?? '') && !said.slice(0, -1).some((clause) => waiting.test(clause))) {
    return [...confirmed, 'proposeClosure'];
  }
  const isCompletion = said.every((clause) => completion.test(clause) || receipt.test(clause));
  if (place === 'first' && isCompletion && said.some((clause) => completion.test(clause))) {
    return [...confirmed, 'proposeClosure'];
  }
  return confirmed;
}

function mentionsClosure(lines: readonly string[][]): boolean {
  return lines.some(
    (clauses) => completion.test(clauses[0] ?? '') || clauses.some((clause) => clause.includes('销号')),
  );
}
