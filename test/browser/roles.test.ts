import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, dayOf } from '../../workflows/rules/instants.ts';
import { hasBrowser, launchBrowser, look, picture, unlessSkipped } from './looks.ts';
import { type Hand, keyboard, pointer } from './roles/hand.ts';
import { pictureEveryPage, placesIn } from './roles/every-page.ts';
import { OfficeRound, type Role, roles } from './roles/office-round.ts';

interface Run {
  readonly where: string;
  readonly viewport: { readonly width: number; readonly height: number };
  readonly hand: Hand;
  /** Its own issue of the round, and another of which the leader wants to know how it stands. */
  readonly code: string;
  readonly other: string;
  /** How many workdays apart reports are to be, by the version of the policy that it adopts. */
  readonly every: number;
}

/** By which what has come back is to be rectified anew. */
const deadline = addDays(dayOf(new Date().toISOString()), 90);

const desk = { width: 1280, height: 800 };
const runs: readonly Run[] = [
  { where: 'at a desk', viewport: desk, hand: pointer, code: 'QH-01', other: 'QH-05', every: 9 },
  {
    where: 'on a phone',
    viewport: { width: 390, height: 844 },
    hand: pointer,
    code: 'QH-02',
    other: 'QH-06',
    every: 8,
  },
  // WCAG 2.2, 1.4.10: the desk at 400 %.
  { where: 'at 400 %', viewport: { width: 320, height: 200 }, hand: pointer, code: 'QH-03', other: 'QH-07', every: 7 },
  { where: 'by the keyboard alone', viewport: desk, hand: keyboard, code: 'QH-04', other: 'QH-08', every: 6 },
];

describe.skipIf(!hasBrowser)(`each role does its main job in a round in earnest${unlessSkipped}`, () => {
  let browser: Browser;
  let round: OfficeRound;
  let placesOf: Awaited<ReturnType<typeof placesIn>> | undefined;
  beforeAll(async () => {
    browser = await launchBrowser();
    round = await OfficeRound.begin(browser);
  }, 240_000);
  afterAll(async () => {
    await round.end();
    await browser.close();
  });

  describe.each(runs)('$where, with $code', ({ where, viewport, hand, code, other, every }) => {
    async function as(
      role: Role | 'nobody',
      work: (page: Page) => Promise<void>,
      options: BrowserContextOptions = {},
    ): Promise<void> {
      const context = await round.as(role, { viewport, ...options });
      try {
        context.setDefaultTimeout(10_000);
        await work(await context.newPage());
      } finally {
        await context.close();
      }
    }
    const seen = (page: Page, role: Role, what: string) => look(page, `${role} ${what} ${where}`);

    test('the handler takes the issue on by the link in his mail, without an account and without scripts', async () => {
      const link = await round.linkOf(code);
      await as('nobody', async (page) => {
        await page.goto(link);
        await seen(page, 'handler', 'link');
      });
      await as(
        'nobody',
        async (page) => {
          await page.goto(link);
          await hand.press(page.getByRole('button', { name: '下一步' }));
          await picture(page, `handler link confirms ${where}`);
          await hand.type(page.locator('#code'), code);
          await hand.press(page.getByRole('button', { name: '确认认领' }));
          await page.getByText('已登记认领').waitFor();
          await picture(page, `handler link done ${where}`);
        },
        { javaScriptEnabled: false },
      );
    });

    test('the handler answers the mail with a file for each measure, and asks for the closure', async () => {
      await as('handler', async (page) => {
        await page.goto('/');
        await hand.press(page.getByRole('link', { name: code }).first());
        await seen(page, 'handler', 'issue');
        const measures = await page.locator('table.measures tbody tr').count();
        await page.goto(round.mailPath);
        await hand.type(page.locator('#reply-text'), `${code} 各项措施均已落实，材料见附件，申请销号`);
        await page.locator('#reply-files').setInputFiles(
          Array.from({ length: measures }, (_, index) => ({
            name: `${code}措施${String(index + 1)}落实情况.txt`,
            mimeType: 'text/plain',
            buffer: Buffer.from(`${code}措施${String(index + 1)}：${'已按要求落实，现场照片和台账齐全。'.repeat(30)}`),
          })),
        );
        await hand.press(page.getByRole('button', { name: '发出回信' }));
        await page.locator('#h-replies').waitFor();
        await seen(page, 'handler', 'mail answered');
        await page.goto(`/issues/${code}`);
        await page.getByText('销号审核').first().waitFor();
        await seen(page, 'handler', 'issue under review');
      });
    });

    test('the office sees it first thing, looks at every file and agrees', async () => {
      await as('office', async (page) => {
        await page.goto('/');
        await seen(page, 'office', 'overview');
        await hand.press(page.locator('#closures li', { hasText: code }).getByRole('link', { name: '审核' }));
        await seen(page, 'office', 'review');
        await agree(page);
        await seen(page, 'office', 'review agreed');
      });
    });

    test('the responsible leader agrees, and asks for the status of another issue', async () => {
      await as('leader', async (page) => {
        await page.goto('/');
        await seen(page, 'leader', 'overview');
        await hand.press(page.getByRole('link', { name: '看我的一页' }));
        await page.waitForURL('**/leaders/**');
        const ownPage = page.url();
        await seen(page, 'leader', 'page');
        await hand.press(page.locator('#waiting .case', { hasText: code }).getByRole('link', { name: '审核' }));
        await agree(page);
        await page.goto(ownPage);
        const asking = page.locator('#yellow li', { hasText: other });
        await hand.press(asking.locator('summary'));
        await hand.type(asking.getByRole('textbox'), '整改思路定了没有？');
        await hand.press(asking.getByRole('button'));
        await done(page);
        await seen(page, 'leader', 'page asked');
      });
    });

    test('one reviewer agrees last, and another says later that it has come back', async () => {
      await as('reviewer', async (page) => {
        await page.goto('/');
        await seen(page, 'reviewer', 'overview');
        await hand.press(page.locator('#closures li', { hasText: code }).getByRole('link', { name: '审核' }));
        await agree(page);
        await page.goto(`/issues/${code}`);
        await page.getByText('已销号，待回头看').first().waitFor();
        await seen(page, 'reviewer', 'issue closed');
      });
      // Who has reviewed the closure does not look back at it.
      await as('otherReviewer', async (page) => {
        await page.goto(`/issues/${code}`);
        await hand.press(page.getByRole('link', { name: '填检查单' }));
        await page.waitForURL('**/look-back-sheet');
        await seen(page, 'otherReviewer', 'look-back sheet');
        for (const gone of await page.locator('input[value=gone]').all()) await hand.press(gone);
        for (const note of await page.locator('textarea[name^=note-]').all())
          await hand.type(note, '抽查三处，两处又坏了，台账断了两个月。');
        await hand.type(page.locator('#words'), '整改成果没有守住。');
        await hand.press(page.locator('#outcome-rebound'));
        await hand.type(page.locator('#deadline'), deadline);
        await hand.press(page.getByRole('button', { name: '登记回头看' }));
        await done(page);
        await seen(page, 'otherReviewer', 'issue back');
      });
    });

    test('the office changes the policy, sees what that would move, and adopts it', async () => {
      await as('office', async (page) => {
        await page.goto(`/rounds/${round.roundId}`);
        await hand.press(page.getByRole('link', { name: '政策：怎么催' }));
        await page.waitForURL('**/policy');
        await seen(page, 'office', 'policy');
        await hand.type(page.locator('#checkInEveryWorkdays'), String(every));
        await hand.type(page.locator('#note'), '报进展密一点');
        await hand.press(page.getByRole('button', { name: '存为新的一版' }));
        await done(page);
        await page.getByText(`改为${String(every)}`).waitFor();
        await seen(page, 'office', 'policy to adopt');
        await hand.press(page.getByRole('button', { name: /^采用第/ }));
        await page.getByText('已采用，从现在起').waitFor();
        await seen(page, 'office', 'policy adopted');
      });
    });

    test('the head of the group finds it by its words, and reads how it went', async () => {
      await as('groupHead', async (page) => {
        await page.goto('/');
        await seen(page, 'groupHead', 'overview');
        await page.goto('/search');
        await hand.type(page.getByRole('searchbox').last(), code);
        await Promise.all([page.waitForURL('**/search?*'), page.keyboard.press('Enter')]);
        await seen(page, 'groupHead', 'found');
        await hand.press(page.locator('main').getByRole('link', { name: code }).first());
        await page.getByText('第2轮').first().waitFor();
        await seen(page, 'groupHead', 'issue');
      });
    });

    /** Measure by measure, the evidence beside it. */
    async function agree(page: Page): Promise<void> {
      await page.waitForURL('**/review');
      const accepted = page.locator('input[type=radio][value=accepted]');
      await accepted.first().waitFor();
      for (const one of await accepted.all()) await hand.press(one);
      await hand.press(page.getByRole('button', { name: '提交审核决定' }));
      await done(page);
    }

    /** The page says that it was done; what it refuses it says in words that the test shows. */
    async function done(page: Page): Promise<void> {
      await page.locator('[role=status], [role=alert]').first().waitFor();
      expect(await page.getByRole('alert').allInnerTexts()).toEqual([]);
    }
  });

  // `npm run screenshots`: for people who look at them all.
  describe.skipIf(process.env['EVERY_PAGE'] === undefined)('a picture of every page, as each role sees it', () => {
    test.each([...roles, 'nobody'] as const)(
      '%s',
      async (role) => {
        placesOf ??= await placesIn(round, browser);
        const without = await pictureEveryPage(round, role, placesOf);
        console.log(`${role}: ${without.length === 0 ? 'every page' : `none of ${without.join(', ')}`}`);
      },
      600_000,
    );
  });
});
