import { existsSync, mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { serve, type ServerType } from '@hono/node-server';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAccess } from '../../client/access/access.ts';
import { createPages } from '../../client/pages/index.tsx';
import { type Asked, depsOver } from '../client/pages/told-world.ts';
import { testLedger } from '../support/servers.ts';
import { foundOn, nothingFound } from './looks.ts';

const program = '/usr/bin/chromium';
const hasBrowser = existsSync(program);
const picturesFolder = join(import.meta.dirname, '../../.cache/pictures');
const sample = join(import.meta.dirname, '../../samples/xingyuan-2024.txt');
const setUpToken = 'printed-when-the-program-started';
const password = '春天的第一场雨2026';

describe.skipIf(!hasBrowser)(
  `setting a round up with a browser${hasBrowser ? '' : ` (skipped: there is no ${program})`}`,
  () => {
    let browser: Browser;
    let server: ServerType;
    let address: string;
    let asked: readonly Asked[];
    let ledger: Awaited<ReturnType<typeof testLedger>>;

    beforeAll(async () => {
      mkdirSync(picturesFolder, { recursive: true });
      ledger = await testLedger();
      server = serve({ fetch: (request, env) => app.fetch(request, env), hostname: '127.0.0.1', port: 0 });
      if (!server.listening) await new Promise((listening) => server.once('listening', listening));
      address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
      const world = depsOver(ledger);
      ({ asked } = world);
      const secret = 'a secret of at least thirty-two characters';
      const access = createAccess({ ledger, secret, publicUrl: address, setUpToken });
      const app = createPages({ ...world.deps, access });
      browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox', '--disable-gpu'] });
    });
    afterAll(async () => {
      await browser.close();
      server.close();
    });

    /** Looks at a step on a desk and on a phone, light and dark. */
    async function look(page: Page, name: string): Promise<void> {
      for (const [width, height] of [
        [1280, 800],
        [390, 844],
      ] as const) {
        await page.setViewportSize({ width, height });
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          const path = `${picturesFolder}/set-up-${name}-${String(width)}-${colorScheme}.png`;
          await page.screenshot({ path, fullPage: true });
        }
        expect({ name, width, ...(await foundOn(page)) }).toEqual({ name, width, ...nothingFound });
      }
      await page.setViewportSize({ width: 320, height: 568 });
      const sideways = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
      expect([name, await page.evaluate(sideways)]).toEqual([name, 0]);
    }

    async function pressed(page: Page, name: string): Promise<void> {
      await page.getByRole('button', { name }).first().focus();
      await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    }

    async function typed(page: Page, fields: Readonly<Record<string, string>>): Promise<void> {
      for (const [label, words] of Object.entries(fields)) {
        await page.getByLabel(label, { exact: true }).first().focus();
        await page.keyboard.press('Control+A');
        await page.keyboard.type(words);
      }
    }

    test('an office that has only the notice sets a round up by keyboard, comes back to where it was, and launches', async () => {
      const context = await browser.newContext({ locale: 'zh-CN', bypassCSP: true });
      const page = await context.newPage();
      await page.goto(`${address}/set-up?token=${setUpToken}`);
      await page.locator('#name').fill('王主任');
      await page.locator('#email').fill('wang@office.example');
      await page.locator('#password').fill(password);
      await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);

      await page.goto(`${address}/`);
      await page.locator('#notice').setInputFiles(sample);
      await pressed(page, '读这份通报');
      await look(page, 'notice');
      await typed(page, { 轮次名称: '星源巡察整改', 反馈日: '' });
      await page.locator('#round-feedback').fill('2026-11-02');
      await page.locator('#round-prefix').fill('XY');
      await pressed(page, '建成筹备中的轮次');

      expect(new URL(page.url()).pathname).toMatch(/\/set-up\/issues$/u);
      await look(page, 'issues');
      await page.getByRole('link', { name: '下一步：人员与分工' }).click();

      const people = ['姓名,邮箱,单位,职务'].concat(
        ['陈经办', '李副局长', '刘书记', '孙专责', '赵联络员'].map(
          (name, n) => `${name},p${String(n)}@unit.example,局机关,`,
        ),
      );
      await page.locator('#people-pasted').fill(people.join('\n'));
      await pressed(page, '导入人员');
      await typed(page, { 组长: '刘书记', 督办办公室: '孙某', '巡察办(派驻纪检组)': '赵联络员' });
      await typed(page, { 责任领导: '李副局长', 责任人: '陈经办' });
      await pressed(page, '保存分工');
      expect(await page.getByRole('alert').innerText()).toContain('“孙某”不在通讯录里');
      await look(page, 'people-refused');
      await typed(page, { 督办办公室: '孙专责' });
      await pressed(page, '保存分工');
      expect(await page.locator('#h-missing').innerText()).toBe('分工齐了');

      // Left, and come back to by the round's own page.
      await page.goto(`${address}/`);
      await page.getByRole('link', { name: '星源巡察整改' }).first().click();
      await look(page, 'round');
      await page.getByRole('link', { name: '接着筹备：政策' }).click();
      await page.getByRole('link', { name: '三色预警', exact: true }).click();
      await look(page, 'policy');
      await pressed(page, '就用“三色预警”');
      await look(page, 'rehearsal');
      await page.getByRole('link', { name: '撤销筹备' }).click();
      await look(page, 'discard');
      await page.getByRole('link', { name: '不撤销，接着筹备' }).click();
      await page.getByRole('link', { name: '下一步：交办' }).click();
      await look(page, 'launch');
      await page.getByLabel('问题、分工、政策都核对过了').focus();
      await page.keyboard.press('Space');
      await pressed(page, '交办');
      expect(asked.filter(({ what }) => what === 'launch')).toHaveLength(1);
      await context.close();
    }, 180_000);
  },
);
