import { expect, onTestFinished, test } from 'vitest';
import { issueWords } from '../../../client/commands/issue-words.ts';
import { readIssue } from '../../../client/reading/index.ts';
import { acknowledgementOwed, evidenceOwed, MailWorld } from './mail-world.ts';

const program = { filename: '验收单.pdf', content: `MZ\u0000\u0000${'x'.repeat(100)}` };
const minutes = { filename: '措施1会议纪要.txt', content: '已召开专题会议' };

async function opened() {
  const world = await MailWorld.create();
  onTestFinished(() => world.close());
  return world;
}

test('a program is no evidence, whatever it calls itself: what came beside it counts, and the person is told why', async () => {
  const world = await opened();
  const issueId = await world.issue(1, [acknowledgementOwed, evidenceOwed(1)]);
  const id = await world.answered({
    token: await world.mailAbout([issueId]),
    text: '见附件',
    files: [program, minutes],
  });

  expect(await world.ledger.evidence.findMany()).toMatchObject([{ fileName: minutes.filename, measure: 1 }]);
  expect(await world.ledger.evidenceFile.findMany()).toMatchObject([{ kind: 'text', concerns: [] }]);
  const refusal =
    '附件“验收单.pdf”是程序，不能作为佐证；请改发 PDF、图片、Word 或 Excel 文件。原件已随来信存档，未计入。';
  expect(await world.verdict(id)).toMatchObject({ kind: 'reply', problems: [refusal] });
  const text = (await world.acknowledgement(id))?.text ?? '';
  expect(text).toContain(refusal);
  expect(text).not.toContain('请每项一行');
  const { raw } = await world.ledger.incomingMail.findUniqueOrThrow({ where: { id } });
  expect(Buffer.from(raw).toString('latin1')).toContain(Buffer.from('MZ\u0000\u0000').toString('base64').slice(0, 4));
  const row = await world.ledger.outboxRow.findUniqueOrThrow({ where: { key: `ack/${id}` } });
  const { codeOnly } = row.content as { codeOnly: { closing: string[] } };
  expect(JSON.stringify(codeOnly)).not.toContain('验收单');
  expect(codeOnly.closing[0]).toContain('有的附件不能作为佐证');
});

test('an answer with nothing but a program hands nothing in, and its words are kept', async () => {
  const world = await opened();
  const issueId = await world.issue(1, [acknowledgementOwed, evidenceOwed(1)]);
  await world.answered({ token: await world.mailAbout([issueId]), text: '已整改，见附件', files: [program] });

  expect(await world.ledger.evidence.count()).toBe(0);
  expect(world.issues.calls.map(({ act }) => act)).not.toContain('submitEvidence');
  expect(await world.ledger.progressNote.findMany()).toMatchObject([{ text: '已整改，见附件' }]);
});

test('the same file for two issues is shown on both, and counts on both', async () => {
  const world = await opened();
  const issueIds = [await world.issue(1, [evidenceOwed(1)]), await world.issue(2, [evidenceOwed(1)])];
  await world.issue(3, [evidenceOwed(1)]);
  for (const issueId of issueIds)
    await world.answered({ token: await world.mailAbout([issueId]), text: '见附件', files: [minutes] });

  const [first, second, third] = await Promise.all(
    [1, 2, 3].map((number) => readIssue(world.ledger, `issue-${String(number)}`)),
  );
  const concernsOf = ({ measures }: Awaited<ReturnType<typeof readIssue>>) =>
    measures.flatMap(({ evidence }) => evidence.map(({ concerns }) => concerns));
  expect(concernsOf(first!)).toEqual([['同一份文件也交给了 CS-02']]);
  expect(concernsOf(second!)).toEqual([['同一份文件也交给了 CS-01']]);
  expect(concernsOf(third!)).toEqual([]);
  expect(issueWords(first!)).toMatch(/措施1会议纪要\.txt.*\n {6}请留意：同一份文件也交给了 CS-02/);
  expect(issueWords(third!)).not.toContain('请留意');
});
