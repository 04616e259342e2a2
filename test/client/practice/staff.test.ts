import { ladderOf } from '../../../workflows/rules/policy-parts.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visibleAnswer } from '../../../client/incoming-mail/reply-text.ts';
import { replyBody } from '../../../client/practice/reply-composing.ts';
import type { PracticeAct } from '../../../client/practice/acts.ts';
import { practiceActs } from '../../../client/practice/staff.ts';
import { dayOf, addMs, weekdayOf } from '../../../workflows/rules/instants.ts';
import { simplePolicy } from '../../../workflows/rules/simple-policy.ts';
import { outgoingMail } from './outgoing.ts';

const diligent = { seed: 's', staff: 'diligent' } as const;
const mixed = { seed: 's', staff: 'mixed' } as const;

function replyTo(lines: readonly string[], staffing: Parameters<typeof practiceActs>[1] = diligent) {
  const [act, ...more] = practiceActs(outgoingMail({ lines }), staffing);
  if (act?.kind !== 'reply' || more.length > 0) throw new Error('not one reply');
  return {
    ...act,
    texts: act.items.map(({ text }) => text),
    files: act.items.flatMap(({ attachments }) => attachments),
  };
}

describe('diligent staff', () => {
  it('acknowledges an assignment without naming the only issue of the mail', () => {
    expect(replyTo(['i1/1/acknowledgement-1/assigned/handler/2024-03-01 GM-01']).texts).toEqual([
      expect.stringMatching(/^(收到|确认)/),
    ]);
  });

  it('answers several items in one reply, each line beginning with its code', () => {
    const { texts, files } = replyTo([
      'i1/1/acknowledgement-1/assigned/handler/2024-03-01 GM-01',
      'i2/1/check-in-1/on-day/handler/2024-03-01 GM-02',
      'i3/1/evidence-2-1/before-10/handler/2024-03-01 GM-03',
      'i4/1/closure-proposal-1/complete/handler/2024-03-01 GM-04',
    ]);
    expect(texts).toEqual([
      expect.stringMatching(/^GM-01 (收到|确认)/),
      expect.stringMatching(/^GM-02 ./),
      expect.stringMatching(/^GM-03 措施2 /),
      'GM-04 申请销号',
    ]);
    expect(files.map(({ fileName }) => fileName)).toEqual(['GM-03 措施2 佐证材料.txt']);
  });

  it('sends other evidence the second time and in the second cycle, never the same file', () => {
    const contents = ['1/evidence-2-1', '1/evidence-2-2', '2/evidence-2-1'].map(
      (obligation) => replyTo([`i3/${obligation}/on-day/handler/2024-03-01 GM-03`]).files[0]?.text,
    );
    expect(new Set(contents).size).toBe(3);
  });

  it('answers within a day, in office hours, never at the moment at which mails leave', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 3_000 }),
        fc.string(),
        fc.integer({ min: 0, max: 14 }),
        (after, seed, late) => {
          const sentAt = new Date(Date.UTC(2024, 0, 1, 1) + after * 3_600_000).toISOString();
          const mail = outgoingMail({
            sentAt,
            lines: [`i1/1/check-in-1/on-day/handler/2024-03-${String(late + 10)} GM-01`],
          });
          for (const staff of ['diligent', 'mixed'] as const) {
            for (const { answerAt } of practiceActs(mail, { seed, staff })) {
              expect(answerAt > sentAt).toBe(true);
              const wall = addMs(answerAt, 8 * 3_600_000).slice(11);
              expect(wall >= '08:30' && wall < '18:00').toBe(true);
              expect(wall).not.toBe('09:00:00.000Z');
              expect([1, 2, 3, 4, 5]).toContain(weekdayOf(dayOf(answerAt)));
            }
          }
        },
      ),
    );
  });
});

describe('practice staff', () => {
  it('does nothing about lines that others owe, answers, acknowledgements, and mails of strangers', () => {
    const lines = [
      'i1/1/acknowledgement-1/after-3/responsibleLeader/2024-03-01 GM-01',
      'i1/1/look-back-1/after-3/office/2024-03-01 GM-01',
      'i1/1/answer-7/handler GM-01',
      'ack/0123 -',
    ];
    expect(practiceActs(outgoingMail({ lines }), diligent)).toEqual([]);
    const owed = ['i1/1/acknowledgement-1/assigned/handler/2024-03-01 GM-01'];
    expect(practiceActs(outgoingMail({ lines: owed, kind: 'answer' }), diligent)).toEqual([]);
    expect(practiceActs(outgoingMail({ lines: owed, kind: '' }), diligent)).toEqual([]);
  });

  it('that is silent does nothing at all', () => {
    const lines = [
      'i1/1/acknowledgement-1/after-5/handler/2024-03-01 GM-01',
      'i1/1/look-back-1/asked/reviewer/2024-03-01 GM-01',
    ];
    expect(practiceActs(outgoingMail({ lines }), { seed: 's', staff: 'silent' })).toEqual([]);
  });

  it('decides the same about the same mail, whatever its issue is called inside and however often it is asked', () => {
    const acts = (issueId: string) =>
      JSON.stringify(
        practiceActs(
          outgoingMail({ lines: [`${issueId}/1/closure-decision-1/on-day/office/2024-03-01 GM-01`] }),
          mixed,
        ),
      ).replaceAll(issueId, '?');
    expect(acts('i1')).toBe(acts('i1'));
    expect(acts('i1')).toBe(acts('other'));
  });

  it('writes what the inbox finds again below every style of quote', () => {
    const original = {
      fromName: '督办办公室',
      fromAddress: 'reply+abc@mail.test',
      toName: '办公室经办人',
      toAddress: 'office-handler@practice.invalid',
      subject: '今天有 2 件事项',
      text: '您好：\n\n一、GM-01 请认领。\n\n> 旧\n— — —\n督办办公室\n',
      sentAt: '2024-03-01T01:00:00.000Z',
    };
    for (const style of ['qq', 'netease', 'foxmail', 'outlook', 'apple'] as const) {
      const body = replyBody([{ text: 'GM-01 收到' }, { text: 'GM-02 正在推进。' }], original, style);
      expect(body).toContain('GM-01 请认领。');
      expect(visibleAnswer(body)).toBe('GM-01 收到\nGM-02 正在推进。');
    }
  });
});

describe('mixed staff', () => {
  const kinds = [
    ['acknowledgement', 'acknowledgement-1', 'handler'],
    ['evidence', 'evidence-2-1', 'handler'],
    ['closureProposal', 'closure-proposal-1', 'handler'],
    ['closureDecision', 'closure-decision-1', 'office'],
    ['proposalDecision', 'proposal-decision-1', 'office'],
    ['lookBack', 'look-back-1', 'reviewer'],
  ] as const;

  const acts = (code: string, obligation: string, rung: string, role: string, seed = 's', cycle = 1): PracticeAct[] =>
    practiceActs(outgoingMail({ lines: [`i/${String(cycle)}/${obligation}/${rung}/${role}/2024-03-01 ${code}`] }), {
      seed,
      staff: 'mixed',
      reboundCode: 'GM-02',
    });

  it.each(kinds)(
    'does everything of the kind %s by the last rung, and some of it not by the first',
    (kind, obligation, role) => {
      const rungs = ladderOf(simplePolicy, kind).filter(
        ({ to, proposal }) => proposal === undefined && to.includes(role),
      );
      const codes = Array.from({ length: 300 }, (_, index) => `GM-${String(index + 1)}`);
      const doneBy = (rung: string | undefined) =>
        codes.filter((code) => acts(code, obligation, rung ?? '', role).length > 0);
      expect(doneBy(rungs.at(-1)?.id)).toHaveLength(300);
      const atOnce = doneBy(rungs[0]?.id).length;
      expect(atOnce).toBeGreaterThan(60);
      expect(atOnce).toBeLessThan(280);
    },
  );

  it('once it hands in evidence upon a rung, does so upon every higher one', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 99 }), (seed, number) => {
        const rungs = ['before-10', 'before-3', 'on-day', 'after-1', 'after-3', 'after-11'];
        const first = rungs.map((rung) => acts(`GM-${String(number)}`, 'evidence-1-2', rung, 'handler', seed)[0]);
        const answers = first.map((act) => (act?.kind === 'reply' ? (act.items[0]?.attachments.length ?? 0) : 0));
        expect(answers).toEqual([...answers].sort());
        expect(answers.at(-1)).toBe(1);
      }),
    );
  });

  it('never answers some check-ins', () => {
    const answered = Array.from({ length: 300 }, (_, index) =>
      acts(`GM-${String(index)}`, 'check-in-1', 'after-5', 'handler'),
    );
    expect(answered.filter(({ length }) => length === 0).length).toBeGreaterThan(20);
    expect(answered.filter(({ length }) => length === 1).length).toBeGreaterThan(200);
  });

  it('sees the first look-back of the chosen issue fail with a deadline, some others by chance, and all of them hold in cycle 2', () => {
    const outcomes = (cycle: number) =>
      Array.from({ length: 300 }, (_, index) => {
        const [act] = acts(
          `GM-${String(index + 1).padStart(2, '0')}`,
          'look-back-1',
          'after-5',
          'reviewer',
          's',
          cycle,
        );
        return act?.kind === 'recordLookBack' ? act.outcome : undefined;
      });
    expect(acts('GM-02', 'look-back-1', 'after-5', 'reviewer')).toMatchObject([
      { outcome: 'rebound', deadline: '2024-05-01' },
    ]);
    const failed = outcomes(1).filter((outcome) => outcome === 'rebound').length;
    expect(failed).toBeGreaterThan(8);
    expect(failed).toBeLessThan(60);
    expect(new Set(outcomes(2))).toEqual(new Set(['held']));
  });

  it('returns some closures with a reason the first time and none the second time', () => {
    const decisions = (obligation: string) =>
      Array.from({ length: 200 }, (_, index) => acts(`GM-${String(index)}`, obligation, 'after-3', 'office')[0]);
    const returned = decisions('closure-decision-1').filter(
      (act) => act?.kind === 'decideClosure' && act.decision === 'returned',
    );
    expect(returned.length).toBeGreaterThan(20);
    expect(returned.every((act) => act !== undefined && 'reason' in act && act.reason !== '')).toBe(true);
    expect(
      decisions('closure-decision-2').every((act) => act?.kind === 'decideClosure' && act.decision === 'approved'),
    ).toBe(true);
  });

  it('takes up some proposals and declines others', () => {
    const decisions = Array.from(
      { length: 50 },
      (_, index) => acts(`GM-${String(index)}`, 'proposal-decision-1', 'after-3', 'office')[0],
    );
    expect(new Set(decisions.map((act) => (act?.kind === 'decideProposal' ? act.decision : undefined)))).toEqual(
      new Set(['accepted', 'declined']),
    );
  });
});
