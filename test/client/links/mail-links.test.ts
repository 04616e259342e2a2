import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tokenHashOf } from '../../../client/incoming-mail/reply-address.ts';
import { cast } from '../../support/cast.ts';
import { clockId, MailWorld, now } from '../incoming-mail/mail-world.ts';
import { opened } from '../pages/browser.ts';
import { issuesOwed, issuesWithLinks, pagesOfWorld, standing } from './linked-mails.ts';
import { scan } from './robot.ts';

describe('the links in mails', () => {
  let world: MailWorld;
  let links: Awaited<ReturnType<typeof issuesWithLinks>>;
  let app: ReturnType<typeof pagesOfWorld>;

  beforeEach(async () => {
    world = await MailWorld.create();
    links = await issuesWithLinks(world);
    app = pagesOfWorld(world);
  });
  afterEach(() => world.close());

  /** Opens a link and goes on to the second page of an act, as a person does. */
  async function chosen(path: string, act: string) {
    const browser = await opened(app, path);
    const view = (html: string) => /name="view" value="([^"]+)"/.exec(html)?.[1] ?? '';
    const second = await browser.post(path, { act, view: view(browser.text) });
    const text = await second.text();
    const requestId = /name="requestId" value="([^"]+)"/.exec(text)?.[1] ?? '';
    return {
      text,
      confirm: (fields: Record<string, string | File>) =>
        browser.post(`${path}/confirm`, { act, view: view(text), requestId, ...fields }),
    };
  }

  it('show what is owed and by when, to nobody who watches or searches', async () => {
    const response = await app.request(await links.linkTo(1));
    const text = await response.text();
    expect(response.status).toBe(200);
    for (const word of ['CS-02', '问题2', '交措施1佐证', '2024年3月29日', '申请延期']) expect(text).toContain(word);
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('x-robots-tag')).toContain('noindex');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('show no word of the finding to who is told only its code', async () => {
    const text = await (await app.request(await links.linkTo(1, { told: 'codeOnly' }))).text();
    expect(text).toContain('CS-02');
    expect(text).not.toContain('问题2');
  });

  it('show no word of a confidential issue, whatever its mail told', async () => {
    const path = await links.linkTo(1);
    const { id } = await world.ledger.issue.findFirstOrThrow({ where: { code: 'CS-02' } });
    await world.ledger.issue.update({ where: { id }, data: { secrecy: 'confidential' } });
    const text = await (await app.request(path)).text();
    expect(text).toContain('CS-02');
    expect(text).not.toContain('问题2');
  });

  it('change nothing for a robot that opens all of 100 mails and posts every form, whatever it writes', async () => {
    const paths: string[] = [];
    for (let mail = 0; mail < 100; mail += 1) paths.push(await links.linkTo(mail % issuesOwed));
    const before = await standing(world);
    let posts = 0;
    for (const [index, path] of paths.entries()) {
      const words = ['test', '已完成整改', 'scanner@example.com', '1'][index % 4]!;
      posts += (await scan(app, path, words)).posts;
    }
    expect(await standing(world)).toEqual(before);
    expect(posts).toBeGreaterThan(300); // each act's first and second form
  });

  it('refuse a wrong code politely, and act when the code is right: once, however often the form is sent', async () => {
    const path = await links.linkTo(0);
    const { confirm, text } = await chosen(path, 'acknowledge');
    expect(text).toContain('请填写编号以确认');
    const refused = await confirm({ code: 'CS-09' });
    expect([refused.status, await refused.text()]).toEqual([409, expect.stringContaining('什么也没有登记')]);
    expect(world.issues.calls).toEqual([]);
    const again = await chosen(path, 'acknowledge');
    const first = await again.confirm({ code: ' cs－01 ' });
    expect(first.headers.get('location')).toBe(`${path}?done=acknowledge`);
    await again.confirm({ code: 'CS-01' });
    expect(world.issues.calls).toMatchObject([{ act: 'acknowledge', by: cast.chen }]);
    expect(world.issues.calls[0]?.source).toMatch(/^link\/mail-/);
    expect(await (await app.request(path)).text()).toContain('已经办结');
  });

  it('take a file for the measure that is named, words of progress, and an extension', async () => {
    const path = await links.linkTo(1);
    const file = new File(['台账'], '台账.txt', { type: 'text/plain' });
    await (await chosen(path, 'report')).confirm({ code: 'CS-02', text: '已核对四条' });
    await (await chosen(path, 'submitEvidence')).confirm({ code: 'CS-02', measure: '1', files: file });
    expect(await world.ledger.progressNote.findMany()).toMatchObject([{ text: '已核对四条', personId: cast.chen }]);
    expect(await world.ledger.evidence.findMany()).toMatchObject([{ measure: 1, fileName: '台账.txt' }]);
    const extension = await chosen(await links.linkTo(3), 'requestExtension');
    const answer = await extension.confirm({ code: 'CS-04', until: 'never', text: '', progress: '' });
    expect(await answer.text()).toContain('请写明申请延到哪一天');
    expect(world.issues.calls.map(({ act }) => act)).toEqual(['reportProgress', 'submitEvidence']);
  });

  it('refuse a form that belongs to another view, another act or another browser', async () => {
    const path = await links.linkTo(2);
    const calls = world.issues.calls.length;
    const first = await opened(app, path);
    const other = await opened(app, path);
    const view = /name="view" value="([^"]+)"/.exec(other.text)?.[1] ?? '';
    expect((await first.post(path, { act: 'report', view })).status).toBe(409);
    const fields = { act: 'report', code: 'CS-03', text: '正常', view };
    expect((await other.post(`${path}/confirm`, fields)).status).toBe(409); // its view was made for the first step
    expect(world.issues.calls).toHaveLength(calls);
  });

  it('only show it to whoever is told, and nothing to whoever has handed it over', async () => {
    const leader = await (await app.request(await links.linkTo(2, { to: cast.li, role: 'responsibleLeader' }))).text();
    expect(leader).toContain('请督促办理');
    expect(leader).not.toContain('<form');
    const path = await links.linkTo(2);
    await world.ledger.assignment.updateMany({
      where: { issueId: links.issueIds[2]!, personId: cast.chen },
      data: { untilAt: now },
    });
    const text = await (await app.request(path)).text();
    expect(text).toContain('已经移交他人办理');
    expect(text).not.toContain('问题3');
    expect(text).not.toContain('name="act"');
  });

  describe('that have ended', () => {
    const ends = async (place: number) => {
      const path = await links.linkTo(place);
      await world.ledger.assignment.updateMany({
        where: { issueId: links.issueIds[place]!, personId: cast.chen },
        data: { untilAt: now },
      });
      return path;
    };
    const letters = () =>
      world.ledger.outboxRow.findMany({
        where: { kind: 'acknowledgement' },
        select: { key: true, personId: true, content: true },
      });
    const ask = async (path: string, code: string) => {
      const browser = await opened(app, path);
      const view = /name="view" value="([^"]+)"/.exec(browser.text)?.[1] ?? '';
      return browser.post(`${path}/fresh-mail`, { view, code });
    };

    it('send what is owed by now to the registered address, once a day, for who types the code', async () => {
      const path = await ends(2);
      expect((await ask(path, 'CS-01')).status).toBe(409);
      expect(await letters()).toEqual([]);
      for (const code of ['cs-03', 'CS-03']) {
        const answer = await ask(path, code);
        expect(answer.headers.get('location')).toBe(`${path}?done=freshMail`);
      }
      const [letter, ...more] = await letters();
      expect(more).toEqual([]);
      expect(letter).toMatchObject({ key: `fresh/${cast.chen}/2024-03-25`, personId: cast.chen });
      const { text, subject } = letter!.content as { text: string; subject: string };
      expect(subject).toBe('【整改督办】您的最新事项(CS-01 等)');
      expect(text).toContain('CS-02　问题2\n　· 还需办理：措施1的佐证材料');
      expect(text).not.toContain('CS-03');
      const page = await (await app.request(`${path}?done=freshMail`)).text();
      expect(page).toContain('会发到您登记的邮箱');
      expect(page).not.toContain('CS-02');
    });

    it('name all that is owed: the round’s duties, what two rounds number alike, for whom he stands in, and no other’s measure', async () => {
      const path = await ends(2);
      const { ledger } = world;
      const issueId = links.issueIds[1]!;
      const held = { personId: cast.li, role: 'handler' } as const;
      await ledger.assignment.create({ data: { ...held, roundId: 'round-1', issueId, measure: 2 } });
      const absent = await world.issue(5);
      await ledger.assignment.updateMany({ where: { issueId: absent }, data: { personId: cast.zhou } });
      const window = { fromAt: '2024-03-20T00:00:00Z', untilAt: '2024-03-30T00:00:00Z' };
      await ledger.delegation.create({
        data: { fromPersonId: cast.zhou, toPersonId: cast.chen, ...window },
      });
      await ledger.assignment.create({ data: { roundId: 'round-1', personId: cast.chen, role: 'office' } });
      await world.mailAboutDuties(['weekly-check-1']);
      await ledger.round.create({
        data: { id: 'round-2', name: '又一轮', codePrefix: 'CS', clockId, state: 'launched' },
      });
      const other = await world.issue(6);
      await ledger.issue.update({ where: { id: other }, data: { roundId: 'round-2', number: 1, code: 'CS-01' } });
      await ledger.assignment.updateMany({ where: { issueId: other }, data: { roundId: 'round-2' } });

      await ask(path, 'CS-03');
      const [letter] = await letters();
      const { text } = letter!.content as { text: string };
      expect(text.match(/^CS.*$/gm)).toEqual([
        'CS-01　问题1',
        'CS-01　问题6',
        'CS-05　问题5',
        'CS-02　问题2',
        'CS-04　问题4',
        'CS-周检1　第1次周检查',
      ]);
      expect(text).toContain('CS-05　问题5\n　· 还需办理：认领，应于2024年3月28日(周四)。（委托：代周办理）');
      expect(text).toContain('CS-02　问题2\n　· 还需办理：措施1的佐证材料，应于2024年3月29日(周五)。\n');

      const token = await world.mailAbout([]);
      const { id: mailId } = await ledger.mail.findUniqueOrThrow({ where: { tokenHash: tokenHashOf(token) } });
      await ledger.delivery.create({ data: { rowKey: letter!.key, personId: cast.chen, mailId, position: 1 } });
      await world.answered({ token, text: 'CS-周检1 已检查\nCS-05 收到' });
      expect(world.reports).toMatchObject([{ obligationId: 'weekly-check-1' }]);
      expect(world.issues.calls).toMatchObject([{ act: 'acknowledge', issueId: absent, by: cast.chen }]);
    });

    it('send nothing for a robot that posts every form', async () => {
      const path = await ends(2);
      for (const words of ['test', '1', 'scanner@example.com']) await scan(app, path, words);
      expect(await letters()).toEqual([]);
    });

    it('send nothing while the link is good', async () => {
      expect((await ask(await links.linkTo(1), 'CS-02')).status).toBe(409);
      expect(await letters()).toEqual([]);
    });
  });

  it('explain themselves when no mail of ours has them', async () => {
    const response = await app.request(`/a/${'a'.repeat(26)}`);
    expect([response.status, await response.text()]).toEqual([404, expect.stringContaining('打不开任何事项')]);
  });
});
