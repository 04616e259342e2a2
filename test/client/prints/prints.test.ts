import { beforeEach, describe, expect, it } from 'vitest';
import { createApi } from '../../../client/api/index.ts';
import { readWatch } from '../../../client/health/health.ts';
import { readOverview, whyIssue } from '../../../client/reading/index.ts';
import { at } from '../../../workflows/rules/instants.ts';
import { mailRoom } from '../../activities/mail/mail-room.ts';

const room = await mailRoom();
const friday = '2024-03-29';

/** A leader without mail, told on Friday of what is three workdays overdue. */
beforeEach(async () => {
  await room.person('chen', '陈办事员', 'handler');
  await room.person('li', '李局长', 'responsibleLeader');
  await room.person('wang', '王主任', 'office');
  await room.ledger.person.update({ where: { id: 'li' }, data: { email: null } });
  await room.issue(1, '规范公务用车管理', ['补登用车记录。']);
  await room.owes('issue-1', 'evidence-1-1', 'evidence', '2024-03-26', { measure: 1 });
  await room.row({ obligationId: 'evidence-1-1', rungId: 'after-3', role: 'responsibleLeader', on: friday });
  await room.deliver(at(friday, '09:00'));
});

const never = () => Promise.reject(new Error('not asked here'));

async function ask(method: string, path: string, json?: object): Promise<{ status: number; body: unknown }> {
  const api = createApi({
    ledger: room.ledger,
    temporal: undefined as never,
    token: 'token',
    issues: {} as never,
    rounds: {} as never,
    drills: { start: never, progress: never, result: never },
    inbox: { handleStored: () => Promise.resolve() },
    mailDomain: 'huitoukan.test',
    verify: never,
    log: (line) => {
      throw new Error(line);
    },
  });
  const headers = { authorization: 'Bearer token', 'content-type': 'application/json' };
  const response = await api.request(path, { method, headers, ...(json && { body: JSON.stringify(json) }) });
  return { status: response.status, body: await response.json() };
}

interface Print {
  readonly id: string;
  readonly number: string;
}

async function onlyPrint(): Promise<Print> {
  const { body } = await ask('GET', '/prints');
  const [print, ...others] = body as Print[];
  expect(others).toEqual([]);
  return print!;
}

describe('a page to be printed', () => {
  it('stands in the office’s list with whom it is for, what it names and by when it is to be brought', async () => {
    expect(await onlyPrint()).toMatchObject({
      person: '李局长',
      codes: ['LN-01'],
      preparedOn: friday,
      deliverBy: '2024-04-01',
      state: 'overdue',
      office: [{ name: '王主任' }],
    });
    const { number } = await onlyPrint();
    const { body } = await ask('GET', `/prints/${number}`);
    expect((body as { html: string }).html).toContain('规范公务用车管理');
  });

  it('is among what the office has to do today', async () => {
    const { duties, dutyCount } = await readOverview(room.ledger, { clockId: 'real' });
    expect(duties.prints.map(({ person }) => person)).toEqual(['李局长']);
    expect(dutyCount).toBe(1);
  });

  it('is overdue from the day after the next workday, and its line is not called stuck', async () => {
    const named = async (moment: string) =>
      (await readWatch(room.ledger, new Date(moment))).filter(({ state }) => state !== 'ok').map(({ name }) => name);
    expect(await named(at('2024-04-01', '23:00'))).toEqual(['打印送达']);
    expect(await named(at('2024-04-02', '00:30'))).toEqual(['打印送达', '打印送达逾期']);
  });
});

describe('a page that was brought', () => {
  const brought = { by: '王主任', on: '2024-04-01' };

  it('counts its lines as sent, and why tells when it was made, when it was brought and by whom', async () => {
    const { number } = await onlyPrint();
    const before = await whyIssue(room.ledger, 'LN-01');
    expect(before.lines[0]).toMatchObject({
      state: 'claimed',
      stateReason: '收件人没有可用的邮箱；打印件已备好，待送达',
      secrecy: { told: 'words', why: '写明问题内容：打印件，当面送达' },
    });
    expect(await ask('PUT', `/prints/${number}/delivery`, brought)).toMatchObject({ body: { delivered: 'now' } });
    const after = await whyIssue(room.ledger, 'LN-01');
    expect(after.lines).toHaveLength(1);
    expect(after.lines[0]).toMatchObject({
      state: 'sent',
      persons: ['李局长'],
      page: { preparedOn: friday, deliveredOn: '2024-04-01', deliveredBy: '王主任' },
    });
    expect(await ask('GET', '/prints')).toMatchObject({ body: [] });
    expect(await ask('GET', '/prints?which=all')).toMatchObject({
      body: [{ state: 'delivered', deliveredOn: '2024-04-01', deliveredBy: '王主任' }],
    });
  });

  it('is said once: a second record changes nothing', async () => {
    const { id } = await onlyPrint();
    await room.person('qian', '钱主任', 'office');
    await ask('PUT', `/prints/${id}/delivery`, brought);
    const again = await ask('PUT', `/prints/${id}/delivery`, { by: '钱主任', on: '2024-04-02' });
    expect(again.body).toMatchObject({ delivered: 'before' });
    expect(await room.ledger.mail.findUniqueOrThrow({ where: { id } })).toMatchObject({ deliveredBy: 'wang' });
    expect(await room.deliver(at('2024-04-02', '09:00'))).toEqual({ delivered: 0, nextAt: null });
  });

  it.each([
    ['NotOffice', { by: '陈办事员', on: '2024-04-01' }],
    ['BeforePage', { by: '王主任', on: '2024-03-28' }],
    ['NotYet', { by: '王主任', on: '2999-01-01' }],
  ])('is refused as %s', async (code, body) => {
    const { id } = await onlyPrint();
    expect(await ask('PUT', `/prints/${id}/delivery`, body)).toMatchObject({ status: 409, body: { code } });
    expect(await room.ledger.mail.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: 'toPrint' });
  });

  it('is unknown by a number that no page has', async () => {
    expect(await ask('GET', '/prints/zzzzzzzz')).toMatchObject({ body: { code: 'UnknownPrint' } });
  });
});
