import { describe, expect, it } from 'vitest';
import { spokenIn } from '../../../client/incoming-mail/spoken-requests.ts';
import type { PracticeAct } from '../../../client/practice/acts.ts';
import { dutyOf } from '../../../client/practice/duties.ts';
import type { Staffing } from '../../../client/practice/habits.ts';
import { practiceActs } from '../../../client/practice/staff.ts';
import { askingToLeave } from '../../../client/practice/sub-ledger-plan.ts';
import { dayOf } from '../../../workflows/rules/instants.ts';
import { presetPolicy } from '../../../workflows/rules/presets/index.ts';
import { bundledCalendar } from '../../../workflows/rules/state-council-2018-2026.ts';
import { outgoingMail } from './outgoing.ts';

const weekly = presetPolicy('周检查·月调度·定期评估', { feedbackOn: '2023-09-22' });
const diligent: Staffing = { seed: 's', staff: 'diligent', policy: weekly };
const mixed: Staffing = { seed: 's', staff: 'mixed' };
const sentAt = '2024-03-01T01:00:00.000Z';
const hundred = Array.from({ length: 300 }, (_, index) => `GM-${String(index + 1)}`);

function acts(line: string, staffing: Staffing = diligent): PracticeAct[] {
  return practiceActs(outgoingMail({ lines: [line], sentAt }), staffing);
}

const textsOf = (made: readonly PracticeAct[]) =>
  made.flatMap((act) => (act.kind === 'reply' ? act.items.map(({ text }) => text) : []));
const heard = (text: string) =>
  spokenIn(text.replace(/^GM-\d+ /u, ''), { today: dayOf(sentAt), calendar: bundledCalendar }).requests;

describe('practice people', () => {
  it.each([
    ['attestation-endorsement-1/attested/responsibleLeader', /^(确认|同意)/u],
    ['status-answer-1/asked/handler', /./u],
    ['item-report-1/on-day/handler', /提请出库/u],
  ])('answer %s by mail', (line, text) => {
    const [obligation, rung, role] = line.split('/');
    const key = `i1/1/${obligation ?? ''}/${rung ?? ''}/${role ?? ''}/2024-03-01 GM-01`;
    expect(textsOf(acts(key))).toEqual([expect.stringMatching(text)]);
  });

  it.each([
    ['weekly-check-1-3/on-day/office', 'GM-周检3'],
    ['monthly-dispatch-1-1/on-day/office', 'GM-调度1'],
    ['rectification-plan-1-1/on-day/office', 'GM-方案1'],
    ['progress-report-1-1/on-day/office', 'GM-报告1'],
    ['supervision-batch-2-1/issued/handler', 'GM-督办2'],
  ])('report the duty of the round %s under its code', (line, code) => {
    const [obligation, rung, role] = line.split('/');
    const key = `r1/1/${obligation ?? ''}/${rung ?? ''}/${role ?? ''}/2024-03-01 ${code}`;
    expect(textsOf(acts(key))).toEqual([expect.stringMatching(new RegExp(`^${code} .`, 'u'))]);
  });

  it.each([
    ['evidence-review-1-1/received/office', { kind: 'judgeEvidence', decision: 'accepted' }],
    ['extension-decision-1/requested/office', { kind: 'decideExtension', decision: 'granted' }],
    ['dispute-decision-1/disputed/office', { kind: 'decideDispute', decision: 'rejected' }],
    ['suspension-review-1/asked/office', { kind: 'reviewSuspension' }],
    ['item-recheck-1/asked/office', { kind: 'recheckItems', outcome: 'allLeave' }],
    ['plan-approval-1/submitted/groupHead', { kind: 'decidePlan', decision: 'approved' }],
    ['evaluation-1-1/on-day/office', { kind: 'recordEvaluation' }],
    ['public-comment-1/received/office', { kind: 'answerComment' }],
    ['look-back-draw-1/asked/office', { kind: 'drawLookBacks' }],
    ['closure-decision-2/proposed/responsibleLeader', { kind: 'decideClosure', decision: 'approved' }],
  ])('decide %s through the doors', (line, act) => {
    const [obligation, rung, role] = line.split('/');
    const key = `i1/1/${obligation ?? ''}/${rung ?? ''}/${role ?? ''}/2024-03-01 GM-01`;
    expect(acts(key)).toMatchObject([act]);
  });

  it('only read what others owe', () => {
    expect(acts('i1/1/closure-decision-1/after-3/groupHead/2024-03-01 GM-01')).toEqual([]);
    expect(acts('r1/1/weekly-check-1-3/after-3/groupHead/2024-03-01 GM-周检3')).toEqual([]);
    expect(acts('r1/1/plan-approval-1/after-3/office/2024-03-01 GM-审定1')).toEqual([]);
  });

  it('count a rung by the ladder of the role whose turn it is, also where the ladder names another', () => {
    const line = (rung: string) => ({ key: `i1/1/closure-decision-2/${rung}/reviewer/2024-03-01`, code: 'GM-01' });
    expect(dutyOf(line('proposed'), weekly)?.rung).toBe(0);
    expect(dutyOf(line('on-day'), weekly)?.rung).toBe(1);
  });
});

describe('mixed staff', () => {
  const evidence = (code: string, rung: string) => acts(`i/1/evidence-2-1/${rung}/handler/2024-03-01 ${code}`, mixed);

  it('asks for more time upon the first mail in a few cases, in words that are understood', () => {
    const asked = hundred
      .flatMap((code) => textsOf(evidence(code, 'before-10')))
      .filter((text) => text.includes('延期'));
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.length).toBeLessThan(40);
    for (const text of asked) {
      expect(heard(text)).toMatchObject([{ kind: 'extension', until: { count: 1, unit: 'month' }, measures: [2] }]);
      const [request] = heard(text);
      expect(request?.kind === 'extension' && request.reason !== '' && request.progress !== '').toBe(true);
    }
  });

  it('promises a day now and then, and keeps most promises with the evidence before that day', () => {
    const made = hundred.flatMap((code) =>
      ['before-3', 'on-day', 'after-1', 'after-3'].map((rung) => evidence(code, rung)),
    );
    const promised = made.filter(([act]) => act && heard(textsOf([act])[0] ?? '')[0]?.kind === 'promise');
    const kept = promised.filter(({ length }) => length === 2);
    expect(promised.length).toBeGreaterThan(20);
    expect(kept.length).toBeGreaterThan(promised.length / 2);
    expect(kept.length).toBeLessThan(promised.length);
    for (const [first, second] of kept) {
      const [promise] = heard(textsOf(first ? [first] : [])[0] ?? '');
      const until = promise?.kind === 'promise' ? promise.until : '';
      expect(second?.kind === 'reply' && second.items[0]?.attachments.length).toBe(1);
      expect(first && second && first.answerAt < second.answerAt).toBe(true);
      expect(dayOf(second?.answerAt ?? '') <= until).toBe(true);
    }
  });

  it('refuses some extensions, returns some plans, and sends some items back, the first time', () => {
    const kindsOf = (obligation: string, role: string) =>
      hundred.map((code) => acts(`i/1/${obligation}/after-3/${role}/2024-03-01 ${code}`, mixed)[0]);
    const bad = (made: readonly (PracticeAct | undefined)[]) =>
      made.filter((act) => JSON.stringify(act).match(/"(refused|returned|oneGoesBack)"/u)).length;
    for (const [stem, role] of [
      ['extension-decision', 'office'],
      ['plan-approval', 'groupHead'],
      ['item-recheck', 'office'],
    ] as const) {
      expect(bad(kindsOf(`${stem}-1`, role))).toBeGreaterThan(20);
      expect(bad(kindsOf(`${stem}-2`, role))).toBe(0);
    }
  });
});

describe('a sub-ledger', () => {
  const plan = { entered: 22, askedBySigning: 14, launchedOn: '2023-08-02', signedOn: '2024-02-01' };
  const inMonth = (month: string) => `${month}-25T01:00:00.000Z`;
  const months = ['2023-08', '2023-09', '2023-10', '2023-11', '2023-12', '2024-01'];

  it('has as many items ask to leave before the signing day as the notice says, and a month early at that', () => {
    expect(months.map((month) => askingToLeave(plan, inMonth(month)))).toEqual([3, 6, 8, 11, 14, 14]);
  });

  it('has all the rest ask from then on', () => {
    expect(askingToLeave(plan, inMonth('2024-02'))).toBe('all');
  });

  it.each(['item-report-2', 'check-in-3'])('is asked about with %s in words that are understood', (obligation) => {
    const staffing = { ...diligent, subLedgers: new Map([['GM-11', plan]]) };
    const line = `i1/1/${obligation}/after-1/handler/2023-09-28 GM-11`;
    const early = practiceActs(outgoingMail({ lines: [line], sentAt: inMonth('2023-09') }), staffing);
    expect(heard(textsOf(early)[0] ?? '')).toEqual([{ kind: 'askToLeave', items: [1, 2, 3, 4, 5, 6] }]);
    const late = practiceActs(outgoingMail({ lines: [line], sentAt: inMonth('2024-03') }), staffing);
    expect(heard(textsOf(late)[0] ?? '')).toEqual([{ kind: 'askToLeave', items: 'all' }]);
  });
});
