import type { Recorded } from '../acting/record-for.ts';
import { inChinese } from '../../workflows/rules/instants.ts';
import { MisuseError } from '../misuse-error.ts';
import type { IssueReading, RecurrenceReading } from '../reading/index.ts';
import { fileGiven } from './files.ts';
import type { Instance } from './instance.ts';
import type { Output } from './output.ts';

export interface RecordOptions {
  readonly for: string;
  readonly by: string;
  readonly channel: string;
  readonly text: string;
  readonly file?: readonly string[];
  readonly measure?: string;
  readonly acknowledge?: true;
  readonly promise?: string;
  readonly requestId?: string;
}

/** `issue record ISSUE`: enters what somebody said by another way than mail. */
export async function issueRecord(
  output: Output,
  instance: Instance,
  ref: string,
  { file = [], measure, acknowledge, ...rest }: RecordOptions,
): Promise<void> {
  const files = file.map((path) => {
    const { bytes, fileName } = fileGiven(path);
    return { fileName, content: Buffer.from(bytes).toString('base64') };
  });
  const json = {
    ...rest,
    files,
    acknowledge: acknowledge ? 'yes' : 'no',
    ...(measure !== undefined && { measure: whole(measure, '--measure') }),
  };
  const done = await instance.post<{ recorded: Recorded; issue: IssueReading }>(['issues', ref, 'records'], { json });
  const { recorded, issue } = done;
  output.answer(done, () =>
    [
      recorded.counted === 'handler'
        ? `${issue.code} 已代录${rest.for}的话，现在是“${issue.phaseName}”`
        : `${issue.code} 已留存${rest.for}的话；他不是责任人，责任人的事项照旧`,
      ...(recorded.dayNamed === null ? [] : [promiseHint(recorded.dayNamed)]),
    ].join('\n'),
  );
}

function promiseHint({ day, promise }: NonNullable<Recorded['dayNamed']>): string {
  return promise === 'fits'
    ? `  话里说到${inChinese(day)}前办结，没有记作承诺；要记作承诺，请再登记一次并写 --promise ${day}（材料不必再附）`
    : `  话里说到${inChinese(day)}前办结，晚于整改时限，没有记作承诺；确需更多时间的，请申请延期（issue extend）`;
}

export interface OutcomeOptions {
  readonly dealtWith?: string;
  readonly notPursued?: true;
  readonly struck?: true;
  readonly corrects?: string;
  readonly reason?: string;
  readonly decidedBy?: string;
  readonly note?: string;
  readonly by: string;
  readonly requestId?: string;
}

/** `issue outcome ISSUE`: how people were held to account, without saying who; or a correction of what was entered. */
export async function issueOutcome(
  output: Output,
  instance: Instance,
  ref: string,
  { dealtWith, notPursued, struck, corrects, ...rest }: OutcomeOptions,
): Promise<void> {
  if ([dealtWith, notPursued, struck].filter((one) => one !== undefined).length !== 1)
    throw new MisuseError('请写明 --dealt-with 人数、--not-pursued、--struck 之一');
  const outcome =
    dealtWith === undefined
      ? { outcome: struck === true ? 'struck' : 'notPursued' }
      : { outcome: 'dealtWith', persons: whole(dealtWith, '--dealt-with') };
  const correction = corrects === undefined ? {} : { corrects: whole(corrects, '--corrects') };
  const json = { ...rest, ...outcome, ...correction };
  const issue = await instance.post<IssueReading>(['issues', ref, 'outcomes'], { json });
  output.answer(issue.outcomes, () =>
    [
      `${issue.code} 问责处理结果：`,
      ...issue.outcomes.map(
        ({ number, words, note }) => `  ${String(number)}．${words}${note === '' ? '' : `（${note}）`}`,
      ),
    ].join('\n'),
  );
}

export interface LinkOptions {
  readonly decision: 'confirmed' | 'declined';
  readonly by: string;
}

/** `issue link ISSUE EARLIER`: the office's word on whether the one repeats the other. */
export async function issueLink(
  output: Output,
  instance: Instance,
  ref: string,
  earlier: string,
  options: LinkOptions,
): Promise<void> {
  const links = await instance.put<RecurrenceReading[]>(['issues', ref, 'links', earlier], { json: options });
  output.answer(links, () => links.map(linkWords).join('\n'));
}

type RoundLink = RecurrenceReading & { readonly issue: { readonly code: string; readonly title: string } | null };

/** `round links ROUND`: what may have been there before. */
export async function roundLinks(
  output: Output,
  instance: Instance,
  ref: string,
  { again }: { again?: true },
): Promise<void> {
  const path = ['rounds', ref, 'links'];
  const links = again ? await instance.post<RoundLink[]>(path, {}) : await instance.get<RoundLink[]>(path);
  output.answer(links, () =>
    links.length === 0
      ? '没有与往轮相近的问题'
      : links.map((link) => `${link.issue?.code ?? ''}  ${link.issue?.title ?? ''}\n${linkWords(link)}`).join('\n'),
  );
}

const stateNames = { proposed: '待决定', confirmed: '已确认再次发生', declined: '不是同一问题' } as const;

function linkWords({ code, title, roundName, state, because, words }: RecurrenceReading): string {
  return `  ${stateNames[state]}：${code} ${title}（${roundName}，${words}）\n    ${because}`;
}

function whole(text: string, option: string): number {
  if (!/^\d+$/u.test(text)) throw new MisuseError(`${option} 应是数字`);
  return Number(text);
}
