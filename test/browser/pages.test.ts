import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Ledger, openLedger } from '../../prisma/client.ts';
import { bureauInMarch, pagesOver } from '../client/pages/told-world.ts';
import {
  foundOn,
  hasBrowser,
  launchBrowser,
  nothingFound,
  picturesFolder,
  unlessSkipped,
  watchLoads,
} from './looks.ts';
import { leadersBureau } from '../client/reading/leader-world.ts';
import { type TestDatabase, testDatabase } from '../support/servers.ts';

/** A desk, a phone, and the desk at 400 % (WCAG 2.2, 1.4.10). */
const sizes = [
  [1280, 800],
  [390, 844],
  [320, 200],
] as const;
/** Of everything that a first visit loads. */
const mostKilobytes = 150;

describe.skipIf(!hasBrowser)(`the pages in a browser${unlessSkipped}`, () => {
  const databases: TestDatabase[] = [];
  const ledgers: Ledger[] = [];
  const servers: Server[] = [];
  let browser: Browser;
  let emptyAddress: string;
  let address: string;
  let mailPath: string;
  let leadersAddress: string;
  let leaderPath: string;

  beforeAll(async () => {
    emptyAddress = await listening(await emptyLedger());
    const ledger = await emptyLedger();
    const round = await bureauInMarch(ledger);
    address = await listening(ledger);
    const leadersLedger = await emptyLedger();
    const bureau = await leadersBureau(leadersLedger);
    leadersAddress = await listening(leadersLedger);
    leaderPath = `/leaders/${bureau.personId('分管副局长')}`;
    const personId = round.personId('办公室经办人');
    const mail = await ledger.mail.findFirstOrThrow({ where: { personId }, orderBy: { preparedAt: 'desc' } });
    mailPath = `/mailbox/${encodeURIComponent(mail.messageId)}`;
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    for (const server of servers) server.close();
    await Promise.all(ledgers.map((ledger) => ledger.$disconnect()));
    await Promise.all(databases.map((database) => database.drop()));
  });

  const pages = [
    ['start', () => `${emptyAddress}/`],
    ['overview', () => `${address}/`],
    ['issues', () => `${address}/issues`],
    ['search', () => `${address}/search?text=${encodeURIComponent('公务用车')}`],
    ['round', () => `${address}/rounds/round-d1`],
    ['issue', () => `${address}/issues/LN-01`],
    ['issue-review', () => `${address}/issues/LN-02`],
    ['issue-look-back', () => `${address}/issues/LN-04`],
    ['leaders', () => `${leadersAddress}/leaders`],
    ['leader', () => `${leadersAddress}${leaderPath}`],
    ['mailbox', () => `${address}/mailbox`],
    ['mail', () => `${address}${mailPath}`],
    ['drill', () => `${address}/drills/d1`],
  ] as const;

  for (const [width, height] of sizes) {
    test.each(pages)(
      `%s at ${String(width)} px does not scroll sideways, is light, loads nothing from elsewhere, and axe finds nothing serious, light and dark`,
      async (name, at) => {
        const context = await browser.newContext({
          viewport: { width, height },
          locale: 'zh-CN',
          bypassCSP: true,
        });
        try {
          const page = await context.newPage();
          const errors: string[] = [];
          page.on('pageerror', (error) => errors.push(error.message));
          page.on('console', (message) => {
            // The letter of the test carries a script, and the frame is right to block it.
            if (message.type() === 'error' && !message.text().startsWith('Blocked script execution'))
              errors.push(message.text());
          });
          const loaded = watchLoads(page);
          await page.goto(at(), { waitUntil: 'networkidle' });
          const { elsewhere, kilobytes } = await loaded(at());
          expect(elsewhere).toEqual([]);
          expect(kilobytes).toBeLessThanOrEqual(mostKilobytes);
          await page.screenshot({ path: `${picturesFolder}/${name}-${String(width)}.png`, fullPage: true });
          expect({ ...(await foundOn(page)), errors }).toEqual({ ...nothingFound, errors: [] });
        } finally {
          await context.close();
        }
      },
    );
  }

  test('a leader asks from a phone by keyboard alone and without scripts, and what he touches is 44 px high', async () => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false });
    try {
      const page = await context.newPage();
      await page.goto(`${leadersAddress}${leaderPath}`);
      const low: string[] = [];
      for (const one of await page.locator('.case a, .case summary, .short a, .climb a').all()) {
        const box = await one.boundingBox();
        if (box !== null && box.height < 44) low.push(await one.innerText());
      }
      expect(low).toEqual([]);
      await page.locator('#red summary').first().focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      await page.keyboard.type('还差哪几条？');
      await page.screenshot({ path: `${picturesFolder}/leader-asks-390.png` });
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.getByRole('status').waitFor();
      expect(await page.getByRole('status').innerText()).toContain('已问责任人');
    } finally {
      await context.close();
    }
  });

  test('a script in a mail does not run, in its frame or opened by itself', async () => {
    const page = await browser.newPage();
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    await page.goto(`${address}${mailPath}`);
    await page.goto(`${address}${mailPath}/body`);
    expect(await page.content()).toContain('<script>');
    expect(await page.title()).not.toBe('ran');
    expect(said.filter((text) => text.startsWith('Blocked script execution'))).toHaveLength(2);
    await page.close();
  });

  async function emptyLedger(): Promise<Ledger> {
    const database = await testDatabase();
    const ledger = openLedger(database.url);
    databases.push(database);
    ledgers.push(ledger);
    return ledger;
  }

  async function listening(ledger: Ledger): Promise<string> {
    const { app } = pagesOver(ledger);
    return new Promise<string>((resolve) => {
      const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }: AddressInfo) => {
        resolve(`http://127.0.0.1:${String(port)}`);
      });
      servers.push(server as Server);
    });
  }
});
