import { expect, onTestFinished, test } from 'vitest';
import { cast } from '../../support/cast.ts';
import { clockId, MailWorld } from '../incoming-mail/mail-world.ts';
import { pagesOfWorld } from '../links/linked-mails.ts';
import { opened } from './browser.ts';

async function answeredFromElsewhere() {
  const world = await MailWorld.create();
  onTestFinished(() => world.close());
  const token = await world.mailAbout([await world.issue(1)]);
  const ref = await world.answered({ token, from: 'home@qq.example', text: '正在查' });
  return { world, app: pagesOfWorld(world), ref };
}

test('the overview leads to an answer to be verified, whose page takes the decision and shows what came of it', async () => {
  const { world, app, ref } = await answeredFromElsewhere();
  const path = `/mailbox/replies/${ref}`;
  const overview = await opened(app, `/?clock=${clockId}`);
  expect(overview.text).toContain(`href="${path}#decide"`);
  expect(overview.text).toContain('发信地址与收信人不符');

  const { text, post } = await opened(app, path);
  expect(text).toContain('算陈的答复，问的是CS-01；本人会收到回执');
  const decision = { act: 'accepted', reason: '电话问过本人', by: cast.wang };
  const done = await post(`${path}/decision`, decision);
  expect([done.status, done.headers.get('location')]).toEqual([303, `${path}?done=accepted`]);
  const after = (await opened(app, `${path}?done=accepted`)).text;
  expect(after).toContain('王核实后按陈的答复采纳：电话问过本人');
  expect(after).toContain('来信内容已记入进展');
  expect(after).not.toContain('id="decide"');
  expect(world.issues.calls).toMatchObject([{ act: 'reportProgress', recordedBy: cast.wang }]);

  const again = await post(`${path}/decision`, decision);
  expect(again.status).toBe(409);
  expect(await again.text()).toContain('这封来信已经采纳，不能再改');
});

test('an answer that was set aside says so on its page, and can still be accepted there', async () => {
  const { world, app, ref } = await answeredFromElsewhere();
  const path = `/mailbox/replies/${ref}`;
  const { post } = await opened(app, path);
  expect((await post(`${path}/decision`, { act: 'setAside', reason: '', by: cast.wang })).status).toBe(409);
  await post(`${path}/decision`, { act: 'setAside', reason: '不是本人写的', by: cast.wang });
  const { text } = await opened(app, path);
  expect(text).toContain('王定为不予采纳：不是本人写的');
  expect(text).toContain('采纳，算本人的答复');
  expect(text).not.toContain('name="act" value="setAside"');
  expect(world.issues.calls).toEqual([]);
});
