import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import { dayOf } from '../../../workflows/rules/instants.ts';
import { eventually } from '../../ci/real-round.ts';
import { huitoukan } from '../../ci/command-line.ts';
import { Instance } from '../../support/instance.ts';

const root = resolve(import.meta.dirname, '../../..');
const password = '春天的第一场雨2026';

/** Who works in the round: an account for each role, and the file of people that names them. */
export const people = {
  office: { name: '王督办', email: 'wang@example.cn', unit: '整改办', position: '专责' },
  handler: { name: '李经办', email: 'li@example.cn', unit: '业务科', position: '科员' },
  leader: { name: '陈分管', email: 'chen@example.cn', unit: '领导班子', position: '副局长' },
  groupHead: { name: '赵组长', email: 'zhao@example.cn', unit: '领导班子', position: '局长' },
  reviewer: { name: '周巡察', email: 'zhou@example.cn', unit: '巡察办', position: '联络员' },
  otherReviewer: { name: '吴巡察', email: 'wu@example.cn', unit: '巡察办', position: '科长' },
} as const;

export type Role = keyof typeof people;
type SignedIn = ReadonlyMap<Role, Awaited<ReturnType<BrowserContext['storageState']>>>;
export const roles = Object.keys(people) as Role[];

/**
 * A round in earnest on its first day, of major issues whose closure passes three levels (office, responsible leader, reviewer), in
 * an instance of the whole program; and somebody signed in for each of its roles.
 */
export class OfficeRound {
  readonly instance: Instance;
  readonly roundId: string;
  /** The handler's first mail. */
  readonly mailPath: string;
  readonly #browser: Browser;
  readonly #signedIn: SignedIn;

  private constructor(made: {
    readonly instance: Instance;
    readonly browser: Browser;
    readonly roundId: string;
    readonly mailPath: string;
    readonly signedIn: SignedIn;
  }) {
    this.instance = made.instance;
    this.roundId = made.roundId;
    this.mailPath = made.mailPath;
    this.#browser = made.browser;
    this.#signedIn = made.signedIn;
  }

  static async begin(browser: Browser): Promise<OfficeRound> {
    const folder = mkdtempSync(join(tmpdir(), 'huitoukan-roles-'));
    const instance = await Instance.start(folder);
    try {
      const signedIn = await everybodySignedIn(instance, browser);
      const roundId = await launchedRound(folder);
      const context = await browser.newContext({ storageState: signedIn.get('handler')! });
      const page = await context.newPage();
      const mailPath = await eventually('the handler has his first mail', async () => {
        await page.goto(`${instance.url}/mailbox`);
        const link = page.locator('main a[href^="/mailbox/"]').first();
        return (await link.count()) === 0 ? undefined : ((await link.getAttribute('href')) ?? undefined);
      });
      await context.close();
      return new OfficeRound({ instance, browser, roundId, mailPath, signedIn });
    } catch (error) {
      await instance.stop();
      throw error;
    }
  }

  /** A browser in which this person is signed in; nobody when none is named. */
  as(role: Role | 'nobody', options: BrowserContextOptions): Promise<BrowserContext> {
    const storageState = role === 'nobody' ? undefined : this.#signedIn.get(role);
    const locale = { locale: 'zh-CN', timezoneId: 'Asia/Shanghai', baseURL: this.instance.url, bypassCSP: true };
    return this.#browser.newContext({ ...locale, ...options, ...(storageState && { storageState }) });
  }

  /** The link that the handler's first mail has for the item with this code, as he would press it. */
  async linkOf(code: string): Promise<string> {
    const context = await this.as('handler', {});
    try {
      const page = await context.newPage();
      await page.goto(`${this.mailPath}?view=text`);
      const text = await page.locator('main').innerText();
      const link = new RegExp(`\\b${code}　[^]*?(http://\\S+/a/\\S+)`).exec(text)?.[1];
      if (link === undefined) throw new Error(`the mail has no link for ${code}: ${text}`);
      return link;
    } finally {
      await context.close();
    }
  }

  async end(): Promise<void> {
    await this.instance.stop();
    rmSync(this.instance.dataDir, { recursive: true, force: true });
  }
}

/** The office makes its account at the first visit, and invites the others, who choose a password each. */
async function everybodySignedIn(instance: Instance, browser: Browser) {
  const setUp = /http:\/\/\S+\/set-up\?token=\S+/.exec(instance.output)?.[0];
  if (setUp === undefined) throw new Error(`no way to the first account was printed: ${instance.output}`);
  const signedIn = new Map<Role, Awaited<ReturnType<BrowserContext['storageState']>>>();
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(setUp);
  await page.fill('#name', people.office.name);
  await page.fill('#email', people.office.email);
  await page.fill('#password', password);
  await Promise.all([page.waitForURL(`${instance.url}/`), page.keyboard.press('Enter')]);
  signedIn.set('office', await context.storageState());
  await importPeople(instance.dataDir);
  for (const role of roles.filter((one) => one !== 'office')) {
    await page.goto(`${instance.url}/people`);
    const row = page.locator('tr', { hasText: people[role].name });
    await row.locator('summary').click();
    await row.getByRole('button').click();
    const link = await page.locator('#invitation-link').inputValue();
    const own = await browser.newContext();
    const invited = await own.newPage();
    await invited.goto(link);
    await invited.fill('#password', password);
    await Promise.all([invited.waitForURL(`${instance.url}/`), invited.keyboard.press('Enter')]);
    signedIn.set(role, await own.storageState());
    await own.close();
  }
  await context.close();
  return signedIn;
}

async function importPeople(folder: string): Promise<void> {
  const file = join(folder, 'people.csv');
  const rows = roles.map((role) => Object.values(people[role]).join(','));
  writeFileSync(file, ['姓名,邮箱,单位,职务', ...rows].join('\n'));
  await huitoukan({ folder }, 'people', 'import', file);
}

async function launchedRound(folder: string): Promise<string> {
  const today = dayOf(new Date().toISOString());
  const notice = join(root, 'samples/qinghe-2024.txt');
  const create = ['round', 'create', '--from', notice, '--feedback', today, '--code', 'QH'];
  const { roundId } = await huitoukan<{ roundId: string }>({ folder }, ...create);
  const whole = ['--office', '王督办', '--group-head', '赵组长', '--reviewer', '周巡察、吴巡察'];
  const each = ['--issues', '全部', '--handler', '李经办', '--leader', '陈分管', '--unit', '业务科'];
  await huitoukan({ folder }, 'round', 'assign', roundId, ...each, '--weight', '重大', ...whole);
  await huitoukan({ folder }, 'round', 'launch', roundId, '--first-mail', 'now');
  return roundId;
}
