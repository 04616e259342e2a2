import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

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
