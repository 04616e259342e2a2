import type { AddressInfo } from 'node:net';
import { serve, type ServerType } from '@hono/node-server';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createWatchers, type Watchers } from '../../client/live/watchers.ts';
import { bureauInMarch, pagesOver } from '../client/pages/told-world.ts';
import type { ToldRound } from '../client/reading/builder.ts';
import { testLedger } from '../support/servers.ts';
import { hasBrowser, launchBrowser, unlessSkipped } from './looks.ts';

describe.skipIf(!hasBrowser)(`a page that is open${unlessSkipped}`, () => {
  let watchers: Watchers;
  let round: ToldRound;
  let browser: Browser;
  let server: ServerType;
  let page: Page;
  let address: string;
  let words = 0;

  beforeAll(async () => {
    const ledger = await testLedger();
    round = await bureauInMarch(ledger);
    watchers = createWatchers();
    const { app } = pagesOver(ledger, undefined, watchers);
    server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
    if (!server.listening) await new Promise((listening) => server.once('listening', listening));
    address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    (server as unknown as { closeAllConnections(): void }).closeAllConnections();
    server.close();
  });
  beforeEach(async () => {
    page = await browser.newPage();
    return () => page.close();
  });

  /** Opens a page and waits until it watches. */
  async function opened(path: string): Promise<void> {
    await Promise.all([page.waitForResponse((one) => one.url().includes('/changes')), page.goto(`${address}${path}`)]);
  }
  /** Somebody says something elsewhere. */
  async function elsewhere(): Promise<string> {
    const said = `又核对了${String((words += 1))}条派车单`;
    await round.report('LN-01', '办公室经办人', said);
    watchers.tell({ clockId: round.clockId, roundId: round.roundId, issueId: null });
    return said;
  }

  test.each(['/issues/LN-01', '/issues/LN-02', '/'])(
    '%s is renewed when something happens elsewhere, and stays as it was opened',
    async (path) => {
      await opened(path);
      await page.evaluate(
        "document.querySelector('#live').dataset.first = 'yes'; document.querySelector('#live details').open = true",
      );
      await elsewhere();
      await page.locator('#live:not([data-first])').waitFor({ state: 'attached' });
      expect(await page.evaluate("document.querySelector('#live details').open")).toBe(true);
      expect(await page.locator('#stale').isHidden()).toBe(true);
    },
  );

  test('shows what was said elsewhere without being asked', async () => {
    await opened('/issues/LN-01');
    await page
      .getByText(await elsewhere())
      .first()
      .waitFor({ state: 'attached' });
  });

  test('takes nothing from under the hands of who is writing on it, and says that there is news', async () => {
    await opened('/issues/LN-02');
    await page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true");
    const field = page.locator('#live textarea, #live input[type=text]').first();
    await field.fill('还没写完');
    await elsewhere();
    await page.locator('#stale').waitFor({ state: 'visible' });
    expect(await field.inputValue()).toBe('还没写完');
  });

  test('hears again what it missed while the server was away', async () => {
    await opened('/issues/LN-01');
    (server as unknown as { closeAllConnections(): void }).closeAllConnections();
    const again = page.waitForResponse((one) => one.url().includes('/changes'));
    await again;
    await page
      .getByText(await elsewhere())
      .first()
      .waitFor({ state: 'attached' });
  });
});
