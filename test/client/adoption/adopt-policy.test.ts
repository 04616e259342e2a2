import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adoptPolicy, previewAdoption } from '../../../client/adoption/adopt-policy.ts';
import { policyOf, policyVersions, savePolicy } from '../../../client/adoption/policy-versions.ts';
import { previewWords } from '../../../client/commands/policy-words.ts';
import { at, dayOf } from '../../../workflows/rules/instants.ts';
import type { Policy, Rung } from '../../../workflows/rules/policy.ts';
import { due, proposal } from '../../../workflows/rules/presets/ladders.ts';
import { simplePolicy } from '../../../workflows/rules/simple-policy.ts';
import { cast } from '../../support/cast.ts';
import { AdoptionWorld } from './adoption-world.ts';

/** Wednesday; the evidence of measure 2 was due on 29 March, seven workdays ago. */
const now = at('2024-04-10', '10:00');
const office = { by: cast.wang, source: 'commandLine' };

/** Other days after the deadline, a proposal whose day has passed, a closer repeat, and a leader who reads nothing any more. */
const evidence: readonly Rung[] = [
  due(0, 'reminder', ['handler']),
  due(1, 'urge', ['handler']),
  due(4, 'escalation', ['handler', 'groupHead']),
  proposal(7, 'notice'),
  due(9, 'escalation', ['groupHead']),
  due(11, 'urge', ['handler'], { everyWorkdays: 3, missed: 'collapse' }),
];
const stricter: Policy = {
  ...simplePolicy,
  name: '从严',
  quietDays: [{ from: '2024-05-20', to: '2024-05-24' }],
  ladders: { ...simplePolicy.ladders, evidence },
};

let world: AdoptionWorld;
beforeAll(async () => {
  world = await AdoptionWorld.create();
  await world.launch(3, { launchedAt: at('2024-01-08', '08:00') });
  await world.advance(now);
}, 120_000);
afterAll(async () => {
  await world.close();
});

const doors = () => ({ ledger: world.ledger, issues: world.issues, rounds: world.rounds });
const proposals = () =>
  world.ledger.issueEvent.count({ where: { type: 'proposalRaised', issue: { roundId: world.roundId } } });

describe('a policy that is saved, previewed and adopted, in this order', () => {
  test('a saved version changes nothing that runs', async () => {
    const before = await world.planned();

    expect(await savePolicy(world.ledger, world.roundId, stricter, { note: '上级要求从严' })).toEqual({ version: 2 });

    expect(await world.planned()).toEqual(before);
    expect(await policyVersions(world.ledger, world.roundId)).toMatchObject([
      { version: 1, name: '简明', state: 'current' },
      { version: 2, name: '从严', state: 'notAdopted', note: '上级要求从严', adoptedAt: null },
    ]);
    expect(await policyOf(world.ledger, world.roundId, 2)).toEqual({ ...stricter, version: 2 });
  });

  test('whoever is not of the office adopts nothing', async () => {
    const before = await world.planned();

    const refused = adoptPolicy(doors(), world.roundId, 2, { by: cast.chen, source: 'commandLine' });

    await expect(refused).rejects.toMatchObject({
      code: 'NotAdopted',
      message: '都没有采用：只有督办办公室可以采用新政策',
    });
    expect(await world.planned()).toEqual(before);
    expect(await policyVersions(world.ledger, world.roundId)).toMatchObject([
      { state: 'current' },
      { adoptedAt: null },
    ]);
  });

  test('what has still to leave afterwards is what the preview said, and nothing past is asked for or sent again', async () => {
    const preview = await previewAdoption(world.ledger, world.roundId, 2);
    const [before, sent, raised] = [await world.planned(), await world.sent(), await proposals()];
    expect(raised).toBe(3); // measure 1 of each, ten workdays after its day

    const progress: string[] = [];
    const onProgress = (done: number, of: number) => void progress.push(`${String(done)}/${String(of)}`);
    const adopted = await adoptPolicy(doors(), world.roundId, 2, office, { onProgress });

    expect(adopted).toMatchObject({ state: 'adopted', version: 2 });
    expect(adopted.outcomes).toEqual(['CS-01', 'CS-02', 'CS-03'].map((code) => ({ code, outcome: 'adopted' })));
    expect(progress).toEqual(['1/3', '2/3', '3/3']);
    const gone = new Set(
      [...preview.vanish, ...preview.later, ...preview.move.map(({ from }) => from)].map(({ key }) => key),
    );
    const come = [...preview.appear, ...preview.move.map(({ to }) => to)].map(({ key }) => key);
    expect(gone.size).toBeGreaterThan(30);
    expect(preview.move.length).toBeGreaterThan(30);
    const after = await world.planned();
    expect(after).toEqual([...new Set([...before.filter((key) => !gone.has(key)), ...come])].sort());
    expect(after.every((key) => key.slice(-10) >= dayOf(now))).toBe(true);
    expect(after.some((key) => key.slice(-10) >= '2024-05-20' && key.slice(-10) <= '2024-05-24')).toBe(false);
    expect(await world.sent()).toEqual(sent);
    expect(after.filter((key) => sent.some((row) => (row as { key: string }).key === key))).toEqual([]);
    // The rung of 7 workdays has passed for both measures of each; the rung of 10 has no ladder any more.
    expect(preview.proposalsSilenced).toBe(6);
    expect(await proposals()).toBe(raised);
    expect(preview).toMatchObject({ version: 2, issues: 3, already: 0 });
    expect(preview.settings.map(({ field }) => field)).toContain('阶梯·佐证·第4级（after-7）');
    const words = previewWords(preview);
    expect(words).toContain('测试轮次：3 个在办问题将采用');
    expect(words).toContain('日期已过、不再提请的有 6 项');
    expect(words).toMatch(/改期 CS-01 措施\d佐证到期后第11个工作日.*：2024年/u);
    const leader = preview.people.find(({ personId }) => personId === cast.li);
    expect(leader!.after).toBeLessThan(leader!.before);
  }, 60_000);

  test('a preview says of each line what it is and whose', async () => {
    await savePolicy(world.ledger, world.roundId, simplePolicy, { note: '' });
    const { appear } = await previewAdoption(world.ledger, world.roundId, 3);
    const leaders = appear.filter(
      ({ code, role, kind }) => code === 'CS-01' && role === 'responsibleLeader' && kind === 'evidence',
    );
    expect(leaders[0]).toMatchObject({ measure: 1, rungId: 'after-11', letter: 'urge', dueOn: '2024-02-29' });
    expect(leaders[0]!.words).toMatch(/^措施1佐证到期后第11个工作日起每5个工作日一次，催办/u);
  });

  test('adopting once more changes nothing; what has been adopted is on record', async () => {
    const before = await world.planned();

    const again = await adoptPolicy(doors(), world.roundId, 2, office);

    expect(again.outcomes.map(({ outcome }) => outcome)).toEqual(['already', 'already', 'already']);
    expect(await world.planned()).toEqual(before);
    expect(await policyVersions(world.ledger, world.roundId)).toMatchObject([
      { version: 1, state: 'earlier' },
      { version: 2, state: 'current', adoptedBy: cast.wang, adoptedAt: now },
      { version: 3, state: 'notAdopted' },
    ]);
    await expect(adoptPolicy(doors(), world.roundId, 1, office)).rejects.toMatchObject({ code: 'PolicyNotNewer' });
    expect(world.askedOfRound).toEqual([]); // a round of an earlier form owes nothing as a whole
  });

  test('a month later nothing that the old policy asked for has been raised', async () => {
    const raised = await proposals();
    await world.advance(at('2024-05-10', '10:00'));
    expect(await proposals()).toBe(raised);
  }, 60_000);
});
