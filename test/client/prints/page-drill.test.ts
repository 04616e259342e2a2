import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { checkDrill } from '../../../client/drill-check/check-drill.ts';
import { loadRound } from '../../../client/rehearsal/load-round.ts';
import { rehearseRound } from '../../../client/rehearsal/rehearse-round.ts';
import { verify } from '../../../client/verify.ts';
import { untilEnded } from '../../kill/drill-runs.ts';
import { OwnInstance } from '../../kill/own-instance.ts';

const own = new OwnInstance(mkdtempSync(join(tmpdir(), 'huitoukan-pages-')));
afterAll(async () => {
  await own.discard();
  rmSync(own.folder, { recursive: true, force: true });
});

it('a round of a silent staff whose leader has no mail goes to him on pages: none lost, none doubled, as rehearsed', async () => {
  await own.start();
  const instance = await own.serving();
  const fileName = 'qinghe-2024.txt';
  const bytes = readFileSync(new URL(`../../../samples/${fileName}`, import.meta.url));
  // Slow enough that the leader, who is told after some workdays, has lost his address by then.
  const query = { fileName, seed: '1', staff: 'silent', lastDays: '21', secondsPerDay: '1' };
  const { drillId } = await instance.post<{ drillId: string }>(['drills'], { query, bytes });
  const leaders = await own.withLedger(async (ledger) => {
    const where = { scope: drillId, assignments: { some: { role: 'responsibleLeader' as const } } };
    await ledger.person.updateMany({ where, data: { email: null } });
    const people = await ledger.person.findMany({ where, select: { id: true } });
    return people.map(({ id }) => id);
  });
  await untilEnded(own, instance, drillId, () => undefined);
  await own.withLedger(async (ledger) => {
    const mails = await ledger.mail.findMany({ where: { clockId: drillId }, select: { personId: true, state: true } });
    const pages = mails.filter(({ state }) => state === 'toPrint');
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.every(({ personId }) => leaders.includes(personId))).toBe(true);
    expect(mails.filter(({ personId }) => leaders.includes(personId))).toHaveLength(pages.length);

    const checked = await checkDrill({ ledger, drillId, acceptedFile: own.acceptedFile });
    expect(checked).toMatchObject({ lost: 0, doubled: 0, unowed: 0, details: [] });
    expect((await verify(ledger)).differences).toEqual([]);

    const { now } = await ledger.drill.findUniqueOrThrow({ where: { id: drillId } });
    const { rehearsal } = rehearseRound({ ...(await loadRound(ledger, drillId)), until: now.toISOString() });
    expect(rehearsal).toMatchObject({ pages: pages.length, mails: mails.length - pages.length });
    const lines = await ledger.delivery.count({ where: { mail: { clockId: drillId } } });
    expect(rehearsal.lines).toBe(lines);
  });
}, 300_000);
