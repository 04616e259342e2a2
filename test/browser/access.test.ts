import { existsSync, mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { serve, type ServerType } from '@hono/node-server';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAccess } from '../../client/access/access.ts';
import { invite } from '../../client/access/accounts.ts';
import { createPages } from '../../client/pages/index.tsx';
import { testLedger } from '../support/servers.ts';
import { foundOn, nothingFound } from './looks.ts';

const program = '/usr/bin/chromium';
const hasBrowser = existsSync(program);
const picturesFolder = join(import.meta.dirname, '../../.cache/pictures');
const setUpToken = 'printed-when-the-program-started';
const password = '春天的第一场雨2026';

describe.skipIf(!hasBrowser)(
  `signing in with a browser${hasBrowser ? '' : ` (skipped: there is no ${program})`}`,
  () => {
    let browser: Browser;
    let server: ServerType;
    let address: string;
    let ledger: Awaited<ReturnType<typeof testLedger>>;

    beforeAll(async () => {
      mkdirSync(picturesFolder, { recursive: true });
      ledger = await testLedger();
      server = serve({ fetch: (request, env) => app.fetch(request, env), hostname: '127.0.0.1', port: 0 });
      if (!server.listening) await new Promise((listening) => server.once('listening', listening));
      address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
      const none = undefined as never; // what no page of signing in asks for
      const app = createPages({
        ...{
          ledger,
          duties: none,
          inbox: none,
          issues: none,
          files: none,
          rounds: none,
          drills: none,
          readNoticeWhole: none,
        },
        rowsPlanned: () => undefined,
        access: createAccess({
          ledger,
          secret: 'a secret of at least thirty-two characters',
          publicUrl: address,
          setUpToken,
        }),
        log: (error) => {
          throw error;
        },
      });
      browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox', '--disable-gpu'] });
    });
    afterAll(async () => {
      await browser.close();
      server.close();
    });

    /** Looks at a page on a desk and on a phone. */
    async function look(page: Page, name: string): Promise<void> {
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 844 });
        for (const colorScheme of ['dark', 'light'] as const) {
          await page.emulateMedia({ colorScheme });
          await page.screenshot({
            path: `${picturesFolder}/${name}-${String(width)}-${colorScheme}.png`,
            fullPage: true,
          });
        }
        expect({ name, width, ...(await foundOn(page)) }).toEqual({ name, width, ...nothingFound });
      }
    }

    /** Types into the fields of the page one after the other, and sends the form with the keyboard alone. */
    async function typed(page: Page, first: string, words: readonly string[]): Promise<void> {
      await page.locator(first).focus();
      for (const [place, text] of words.entries()) {
        if (place > 0) await page.keyboard.press('Tab');
        await page.keyboard.type(text);
      }
      await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    }

    test('goes by the keyboard from the first visit to one’s own account, on pages that everybody can read', async () => {
      const context = await browser.newContext({ locale: 'zh-CN', bypassCSP: true });
      const page = await context.newPage();
      await page.goto(`${address}/`);
      await look(page, 'welcome');
      await page.goto(`${address}/set-up?token=${setUpToken}`);
      await look(page, 'set-up');
      await typed(page, '#name', ['王主任', 'wang@office.example', password]);
      await page.goto(`${address}/account`);
      await look(page, 'account');
      await typed(page, '#second-step-password', [password]);
      await look(page, 'second-step');
      await context.clearCookies();
      await page.goto(`${address}/sign-in?next=/account`);
      await look(page, 'sign-in');
      await typed(page, '#email', ['wang@office.example', '不是这个密码']);
      await look(page, 'sign-in-refused');
      await typed(page, '#password', [password]);
      expect(new URL(page.url()).pathname).toBe('/account');
      await page.goto(`${address}/sign-in/code`);
      await look(page, 'sign-in-code');
      await ledger.person.create({ data: { id: 'li', name: '李副局长', email: 'li@unit.example' } });
      const { token } = await invite(ledger, {
        personId: 'li',
        standing: 'person',
        by: 'a',
        now: new Date().toISOString(),
      });
      await page.goto(`${address}/invitations/${token}`);
      await look(page, 'invitation');
      await typed(page, '#password', ['夏天的一阵凉风2026']);
      await look(page, 'own-overview');
      await context.close();
    }, 120_000);

    test('signs in with a passkey that a device keeps, and without scripts, or once it is taken away, with the password', async () => {
      const here = address.replace('127.0.0.1', 'localhost');
      const context = await browser.newContext({ locale: 'zh-CN' });
      const page = await context.newPage();
      const device = await context.newCDPSession(page);
      await device.send('WebAuthn.enable');
      const { authenticatorId } = await device.send('WebAuthn.addVirtualAuthenticator', {
        options: {
          ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
          ...{ isUserVerified: true, automaticPresenceSimulation: true },
        },
      });
      const problems: string[] = [];
      page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));

      await page.goto(`${here}/sign-in?next=/account`);
      await typed(page, '#email', ['wang@office.example', password]);
      await page.fill('#passkey-name', '办公室电脑');
      await typed(page, '#passkey-password', [password]);
      expect(await page.getByRole('status').innerText()).toContain('通行密钥已添加');
      expect(await page.locator('.sessions b', { hasText: '办公室电脑' }).count()).toBe(1);
      await page.fill('#passkey-name', '又一次');
      await page.fill('#passkey-password', password);
      await page.keyboard.press('Enter');
      await page.getByText('这台设备已经添加过了。').waitFor();

      const signIn = async () => {
        await context.clearCookies();
        await page.goto(`${here}/sign-in?next=/account`);
        const button = page.getByRole('button', { name: '用通行密钥登录' });
        await button.focus();
        await page.keyboard.press('Enter');
      };
      const [sent] = await Promise.all([page.waitForRequest(`${here}/sign-in/passkey`), signIn()]);
      await page.waitForURL(`${here}/account`);
      const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: here };
      const again = await page.request.post(sent.url(), { data: sent.postData() ?? '', headers, maxRedirects: 0 });
      expect(again.status()).toBe(409);
      expect(await page.locator('.facts').innerText()).toContain('wang@office.example');
      expect(await page.getByText('最近使用').count()).toBeGreaterThan(0);

      const closed = { where: { email: 'wang@office.example' } };
      await ledger.account.update({ ...closed, data: { closedAt: new Date() } });
      await signIn();
      await page.getByText('通行密钥没有验证通过').waitFor();
      await ledger.account.update({ ...closed, data: { closedAt: null } });

      await device.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
      await signIn();
      await page.getByText('没有完成：设备没有验证').waitFor();
      await device.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });

      await ledger.accountPasskey.deleteMany();
      await signIn();
      await page.getByText('通行密钥没有验证通过').waitFor();
      expect(new URL(page.url()).pathname).toBe('/sign-in/passkey');
      expect(problems.filter((text) => !text.includes('409'))).toEqual([]);
      await typed(page, '#email', ['wang@office.example', password]);
      await context.close();

      const plain = await browser.newContext({ locale: 'zh-CN', javaScriptEnabled: false });
      const without = await plain.newPage();
      await without.goto(`${here}/sign-in?next=/account`);
      expect(await without.getByRole('button', { name: '用通行密钥登录' }).isVisible()).toBe(false);
      await typed(without, '#email', ['wang@office.example', password]);
      expect(await without.locator('#passkey-name').isVisible()).toBe(false);
      expect(await without.getByText('没有运行脚本，或不支持通行密钥').isVisible()).toBe(true);
      await plain.close();

      const looked = await browser.newContext({ locale: 'zh-CN', bypassCSP: true });
      const shown = await looked.newPage();
      await shown.goto(`${here}/sign-in?next=/account`);
      await shown.getByRole('button', { name: '用通行密钥登录' }).waitFor();
      await look(shown, 'sign-in-passkey');
      await typed(shown, '#email', ['wang@office.example', password]);
      await look(shown, 'account-passkeys');
      await shown.goto(`${address}/sign-in?next=/account`);
      await typed(shown, '#email', ['wang@office.example', password]);
      expect(await shown.getByRole('link', { name: here }).isVisible()).toBe(true);
      await looked.close();
    }, 120_000);

    test('makes a token that is shown once, and closes an account, on pages that everybody can read', async () => {
      const context = await browser.newContext({ locale: 'zh-CN', bypassCSP: true });
      const page = await context.newPage();
      await page.goto(`${address}/sign-in?next=/account`);
      await typed(page, '#email', ['wang@office.example', password]);
      await page.locator('summary', { hasText: '建一个令牌' }).focus();
      await page.keyboard.press('Enter');
      await page.fill('#token-name', '每周汇总报表');
      await page.fill('#token-ends', (await page.getAttribute('#token-ends', 'max'))!);
      await look(page, 'account-token');
      await typed(page, '#token-password', [password]);
      await look(page, 'new-token');
      expect(await page.inputValue('#token')).toMatch(/^htk_/);
      await page.goto(`${address}/account`);
      await look(page, 'account-tokens');
      await page.goto(`${address}/people`);
      await page.locator('summary', { hasText: '停用账户' }).click();
      await look(page, 'people-closing');
      await page.check('#close-li');
      await Promise.all([page.waitForNavigation(), page.locator('.act[open] button').click()]);
      expect(await page.getByRole('status').innerText()).toContain('账户已停用');
      await look(page, 'people-closed');
      await context.close();
    }, 120_000);
  },
);
