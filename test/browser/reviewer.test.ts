import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve, type ServerType } from '@hono/node-server';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAccess } from '../../client/access/access.ts';
import { createEvidenceStore } from '../../client/evidence-store.ts';
import { createPages } from '../../client/pages/index.tsx';
import { drawRoundLookBacks } from '../../client/rounds/draw-look-backs.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { simplePolicy } from '../../workflows/rules/simple-policy.ts';
import { type Ledger, openLedger } from '../../prisma/client.ts';
import { inEarnest, issuesOf, pngOf, reviewersPassword, reviewersRound } from '../client/pages/reviewer-world.ts';
import { depsOver } from '../client/pages/told-world.ts';
import type { ToldRound } from '../client/reading/builder.ts';
import { type TestDatabase, testDatabase } from '../support/servers.ts';
import { foundOn, nothingFound } from './looks.ts';

const program = '/usr/bin/chromium';
const hasBrowser = existsSync(program);
const picturesFolder = join(import.meta.dirname, '../../.cache/pictures');

/** A draw that has been made, and one more to make. */
async function drawn(round: ToldRound): Promise<void> {
  const { ledger, roundId } = round;
  const lookBack = { share: 0.5, drawWithinWorkdays: 10, againAfterMonths: 3 };
  const terms = { policy: { ...simplePolicy, lookBack } } as unknown as Prisma.InputJsonObject;
  await ledger.round.update({ where: { id: roundId }, data: { terms } });
  const quiet = { ask: () => Promise.resolve() };
  const said = { by: round.personId('督办专责'), source: 'page', requestId: 'draw' };
  await drawRoundLookBacks({ ledger, issues: quiet, duties: quiet }, roundId, said, { seed: '0728' });
}

const sizes = [
  [1280, 800],
  [390, 844],
  [320, 568],
] as const;

describe.skipIf(!hasBrowser)(`a reviewer at a browser${hasBrowser ? '' : ` (skipped: there is no ${program})`}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'huitoukan-'));
  let browser: Browser;
  let server: ServerType;
  let address: string;
  let ledger: Ledger;
  let database: TestDatabase;
  let round: ToldRound;

  beforeAll(async () => {
    mkdirSync(picturesFolder, { recursive: true });
    database = await testDatabase();
    ledger = openLedger(database.url);
    const files = createEvidenceStore({ folder, ledger });
    round = await reviewersRound(ledger, files);
    await drawn(round);
    await inEarnest(round, ['巡察办专责']);
    server = serve({ fetch: (request, env) => app.fetch(request, env), hostname: '127.0.0.1', port: 0 });
    if (!server.listening) await new Promise((listening) => server.once('listening', listening));
    address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    const { deps } = depsOver(ledger);
    const secret = 'a secret of at least thirty-two characters';
    const access = createAccess({ ledger, secret, publicUrl: address, setUpToken: 'none' });
    const app = createPages({ ...deps, files, access, issues: { ...deps.issues, ...issuesOf(round) } });
    browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox', '--disable-gpu'] });
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    server.close();
    await ledger.$disconnect();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Looks at a page at every size, in light and in dark. */
  async function look(page: Page, name: string): Promise<void> {
    for (const [width, height] of sizes) {
      await page.setViewportSize({ width, height });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        const path = `${picturesFolder}/${name}-${String(width)}-${colorScheme}.png`;
        await page.screenshot({ path, fullPage: true });
      }
      await page.emulateMedia({ colorScheme: 'light' });
      expect({ name, width, ...(await foundOn(page)) }).toEqual({ name, width, ...nothingFound });
    }
  }

  async function signedIn(context: BrowserContext): Promise<Page> {
    const page = await context.newPage();
    await page.goto(`${address}/sign-in`);
    await page.locator('#email').fill(`${round.personId('巡察办专责')}@example.org`);
    await page.locator('#password').fill(reviewersPassword);
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    return page;
  }

  /** Goes on with the Tab key until an element has the focus, as somebody without a mouse does. */
  async function tabTo(page: Page, id: string): Promise<void> {
    for (let presses = 0; presses < 120; presses += 1) {
      if ((await page.evaluate<string>('document.activeElement.id')) === id) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`no way to #${id} with the Tab key`);
  }

  const pathOf = (code: string, rest: string) => `${address}/issues/${round.idOf(code)}${rest}`;
  const phaseOf = async (code: string) =>
    (await ledger.issue.findUniqueOrThrow({ where: { id: round.idOf(code) } })).phase;

  test('returns a measure and countersigns another closure by the keyboard alone, without scripts', async () => {
    const context = await browser.newContext({ locale: 'zh-CN', bypassCSP: true });
    try {
      const page = await signedIn(context);
      await page.getByRole('link', { name: /全部待审核与回头看/ }).click();
      await look(page, 'reviews');
      expect(await page.locator('.duty').count()).toBe(3);
      await page.goto(pathOf('LN-01', '/review'), { waitUntil: 'networkidle' });
      await look(page, 'review');
      await page.goto(pathOf('LN-02', '/review'));
      await look(page, 'review-not-his');
      expect(await page.locator('form.review').count()).toBe(0);
      const cookies = await context.cookies();
      const plain = await browser.newContext({ javaScriptEnabled: false });
      await plain.addCookies(cookies);
      const sheet = await plain.newPage();
      await sheet.goto(pathOf('LN-01', '/review'));
      await tabTo(sheet, 'verdict-1-accepted');
      await sheet.keyboard.press('Space');
      const [first] = await sheet.locator('.one-piece input').all();
      await first!.check();
      await tabTo(sheet, 'verdict-2-accepted');
      await sheet.keyboard.press('ArrowDown');
      await sheet.keyboard.press('Tab');
      await sheet.keyboard.type('办法没有盖章，请补交盖章页。');
      await sheet.keyboard.press('Tab');
      await Promise.all([sheet.waitForNavigation(), sheet.keyboard.press('Enter')]);
      expect(sheet.url()).toContain('done=returned');
      expect(await phaseOf('LN-01')).toBe('rectification');
      await plain.close();
      await page.goto(pathOf('LN-01', '/review'));
      await look(page, 'review-returned');
      await page.goto(`${address}/rounds/${round.roundId}/look-backs`);
      await look(page, 'draws');
    } finally {
      await context.close();
    }
  }, 120_000);

  test('looks back on the spot: ticks the sheet by the keyboard, takes photos, and finds them with the record', async () => {
    const context = await browser.newContext({
      locale: 'zh-CN',
      bypassCSP: true,
      viewport: { width: 390, height: 844 },
    });
    try {
      const page = await signedIn(context);
      await page.goto(pathOf('LN-03', '/look-back-sheet'), { waitUntil: 'networkidle' });
      await look(page, 'look-back-sheet');
      await page.setViewportSize({ width: 390, height: 844 });
      for (const measure of ['1', '2']) {
        await tabTo(page, `standing-${measure}-kept`);
        await page.keyboard.press('Space');
      }
      await page.keyboard.press('ArrowDown');
      await tabTo(page, 'note-2');
      await page.keyboard.type('台账停在6月，之后没有登记。');
      await page.keyboard.press('Tab');
      await page.keyboard.type('到人事科抽查档案30卷，复审表与原件相符，台账不全。');
      const files = ['档案柜.png', '台账.png'].map((name, place) => ({
        ...{ name, mimeType: 'image/png' },
        buffer: pngOf(300 + place * 200, 300),
      }));
      await page.locator('#photos').setInputFiles(files);
      await tabTo(page, 'outcome-holds');
      await page.keyboard.press('Space');
      await page.keyboard.press('ArrowDown');
      await tabTo(page, 'deadline');
      await page.locator('button.primary').focus();
      await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
      expect(page.url()).toContain('done=partlyHeld');
      await page.goto(pathOf('LN-03', ''), { waitUntil: 'networkidle' });
      expect(await page.locator('.photos img').count()).toBe(2);
      await look(page, 'looked-back');
    } finally {
      await context.close();
    }
  }, 120_000);
});
