import type { Email } from 'postal-mime';
import { beforeEach, describe, expect, it } from 'vitest';
import { tokenHashOf } from '../../../client/incoming-mail/reply-address.ts';
import { at } from '../../../workflows/rules/instants.ts';
import { mailRoom } from './mail-room.ts';

const room = await mailRoom();
const friday = '2024-03-29';
const nine = at(friday, '09:00');

beforeEach(async () => {
  await room.person('chen', '陈办事员', 'handler');
  await room.person('li', '李局长', 'responsibleLeader');
  await room.person('zhao', '赵组长', 'groupHead');
  await room.person('wang', '王主任', 'office');
});

/** Sends what is due on Friday and gives the mail to this person. */
async function mailTo(person: string): Promise<Email & { text: string; html: string }> {
  await room.deliver(nine);
  const mails = await room.server.mails();
  const mail = mails[room.server.taken.findIndex(({ to }) => to === `${person}@unit.example`)];
  if (mail === undefined) throw new Error(`no mail to ${person}`);
  return { ...mail, text: mail.text ?? '', html: mail.html ?? '' };
}

/** 33: two measures overdue since Tuesday, one due in two weeks. 3: a check-in due on Monday. */
async function planOrdinaryFriday(): Promise<void> {
  await room.issue(33, '规范公务用车管理', ['补登用车记录。', '修订办法', '组织1次专题学习，由分管领导讲课。']);
  await room.issue(3, '深入开展调查研究');
  await room.owes('issue-33', 'evidence-1-1', 'evidence', '2024-03-26', { measure: 1 });
  await room.owes('issue-33', 'evidence-2-1', 'evidence', '2024-03-26', { measure: 2 });
  await room.owes('issue-33', 'evidence-3-1', 'evidence', '2024-04-12', { measure: 3 });
  await room.owes('issue-3', 'check-in-1', 'checkIn', '2024-04-01');
  for (const obligationId of ['evidence-1-1', 'evidence-2-1']) {
    const line = { issueId: 'issue-33', obligationId, letter: 'escalation' } as const;
    await room.row({ ...line, rungId: 'after-3', on: friday });
    await room.row({ ...line, rungId: 'after-3', on: friday, role: 'responsibleLeader' });
    await room.row({ ...line, rungId: 'after-5', on: '2024-04-02', role: 'responsibleLeader' });
    await room.row({ ...line, rungId: 'after-5', on: '2024-04-02', role: 'groupHead' });
  }
  await room.row({ issueId: 'issue-33', obligationId: 'evidence-3-1', rungId: 'before-10', on: friday });
  await room.row({ issueId: 'issue-33', obligationId: 'evidence-3-1', rungId: 'before-3', on: '2024-04-07' });
  await room.row({ issueId: 'issue-3', obligationId: 'check-in-1', rungId: 'before-1', on: friday });
  await room.row({
    issueId: 'issue-3',
    obligationId: 'check-in-1',
    rungId: 'after-2',
    letter: 'urge',
    on: '2024-04-03',
  });
}

describe('the handler’s mail of the day', () => {
  it('says in the subject how much is asked, of what and of whom', async () => {
    await planOrdinaryFriday();
    const { subject, from } = await mailTo('chen');
    expect(subject).toBe('【整改督办】3项待办,1项已逾期 — 岭南市城管局巡察整改(LN-33 等)');
    expect(from?.name).toBe('岭南市城管局巡察整改督办办公室');
  });

  it('puts what is overdue first and gathers the measures of one issue into one item', async () => {
    await planOrdinaryFriday();
    const { text } = await mailTo('chen');
    expect(text).toContain('截至2024年3月29日(周五)，您有待办3项，其中1项已逾期。');
    expect(text).toContain('第三轮常规巡察，集中整改期还有15个工作日。');
    expect(text).toMatch(
      /1\. LN-33　规范公务用车管理\n {3}■ 红灯　逾期3个工作日\n {3}要交：措施1、2佐证\n {3}应于：2024年3月26日\(周二\)/,
    );
    expect(text).toMatch(/2\. LN-03　深入开展调查研究\n {3}▲ 黄灯　还有1个工作日\n {3}要报：整改进展，三五句话即可/);
    expect(text).toMatch(
      /3\. LN-33　规范公务用车管理\n {3}▲ 黄灯　还有9个工作日\n {3}要交：措施3佐证，即组织1次专题学习，由分管领导讲课/,
    );
  });

  it('names the one measure that was handed over, and asks to take that on', async () => {
    await room.issue(33, '规范公务用车管理', ['补登用车记录。', '修订办法']);
    await room.person('zhou', '周办事员');
    await room.assign('zhou', 'handler', { issueId: 'issue-33', measure: 2 });
    await room.owes('issue-33', 'acknowledgement-2-1', 'acknowledgement', '2024-04-03', { measure: 2 });
    const line = { issueId: 'issue-33', obligationId: 'acknowledgement-2-1', letter: 'assignment' } as const;
    await room.row({ ...line, rungId: 'assigned', on: friday });
    const { text } = await mailTo('zhou');
    expect(text).toMatch(/要办：认领措施2，即修订办法；回复“收到”即可/);
  });

  it('says what happens if nobody answers, naming a weekend that is worked', async () => {
    await planOrdinaryFriday();
    const { text } = await mailTo('chen');
    expect(text).toContain('不答复：4月2日(周二)报告责任领导、组长');
    expect(text).toContain('不答复：4月3日(周三)催办您本人');
    expect(text).toContain('不答复：4月7日(周日，上班)再提醒您本人');
  });

  it('shows how to answer with the reader’s own codes, and promises no more than is understood', async () => {
    await planOrdinaryFriday();
    const { text } = await mailTo('chen');
    expect(text).toContain('每项一行，以编号开头；材料作附件发来。不用登录，不用填表。例如：');
    expect(text).toMatch(/^LN-33 措施1佐证见附件$/m);
    expect(text).toMatch(/^LN-03 .+$/m);
    expect(text).not.toContain('申请延期');
  });

  it('says why it came: the role, the policy’s version and the rung of each item', async () => {
    await planOrdinaryFriday();
    const { text } = await mailTo('chen');
    expect(text).toContain('您是LN-33、LN-03的责任人。');
    expect(text).toContain(
      '依据政策“简明”第1版的督促阶梯：LN-33到期后第3个工作日督办；LN-03到期前第1个工作日提醒；LN-33到期前第10个工作日提醒。',
    );
  });

  it('says what has been received already', async () => {
    await planOrdinaryFriday();
    const event = { issueId: 'issue-33', cycle: 1, at: at('2024-03-22', '10:00'), by: 'chen', source: 'page' };
    await room.ledger.issueEvent.createMany({
      data: [
        { ...event, sequence: 1, type: 'progressReported', detail: { noteId: 'n1' } },
        {
          ...event,
          sequence: 2,
          type: 'evidenceReceived',
          detail: { evidence: [{ evidenceId: 'e1' }, { evidenceId: 'e2' }] },
        },
      ],
    });
    const { text } = await mailTo('chen');
    expect(text).toContain('已收到：佐证2份，进展1次，最近一次在3月22日(周五)');
  });

  it('says the same in HTML, names its lines in the order of the items, and never shouts', async () => {
    await planOrdinaryFriday();
    const { text, html, headers } = await mailTo('chen');
    const plain = html.replace(/<style>.*?<\/style>/s, '').replace(/<[^>]+>/g, '');
    for (const words of [
      '■ 红灯　逾期3个工作日',
      '措施1、2佐证',
      '4月2日(周二)报告责任领导、组长',
      'LN-33 措施1佐证见附件',
    ])
      expect(plain).toContain(words);
    const [, token] = /href="https:\/\/huitoukan\.example\/a\/([a-z2-7]{26})"/.exec(html) ?? [];
    const linkHash = tokenHashOf(token ?? '');
    expect(await room.ledger.delivery.findUnique({ where: { linkHash } })).toMatchObject({ personId: 'chen' });
    const links = new Set(html.match(/\/a\/[a-z2-7]{26}/g));
    expect(await room.ledger.delivery.count({ where: { personId: 'chen', linkHash: { not: null } } })).toBe(links.size);
    const codes = headers.filter(({ key }) => key === 'x-huitoukan-line').map(({ value }) => value.split(' ')[1]);
    expect(codes).toEqual(['LN-33', 'LN-33', 'LN-03', 'LN-33']);
    expect(`${text}${plain}`).not.toMatch(/[!！]/);
  });

  it('keeps what people wrote from becoming markup', async () => {
    await room.issue(1, '<script>alert(1)</script>&"规范"');
    await room.owes('issue-1', 'check-in-1', 'checkIn', friday);
    await room.row({ obligationId: 'check-in-1', on: friday });
    const { html, text } = await mailTo('chen');
    expect(html).not.toContain('<script');
    expect(text).toContain('<script>alert(1)</script>&"规范"');
  });

  it('names the talk that the office may be asked for, when that is what comes next', async () => {
    await room.issue(1);
    await room.owes('issue-1', 'evidence-0-1', 'evidence', '2024-03-18', { measure: 0 });
    await room.row({ obligationId: 'evidence-0-1', rungId: 'after-5', letter: 'escalation', on: friday });
    await room.row({ obligationId: 'evidence-0-1', rungId: 'after-11', letter: 'urge', on: '2024-04-02' });
    const { text } = await mailTo('chen');
    expect(text).toContain('要交：整改佐证材料');
    expect(text).toContain('不答复：4月1日(周一)提请督办办公室研究约谈；4月2日(周二)催办您本人');
  });

  it('assigns issues with their deadline and asks for no more than 收到', async () => {
    await room.issue(1);
    await room.owes('issue-1', 'acknowledgement-1', 'acknowledgement', '2024-04-03');
    await room.row({ obligationId: 'acknowledgement-1', rungId: 'assigned', letter: 'assignment', on: friday });
    const { subject, text } = await mailTo('chen');
    expect(subject).toBe('【整改督办】交办1项,请认领 — 岭南市城管局巡察整改(LN-01)');
    expect(text).toContain('要办：认领，回复“收到”即可');
    expect(text).toContain('整改时限：2024年4月30日(周二)');
    expect(text).toMatch(/^LN-01 收到$/m);
  });
});

describe('the mail of the others', () => {
  it('tells the responsible leader who owes what and for how long, and asks him for no material', async () => {
    await planOrdinaryFriday();
    const { subject, text } = await mailTo('li');
    expect(subject).toBe('【整改督办】1项请您督促,1项已逾期 — 岭南市城管局巡察整改(LN-33)');
    expect(text).toContain('■ 红灯　逾期3个工作日');
    expect(text).toContain('情况：尚未提交措施1、2佐证');
    expect(text).toContain('责任人：陈办事员');
    expect(text).toContain('请督促办理，您不必交材料。');
    expect(text).not.toContain('见附件');
    expect(text).toContain('您是LN-33的责任领导。');
  });

  it('asks the office to decide on the page', async () => {
    await room.issue(7, '食品安全监管责任落实不到位');
    await room.owes('issue-7', 'closure-decision-1', 'closureDecision', friday, { role: 'office' });
    await room.row({ issueId: 'issue-7', obligationId: 'closure-decision-1', role: 'office', on: friday });
    const { text } = await mailTo('wang');
    expect(text).toContain('要办：审核销号申请（同意，或退回并写明理由）');
    expect(text).toContain('打开每项的链接，在页面上办理。');
    expect(text).toContain('您负责LN-07的督办。');
  });
});

describe('an answer', () => {
  const answer = (about: string, reason = '') =>
    room.row({ key: 'issue-1/1/answer-4/handler', kind: 'answer', on: friday, content: { about, reason } });

  beforeEach(() => room.issue(1, '规范公务用车管理'));

  it('tells why a closure was returned, and until when to complete it', async () => {
    await room.owes('issue-1', 'evidence-1-2', 'evidence', '2024-04-15', { measure: 1 });
    await answer('closureReturned', '材料未见责任领导签字，请补正。');
    const { subject, text } = await mailTo('chen');
    expect(subject).toBe('【整改督办】LN-01 销号申请被退回,请补充材料 — 岭南市城管局巡察整改');
    expect(text).toContain('退回理由：材料未见责任领导签字，请补正。');
    expect(text).toContain('补充时限：2024年4月15日(周一)');
  });

  it('tells that a closure was approved and when it is looked at again', async () => {
    await room.ledger.issue.update({ where: { id: 'issue-1' }, data: { phase: 'lookBack' } });
    await answer('closureApproved');
    const { subject, text } = await mailTo('chen');
    expect(subject).toContain('LN-01 已同意销号');
    expect(text).toContain('3个月后开展回头看');
  });

  it('tells that an issue is kept up instead', async () => {
    await room.ledger.issue.update({ where: { id: 'issue-1' }, data: { phase: 'longTerm' } });
    await answer('closureApproved');
    const { text } = await mailTo('chen');
    expect(text).toContain('转入长期坚持');
    expect(text).not.toContain('回头看');
  });

  it('tells that the problem is back, and the new deadline', async () => {
    await answer('rebounded', '抽查发现仍有3次无派车单用车。');
    const { subject, text } = await mailTo('chen');
    expect(subject).toContain('LN-01 回头看发现反弹,请重新整改');
    expect(text).toContain('发现情况：抽查发现仍有3次无派车单用车。');
    expect(text).toContain('新的时限：2024年4月30日(周二)');
  });
});
