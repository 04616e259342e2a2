import { beforeAll, describe, expect, test } from 'vitest';
import { readNoticeWhole } from '../../../client/mechanism/read-notice-whole.ts';
import { Rounds } from '../../../client/rounds.ts';
import { toIsoDate } from '../../../prisma/days.ts';
import { testLedger } from '../../support/servers.ts';
import { opened } from './browser.ts';
import { pagesOver } from './told-world.ts';

const ledger = await testLedger();
const { app, asked } = pagesOver(ledger);

const notice = `中共岭南市水务局党组关于巡察整改进展情况的通报

2026年9月1日，市委巡察组向市水务局党组反馈了巡察意见。

一、整改情况

（一）聚焦履职方面

1.关于河道管护不力的问题。一是开展排查，建立台账。二是修订管护办法。

2.关于会议记录不规范的问题。一是组织培训1次。
`;

/** Another draft with two issues, `SW-01` and `SW-02` under the first prefix. */
async function draft(codePrefix: string): Promise<string> {
  const rounds = new Rounds({ ledger, temporal: undefined as never });
  const { roundId } = await rounds.createFromReading({
    ...readNoticeWhole(new TextEncoder().encode(notice), '水务.txt'),
    ...{ fileName: '水务.txt', sha256: 'a'.repeat(64), codePrefix, name: `${codePrefix}轮次` },
  });
  return roundId;
}

beforeAll(async () => {
  const people = [
    ['chen', '陈经办', '河道科', 'chen@unit.example'],
    ['li', '李副局长', '局领导', 'li@unit.example'],
    ['wang', '王专责', '督办办公室', 'wang@unit.example'],
    ['wang2', '王专责', '财务科', 'wang2@unit.example'],
    ['zhao', '赵联络员', '巡察办', 'zhao@unit.example'],
    ['liu', '刘书记', '局领导', 'liu@unit.example'],
  ] as const;
  await ledger.person.createMany({ data: people.map(([id, name, unit, email]) => ({ id, name, unit, email })) });
});

const everybody = {
  'whole-groupHead': '刘书记',
  'whole-office': '王专责（督办办公室）',
  'whole-reviewer': '赵联络员',
  'whole-responsibleLeader': '李副局长',
  'whole-handler': '陈经办',
};

/** The steps as the page tells them: what they are called and how far they are. */
function stepsOn(text: string): string[] {
  const nav = /aria-label="筹备的步骤"[^]*?<\/nav>/u.exec(text)?.[0] ?? '';
  return [...nav.matchAll(/>([^<>]+)<\/(?:a|span)><small>([^<]+)/gu)].map(([, name, state]) => `${name!} ${state!}`);
}

describe('a draft', () => {
  test('is gone on with at the first step that is not done, however often it is left', async () => {
    const id = await draft('SA');
    const next = async () => (await app.request(`/rounds/${id}/set-up`)).headers.get('location');
    expect(await next()).toBe(`/rounds/${id}/set-up/people`);
    const people = await opened(app, `/rounds/${id}/set-up/people`);
    expect(stepsOn(people.text)).toEqual([
      '通报 已办',
      '问题 已办',
      '人员与分工 正在办',
      '政策 待办',
      '预演 待办',
      '交办 待办',
    ]);
    expect((await people.post(`/rounds/${id}/set-up/people`, everybody)).status).toBe(303);
    expect(await next()).toBe(`/rounds/${id}/set-up/policy`);
    const round = await opened(app, `/rounds/${id}`);
    expect(round.text).toContain(`href="/rounds/${id}/set-up/policy"`);
    const policy = await opened(app, `/rounds/${id}/set-up/policy`);
    await policy.post(`/rounds/${id}/set-up/policy`, { policy: 'current' });
    expect(await next()).toBe(`/rounds/${id}/set-up/rehearsal`);
  });

  test('takes who is responsible from a form, by names that mean one person, and leaves alone what was not touched', async () => {
    const id = await draft('SB');
    const path = `/rounds/${id}/set-up/people`;
    const page = await opened(app, path);
    await page.post(path, { ...everybody, 'handler-1': '赵联络员', 'unit-1': '河道科' });
    const held = async () =>
      (
        await ledger.assignment.findMany({
          where: { roundId: id },
          select: { issueId: true, role: true, personId: true },
          orderBy: [{ role: 'asc' }, { issueId: 'asc' }],
        })
      ).map(({ issueId, role, personId }) => `${issueId?.slice(-3) ?? '*'} ${role} ${personId}`);
    const all = [
      'i01 handler zhao',
      '* handler chen',
      '* responsibleLeader li',
      '* groupHead liu',
      '* office wang',
      '* reviewer zhao',
    ];
    expect(await held()).toEqual(all);
    const again = await opened(app, path);
    expect(again.text).toContain('value="王专责（督办办公室）"');
    expect(again.text).toContain('placeholder="陈经办（全轮）"');
    const { bodyId } = await ledger.issue.findFirstOrThrow({ where: { roundId: id } });
    const ofBody = await ledger.assignment.create({ data: { roundId: id, bodyId, role: 'handler', personId: 'liu' } });
    expect((await opened(app, path)).text).toContain('placeholder="刘书记（本单位）"');
    await ledger.assignment.delete({ where: { id: ofBody.id } });
    const same = { ...everybody, 'handler-1': '赵联络员', 'unit-1': '河道科', 'handler-2': '' };
    const unchanged = await again.post(path, same);
    expect(unchanged.headers.get('location')).toBe(`${path}?done=unchanged`);
    await again.post(path, { 'handler-1': '' });
    expect(await held()).toEqual(all.slice(1));
  });

  test('tells whom it does not know, and of two of one name which, keeps what was typed and writes nothing', async () => {
    const id = await draft('SC');
    const path = `/rounds/${id}/set-up/people`;
    const { post } = await opened(app, path);
    const refused = await post(path, { ...everybody, 'whole-office': '王专责', 'handler-2': '孙某某' });
    expect(refused.status).toBe(409);
    const text = await refused.text();
    expect(text).toMatch(/全轮：督办办公室“王专责”有 2 位/u);
    expect(text).toContain('SC-02：责任人“孙某某”不在通讯录里');
    expect(text).toContain('先在“添加一个人”里加上');
    expect(text).toMatch(/name="handler-2" value="孙某某"/u);
    expect(text).toMatch(/name="whole-groupHead" value="刘书记"/u);
    expect(await ledger.assignment.count({ where: { roundId: id } })).toBe(0);
  });

  test('has its issues put right: a deadline in words, a weight; an unreadable deadline is refused with its issue', async () => {
    const id = await draft('SD');
    const path = `/rounds/${id}/set-up/issues`;
    const { post } = await opened(app, path);
    expect(await (await post(path, { 'deadline-1': '某日' })).text()).toContain('SD-01：');
    const saved = await post(path, { 'deadline-1': '2027年1月20日', 'weight-2': '重大' });
    expect(saved.headers.get('location')).toBe(`${path}?done=saved`);
    const issues = await ledger.issue.findMany({ where: { roundId: id }, orderBy: { number: 'asc' } });
    expect(issues.map(({ firstDeadline, weight }) => [toIsoDate(firstDeadline), weight])).toEqual([
      ['2027-01-20', 'ordinary'],
      ['2027-03-01', 'major'],
    ]);
  });

  test('takes people typed one by one or pasted as a table', async () => {
    const id = await draft('SE');
    await ledger.assignment.create({ data: { roundId: id, role: 'office', personId: 'wang' } });
    const path = `/rounds/${id}/set-up/people`;
    const { post } = await opened(app, path);
    const wrong = await post(`/rounds/${id}/set-up/person`, { 'person-name': '钱某', 'person-email': '钱@' });
    expect([wrong.status, await ledger.person.count({ where: { name: '钱某' } })]).toEqual([409, 0]);
    expect(await wrong.text()).toMatch(/name="person-name" value="钱某"/u);
    const qian = { 'person-name': '钱某', 'person-email': 'Qian@unit.example', by: 'wang' };
    await post(`/rounds/${id}/set-up/person`, qian);
    expect(await ledger.person.count({ where: { name: '钱某', email: 'qian@unit.example' } })).toBe(1);
    const pasted = '姓名\t邮箱\t单位\n周某\t\t园林科\n吴某\twu@unit.example\t园林科\n';
    await post(`/rounds/${id}/people`, { pasted, by: 'wang' });
    expect(await ledger.person.count({ where: { unit: '园林科' } })).toBe(2);
    const both = { pasted: '姓名,邮箱\n某,\n', file: new File(['姓名,邮箱\n某某,\n'], '名单.csv') };
    expect((await post(`/rounds/${id}/people`, both)).status).toBe(409);
  });

  test('shows each preset’s ladder before it is chosen, with no reminder on a day off, and goes by the one chosen', async () => {
    const id = await draft('SF');
    const path = `/rounds/${id}/set-up/policy`;
    const before = await ledger.policyVersion.count({ where: { roundId: id } });
    const shown = await opened(app, `${path}?policy=${encodeURIComponent('三色预警')}&kind=evidence&due=2026-10-09`);
    expect(shown.text).toContain('“三色预警”怎么催');
    const days = [...shown.text.matchAll(/<th scope="row">\d+<\/th><td>(\d{4}年[^<]+)/gu)].map(([, day]) => day!);
    expect(days.length).toBeGreaterThan(3);
    expect(days.filter((day) => /周[六日]\)|2026年10月[1-7]日/u.test(day))).toEqual([]);
    expect(await ledger.policyVersion.count({ where: { roundId: id } })).toBe(before);
    const chosen = await shown.post(path, { policy: '三色预警' });
    expect(chosen.headers.get('location')).toBe(`/rounds/${id}/set-up/rehearsal?done=policyChosen`);
    const { policyVersion } = await ledger.round.findUniqueOrThrow({ where: { id } });
    const version = await ledger.policyVersion.findUniqueOrThrow({
      where: { roundId_version: { roundId: id, version: policyVersion } },
    });
    expect([policyVersion, (version.body as { name: string }).name]).toEqual([before + 1, '三色预警']);
  });

  test('is rehearsed, and says how many mails leave first before it is launched', async () => {
    const id = await draft('SG');
    const lacking = await opened(app, `/rounds/${id}/set-up/launch`);
    expect(lacking.text).toContain('补齐后才能交办');
    expect(lacking.text).not.toContain(`action="/rounds/${id}/launch"`);
    await (await opened(app, `/rounds/${id}/set-up/people`)).post(`/rounds/${id}/set-up/people`, everybody);
    const rehearsal = await opened(app, `/rounds/${id}/set-up/rehearsal`);
    expect(rehearsal.text).toMatch(/共发\d+封邮件/u);
    expect(rehearsal.text).toMatch(/<th scope="row">陈经办<\/th><td class="figure">\d+/u);
    const ready = await opened(app, `/rounds/${id}/set-up/launch`);
    expect(ready.text).toMatch(/2个问题交办出去，头一批\d+封信/u);
    await ready.post(`/rounds/${id}/launch`, { sure: 'yes' });
    expect(asked.at(-1)).toEqual({ what: 'launch', with: [id, { firstMail: 'inHours' }] });
  });

  test('is taken back only when that is confirmed, and people stay in the directory', async () => {
    const id = await draft('SH');
    const path = `/rounds/${id}/set-up/discard`;
    const { post, text } = await opened(app, path);
    expect(text).toMatch(/<dt>问题<\/dt><dd>2<\/dd>/u);
    expect((await post(path, {})).status).toBe(409);
    expect(await ledger.round.count({ where: { id } })).toBe(1);
    expect((await post(path, { sure: 'yes' })).headers.get('location')).toBe('/?done=discarded');
    expect(await ledger.round.count({ where: { id } })).toBe(0);
    expect(await ledger.person.count({ where: { id: 'chen' } })).toBe(1);
  });
});

test('a round that has been launched is set up no more: its own page is shown, and no form changes it', async () => {
  const id = await draft('SI');
  const page = await opened(app, `/rounds/${id}/set-up/policy`);
  await ledger.round.update({ where: { id }, data: { state: 'launched' } });
  for (const step of ['', '/issues', '/people', '/policy', '/rehearsal', '/launch', '/discard'])
    expect((await app.request(`/rounds/${id}/set-up${step}`)).headers.get('location')).toBe(`/rounds/${id}`);
  const changed = await page.post(`/rounds/${id}/set-up/policy`, { policy: '三色预警' });
  expect(changed.status).toBe(409);
  expect(await changed.text()).toContain('已经交办，不能换政策');
  expect((await page.post(`/rounds/${id}/set-up/discard`, { sure: 'yes' })).status).toBe(409);
});
