import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Browser, chromium, type Page, type Response } from 'playwright-core';
import { expect } from 'vitest';

const program = '/usr/bin/chromium';
export const hasBrowser = existsSync(program);
/** For the titles of tests that need one. */
export const unlessSkipped = hasBrowser ? '' : ` (skipped: there is no ${program})`;

/** Where the pictures lie: looked at by people, after a change of the look. */
export const picturesFolder = join(import.meta.dirname, '../../.cache/pictures');

export function launchBrowser(): Promise<Browser> {
  mkdirSync(picturesFolder, { recursive: true });
  return chromium.launch({ executablePath: program, args: ['--no-sandbox', '--disable-gpu'] });
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string }[];
}

/** What nobody should find on a page, in light and in dark: nothing to scroll sideways, and what axe calls serious or critical. */
export async function foundOn(page: Page): Promise<{ sideways: number; light: string[]; dark: string[] }> {
  const sideways = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  await page.evaluate(axe);
  const light = await violations(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await violations(page);
  await page.emulateMedia({ colorScheme: 'light' });
  return { sideways, light, dark };
}

export const nothingFound = { sideways: 0, light: [], dark: [] };

async function violations(page: Page): Promise<string[]> {
  const found = await page.evaluate<{ violations: Violation[] }>('axe.run(document, { iframes: false })');
  return found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}

/** Watches what a page loads from now on: the hosts that are not its own, and its weight in kilobytes as it was sent. */
export function watchLoads(page: Page): (address: string) => Promise<{ elsewhere: string[]; kilobytes: number }> {
  const responses: Response[] = [];
  page.on('response', (response) => responses.push(response));
  return async (address) => {
    const sizes = await Promise.all(
      responses.map(async (response) => (await response.request().sizes()).responseBodySize),
    );
    const hosts = responses.map((response) => new URL(response.url())).filter(({ protocol }) => protocol !== 'data:');
    return {
      elsewhere: hosts.map(({ host }) => host).filter((host) => host !== new URL(address).host),
      kilobytes: sizes.reduce((sum, size) => sum + size, 0) / 1024,
    };
  };
}

/** Looks at a page as it stands, in light and in dark: a picture of each, and nothing that nobody should find. */
export async function look(page: Page, name: string): Promise<void> {
  await picture(page, name);
  expect({ name, ...(await foundOn(page)) }).toEqual({ name, ...nothingFound });
}

/** A picture of a page as it stands, in light and in dark. */
export async function picture(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(picturesFolder, `${name} ${colorScheme}.png`), fullPage: true });
  }
}
