import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DrillProgress, DrillResult } from '../client/rounds/drill-result.ts';
import type { Verification } from '../client/verify.ts';
import type { WhyIssue } from '../client/reading/index.ts';
import { Instance } from './support/instance.ts';

/** The life of a whole round, from the Word notice's text to the look-back, on the machine as a user starts it. */
describe('a round made from the sample notice', () => {
  let dataDir: string;
  let instance: Instance;
  let drillId: string;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'huitoukan-story-'));
    instance = await Instance.start(dataDir);
  });
  afterAll(async () => {
    await instance.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  test('begins with a page that says what this is', async () => {
    const page = await fetch(instance.url);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('回头看');
  });

  test('a second start on the same folder is refused with a sentence that names it', async () => {
    const { exitCode, output } = await Instance.run(dataDir);
    expect(exitCode).toBe(1);
    expect(output).toContain(dataDir);
    expect(output).not.toContain('    at ');
  });

  test('goes on where it was after everything was killed in the middle of it', async () => {
    const notice = await readFile(new URL('../samples/qinghe-2024.txt', import.meta.url));
    ({ drillId } = await instance.ask<{ drillId: string }>('/drills?fileName=qinghe-2024.txt&staff=mixed&seed=story', {
      method: 'POST',
      body: notice,
    }));
    await untilDays(20);
    for (const pid of instance.processes()) process.kill(pid, 'SIGKILL');
    instance.process.kill('SIGKILL');
    await instance.ended();
    instance = await Instance.start(dataDir);
    const before = await instance.ask<DrillProgress>(`/drills/${drillId}`);
    expect(before).toMatchObject({ state: 'running' });
    await untilDays(before.days + 10);
  }, 240_000);

  test('ends by itself with every issue archived or under attestation, one rebound through cycle 2, and no line lost, doubled or unowed', async () => {
    while ((await instance.ask<DrillProgress>(`/drills/${drillId}`)).state !== 'ended') await pause(500);
    const result = await instance.ask<DrillResult>(`/drills/${drillId}/result`);
    expect(result).toMatchObject({ cycles: 2, lost: 0, doubled: 0, unowed: 0 });
    expect(result.archived + result.longTerm).toBe(result.issues);
    expect(result.replies).toBeGreaterThan(20);
  }, 900_000);

  test('leaves rows that are what the events say', async () => {
    expect(await instance.ask<Verification>('/verify')).toMatchObject({ differences: [] });
  });

  test('can have every mail of it explained: rule, policy version, calendar day, role and person', async () => {
    const [issue] = await instance.ask<{ id: string }[]>(`/issues?round=${drillId}`);
    const { lines } = await instance.ask<WhyIssue>(`/why/${issue!.id}`);
    const mailed = lines.filter(({ mail }) => mail !== null);
    expect(mailed.length).toBeGreaterThan(3);
    for (const line of mailed) {
      expect(line.rule, line.key).not.toBe('');
      expect(line.calendarDay, line.key).toMatch(/\d{4}年\d{1,2}月\d{1,2}日/u);
      expect(line.role, line.key).not.toBe('');
      expect(line.persons, line.key).not.toEqual([]);
    }
  });

  test('is ended by SIGTERM within ten seconds, and no child is left', async () => {
    expect(await instance.stop()).toBeLessThan(10_000);
    expect(instance.processes()).toEqual([]);
    instance = await Instance.start(dataDir);
  });

  async function untilDays(days: number): Promise<void> {
    while ((await instance.ask<DrillProgress>(`/drills/${drillId}`)).days < days) await pause(100);
  }
});

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
