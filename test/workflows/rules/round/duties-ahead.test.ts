import { expect, test } from 'vitest';
import { at } from '../../../../workflows/rules/instants.ts';
import { dutiesAhead } from '../../../../workflows/rules/round/planner.ts';
import { PlayedRound } from '../../../support/played-round.ts';
import { dutiesOfRound, roundTerms } from '../../../support/round-terms.ts';

const { weeklyCheck, monthlyDispatch, plan, evaluation } = dutiesOfRound;
const all = [weeklyCheck, monthlyDispatch, plan, evaluation];
const ahead = ({ terms, progress, now }: PlayedRound) => dutiesAhead(terms, progress, now, { unsettled: 1 });

test('a round says from the launch on what it will owe, one of each kind, and from when', () => {
  expect(
    ahead(new PlayedRound(roundTerms(all))).map(({ at: from, duty }) => [from, duty.obligationId, duty.dueOn]),
  ).toEqual(expect.arrayContaining([[expect.any(String), 'rectification-plan-1-1', expect.any(String)]]));
  expect(ahead(new PlayedRound(roundTerms(all)))).toHaveLength(all.length);
});

test.each(['2024-01-08', '2024-01-31', '2024-03-15', '2024-05-20'])(
  'what it says on %s opens as it says, and on that day',
  (day) => {
    const said = ahead(new PlayedRound(roundTerms(all)).until(at(day, '12:00')));
    expect(said.length).toBeGreaterThan(0);
    for (const { at: from, duty } of said) {
      const later = new PlayedRound(roundTerms(all)).until(from);
      const opened = later.events.find(
        (event) => event.type === 'obligationOpened' && event.obligationId === duty.obligationId,
      );
      expect(opened).toMatchObject({ ...duty, at: from });
    }
  },
);

test('nothing that is owed already is said to be ahead', () => {
  const round = new PlayedRound(roundTerms(all)).until(at('2024-02-01', '12:00'));
  const owed = round.progress.obligations.map(({ id }) => id);
  expect(ahead(round).filter(({ duty }) => owed.includes(duty.obligationId))).toEqual([]);
});
