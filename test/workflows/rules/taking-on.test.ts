import { describe, expect, test } from 'vitest';
import type { FactOf } from '../../../workflows/rules/events.ts';
import { at } from '../../../workflows/rules/instants.ts';
import { cast } from '../../support/cast.ts';
import { PlayedIssue } from '../../support/played-issue.ts';
import { ordinaryTerms } from '../../support/terms.ts';

const handedOver = (changes: Partial<FactOf<'handedOver'>> = {}) =>
  ({
    type: 'handedOver',
    role: 'handler',
    from: [cast.chen],
    to: [cast.li],
    reason: '调动',
    acknowledgement: 'anew',
    ...changes,
  }) as const;
const reported = { type: 'progressReported', noteId: 'note-1' } as const;
const takenOn = { type: 'acknowledged' } as const;

const toTakeOn = ({ progress }: PlayedIssue) =>
  progress.obligations.filter(({ kind }) => kind === 'acknowledgement').map(({ id, dueOn }) => `${id} ${dueOn}`);

/** An issue given to 陈 on 2024年1月8日(周一), three workdays to take it on. */
const given = (by: 'taken on' | 'open', until: string) => {
  const issue = new PlayedIssue(ordinaryTerms());
  if (by === 'taken on') issue.happens(takenOn, cast.chen);
  return issue.until(at(until, '10:30'));
};

describe('whoever an issue is handed over to', () => {
  test.each([
    {
      why: 'takes on what was taken on before',
      before: 'taken on',
      on: '2024-02-01',
      asked: 'acknowledgement-2 2024-02-05',
    },
    {
      why: 'takes on what nobody had taken on',
      before: 'open',
      on: '2024-01-10',
      asked: 'acknowledgement-2 2024-01-15',
    },
    {
      why: 'has his own days where it was overdue',
      before: 'open',
      on: '2024-01-17',
      asked: 'acknowledgement-2 2024-01-22',
    },
  ] as const)('$why', ({ before, on, asked }) => {
    const issue = given(before, on).happens(handedOver(), cast.wang);
    expect(toTakeOn(issue)).toEqual([asked]);
    expect(toTakeOn(issue.happens(takenOn, cast.li).until(at('2024-06-03', '10:30')))).toEqual([]);
  });

  test('is sent the assignment, and reminders of his own days alone', () => {
    const issue = given('open', '2024-01-10').happens(handedOver(), cast.wang);
    const assigned = issue.plan.lines.filter(({ letter }) => letter === 'assignment');
    expect(assigned.map(({ obligationId, plannedOn }) => `${plannedOn} ${obligationId}`)).toEqual([
      '2024-01-10 acknowledgement-2',
    ]);
    issue.until(at('2024-01-16', '10:30'));
    expect(issue.sentLines.filter((line) => line.includes('acknowledgement'))).toEqual([
      '2024-01-08 acknowledgement-1 assigned handler',
      '2024-01-15 acknowledgement-2 on-day handler',
      '2024-01-16 acknowledgement-2 after-1 handler',
      '2024-01-16 acknowledgement-2 after-1 responsibleLeader',
    ]);
  });

  test('is asked once when it changes hands twice', () => {
    const issue = given('open', '2024-01-10').happens(handedOver(), cast.wang);
    issue.happens(handedOver({ from: [cast.li], to: [cast.qian] }), cast.wang);
    expect(toTakeOn(issue)).toEqual(['acknowledgement-3 2024-01-15']);
  });

  test('takes on nothing as a leader, and nothing of what has been closed', () => {
    const issue = given('taken on', '2024-02-01').happens(handedOver({ role: 'responsibleLeader' }), cast.wang);
    expect(toTakeOn(issue)).toEqual([]);
  });

  test('has his days from when the clock goes on, where it stood still', () => {
    const issue = given('taken on', '2024-02-01');
    issue.happens({ type: 'suspended', kind: 'disaster', authority: '', reason: '洪水' }, cast.wang);
    issue.happens(handedOver(), cast.wang).until(at('2024-03-11', '10:30'));
    expect(toTakeOn(issue)).toEqual([]);
    const resumed = { workdays: 20, deadline: '2024-04-29', measures: [], moved: [], reason: '水退' } as const;
    issue.happens({ type: 'resumed', ...resumed }, cast.wang);
    expect(toTakeOn(issue)).toEqual(['acknowledgement-2 2024-03-14']);
  });
});

describe('whoever one measure is handed over to', () => {
  const handed = (before: 'taken on' | 'open') =>
    given(before, '2024-01-10').happens(handedOver({ measure: 2 }), cast.wang);

  test('takes on that measure, and the issue’s own handler nothing again', () => {
    expect(toTakeOn(handed('taken on'))).toEqual(['acknowledgement-2-1 2024-01-15']);
    expect(toTakeOn(handed('open'))).toEqual(['acknowledgement-1 2024-01-11', 'acknowledgement-2-1 2024-01-15']);
  });

  test.each([
    { why: 'is still asked when another speaks of the issue', by: cast.chen, fact: reported, left: 1 },
    { why: 'has taken it on when he says so', by: cast.li, fact: takenOn, left: 0 },
    { why: 'has taken it on when he reports', by: cast.li, fact: reported, left: 0 },
  ] as const)('$why', ({ by, fact, left }) => {
    expect(toTakeOn(handed('open').happens(fact, by))).toHaveLength(left);
  });

  test('is asked no more once the closure is applied for', () => {
    const proposed = { outcome: 'done', stateHash: 'hash' } as const;
    expect(toTakeOn(handed('open').happens({ type: 'closureProposed', ...proposed }, cast.chen))).toEqual([]);
  });

  test('waits for the hours though the first assignment was told to leave at once', () => {
    const issue = new PlayedIssue(ordinaryTerms({ firstMail: 'now' })).until(at('2024-01-10', '23:00'));
    issue.happens(handedOver({ measure: 2 }), cast.wang).until(at('2024-01-11', '08:00'));
    expect(issue.sentLines).not.toContain('2024-01-10 acknowledgement-2-1 assigned handler');
    expect(issue.until(at('2024-01-11', '12:00')).sentLines).toContain(
      '2024-01-11 acknowledgement-2-1 assigned handler',
    );
  });
});

test('whoever takes over in a later cycle is written to within the hours, though the launch told to leave at once', () => {
  const issue = new PlayedIssue(ordinaryTerms({ firstMail: 'now', measures: [] })).happens(takenOn, cast.chen);
  issue
    .until(at('2024-03-04', '10:30'))
    .happens({ type: 'rebounded', finding: '又发生', deadline: '2024-06-28' }, cast.zhao);
  issue.until(at('2024-03-05', '23:00')).happens(handedOver(), cast.wang).until(at('2024-03-06', '12:00'));
  const assigned = issue.sentLines.filter((line) => line.includes('assigned'));
  expect(assigned).toEqual(['2024-03-06 acknowledgement-1 assigned handler']);
});

test('a handover of old, which asked only who had taken the issue on, is read as it was', () => {
  const { acknowledgement: _anew, ...old } = handedOver();
  expect(toTakeOn(given('open', '2024-01-10').happens(old, cast.wang))).toEqual(['acknowledgement-1 2024-01-11']);
  expect(toTakeOn(given('taken on', '2024-02-01').happens(old, cast.wang))).toEqual(['acknowledgement-2 2024-02-05']);
});

test('a handover in today’s form ends what one of old still asked, and the new handler has days of his own', () => {
  const { acknowledgement: _anew, ...old } = handedOver();
  const issue = given('taken on', '2024-01-10').happens(old, cast.wang).until(at('2024-02-01', '10:30'));
  issue.happens(handedOver({ from: [cast.li], to: [cast.qian] }), cast.wang);
  expect(toTakeOn(issue)).toEqual(['acknowledgement-3 2024-02-05']);
});

test('whose measure’s evidence is in has nothing to take on, whoever handed it in', () => {
  const issue = given('taken on', '2024-01-10').happens(handedOver({ measure: 2 }), cast.wang);
  issue.happens({ type: 'evidenceReceived', evidence: [{ evidenceId: 'e1', measure: 1 }] }, cast.chen);
  expect(toTakeOn(issue)).toHaveLength(1);
  issue.happens({ type: 'evidenceReceived', evidence: [{ evidenceId: 'e2', measure: 2 }] }, cast.chen);
  expect(toTakeOn(issue)).toEqual([]);
});

test('nobody takes on what has been closed and waits for its look-back', () => {
  const issue = given('taken on', '2024-01-10');
  const closed = { outcome: 'done', stateHash: 'hash' } as const;
  issue.happens({ type: 'closureProposed', ...closed }, cast.chen);
  issue.happens({ type: 'closureApproved', ...closed, acceptedEvidence: [] }, cast.wang);
  expect(toTakeOn(issue.happens(handedOver(), cast.wang))).toEqual([]);
});
