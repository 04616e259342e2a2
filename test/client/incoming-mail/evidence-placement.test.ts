import { expect, test } from 'vitest';
import { handsIn, itemOf, measuresOf } from '../../../client/incoming-mail/evidence-placement.ts';
import { openIssue } from '../../../workflows/rules/progress.ts';
import { record } from '../../../workflows/rules/record.ts';
import { ordinaryTerms } from '../../support/terms.ts';

const nothingIn = openIssue(ordinaryTerms(), '2024-01-08T00:00:00.000Z');
const measureOneIn = record(nothingIn, {
  type: 'evidenceReceived',
  evidence: [{ evidenceId: 'e', measure: 1 }],
  sequence: 1,
  at: '2024-01-08T00:00:00.000Z',
  by: null,
  source: null,
  requestId: null,
});
const item = (code: string) => ({ issueId: code, code, progress: nothingIn });
const [one, two] = [item('GM-01'), item('GM-02')];
const all = [one, two];

test('an attachment goes to the issue whose code its name bears, else to the only one answered, else to the only one asked', () => {
  expect(itemOf('GM-02 照片.jpg', { answered: [one], asked: all, all })).toBe(two);
  expect(itemOf('照片.jpg', { answered: [one], asked: all, all })).toBe(one);
  expect(itemOf('照片.jpg', { answered: [], asked: [two], all })).toBe(two);
});

test('an attachment of several answers, of none, or with two codes in its name is not guessed at', () => {
  expect(itemOf('照片.jpg', { answered: all, asked: all, all })).toBeUndefined();
  expect(itemOf('照片.jpg', { answered: [], asked: all, all })).toBeUndefined();
  expect(itemOf('GM-01和GM-02.zip', { answered: [one], asked: all, all })).toBeUndefined();
});

test('an attachment of several answers goes to the only one whose words hand something in', () => {
  expect(itemOf('照片.jpg', { answered: all, handing: [two], asked: all, all })).toBe(two);
  expect(itemOf('照片.jpg', { answered: all, handing: all, asked: all, all })).toBeUndefined();
  expect(itemOf('GM-01 照片.jpg', { answered: all, handing: [two], asked: all, all })).toBe(one);
});

test.each([
  ['措施1佐证见附件', true],
  ['已完成，材料见附件。', true],
  ['详见附件', true],
  ['现报送佐证材料附后', true],
  ['随信附上照片三张', true],
  ['附件如下', true],
  ['佐证见附件。后续将继续巩固。', true],
  ['材料随后附上。', false],
  ['尚未附上', false],
  ['佐证未见附件', false],
  ['收到，马上组织学习', false],
  ['材料整理中，附件后补', false],
  ['请看你们上次发的附件了吗', false],
  ['附近三条街已整治', false],
])('“%s” hands something in: %s', (words, hands) => {
  expect(handsIn(words)).toBe(hands);
});

test.each([
  ['the measure its name says', '措施2.pdf', { words: '措施1', attachments: 1, progress: nothingIn }, [2]],
  ['both measures its name says', '措施1、2.pdf', { words: '', attachments: 1, progress: nothingIn }, [1, 2]],
  ['the measure the words say', '照片.jpg', { words: '措施1见附件', attachments: 3, progress: nothingIn }, [1]],
  [
    'all the words say when it is the only one',
    '材料.zip',
    { words: '措施1、2', attachments: 1, progress: nothingIn },
    [1, 2],
  ],
  ['the only measure that lacks evidence', '照片.jpg', { words: '', attachments: 1, progress: measureOneIn }, [2]],
])('an attachment counts for %s', (_, fileName, context, measures) => {
  expect(measuresOf(fileName, context)).toEqual(measures);
});

test.each([
  ['two measures lack evidence', '照片.jpg', { words: '', attachments: 1, progress: nothingIn }],
  ['the words name several for several', '照片.jpg', { words: '措施1、2', attachments: 2, progress: nothingIn }],
  ['its name says a measure there is not', '措施9.pdf', { words: '措施1', attachments: 1, progress: nothingIn }],
])('an attachment counts for no measure while %s', (_, fileName, context) => {
  expect(measuresOf(fileName, context)).toEqual([]);
});
