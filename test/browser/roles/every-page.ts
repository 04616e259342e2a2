import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { routeDecisions } from '../../../client/access/route-decisions.ts';
import { huitoukan } from '../../ci/command-line.ts';
import { picture } from '../looks.ts';
import type { OfficeRound, Role } from './office-round.ts';

const root = resolve(import.meta.dirname, '../../..');

const sizes = [
  ['desk', { width: 1280, height: 800 }],
  ['phone', { width: 390, height: 844 }],
] as const;

/** What is no page: files, what an open page listens to, and what a page sends piece by piece. */
const noPages = [/^\/assets\//, /^\/changes$/, /^\/evidence\//, /\.eml$/, /\/uploads/, /^\/prints\//, /\.json$/];

/**
 * Takes a picture of every page that this role gets an answer from, of the route table itself; gives the routes of which there was
 * none to picture.
 */
export async function pictureEveryPage(
  round: OfficeRound,
  role: Role | 'nobody',
  placesOf: (path: string) => readonly string[],
): Promise<string[]> {
  const paths = [...routeDecisions.keys()].flatMap((route) => {
    const [method, path = ''] = route.split(' ');
    return method === 'GET' && !noPages.some((one) => one.test(path)) ? [path] : [];
  });
  const without: string[] = [];
  for (const [size, viewport] of sizes) {
    const context = await round.as(role, { viewport });
    const page = await context.newPage();
    for (const path of paths) {
      const found = await firstFound(page, placesOf(path));
      if (found) await picture(page, `every ${role}${path.replaceAll('/', ' ')} ${size}`);
      else if (size === 'desk') without.push(path);
    }
    await context.close();
  }
  return without;
}

async function firstFound(page: Page, places: readonly string[]): Promise<boolean> {
  for (const place of places) {
    const answer = await page.goto(place);
    const shown = new URL(page.url()).pathname; // not the way to sign in
    if (answer?.status() === 200 && decodeURI(shown) === decodeURI(place.replace(/\?.*$/, ''))) return true;
  }
  return false;
}

/** Where the pages of each route are to be found in the round. */
export async function placesIn(round: OfficeRound, browser: Browser): Promise<(path: string) => string[]> {
  const { dataDir: folder, url } = round.instance;
  const from = ['--from', 'samples/xingyuan-2024.txt', '--feedback', '2026-11-02', '--code', 'CG'];
  const { roundId: draftId } = await huitoukan<{ roundId: string }>({ folder }, 'round', 'create', ...from);
  const context = await browser.newContext({ baseURL: url });
  const page = await context.newPage();
  await page.goto('/');
  await page.getByRole('button', { name: '开始演练' }).click();
  await page.waitForURL('**/drills/**');
  const drillId = new URL(page.url()).pathname.split('/')[2] ?? '';
  await context.close();
  const office = await round.as('office', {});
  const start = await office.newPage();
  await start.goto('/');
  const notice = start.locator('#notice');
  await notice.evaluate((field: { closest(what: string): { open: boolean } | null }) => {
    const folded = field.closest('details');
    if (folded !== null) folded.open = true;
  });
  await notice.setInputFiles(join(root, 'samples/xingyuan-2024.txt'));
  await start.getByRole('button', { name: '读这份通报' }).click();
  await start.waitForURL('**/notices/**');
  const { pathname, search } = new URL(start.url());
  await office.close();
  const link = await round.linkOf('QH-08');
  const values: readonly (readonly [string, readonly string[]])[] = [
    ['/issues/:ref', ['/issues/QH-08', '/issues/QH-01']],
    ['/issues/:id', ['/issues/QH-08', '/issues/QH-01']],
    ['/rounds/:id', [`/rounds/${round.roundId}`, `/rounds/${draftId}`]],
    ['/leaders/:ref', ['/leaders/陈分管']],
    ['/drills/:id', [`/drills/${drillId}`]],
    ['/notices/:sha256', [`${pathname}${search}`]],
    ['/mailbox/:messageId', [round.mailPath]],
    ['/a/:token', [new URL(link).pathname]],
  ];
  return (path) => {
    const [prefix, places] = values.find(([one]) => path.startsWith(one)) ?? [];
    return prefix === undefined ? [path] : places!.map((place) => path.replace(prefix, place));
  };
}
