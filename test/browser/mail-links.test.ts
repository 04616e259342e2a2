import type { AddressInfo } from 'node:net';
import { serve, type ServerType } from '@hono/node-server';
import type { Browser, Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createServer } from '../../client/server.ts';
import { MailWorld } from '../client/incoming-mail/mail-world.ts';
import { issuesOwed, issuesWithLinks, pagesOfWorld, standing } from '../client/links/linked-mails.ts';
import { hasBrowser, launchBrowser, unlessSkipped } from './looks.ts';

/** Three of each kind, or as many as `SCANNED_MAILS` says; the scanner without a browser opens all of 100 mails. */
const linksInBrowser = Number(process.env['SCANNED_MAILS'] ?? 3 * issuesOwed);

describe.skipIf(!hasBrowser)(`the links in a browser${unlessSkipped}`, () => {
  let world: MailWorld;
  let links: Awaited<ReturnType<typeof issuesWithLinks>>;
  let server: ServerType;
  let browser: Browser;
  let address: string;

  beforeEach(async () => {
    world = await MailWorld.create();
    links = await issuesWithLinks(world);
    const none = undefined as never; // the API is not asked
    const deps = {
      ledger: world.ledger,
      temporal: none,
      issues: none,
      rounds: none,
      drills: none,
      inbox: none,
      mailDomain: 'huitoukan.test',
      verify: none,
    };
    const app = createServer({ ...deps, files: none, token: 'token', pages: pagesOfWorld(world), log: fail });
    server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
    if (!server.listening) await new Promise((listening) => server.once('listening', listening));
    address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    browser = await launchBrowser();
  });
  afterEach(async () => {
    await browser.close();
    server.close();
    await world.close();
  });

  test('a scanner with a browser of its own, which runs scripts and sends every form, changes nothing', async () => {
    const paths: string[] = [];
    for (let mail = 0; mail < linksInBrowser; mail += 1) paths.push(await links.linkTo(mail % issuesOwed));
    const before = await standing(world);
    const page = await browser.newPage();
    let asked = 0;
    for (const path of paths) {
      await page.goto(`${address}${path}`);
      await page.locator('form button').click();
      if (await fillIn(page)) asked += 1;
      await page.locator('form button').click();
    }
    expect(await standing(world)).toEqual(before);
    expect(asked).toBe(linksInBrowser);
  }, 180_000);

  test('a person who types the code acts, once, though he presses twice', async () => {
    const page = await browser.newPage();
    await page.goto(`${address}${await links.linkTo(0)}`);
    await page.locator('form button').click();
    await page.locator('#code').fill('CS-01');
    await page.locator('form button').dblclick();
    await page.getByText('已经办结').waitFor();
    expect(
      world.issues.calls.map(({ requestId }) => requestId).filter((id, at, all) => all.indexOf(id) === at),
    ).toHaveLength(1);
    const issue = await world.ledger.issue.findUniqueOrThrow({ where: { id: links.issueIds[0]! } });
    expect(JSON.stringify(issue.progress)).not.toContain('acknowledgement-1');
  }, 60_000);
});

/** Fills every field with what fits it, as scanners do; tells whether the page asked for the code. */
async function fillIn(page: Page): Promise<boolean> {
  for (const field of await page.locator('form textarea').all()) await field.fill('已完成整改');
  for (const field of await page.locator('form input[type=date]').all()) await field.fill('2024-05-10');
  for (const field of await page.locator('form input[type=text]').all()) await field.fill('测试');
  for (const field of await page.locator('form input[type=file]').all())
    await field.setInputFiles({ name: '材料.txt', mimeType: 'text/plain', buffer: Buffer.from('scanner') });
  return (await page.locator('#code').count()) === 1;
}

function fail(error: unknown): never {
  throw error;
}
