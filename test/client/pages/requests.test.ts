import { beforeAll, describe, expect, test } from 'vitest';
import { testLedger } from '../../support/servers.ts';
import { ToldRound } from '../reading/builder.ts';
import { pagesOver } from './told-world.ts';

const ledger = await testLedger();
let round: ToldRound;

beforeAll(async () => {
  round = await ToldRound.launched(ledger, [{ title: '公务用车管理不规范', measures: ['补登台账。', '建立制度。'] }]);
  const issueId = round.idOf('LN-01');
  const items = [1, 2].map((number) => ({
    id: `item-${String(number)}`,
    issueId,
    number,
    name: `黑点${String(number)}`,
  }));
  await ledger.ledgerItem.createMany({ data: items });
  await round.tell('LN-01', '办公室经办人', { type: 'itemsEntered', itemIds: ['item-1', 'item-2'] });
  await round.tell('LN-01', '办公室经办人', { type: 'itemsMoved', itemIds: ['item-1'], to: 'askedToLeave' });
  await round.tell('LN-01', '办公室经办人', {
    type: 'extensionRequested',
    until: '2024-12-31',
    measures: [],
    reason: '招标流标',
    progress: '已完成设计',
  });
});

async function opened() {
  const { app, asked } = pagesOver(ledger);
  const page = await app.request('/issues/LN-01');
  const cookie = /huitoukan-form=[^;]+/.exec(page.headers.get('set-cookie') ?? '')?.[0] ?? '';
  const text = await page.text();
  const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(text)?.[1] ?? '';
  const post = (request: string, fields: Record<string, string>) => {
    const body = new FormData();
    const common = { seal: hidden('seal'), requestId: hidden('requestId'), by: round.personId('督办专责') };
    for (const [name, value] of Object.entries({ ...common, ...fields })) body.append(name, value);
    const headers = { cookie, origin: 'http://localhost', host: 'localhost' };
    return app.request(`/issues/${round.idOf('LN-01')}/requests/${request}`, { method: 'POST', body, headers });
  };
  return { text, post, asked };
}

describe("an issue's page", () => {
  test('shows the sub-ledger, the application for an extension, and a form for what waits for the office', async () => {
    const { text } = await opened();
    expect(text).toContain('共2项，已出库0项；提请出库不等于出库');
    expect(text).toContain('办公室经办人申请延期至2024年12月31日(周二)，待督办办公室决定');
    expect(text).toContain('/requests/decideExtension');
    expect(text).toContain('/requests/recheckItems');
    expect(text).not.toContain('/requests/resumeIssue');
  });

  test('passes a decision on in the name that was chosen, and is refused without one', async () => {
    const { post, asked } = await opened();
    const granted = await post('decideExtension', { decision: 'granted', reason: '情况属实' });
    expect(granted.status).toBe(303);
    expect(JSON.stringify(asked)).toContain('"decision":"granted","reason":"情况属实"');
    expect((await post('decideExtension', { decision: 'perhaps', reason: '' })).status).toBe(409);
    expect((await post('withdrawIssue', { reason: '不办了' })).status).toBe(409);
  });

  test('sends back to work whatever of the items was not ticked', async () => {
    const { post, asked } = await opened();
    await post('recheckItems', { asked: 'item-1', finding: '仍有堆放' });
    expect(JSON.stringify(asked)).toContain('"left":[],"back":["item-1"],"finding":"仍有堆放"');
  });
});
