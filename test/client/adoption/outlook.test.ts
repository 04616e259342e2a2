import { expect, test } from 'vitest';
import { outlookOf } from '../../../client/adoption/outlook.ts';
import type { RunningRound } from '../../../client/adoption/running.ts';
import { commitmentTo } from '../../../workflows/rules/commitment.ts';
import { at, endOfDay } from '../../../workflows/rules/instants.ts';
import { obligationIdParts } from '../../../workflows/rules/obligation-ids.ts';
import { simplePolicy } from '../../../workflows/rules/simple-policy.ts';
import { cast } from '../../support/cast.ts';
import { PlayedIssue } from '../../support/played-issue.ts';
import { ordinaryTerms } from '../../support/terms.ts';

const now = at('2024-01-24', '12:00');
const oftener = { ...simplePolicy, version: 2, checkInEveryWorkdays: simplePolicy.checkInEveryWorkdays / 2 };

function running({ terms, progress }: PlayedIssue): RunningRound {
  const issue = { id: terms.issueId, code: 'CS-01', terms, progress };
  return { id: 'round-1', name: '一轮', codePrefix: 'CS', now, issues: [issue], duties: null, settled: new Set() };
}

const silent = () => new PlayedIssue(ordinaryTerms()).until(now);
const stories = {
  'of one that nobody has answered': silent,
  'of one that is taken on': () =>
    new PlayedIssue(ordinaryTerms()).happens({ type: 'acknowledged' }, cast.chen).until(now),
  'of one whose clock stands still': () =>
    silent().happens({ type: 'suspended', kind: 'disaster', authority: '', reason: '洪水' }, cast.wang),
} as const;

test.each(Object.entries(stories))(
  'the outlook %s counts what leaves if nobody does anything',
  async (_whose, story) => {
    const { through, kinds } = await outlookOf(running(story()), oftener);
    expect(through).toBe('2024-04-24');
    const sent = story()
      .until(endOfDay(through))
      .sent.filter(({ earliestAt }) => earliestAt > now);
    const counted = new Map<string, number>();
    for (const { obligationId } of sent) {
      const { kind } = obligationIdParts(obligationId)!;
      counted.set(kind, (counted.get(kind) ?? 0) + 1);
    }
    expect(
      kinds
        .filter(({ before }) => before.lines > 0)
        .map(({ kind, before }) => [kind, before.lines])
        .toSorted(),
    ).toEqual([...counted].toSorted());
  },
);

test('reports that are asked for twice as often show, though the next ones are not owed yet', async () => {
  const { kinds } = await outlookOf(running(silent()), oftener);
  const reports = kinds.find(({ kind }) => kind === 'checkIn')!;
  expect(reports.after.times).toBeGreaterThan(reports.before.times + 3);
  for (const { kind, before, after } of kinds) if (kind !== 'checkIn') expect(after).toEqual(before);
});

test('what a promise rests is not counted before its day', async () => {
  const promised = silent();
  const fact = commitmentTo(promised.progress, { until: '2024-02-29', measure: 1, rests: 'covered' }, '2024-01-24');
  const plain = await outlookOf(running(silent()), oftener);
  const rested = await outlookOf(running(promised.happens(fact, cast.chen)), oftener);
  const evidence = ({ kinds }: typeof plain) => kinds.find(({ kind }) => kind === 'evidence')!.before.lines;
  expect(evidence(rested)).toBeLessThan(evidence(plain));
});
