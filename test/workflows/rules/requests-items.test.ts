import { describe, expect, test } from 'vitest';
import { requestRules } from '../../../workflows/rules/requests/index.ts';
import { cast } from '../../support/cast.ts';
import { PlayedIssue } from '../../support/played-issue.ts';
import { ordinaryTerms } from '../../support/terms.ts';

const standing = ({ terms, progress, now }: PlayedIssue) => ({ terms, progress, now });
const codes = (refusals: readonly { code: string }[]) => refusals.map(({ code }) => code);

/** Two items are in, of which the second has asked to leave. */
const withItems = () =>
  new PlayedIssue(ordinaryTerms())
    .happens({ type: 'itemsEntered', itemIds: ['h1', 'h2'] }, cast.chen)
    .happens({ type: 'itemsMoved', itemIds: ['h2'], to: 'askedToLeave' }, cast.chen);

describe('an item of the sub-ledger', () => {
  test.each([
    { why: 'begins to be worked on once it has entered', itemIds: ['h1'], to: 'inWork' as const, code: [] },
    {
      why: 'does not go back to work by itself once it has asked to leave',
      itemIds: ['h2'],
      to: 'inWork' as const,
      code: ['WrongItemState'],
    },
    {
      why: 'does not ask to leave before it has been worked on',
      itemIds: ['h1'],
      to: 'askedToLeave' as const,
      code: ['NotBegun'],
    },
    { why: 'asks to leave once', itemIds: ['h2'], to: 'askedToLeave' as const, code: ['WrongItemState'] },
    { why: 'is moved by name', itemIds: [], to: 'inWork' as const, code: ['ItemMissing'] },
    { why: 'is not moved when nobody knows it', itemIds: ['h9'], to: 'inWork' as const, code: ['UnknownItem'] },
  ])('$why', ({ itemIds, to, code }) => {
    const request = { by: cast.chen, itemIds, to };
    expect(codes(requestRules.moveItems.refusals(standing(withItems()), request))).toEqual(code);
  });

  test.each([
    {
      why: 'leaves by the word of another than who asked',
      by: cast.wang,
      left: ['h2'],
      back: [],
      finding: '已清',
      code: [],
    },
    {
      why: 'does not leave by the word of who asked',
      by: cast.chen,
      left: ['h2'],
      back: [],
      finding: '已清',
      code: ['SamePerson'],
    },
    { why: 'is sent back to work by anybody', by: cast.chen, left: [], back: ['h2'], finding: '未清', code: [] },
    {
      why: 'does not leave unless it has asked to',
      by: cast.wang,
      left: ['h1'],
      back: [],
      finding: '已清',
      code: ['WrongItemState'],
    },
    {
      why: 'does not leave without a finding',
      by: cast.wang,
      left: ['h2'],
      back: [],
      finding: '',
      code: ['ReasonMissing'],
    },
  ])('$why', ({ code, ...request }) => {
    expect(codes(requestRules.recheckItems.refusals(standing(withItems()), request))).toEqual(code);
  });

  test('asks to leave once it is worked on, also when a re-check has sent it back', () => {
    const issue = withItems().happens({ type: 'itemsRechecked', left: [], back: ['h2'], finding: '未清' }, cast.wang);
    const refused = (itemIds: string[]) =>
      requestRules.moveItems.refusals(standing(issue), { by: cast.chen, itemIds, to: 'askedToLeave' });
    expect(refused(['h2'])).toEqual([]);
    expect(refused(['h1', 'h2'])).toEqual([
      { code: 'NotBegun', message: '1项还没有登记开始整治，请先登记开始整治，再提请出库' },
    ]);
    issue.happens({ type: 'itemsMoved', itemIds: ['h1'], to: 'inWork' }, cast.chen);
    expect(refused(['h1', 'h2'])).toEqual([]);
  });

  test('comes in once, and not while a closure is reviewed', () => {
    const issue = withItems().happens({ type: 'itemsEntered', itemIds: ['h2', 'h3'] }, cast.chen);
    expect(issue.progress.items?.map(({ id, state }) => [id, state])).toEqual([
      ['h1', 'entered'],
      ['h2', 'askedToLeave'],
      ['h3', 'entered'],
    ]);
    const reviewed = new PlayedIssue(ordinaryTerms()).happens(
      { type: 'closureProposed', outcome: 'done', stateHash: '' },
      cast.li,
    );
    const request = { by: cast.chen, itemIds: ['h4'] };
    expect(codes(requestRules.enterItems.refusals(standing(reviewed), request))).toEqual(['WrongPhase']);
  });

  test('that asked to leave is owed a re-check, until every one that asked has one', () => {
    const issue = withItems();
    expect(issue.openObligations).toContain('item-recheck-1');
    issue.happens({ type: 'itemsMoved', itemIds: ['h1'], to: 'askedToLeave' }, cast.chen);
    issue.happens({ type: 'itemsRechecked', left: ['h2'], back: [], finding: '已清' }, cast.wang);
    expect(issue.openObligations).toContain('item-recheck-1');
    issue.happens({ type: 'itemsRechecked', left: [], back: ['h1'], finding: '未清' }, cast.wang);
    expect(issue.openObligations).not.toContain('item-recheck-1');
  });
});
