import { describe, expect, it } from 'vitest';
import { closureStateOf } from '../../../workflows/rules/closure.ts';
import type { IssueProgress } from '../../../workflows/rules/progress.ts';
import { openMail } from '../../../client/incoming-mail/open-mail.ts';
import { visibleAnswer } from '../../../client/incoming-mail/reply-text.ts';
import type { Doors } from '../../../client/practice/deciding.ts';
import { createPractice } from '../../../client/practice/practice.ts';
import { RefusedError } from '../../../client/refused-error.ts';
import type { Ledger } from '../../../prisma/client.ts';
import { doorWith, openObligation, practiceLedger, token } from './practice-ledger.ts';

const mailDomain = 'mail.test';
const checkIn = 'i1/1/check-in-1/on-day/handler/2024-03-01 GM-01';
const evidence = 'i1/1/evidence-2-1/on-day/handler/2024-03-01 GM-01';
const closed = { host: '127.0.0.1', port: 1 };

/** Doors that note what is asked, and answer as they are told. */
function doors(answer: () => Promise<void> = () => Promise.resolve()) {
  const asked: unknown[] = [];
  const ask = async (name: string, issueId: string, request: unknown) => {
    asked.push([name, issueId, request]);
    await answer();
  };
  const issues: Doors['issues'] = { ask };
  return { issues, asked };
}

const answers = (ledger: Ledger) => ledger.practiceAnswer.findMany({ orderBy: { id: 'asc' } });

describe('a mail of a drill', () => {
  it('is followed by what its reader will do, once, however often it comes', async () => {
    const { ledger, mail } = await practiceLedger({ lines: [checkIn] });
    const practice = createPractice({ ledger, issues: doors().issues, door: closed, mailDomain });
    await practice.accepted(mail);
    const planned = await answers(ledger);
    await practice.accepted(mail);

    expect(planned).toMatchObject([
      { id: 'm1/1', drillId: 'd1', personId: 'p1', doneAt: null, act: { kind: 'reply' } },
    ]);
    expect(await answers(ledger)).toEqual(planned);
  });

  it.each(['silent', 'humans'])('is followed by nothing where the staff is %s', async (staff) => {
    const { ledger, mail } = await practiceLedger({ staff, lines: [checkIn] });
    await createPractice({ ledger, issues: doors().issues, door: closed, mailDomain }).accepted(mail);
    expect(await answers(ledger)).toEqual([]);
  });

  it('of a real round, or of nobody, is followed by nothing', async () => {
    const { ledger, mail } = await practiceLedger({ lines: [checkIn] });
    const practice = createPractice({ ledger, issues: doors().issues, door: closed, mailDomain });
    await practice.accepted({ ...mail, messageId: 'unknown@mail.test' });
    await ledger.mail.update({ where: { id: 'm1' }, data: { clockId: 'real' } });
    await practice.accepted(mail);
    expect(await answers(ledger)).toEqual([]);
  });
});

describe('a reply of a drill', () => {
  it('reaches the inbox as its writer wrote it, with its file and the original below, and is done when it is handled', async () => {
    const { ledger, mail } = await practiceLedger({ lines: [checkIn, evidence] });
    await openObligation(ledger, 'check-in-1');
    await openObligation(ledger, 'evidence-2-1');
    const { door, stored } = await doorWith(ledger, () => Promise.resolve());
    const practice = createPractice({ ledger, issues: doors().issues, door, mailDomain });
    await practice.accepted(mail);
    await practice.perform('m1/1');

    expect(await answers(ledger)).toMatchObject([{ outcome: '已回信', doneAt: new Date('2024-03-01T03:00:00.000Z') }]);
    expect(stored).toHaveLength(1);
    const incoming = await ledger.incomingMail.findFirstOrThrow();
    expect(incoming).toMatchObject({
      messageId: 'practice.m1.1@practice.invalid',
      envelopeTo: `reply+${token}@${mailDomain}`,
      clockId: 'd1',
    });
    const opened = await openMail(Buffer.from(incoming.raw));
    if (opened === undefined) throw new Error('unreadable');
    const raw = Buffer.from(incoming.raw).toString();
    expect(raw).toContain('In-Reply-To: <abc@mail.test>');
    expect(opened.fromAddress).toBe('office-handler@practice.invalid');
    expect(visibleAnswer(opened.text)).toMatch(/^GM-01 .+\nGM-01 措施2 .+$/);
    expect(opened.files.map(({ fileName }) => fileName)).toEqual(['GM-01 措施2 佐证材料.txt']);
  });

  it('is not sent again when it is performed again, before or after it was noted as done', async () => {
    const { ledger, mail } = await practiceLedger({ lines: [checkIn] });
    await openObligation(ledger, 'check-in-1');
    const { door, stored } = await doorWith(ledger, async () => {
      await ledger.obligation.updateMany({ data: { closedAt: new Date() } });
    });
    const practice = createPractice({ ledger, issues: doors().issues, door, mailDomain });
    await practice.accepted(mail);
    await practice.perform('m1/1');
    const [first] = await answers(ledger);
    await practice.perform('m1/1');
    await ledger.practiceAnswer.updateMany({ data: { doneAt: null, outcome: null } });
    await practice.perform('m1/1');

    expect(await answers(ledger)).toEqual([first]);
    expect(stored).toHaveLength(1);
  });

  it('leaves out what has been settled meanwhile, and is not sent when nothing is left', async () => {
    const { ledger, mail } = await practiceLedger({ lines: [checkIn, evidence] });
    const { door, stored } = await doorWith(ledger, () => Promise.resolve());
    const practice = createPractice({ ledger, issues: doors().issues, door, mailDomain });
    await practice.accepted(mail);
    await practice.perform('m1/1');
    expect(await answers(ledger)).toMatchObject([{ outcome: '事项已办结，不再回信' }]);
    expect(stored).toEqual([]);

    await openObligation(ledger, 'evidence-2-1');
    await ledger.practiceAnswer.updateMany({ data: { doneAt: null } });
    await practice.perform('m1/1');
    const { raw } = await ledger.incomingMail.findFirstOrThrow();
    expect(visibleAnswer((await openMail(Buffer.from(raw)))?.text ?? '')).toMatch(/^GM-01 措施2 .+$/);
  });

  it('fails loudly while the door is closed, and is still to be done', async () => {
    const { ledger, mail } = await practiceLedger({ lines: [checkIn] });
    await openObligation(ledger, 'check-in-1');
    const practice = createPractice({ ledger, issues: doors().issues, door: closed, mailDomain });
    await practice.accepted(mail);
    await expect(practice.perform('m1/1')).rejects.toThrow();
    expect(await answers(ledger)).toMatchObject([{ doneAt: null }]);
  });

  it('is written by a human in the name of whoever got the mail', async () => {
    const { ledger } = await practiceLedger({ lines: [checkIn] });
    const { door } = await doorWith(ledger, () => Promise.resolve());
    const practice = createPractice({ ledger, issues: doors().issues, door, mailDomain });
    const files = [{ fileName: '会议纪要.txt', content: Buffer.from('纪要') }];
    const reply = { mailMessageId: 'abc@mail.test', text: 'GM-01 收到', style: 'outlook', files } as const;
    const { messageId } = await practice.replyAs(reply);

    const incoming = await ledger.incomingMail.findFirstOrThrow({ where: { messageId, state: 'handled' } });
    const opened = await openMail(Buffer.from(incoming.raw));
    expect(visibleAnswer(opened?.text ?? '')).toBe('GM-01 收到');
    expect(opened?.files.map(({ fileName }) => fileName)).toEqual(['会议纪要.txt']);
    expect(opened?.text).toContain('发件人: ');
    await expect(practice.replyAs({ ...reply, mailMessageId: 'none' })).rejects.toMatchObject({
      code: 'NoSuchMail',
    });
  });
});

describe('a decision of a drill', () => {
  const decision = 'i1/1/closure-decision-1/proposed/office/2024-03-01 GM-01';
  const progress = {
    phase: 'closureReview',
    cycle: 1,
    closure: { outcome: 'done', stateHash: 'as it was proposed' },
    measures: [
      {
        number: 1,
        evidence: [
          { evidenceId: 'e1', state: 'returned' },
          { evidenceId: 'e2', state: 'received' },
        ],
      },
    ],
  };

  async function decided(answer?: () => Promise<void>, recorded: 'recorded' | 'fresh' = 'fresh') {
    const { ledger, mail } = await practiceLedger({ lines: [decision] });
    await ledger.issue.update({ where: { id: 'i1' }, data: { progress } });
    await openObligation(ledger, 'closure-decision-1');
    const { issues, asked } = doors(answer);
    const practice = createPractice({ ledger, issues, door: closed, mailDomain });
    await practice.accepted(mail);
    if (recorded === 'recorded') {
      await ledger.issueEvent.create({
        data: {
          issueId: 'i1',
          sequence: 1,
          at: new Date(),
          cycle: 1,
          type: 'closureApproved',
          requestId: 'm1/1',
          detail: {},
        },
      });
    }
    await practice.perform('m1/1');
    return { ledger, asked, practice, outcome: (await answers(ledger))[0]?.outcome };
  }

  it('approves the present state, with all evidence that was not returned, through the door of the pages', async () => {
    const { asked, outcome } = await decided();
    expect(outcome).toBe('已办理');
    expect(asked).toEqual([
      [
        'decideClosure',
        'i1',
        {
          requestId: 'm1/1',
          by: 'p1',
          source: 'practice',
          decision: {
            kind: 'approved',
            stateHash: closureStateOf('i1', progress as unknown as IssueProgress),
            acceptedEvidence: ['e2'],
          },
        },
      ],
    ]);
  });

  it('that is refused keeps the reason as its outcome', async () => {
    const { outcome } = await decided(() => Promise.reject(new RefusedError('WrongPhase', '已经审核')));
    expect(outcome).toBe('WrongPhase：已经审核');
  });

  it('that fails is not done', async () => {
    await expect(decided(() => Promise.reject(new Error('no worker')))).rejects.toThrow('no worker');
  });

  it('that stands in the ledger is not asked for again after a crash', async () => {
    const { asked, outcome } = await decided(undefined, 'recorded');
    expect({ asked, outcome }).toEqual({ asked: [], outcome: '已办理' });
  });

  it('about a duty that somebody else has met is not taken', async () => {
    const { ledger, mail } = await practiceLedger({ lines: [decision] });
    const { issues, asked } = doors();
    const practice = createPractice({ ledger, issues, door: closed, mailDomain });
    await practice.accepted(mail);
    await practice.perform('m1/1');
    expect(asked).toEqual([]);
    expect(await answers(ledger)).toMatchObject([{ outcome: '已由他人办结' }]);
  });
});
