import { MisuseError } from '../misuse-error.ts';
import type { RequestPreview } from '../previews/request-preview.ts';
import type { IssueReading, IssueRow } from '../reading/index.ts';
import { weightNames } from '../../workflows/rules/names.ts';
import type { Instance } from './instance.ts';
import { measureDays } from './issue-request-table.ts';
import { issueWords } from './issue-words.ts';
import { columns, type Output, shortened } from './output.ts';
import { requestPreviewWords } from './request-preview-words.ts';

export interface ListOptions {
  readonly round?: string;
  readonly phase?: string;
  readonly light?: string;
  readonly unit?: string;
  readonly body?: string;
  readonly source?: string;
  readonly text?: string;
}

/** `issue list`: the issues that fit, a row each. */
export async function issueList(output: Output, instance: Instance, options: ListOptions): Promise<void> {
  const rows = await allRows(instance, options);
  const several = (of: (row: IssueRow) => string) => new Set(rows.map(of)).size > 1;
  const [bodies, sources] = [several(({ body }) => body), several(({ source }) => source)];
  const someAreConfidential = rows.some(({ secrecy }) => secrecy === 'confidential');
  const someAreMajor = rows.some(({ weight }) => weight === 'major');
  output.answer(rows, () =>
    rows.length === 0
      ? '没有这样的问题'
      : columns(
          rows.map(
            ({ code, title, unit, body, source, weight, secrecy, handlers, phaseName, deadline, cycle, light }) => [
              code,
              light.name,
              ...(someAreMajor ? [weight === 'major' ? weightNames.major : ''] : []),
              ...(someAreConfidential ? [secrecy === 'confidential' ? '保密' : ''] : []),
              phaseName,
              cycle > 1 ? `第${String(cycle)}轮` : '',
              `时限 ${deadline}`,
              handlers.join('、'),
              unit,
              ...(bodies ? [body] : []),
              ...(sources ? [source] : []),
              shortened(title, 30),
            ],
          ),
        ),
  );
}

const rowsAtATime = 500;

async function allRows(instance: Instance, options: ListOptions): Promise<IssueRow[]> {
  const rows: IssueRow[] = [];
  for (;;) {
    const page = { ...options, limit: String(rowsAtATime), after: rows.at(-1)?.id };
    const more = await instance.get<IssueRow[]>(['issues'], page);
    rows.push(...more);
    if (more.length < rowsAtATime) return rows;
  }
}

/** `issue show ISSUE`: one issue with its measures, what is owed and what comes next. */
export async function issueShow(output: Output, instance: Instance, ref: string): Promise<void> {
  const issue = await instance.get<IssueReading>(['issues', ref]);
  output.answer(issue, () => issueWords(issue));
}

export interface Acting {
  readonly by: string;
  /** Only what would come of it. */
  readonly preview?: true;
}

export interface ProposeOptions extends Acting {
  readonly recordedBy?: string;
  readonly outcome?: 'done' | 'basicallyDone' | 'longTerm';
  readonly remainder?: string;
}

/** `issue propose ISSUE`: asks for closure on behalf of somebody (代录). */
export async function issuePropose(
  output: Output,
  instance: Instance,
  ref: string,
  { by, recordedBy, outcome, remainder, preview }: ProposeOptions,
): Promise<void> {
  const left = remainder === undefined ? {} : { remainder: measureDays(remainder) };
  const json = { by, recordedBy, outcome, ...left, ...modeOf(preview) };
  await acted(output, instance.post(['issues', ref, 'closure'], { json }), '已申请销号');
}

/** `issue close ISSUE`: approves the closure of the state that was seen. */
export async function issueClose(
  output: Output,
  instance: Instance,
  ref: string,
  { by, state, evidence, preview }: Acting & { readonly state: string; readonly evidence?: string },
): Promise<void> {
  const accepted = evidence === undefined ? {} : { evidence: evidence.split(/[,，、]/u).map((id) => id.trim()) };
  const json = { by, decision: 'approved', state: state.toLowerCase(), ...accepted, ...modeOf(preview) };
  await acted(output, instance.put(['issues', ref, 'closure', 'decision'], { json }), '已同意销号');
}

/** `issue return ISSUE`: returns a closure with its reason and the measures that lack something. */
export async function issueReturn(
  output: Output,
  instance: Instance,
  ref: string,
  { by, reason, measures, preview }: Acting & { readonly reason: string; readonly measures?: string },
): Promise<void> {
  const numbers = (measures ?? '')
    .split(/[,，、]/u)
    .filter((part) => part.trim() !== '')
    .map(Number);
  if (numbers.some((number) => !Number.isInteger(number)))
    throw new MisuseError('--measures 应是措施的序号，如 --measures 1,3');
  const json = { by, decision: 'returned', reason, measures: numbers, ...modeOf(preview) };
  await acted(output, instance.put(['issues', ref, 'closure', 'decision'], { json }), '已退回');
}

export interface LookBackOptions extends Acting {
  readonly finding: string;
  readonly partly?: true;
  readonly reboundUntil?: string;
}

/** `issue look-back ISSUE`: records a look-back; with a new deadline the problem is back. */
export async function issueLookBack(
  output: Output,
  instance: Instance,
  ref: string,
  { by, finding, partly, reboundUntil, preview }: LookBackOptions,
): Promise<void> {
  const json = {
    by,
    finding,
    ...(partly && { partly: 'partly' }),
    ...(reboundUntil !== undefined && { rebound: reboundUntil }),
    ...modeOf(preview),
  };
  const done = partly
    ? '已登记回头看：部分巩固，到时再看'
    : reboundUntil === undefined
      ? '已登记回头看：成果巩固'
      : '已登记回头看：问题反弹，重新整改';
  await acted(output, instance.post(['issues', ref, 'look-back'], { json }), done);
}

export interface DecideOptions extends Acting {
  readonly proposal: string;
  readonly accept?: true;
  readonly decline?: true;
  readonly reason: string;
}

/** `issue decide ISSUE`: takes up or declines what the rules have proposed. */
export async function issueDecide(
  output: Output,
  instance: Instance,
  ref: string,
  { by, proposal, accept, decline, reason, preview }: DecideOptions,
): Promise<void> {
  if (accept === decline) throw new MisuseError('请写明 --accept（采纳）或 --decline（不采纳）之一');
  const json = { by, proposal, decision: accept ? 'accepted' : 'declined', reason, ...modeOf(preview) };
  await acted(
    output,
    instance.post(['issues', ref, 'proposal-decisions'], { json }),
    accept ? '已采纳提请' : '已决定不采纳提请',
  );
}

function modeOf(preview: true | undefined) {
  return preview === true ? { mode: 'preview' } : {};
}

async function acted(output: Output, request: Promise<IssueReading | RequestPreview>, done: string): Promise<void> {
  const told = await request;
  output.answer(told, () =>
    'written' in told ? requestPreviewWords(told) : `${told.code} ${done}，现在是“${told.phaseName}”`,
  );
}
