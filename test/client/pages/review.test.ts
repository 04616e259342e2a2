import { rmSync } from 'node:fs';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { opened } from './browser.ts';
import { type ReviewerApp, reviewerApp } from './reviewer-app.ts';
import { give } from './reviewer-world.ts';

let ledger: ReviewerApp['ledger'];
let files: ReviewerApp['files'];
let round: ReviewerApp['round'];
let app: ReviewerApp['app'];
let folder: string;

const fresh = async () => {
  const { close, ...made } = await reviewerApp();
  ({ ledger, files, round, app, folder } = made);
  return close;
};

const path = '/issues/LN-01/review';
const postPath = () => `/issues/${round.idOf('LN-01')}/review`;
const stateOf = (text: string) => /name="stateHash" value="([^"]+)"/.exec(text)?.[1] ?? '';
const piecesOf = (text: string) => [...text.matchAll(/name="acceptedEvidence" value="([^"]+)"/g)].map(([, id]) => id!);
const by = () => round.personId('巡察办专责');
const phase = async () => (await ledger.issue.findUniqueOrThrow({ where: { id: round.idOf('LN-01') } })).phase;

describe('the review of a closure', () => {
  beforeEach(fresh);

  test('shows each measure beside its evidence, with a picture, the beginning of a text, and why there is no preview of the rest', async () => {
    const { text } = await opened(app, path);
    expect(text).toContain('37条记录已逐条核实');
    expect(text).toMatch(/<img src="\/evidence\/[^"]+\/preview" alt="图片：补登照片.png/);
    expect(text).toContain('<pre>整改工作会议纪要');
    expect(text).toContain('只列开头，全文请下载查看');
    expect(text).toContain('PDF不在网页里打开，请下载查看');
  });

  test('says which level decides, who has decided before, and who may not and why', async () => {
    const { text } = await opened(app, path);
    expect(text).toContain('第1级　督办办公室');
    expect(text).toContain('督办专责已同意');
    expect(text).toContain('第2级　巡察办');
    expect(text).toMatch(/<b>督办专责<\/b>　您已在前一级审核/);
    expect(text).toMatch(/<b>办公室经办人<\/b>　申请人不能审核自己的申请/);
    expect(text).toContain('第1级已认可');
  });

  test('is one decision: all accepted closes the issue, with just the pieces that were ticked', async () => {
    const { text, post } = await opened(app, path);
    const [first, , only] = piecesOf(text);
    const fields = { by: by(), stateHash: stateOf(text), 'verdict-1': 'accepted', 'verdict-2': 'accepted' };
    const answer = await post(postPath(), { ...fields, acceptedEvidence: [first!, only!] });
    expect([answer.status, answer.headers.get('location')]).toEqual([
      303,
      `/issues/${round.idOf('LN-01')}?done=approved`,
    ]);
    expect(await phase()).toBe('lookBack');
    const event = await ledger.issueEvent.findFirstOrThrow({
      where: { issueId: round.idOf('LN-01'), type: 'closureApproved' },
    });
    expect(event.detail).toMatchObject({ acceptedEvidence: [first, only] });
  });

  test('is returned with the reason of each measure that is not accepted, and asks for the evidence of these alone', async () => {
    const { text, post } = await opened(app, path);
    const verdicts = { 'verdict-1': 'accepted', 'verdict-2': 'returned', 'reason-2': '办法没有盖章。' };
    const answer = await post(postPath(), {
      ...{ by: by(), stateHash: stateOf(text), acceptedEvidence: piecesOf(text) },
      ...verdicts,
    });
    expect(answer.headers.get('location')).toMatch(/done=returned$/);
    const event = await ledger.issueEvent.findFirstOrThrow({
      where: { issueId: round.idOf('LN-01'), type: 'closureReturned' },
    });
    expect(event.detail).toMatchObject({
      reason: '措施2：办法没有盖章。\n其余措施的佐证认可，不必重交。',
      measures: [2],
    });
    expect((await opened(app, path)).text).toContain('办法没有盖章。');
  });

  test('asks for an opinion on every measure and a reason for what is returned, and keeps what was filled in', async () => {
    const { text, post } = await opened(app, path);
    const answer = await post(postPath(), {
      ...{ by: by(), stateHash: stateOf(text), 'verdict-1': 'returned', 'reason-1': '' },
      'reason-2': '差一个附件',
    });
    expect(answer.status).toBe(409);
    const again = await answer.text();
    expect(again).toContain('措施1：退回须写明理由');
    expect(again).toContain('措施2：请选择认可还是退回');
    expect(again).toContain('差一个附件</textarea>');
    expect(again).toMatch(/id="verdict-1-returned"[^>]* checked/);
    expect(await phase()).toBe('closureReview');
  });

  test('of a state that has changed is told, also when it is returned, and decides nothing', async () => {
    const { text, post } = await opened(app, path);
    await give({ round, files }, 'LN-01', '办公室经办人', 2, '盖章页.txt', Buffer.from('补交盖章页'));
    const answer = await post(postPath(), {
      ...{ by: by(), stateHash: stateOf(text), acceptedEvidence: piecesOf(text), 'verdict-1': 'accepted' },
      ...{ 'verdict-2': 'returned', 'reason-2': '没有盖章' },
    });
    expect(answer.status).toBe(409);
    const again = await answer.text();
    expect(again).toContain('材料有变化');
    expect(again).toContain('申请以后交来');
    expect(await phase()).toBe('closureReview');
  });

  test('is refused to who approved the level before, though he holds the role of this one as well', async () => {
    await round.assign('reviewer', round.personId('督办专责'));
    const { text, post } = await opened(app, path);
    expect(text).not.toContain(`<option value="${round.personId('督办专责')}"`);
    const fields = { stateHash: stateOf(text), acceptedEvidence: piecesOf(text), 'verdict-1': 'accepted' };
    const answer = await post(postPath(), { by: round.personId('督办专责'), ...fields, 'verdict-2': 'accepted' });
    expect([answer.status, await answer.text()]).toEqual([409, expect.stringContaining('您已在前一级审核')]);
    expect(await phase()).toBe('closureReview');
  });
});

describe('the preview of evidence', () => {
  beforeAll(fresh);

  const page = '<!doctype html><script>alert(1)</script>';
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  test.each([
    ['a page named as a picture', '照片.png', Buffer.from(page)],
    ['an SVG named as a picture', '照片.jpg', Buffer.from(svg)],
    ['an SVG behind a byte order mark', '照片.png', Buffer.from(`\ufeff<?xml version="1.0"?>${svg}`)],
    ['a page behind the beginning of a PDF', '照片.png', Buffer.from(`%PDF-1.7 ${page}`)],
    ['a text that ends as a page', '照片.png', Buffer.from(`${'说明'.repeat(3_000)}${page}`)],
    ['an Office file named as a picture', '照片.png', Buffer.from('504b030414000000', 'hex')],
  ])('never serves %s', async (_what, fileName, bytes) => {
    const id = await give({ round, files }, 'LN-02', '计划财务科经办人', 1, fileName, bytes);
    const answer = await app.request(`/evidence/${id}/preview`);
    expect([answer.status, (await answer.text()).includes('alert(1)')]).toEqual([409, false]);
    const { text } = await opened(app, '/issues/LN-02/review');
    expect(text).not.toContain(`src="/evidence/${id}/preview"`);
    expect(text).not.toContain('<script>alert');
  });

  test('serves a page that begins as a picture as that picture alone: sandboxed, and not to be taken for anything else', async () => {
    const bytes = Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.from(page)]);
    const id = await give({ round, files }, 'LN-02', '计划财务科经办人', 1, 'x.html', bytes);
    const answer = await app.request(`/evidence/${id}/preview`);
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'same-origin',
    });
  });

  test('of a file that is gone from the store says so, and the rest of the page stands', async () => {
    rmSync(folder, { recursive: true, force: true });
    const { text } = await opened(app, path);
    expect(text).toContain('文件不在存放处，请告诉运维人员。');
  });
});
