/**
 * `node --import tsx test/histories/record.ts`: plays a small drill and a round of the real clock, and stores the
 * histories they leave under the present version. To be run when a version is finished, and never to make a failing
 * replay pass: a history that no longer replays is an issue that no longer goes on.
 */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { temporalProgram } from '../../worker/embedded/programs.ts';
import { workflowIds } from '../../workflows/ids.ts';
import { answer, eventually, launchRealRound } from '../ci/real-round.ts';
import { startDrill, untilEnded } from '../kill/drill-runs.ts';
import { OwnInstance } from '../kill/own-instance.ts';
import { storeHistory } from './stored.ts';

const root = resolve(import.meta.dirname, '../..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
/** So that continue-as-new comes often, and the histories stay small. */
const eventsAtMost = 150;
const runsKept = 3;

/** One issue that comes back, one that is kept up for long. */
const notice = [
  '中共甲市乙局党组关于巡察整改进展情况的通报',
  '2023年9月15日，市委第二巡察组向乙局党组反馈了巡察意见。现将巡察整改进展情况予以公布。',
  '一、集中整改期内已完成的整改事项',
  '（一）聚焦制度执行方面',
  '1.关于采购管理不规范的问题。一是修订采购管理办法。二是开展自查。',
  '二、需长期整改事项进展情况',
  '（一）持续完善档案管理机制。一是完成档案普查。',
  '中共甲市乙局党组',
  '2024年3月29日',
].join('\n\n');

const folder = mkdtempSync(join(tmpdir(), 'huitoukan-histories-'));
const own = new OwnInstance(join(folder, 'data'), { temporalProgram: withShortHistories() });
try {
  await own.start();
  const instance = await own.serving();
  const plan = { bytes: new TextEncoder().encode(notice), fileName: 'notice.txt', seed: '1', staff: 'mixed' };
  const drillId = await startDrill(instance, plan);
  await untilEnded(own, instance, drillId, (line) => console.log(line));
  const { roundId, mail } = await launchRealRound(own);
  const [issue] = await own.withLedger((ledger) =>
    ledger.issue.findMany({ where: { roundId }, orderBy: { number: 'asc' }, take: 1 }),
  );
  await answer(own, mail, `${issue!.code} 收到\n${issue!.code} 已开始整改。`);
  await eventually('the answer stands in the ledger', async () => {
    const where = { issueId: issue!.id, type: 'acknowledged' };
    return (await own.withLedger((ledger) => ledger.issueEvent.count({ where }))) > 0 ? true : undefined;
  });
  mkdirSync(join(import.meta.dirname, version), { recursive: true });
  await store({
    'issue-with-rebound': workflowIds.issue(`${drillId}-i01`),
    'issue-kept-up': workflowIds.issue(`${drillId}-i02`),
    'round-of-drill': workflowIds.round(drillId),
    'post-office-of-drill': workflowIds.postOffice(drillId),
    conductor: workflowIds.conductor(drillId),
    'issue-in-real-time': workflowIds.issue(issue!.id),
    'round-in-real-time': workflowIds.round(roundId),
    'post-office-in-real-time': workflowIds.postOffice('real'),
  });
  await own.stop();
} finally {
  await own.discard();
  rmSync(folder, { recursive: true, force: true });
}

/** Stores the first runs and the last of each workflow. */
async function store(workflows: Readonly<Record<string, string>>): Promise<void> {
  const connection = await Connection.connect({ address: own.temporalAddress });
  const client = new Client({ connection });
  for (const [name, workflowId] of Object.entries(workflows)) {
    const runs: { runId: string; startTime: Date }[] = [];
    for await (const run of client.workflow.list({ query: `WorkflowId = '${workflowId}'` })) runs.push(run);
    runs.sort((one, other) => one.startTime.getTime() - other.startTime.getTime());
    const kept = runs.filter((_, index) => index < runsKept - 1 || index === runs.length - 1);
    for (const [index, { runId }] of kept.entries()) {
      const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
      storeHistory({ name: `${version}/${name}-${String(index + 1)}`, history });
      console.log(`${name}: run ${String(index + 1)} of ${String(runs.length)}, ${String(history.events?.length)} events`);
    }
  }
  await connection.close();
}

/** Temporal's dev server, which finds a history long after few events. */
function withShortHistories(): string {
  const program = join(folder, 'temporal');
  const setting = `limit.historyCount.suggestContinueAsNew=${String(eventsAtMost)}`;
  const lines = ['#!/bin/sh', `exec '${temporalProgram('temporal')}' "$@" --dynamic-config-value ${setting}`];
  writeFileSync(program, `${lines.join('\n')}\n`);
  chmodSync(program, 0o700);
  return program;
}
