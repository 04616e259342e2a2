/**
 * `node --import tsx test/histories/record-lives.ts`: plays lives of an issue and of rounds on the time-skipping server,
 * without a ledger, and stores the histories they leave under the present version beside those that are there. Like
 * `record.ts` it is run when something new can happen to a workflow, and never to make a failing replay pass; a history
 * that is stored already stays as it is.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { WorkflowHandle } from '@temporalio/client';
import { acknowledged, evidenceReceived, issueStatus, issueUpdate } from '../../workflows/messages.ts';
import { roundUpdate } from '../../workflows/round-messages.ts';
import { addDays, dayOf } from '../../workflows/rules/instants.ts';
import type { PolicyDuty } from '../../workflows/rules/policy.ts';
import { cast } from '../support/cast.ts';
import { dutiesOfRound } from '../support/round-terms.ts';
import { ordinaryTerms } from '../support/terms.ts';
import { calendarFrom, LifeServer } from './life-server.ts';
import { storeHistory } from './stored.ts';

const root = resolve(import.meta.dirname, '../..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const server = await LifeServer.start();
const { environment, taskQueue } = server;
const said = (by: string) => server.said(by);
const { plan, evaluation, weeklyCheck } = dutiesOfRound;
const progressReport: PolicyDuty = {
  ...{ id: 'report', kind: 'progressReport', title: '集中整改进展情况报告', role: 'office', until: 'lastClosure' },
  cadence: { every: 'once', after: 'concentratedPeriod', months: 0 },
};
const town = { id: 'town', name: '乙镇党委' };
const village = { id: 'village', name: '大王村党总支' };
const scores = { organisation: 15, responsibility: 10, completion: 30, satisfaction: null, total: 61 };
const bad = { scores, grade: 'ordinary', secondRectification: 'needed', note: '' } as const;
const good = { ...bad, grade: 'good', secondRectification: 'notNeeded' } as const;
const approved = { decision: 'approved', reason: '' } as const;
const returned = { decision: 'returned', reason: '责任不清' } as const;

const lives: Readonly<Record<string, () => Promise<WorkflowHandle>>> = {
  'round-launched-late': roundLaunchedLate,
  'round-of-several-bodies': roundOfSeveralBodies,
  'round-that-names-no-bodies': roundThatNamesNoBodies,
  'issue-with-items-and-own-measures': issueWithItemsAndOwnMeasures,
};
const wanted = process.argv.slice(2);
try {
  mkdirSync(join(import.meta.dirname, version), { recursive: true });
  await server.works(async () => {
    for (const [name, play] of Object.entries(lives)) {
      const stored = `${version}/${name}-1`;
      if (existsSync(join(import.meta.dirname, `${stored}.binpb.gz`))) continue;
      if (wanted.length > 0 && !wanted.includes(name)) continue;
      server.unsettled = 3;
      const history = await (await play()).fetchHistory();
      storeHistory({ name: stored, history });
      console.log(`${name}: ${String(history.events?.length)} events`);
    }
  });
} finally {
  await environment.teardown();
}

/** What was due before the launch is owed after it, chased, handed in, returned and approved. */
async function roundLaunchedLate(): Promise<WorkflowHandle> {
  const round = await server.round('round-launched-late', [plan, weeklyCheck], { fedBackMonthsAgo: 2 });
  await environment.sleep('12d');
  await round.reports('rectification-plan-1-1', cast.wang);
  await round.handle.executeUpdate(roundUpdate('decidePlan'), { args: [{ ...(await said(cast.li)), ...returned }] });
  await environment.sleep('3d');
  await round.reports('rectification-plan-1-2', cast.wang);
  await round.handle.executeUpdate(roundUpdate('decidePlan'), { args: [{ ...(await said(cast.li)), ...approved }] });
  return round.ended();
}

/** Each of two bodies owes its own; a batch is owed by two units, one of them about a measure alone. */
async function roundOfSeveralBodies(): Promise<WorkflowHandle> {
  const bodies = [town, village];
  const round = await server.round('round-of-several-bodies', [plan, progressReport, evaluation], { bodies });
  const { handle } = round;
  const units = [
    { unit: '一科', issueIds: ['i1', 'i2'] },
    { unit: '二科', issueIds: ['i1'], measures: { i1: [2] } },
  ];
  const batch = { title: '制度执行', task: '逐项对照整改', units };
  await handle.executeUpdate(roundUpdate('issueBatch'), { args: [{ ...(await said(cast.wang)), ...batch }] });
  await round.reports('supervision-batch-1-2', cast.zhou);
  await environment.sleep('28d');
  await round.reports('rectification-plan-b2-1-1', cast.chen);
  const decide = async (decision: typeof approved | typeof returned, bodyId: string) =>
    handle.executeUpdate(roundUpdate('decidePlan'), { args: [{ ...(await said(cast.li)), ...decision, bodyId }] });
  await decide(returned, village.id);
  await environment.sleep('7d'); // the town's is overdue meanwhile
  await round.reports('rectification-plan-b2-1-2', cast.chen);
  await decide(approved, village.id);
  await round.reports('rectification-plan-b1-1-1', cast.wang);
  await decide(approved, town.id);
  await environment.sleep('60d');
  await round.reports('progress-report-b1-1-1', cast.wang);
  await round.reports('progress-report-b2-1-1', cast.chen);
  await environment.sleep('25d');
  const evaluated = async (judged: typeof bad | typeof good, bodyId: string) =>
    handle.executeUpdate(roundUpdate('recordEvaluation'), {
      args: [{ ...(await said(cast.wang)), ...judged, bodyId }],
    });
  await evaluated(good, town.id);
  await evaluated(bad, village.id);
  await round.reports('rectification-plan-b2-1-3', cast.chen);
  await decide(approved, village.id);
  await round.reports('supervision-batch-1-1', cast.chen);
  return round.ended();
}

/**
 * Launched before bodies owed anything themselves: one body's bad evaluation stands on record, and the round owes its own.
 * What is stored was played by the code of that time.
 */
async function roundThatNamesNoBodies(): Promise<WorkflowHandle> {
  const round = await server.round('round-that-names-no-bodies', [plan, evaluation]);
  const { handle } = round;
  await environment.sleep('28d');
  await round.reports('rectification-plan-1-1', cast.wang);
  const approve = async () =>
    handle.executeUpdate(roundUpdate('decidePlan'), { args: [{ ...(await said(cast.li)), ...approved }] });
  await approve();
  await environment.sleep('92d');
  const ofVillage = { ...bad, bodyId: village.id };
  await handle.executeUpdate(roundUpdate('recordEvaluation'), { args: [{ ...(await said(cast.wang)), ...ofVillage }] });
  await handle.executeUpdate(roundUpdate('recordEvaluation'), { args: [{ ...(await said(cast.wang)), ...bad }] });
  await round.reports('rectification-plan-1-2', cast.wang);
  await approve();
  return round.ended();
}

/** Items of the sub-ledger enter with the launch; each measure has a kind and a deadline of its own. */
async function issueWithItemsAndOwnMeasures(): Promise<WorkflowHandle> {
  const launchedAt = await server.now();
  const day = dayOf(launchedAt);
  const workflowId = 'issue/issue-with-items-and-own-measures';
  const terms = ordinaryTerms({
    ...{ issueId: 'issue-with-items', roundId: 'round', launchedAt, calendar: calendarFrom(day) },
    itemIds: ['h1', 'h2'],
    deadline: addDays(day, 60),
    measures: [
      { number: 1, deadline: addDays(day, 20), kind: 'once' },
      { number: 2, deadline: addDays(day, 40), kind: 'rule' },
      { number: 3, deadline: addDays(day, 60), kind: 'accountability' },
    ],
  });
  const handle = await environment.client.workflow.start('rectifyIssue', { workflowId, taskQueue, args: [terms] });
  await environment.sleep('1d');
  await handle.signal(acknowledged, await said(cast.chen));
  const items = (itemIds: string[], to: 'inWork' | 'askedToLeave') => ({ itemIds, to });
  await handle.executeUpdate(issueUpdate('moveItems'), {
    args: [{ ...(await said(cast.chen)), ...items(['h1', 'h2'], 'inWork') }],
  });
  for (const measure of [1, 2, 3]) {
    await environment.sleep('18d');
    const evidence = [{ evidenceId: `e${String(measure)}`, measure }];
    await handle.signal(evidenceReceived, { ...(await said(cast.chen)), evidence });
  }
  await handle.executeUpdate(issueUpdate('moveItems'), {
    args: [{ ...(await said(cast.chen)), ...items(['h1', 'h2'], 'askedToLeave') }],
  });
  const recheck = { left: ['h1', 'h2'], back: [], finding: '现场看过' };
  await handle.executeUpdate(issueUpdate('recheckItems'), { args: [{ ...(await said(cast.wang)), ...recheck }] });
  await handle.executeUpdate(issueUpdate('proposeClosure'), { args: [await said(cast.chen)] });
  const { stateHash } = (await handle.query(issueStatus)).progress.closure!;
  const decision = { kind: 'approved', stateHash, acceptedEvidence: ['e1', 'e2', 'e3'] } as const;
  await handle.executeUpdate(issueUpdate('decideClosure'), { args: [{ ...(await said(cast.wang)), decision }] });
  await environment.sleep('100d');
  await handle.executeUpdate(issueUpdate('recordLookBack'), {
    args: [{ ...(await said(cast.zhao)), finding: '保持' }],
  });
  await handle.result();
  return handle;
}
