import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Digest } from '../../activities/mail/digest.ts';
import type { DigestItem } from '../../activities/mail/digest-items.ts';
import { digestPage } from '../../activities/mail/layout-page.ts';
import { hasBrowser, launchBrowser, unlessSkipped } from './looks.ts';

/** One of a day's items, with a title of two lines. */
function item(number: number): DigestItem {
  const code = `LN-${String(number)}`;
  const title = '落实公务用车管理规定不够严格，派车登记、油料核销与节假日封存三本台账长期不能相互对应';
  const round = { roundId: 'r', roundName: '第三轮常规巡察', bodyName: null, concentratedEndsOn: null };
  return {
    subject: { id: code, code, title, secrecy: 'ordinary', ...round },
    stance: 'informed',
    lines: [],
    colour: 'red',
    light: '■ 红灯　逾期3个工作日',
    dueOn: '2024-03-26',
    fields: [
      { label: '情况', text: '尚未提交措施1佐证，即补登用车记录' },
      { label: '责任人', text: '陈办事员' },
      { label: '应于', text: '2024年3月26日(周二)' },
      { label: '下一步', text: '4月10日(周三)提请督办办公室研究约谈' },
    ],
    url: '',
  };
}

function pageWith(items: number): string {
  const help = '请督促办理，您不必交材料。有意见请告知督办办公室，由其代录。';
  const digest: Digest = {
    subject: '',
    headline: `${String(items)}项请您督促，${String(items)}项已逾期`,
    greeting: '',
    introduction: ['截至2024年3月29日(周五)，有下列事项请您知悉并督促。', '集中整改期还有15个工作日。'],
    items: Array.from({ length: items }, (_, index) => item(index + 1)),
    notices: [],
    answering: { title: '请您做什么', text: help, examples: [], more: null },
    why: ['您是责任领导。', '依据政策“简明”第1版的督促阶梯，到期后第3个工作日督办。', '您没有可用的邮箱，故打印送达。'],
    office: '岭南市城管局巡察整改督办办公室',
  };
  return digestPage(digest, { number: '4t3smyb7', to: '李局长', unit: '岭南市城管局', on: '2024-03-29' });
}

describe.skipIf(!hasBrowser)(`a printed page${unlessSkipped}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  async function sheetsOf(html: string): Promise<number> {
    const page = await browser.newPage();
    await page.setContent(html);
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
    await page.close();
    return pdf.toString('latin1').match(/\/Type\s*\/Page(?!s)/g)?.length ?? 0;
  }

  test.each([
    [1, 1],
    [2, 2],
    [12, 4],
  ])('with %i items takes at most %i sheets', async (items, sheets) => {
    expect(await sheetsOf(pageWith(items))).toBeLessThanOrEqual(sheets);
  });
});
