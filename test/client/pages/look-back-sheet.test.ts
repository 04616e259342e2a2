import { beforeEach, describe, expect, test } from 'vitest';
import { opened } from './browser.ts';
import { type ReviewerApp, reviewerApp } from './reviewer-app.ts';
import { pngOf } from './reviewer-world.ts';

let world: ReviewerApp;
beforeEach(async () => {
  world = await reviewerApp();
  return world.close;
});

const path = '/issues/LN-03/look-back-sheet';
const idOf = (code = 'LN-03') => world.round.idOf(code);
const postPath = (code?: string) => `/issues/${idOf(code)}/look-back-sheet`;
const by = (name = '巡察办专责') => world.round.personId(name);
const photo = (bytes: Uint8Array, name = '现场.png') => new File([new Uint8Array(bytes)], name, { type: 'image/png' });
const kept = { 'standing-1': 'kept', 'standing-2': 'kept', words: '抽查30卷，档案齐全。', outcome: 'holds' };
const found = () =>
  world.ledger.issueEvent.findFirst({
    where: { issueId: idOf(), type: { in: ['lookBackHeld', 'lookBackPartlyHeld', 'rebounded'] } },
  });

describe('the look-back sheet', () => {
  test('is drawn from the measures and the evidence that was accepted, and says who may not look back', async () => {
    const { text } = await opened(world.app, path);
    expect(text).toContain('2026年5月底前完成复审。');
    expect(text).toContain('复审全部做完，见附件。');
    expect(text).toMatch(/<img src="\/evidence\/[^"]+\/preview" alt="图片：台账.png/);
    expect(text).toMatch(/<b>派驻纪检组<\/b>　审核销号的人不能独自回头看/);
    expect(text).not.toContain(`<option value="${by('派驻纪检组')}"`);
    expect(text).toMatch(/accept="image\/\*" capture="environment"/);
  });

  test('records the checklist in its words, and keeps the photos with the event', async () => {
    const { post } = await opened(world.app, path);
    const photos = [photo(pngOf(20, 10)), photo(pngOf(30, 10), '远景.png')];
    const answer = await post(postPath(), { by: by(), ...kept, photos: photos as never });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `/issues/${idOf()}?done=archived`]);
    expect((await found())?.detail).toMatchObject({
      finding: '措施1：仍在落实。\n措施2：仍在落实。\n总的情况：抽查30卷，档案齐全。\n照片2张，留底。',
    });
    const { text } = await opened(world.app, '/issues/LN-03');
    const sources = [...text.matchAll(/<img src="(\/look-back-photos\/[^"]+)"/g)].map(([, one]) => one!);
    expect(sources).toHaveLength(2);
    const shown = await world.app.request(sources[0]!);
    expect([shown.headers.get('content-type'), Buffer.from(await shown.arrayBuffer())]).toEqual([
      'image/png',
      pngOf(20, 10),
    ]);
  });

  test('sent twice is recorded once, and the second answer is the first', async () => {
    const { post } = await opened(world.app, path);
    const fields = { by: by(), ...kept, photos: [photo(pngOf(20, 10))] as never };
    await post(postPath(), fields);
    const again = await post(postPath(), fields);
    expect([again.status, await world.ledger.lookBackPhoto.count()]).toEqual([303, 1]);
    const where = { issueId: idOf(), type: 'lookBackHeld' };
    expect(await world.ledger.issueEvent.count({ where })).toBe(1);
  });

  test('of a rebound asks for the new deadline, keeps what was filled in, and leaves no photos', async () => {
    const { post } = await opened(world.app, path);
    const fields = {
      ...{ by: by(), ...kept, outcome: 'rebound', 'standing-2': 'gone', 'note-2': '台账停在6月。' },
      photos: [photo(pngOf(20, 10))] as never,
    };
    const asked = await post(postPath(), fields);
    const text = await asked.text();
    expect([asked.status, await world.ledger.lookBackPhoto.count()]).toEqual([409, 0]);
    expect(text).toContain('请写明新的整改时限');
    expect(text).toContain('台账停在6月。</textarea>');
    const answer = await post(postPath(), { ...fields, deadline: '2026-12-31' });
    expect(answer.headers.get('location')).toMatch(/done=rebounded$/);
    expect((await found())?.detail).toMatchObject({ deadline: '2026-12-31' });
  });

  test('that holds in part is looked at again', async () => {
    const { post } = await opened(world.app, path);
    await post(postPath(), { by: by(), ...kept, 'standing-1': 'partly', 'note-1': '缺两卷', outcome: 'partly' });
    expect((await found())?.type).toBe('lookBackPartlyHeld');
  });

  test('is refused to whoever approved the closure or holds no such role, and keeps none of their photos', async () => {
    const { post } = await opened(world.app, path);
    for (const name of ['派驻纪检组', '督办专责', '人事科经办人']) {
      const answer = await post(postPath(), { by: by(name), ...kept, photos: [photo(pngOf(20, 10))] as never });
      expect([name, answer.status >= 400]).toEqual([name, true]);
    }
    expect([await found(), await world.ledger.lookBackPhoto.count()]).toEqual([null, 0]);
  });

  test.each([
    ['a page', '<!doctype html><script>alert(1)</script>'],
    ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['a PDF', '%PDF-1.7'],
  ])('takes no %s for a photo, whatever its name says', async (_what, content) => {
    const { post } = await opened(world.app, path);
    const answer = await post(postPath(), {
      ...{ by: by(), ...kept },
      photos: [photo(Buffer.from(content))] as never,
    });
    expect([answer.status, await answer.text()]).toEqual([409, expect.stringContaining('“现场.png”不是照片')]);
    expect(await found()).toBe(null);
  });

  test('before its time says so, and offers a rebound alone', async () => {
    const { text } = await opened(world.app, '/issues/LN-04/look-back-sheet');
    expect(text).toContain('回头看的时间还没有到');
    expect(text).toContain('id="outcome-rebound"');
    expect(text).not.toContain('id="outcome-holds"');
  });
});
