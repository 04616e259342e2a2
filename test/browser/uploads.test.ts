import { createHash, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { serve, type ServerType } from '@hono/node-server';
import type { Browser, Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createUploads } from '../../client/links/uploads.ts';
import { MailWorld } from '../client/incoming-mail/mail-world.ts';
import { issuesWithLinks, pagesOfWorld } from '../client/links/linked-mails.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { foundOn, hasBrowser, launchBrowser, nothingFound, picturesFolder, unlessSkipped } from './looks.ts';

const owing = 1;

describe.skipIf(!hasBrowser)(`files by a link in a browser${unlessSkipped}`, () => {
  let world: MailWorld;
  let server: ServerType;
  let browser: Browser;
  let address: string;
  /** Two pieces and a bit. */
  const film = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(9 * 1024 * 1024)]);

  beforeEach(async () => {
    world = await MailWorld.create();
    const links = await issuesWithLinks(world);
    const app = pagesOfWorld(world, await createUploads(temporaryFolder()));
    server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
    if (!server.listening) await new Promise((listening) => server.once('listening', listening));
    address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}${await links.linkTo(owing)}`;
    browser = await launchBrowser();
  });
  afterEach(async () => {
    await browser.close();
    server.close();
    await world.close();
  });

  async function form(page: Page): Promise<void> {
    await page.goto(address);
    await page.getByLabel('交佐证材料').check();
    await page.getByRole('button', { name: '下一步' }).click();
    await page.getByLabel('佐证材料').waitFor();
  }

  async function evidence() {
    const rows = await world.ledger.evidence.findMany({ orderBy: { id: 'asc' } });
    return rows.map(({ fileName, sha256 }) => [fileName, sha256]);
  }

  const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

  test('a large file goes on where the line broke, also on the page opened anew, and is handed in whole', async () => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' });
    const page = await context.newPage();
    const filmFile = join(temporaryFolder(), '现场录像.pdf');
    writeFileSync(filmFile, film);
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await form(page);
    let pieces = 0;
    await context.route('**/uploads/*', (route) => {
      if (route.request().method() === 'PATCH') pieces += 1;
      return pieces > 1 ? route.abort('connectionreset') : route.continue();
    });
    await page.getByLabel('佐证材料').setInputFiles(filmFile);
    await page.getByText('连接断了，接上后继续').waitFor();
    await page.screenshot({ path: `${picturesFolder}/link-upload-broken-390.png`, fullPage: true });
    expect(await page.getByRole('button', { name: '确认交佐证材料' }).isDisabled()).toBe(true);
    await context.unroute('**/uploads/*');
    await form(page); // the page is opened anew from the mail
    const sent: number[] = [];
    page.on('request', (request) => {
      if (request.method() === 'PATCH') sent.push(Number(request.headers()['upload-offset']));
    });
    await page.getByLabel('佐证材料').setInputFiles(filmFile);
    await page.getByText('已传到，确认后才算交').waitFor();
    expect(Math.min(...sent)).toBeGreaterThan(0); // not from the beginning
    await page.screenshot({ path: `${picturesFolder}/link-upload-390.png`, fullPage: true });
    expect(await foundOn(page)).toEqual(nothingFound);
    await page.getByLabel('请填写编号以确认').fill('CS-02');
    await page.getByRole('button', { name: '确认交佐证材料' }).click();
    await page.getByText('佐证材料已收下').waitFor();
    expect(await evidence()).toEqual([['现场录像.pdf', hashOf(film)]]);
    expect(errors).toEqual([]);
    await context.close();
  }, 120_000);

  test('files are dropped on the page, one is left out again, and a wrong code loses none', async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await form(page);
    const dropped = await page.evaluateHandle(`(() => {
      const given = new DataTransfer();
      for (const name of ['台账.txt', '误选.txt'])
        given.items.add(new File([name + '的内容，一条一条列明。'], name, { type: 'text/plain' }));
      return given;
    })()`);
    await page.dispatchEvent('.drop', 'drop', { dataTransfer: dropped });
    await page.getByText('已传到，确认后才算交').nth(1).waitFor();
    await page.locator('.uploads li', { hasText: '误选.txt' }).getByRole('button', { name: '不交这个' }).click();
    await page.getByLabel('请填写编号以确认').fill('CS-99');
    await page.getByRole('button', { name: '确认交佐证材料' }).click();
    await page.getByRole('alert').waitFor();
    await page.screenshot({ path: `${picturesFolder}/link-upload-refused-1280.png`, fullPage: true });
    await page.getByLabel('请填写编号以确认').fill('CS-02');
    await page.getByRole('button', { name: '确认交佐证材料' }).click();
    await page.getByText('佐证材料已收下').waitFor();
    expect(await evidence()).toEqual([['台账.txt', hashOf(Buffer.from('台账.txt的内容，一条一条列明。'))]]);
  }, 60_000);
});
