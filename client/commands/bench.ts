import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { readAccepted } from '../practice/accepted-file.ts';
import { acceptedPath } from '../practice/mailbox.ts';
import type { DrillProgress } from '../rounds/drill-result.ts';
import { noticeOf } from './bench-notice.ts';
import type { Instance } from './instance.ts';
import { columns, type Output } from './output.ts';
import { type EnvironmentWith, withPassingInstance } from './own-instance.ts';

/** What Temporal keeps for each mail line that was delivered. */
interface PerLine {
  /** History events. */
  readonly events: number;
  /** State transitions, which is what a server bills and stores. */
  readonly transitions: number;
}

/** The answer of `bench reminder`. */
interface ReminderBench {
  readonly ours: PerLine;
  /** A timer for each reminder, then an activity that sends it, on the same server in the same run. */
  readonly textbook: PerLine;
  readonly absolute: {
    readonly issues: number;
    readonly days: number;
    /** Lines of the mails that the practice mailbox accepted. */
    readonly lines: number;
    readonly mails: number;
    /** Runs of all workflows: issues, round, post-offices, conductor. */
    readonly workflowRuns: number;
    readonly events: number;
    readonly transitions: number;
    readonly textbookLines: number;
    readonly seconds: number;
  };
}

const root = resolve(import.meta.dirname, '../..');
const issueCount = 200;
const halfYearDays = 182;
const namespace = 'default';
const describesAtOnce = 16;

/**
 * `bench reminder`: plays half a year in which nobody answers, for 200 issues by the preset policy, in an instance of
 * its own, and divides what all workflows together left in Temporal by the mail lines that were delivered.
 *
 * @throws RefusedError `NotStarted`, or what the instance refuses
 */
export async function benchReminder(output: Output, environmentWith: EnvironmentWith): Promise<void> {
  const bench = await withPassingInstance(environmentWith, async (own, folder): Promise<ReminderBench> => {
    const startedAt = Date.now();
    const instance = await own.serving();
    output.note(`测量用的回头看已就绪：${own.url}（测完即停止）`);
    const { days } = await own.orEnded(playHalfYear(output, instance));
    const accepted = await readAccepted(acceptedPath(join(folder, 'practice')));
    const lines = accepted.reduce((sum, mail) => sum + mail.lines.length, 0);
    const ours = await totalsOf(own.temporalAddress);
    output.note('教科书写法……');
    const { lines: textbookLines, ...textbook } = await own.orEnded(textbookOn(own.temporalAddress));
    return {
      ours: perLine(ours, lines),
      textbook: perLine(textbook, 1),
      absolute: {
        ...{ issues: issueCount, days, lines, mails: accepted.length, ...ours, textbookLines },
        seconds: Math.round((Date.now() - startedAt) / 1000),
      },
    };
  });
  output.answer(bench, () => words(bench));
}

async function playHalfYear(output: Output, instance: Instance): Promise<DrillProgress> {
  const query = {
    ...{ fileName: 'bench.txt', staff: 'silent', seed: '1' },
    ...{ secondsPerDay: '0', lastDays: String(halfYearDays) },
  };
  const { drillId } = await instance.post<{ drillId: string }>(['drills'], { query, bytes: noticeOf(issueCount) });
  for (let looks = 0; ; looks += 1) {
    const progress = await instance.get<DrillProgress>(['drills', drillId]);
    if (progress.state === 'ended') return progress;
    if (looks % 10 === 0)
      output.note(`${progress.today}（第 ${String(progress.days + 1)} 天）  邮件 ${String(progress.mails)}`);
    await pause(1_000);
  }
}

interface Totals {
  readonly workflowRuns: number;
  readonly events: number;
  readonly transitions: number;
}

/** What all runs of all workflows on a server have cost it so far. */
async function totalsOf(address: string): Promise<Totals> {
  const connection = await Connection.connect({ address });
  try {
    const client = new Client({ connection, namespace });
    const runs: { workflowId: string; runId: string }[] = [];
    for await (const { workflowId, runId } of client.workflow.list()) runs.push({ workflowId, runId });
    let events = 0;
    let transitions = 0;
    const waiting = runs.values();
    const lane = async () => {
      for (const { workflowId, runId } of waiting) {
        const { raw } = await client.workflow.getHandle(workflowId, runId).describe();
        events += Number(raw.workflowExecutionInfo?.historyLength ?? 0);
        transitions += Number(raw.workflowExecutionInfo?.stateTransitionCount ?? 0);
      }
    };
    await Promise.all(Array.from({ length: describesAtOnce }, lane));
    return { workflowRuns: runs.length, events, transitions };
  } finally {
    await connection.close();
  }
}

/** A worker is no part of a client, so the textbook form runs in a process of its own. */
async function textbookOn(address: string): Promise<PerLine & { readonly lines: number }> {
  const args = ['--import', 'tsx', 'worker/bench/textbook.ts', address, namespace];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root });
  return JSON.parse(stdout) as PerLine & { readonly lines: number };
}

function perLine({ events, transitions }: PerLine, lines: number): PerLine {
  const rounded = (number: number) => Math.round((number / lines) * 100) / 100;
  return { events: rounded(events), transitions: rounded(transitions) };
}

function words({ ours, textbook, absolute }: ReminderBench): string {
  const { issues, days, lines, mails, workflowRuns, events, transitions, textbookLines, seconds } = absolute;
  return [
    columns([
      ['每行提醒', '历史事件', '状态变更'],
      ['回头看', String(ours.events), String(ours.transitions)],
      ['教科书写法', String(textbook.events), String(textbook.transitions)],
    ]),
    `${String(issues)} 个问题、${String(days)} 天无人理睬：${String(mails)} 封邮件 ${String(lines)} 行，${String(workflowRuns)} 次流程运行共 ${String(events)} 个事件、${String(transitions)} 次状态变更；教科书写法 ${String(textbookLines)} 行；用时 ${String(seconds)} 秒`,
  ].join('\n');
}
