import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { drawRoundLookBacks } from '../../../client/rounds/draw-look-backs.ts';
import { type Ledger, openLedger } from '../../../prisma/client.ts';
import type { Prisma } from '../../../prisma/generated/client.ts';
import { simplePolicy } from '../../../workflows/rules/simple-policy.ts';
import { testDatabase } from '../../support/servers.ts';
import { ToldRound } from '../reading/builder.ts';
import { opened } from './browser.ts';
import { pagesOver } from './told-world.ts';

let ledger: Ledger;
let round: ToldRound;
const path = '/rounds/round-d1/look-backs';

/** Six closed issues of which one is major, to be drawn from by half. */
beforeEach(async () => {
  const { url, drop } = await testDatabase();
  ledger = openLedger(url);
  onTestFinished(async () => {
    await ledger.$disconnect();
    await drop();
  });
  const titles = ['用车', '资产', '档案', '垃圾分类', '公园', '结算'];
  round = await ToldRound.launched(
    ledger,
    titles.map((title) => ({ title, measures: [`${title}整改到位。`] })),
  );
  const { roundId } = round;
  const closed = { phase: 'lookBack', phaseSince: round.now, progress: {} } as const;
  await ledger.obligation.updateMany({ data: { closedAt: round.now } });
  await ledger.issue.updateMany({ where: { roundId }, data: closed });
  await ledger.issue.update({ where: { id: round.idOf('LN-06') }, data: { weight: 'major' } });
  const lookBack = { share: 0.4, drawWithinWorkdays: 10, againAfterMonths: 3 };
  const terms = { policy: { ...simplePolicy, lookBack } } as unknown as Prisma.InputJsonObject;
  await ledger.round.update({ where: { id: roundId }, data: { terms } });
});

const by = (name = '督办专责') => round.personId(name);
const draws = () => ledger.lookBackDraw.findMany({ where: { roundId: round.roundId } });

describe('the page of a round’s draws', () => {
  test('says before the draw what is drawn from, and neither who comes out nor a seed', async () => {
    const { text } = await opened(pagesOver(ledger).app, path);
    expect(text).toContain('待抽取6项：必看1项，其余5项按40%抽2项');
    expect(text).toMatch(/LN-06<\/th><td>办公室<\/td><td>重大问题必看/);
    expect(text).toContain('本轮还没有抽过');
    expect(await draws()).toEqual([]);
  });

  test('draws by the seed that is given, says of each why, and runs it again with the same result', async () => {
    const { app, asked } = pagesOver(ledger);
    const { post } = await opened(app, path);
    const answer = await post(path, { by: by(), seed: '当众摇出 0728' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${path}?done=drawn#round-d1-c01`]);
    expect(asked.map(({ what, with: [name] }) => `${what} ${String(name)}`)).toEqual([
      'askRound recordDraw',
      ...Array.from({ length: 6 }, () => 'ask settleLookBackDraw'),
    ]);
    const { text } = await opened(app, path);
    expect(text).toContain('当众摇出 0728');
    expect(text).toContain('回头看3项');
    expect(text).toMatch(/<b>LN-06<\/b>　重大问题必看/);
    expect(text).toMatch(/　随机抽中/);
    expect(text).toContain('与留存的结果相同');
    const [draw] = await draws();
    expect(draw).toMatchObject({ seed: '当众摇出 0728', drawnBy: by() });
  });

  test('tells when what stands there is not what its seed gives', async () => {
    const { app } = pagesOver(ledger);
    await (await opened(app, path)).post(path, { by: by(), seed: '' });
    const [draw] = await draws();
    await ledger.lookBackDraw.update({ where: { id: draw!.id }, data: { seed: '换过的种子' } });
    expect((await opened(app, path)).text).toContain('与留存的结果不同');
  });

  test('shows what was recorded, not what running it again would give', async () => {
    const { app } = pagesOver(ledger);
    await (await opened(app, path)).post(path, { by: by(), seed: '' });
    const [draw] = await draws();
    const result = draw!.result as { drawn: object[] };
    const only = { ...result, drawn: result.drawn.slice(0, 1) } as Prisma.InputJsonObject;
    await ledger.lookBackDraw.update({ where: { id: draw!.id }, data: { result: only } });
    expect((await opened(app, path)).text).toContain('回头看1项');
  });

  test('says why there is nothing to draw', async () => {
    await ledger.issue.updateMany({ data: { phase: 'rectification' } });
    expect((await opened(pagesOver(ledger).app, path)).text).toContain('目前没有待抽取的已销号问题');
  });
});

test('who may not draw leaves no draw behind that the next one would have to finish', async () => {
  const nobodyElse = { ask: () => Promise.resolve() };
  const said = { by: by('办公室经办人'), source: 'page', requestId: 'r' };
  const drawing = drawRoundLookBacks({ ledger, issues: nobodyElse, duties: nobodyElse }, round.roundId, said);
  await expect(drawing).rejects.toMatchObject({ code: 'NotYours' });
  expect(await draws()).toEqual([]);
});
