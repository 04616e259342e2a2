import { expect, onTestFinished, test } from 'vitest';
import { acknowledgementOwed, evidenceOwed, MailWorld } from './mail-world.ts';

test('the acknowledgement is written a second time without what either side said', async () => {
  const world = await MailWorld.create();
  onTestFinished(() => world.close());
  const issueId = await world.issue(1, [acknowledgementOwed, evidenceOwed(1)]);
  const token = await world.mailAbout([issueId]);
  const files = [{ filename: '机密词.pdf', content: 'x' }];
  const id = await world.answered({ token, text: '机密词已整改到位，请查收。\n', subject: '机密词', files });
  const row = await world.ledger.outboxRow.findUniqueOrThrow({ where: { key: `ack/${id}` } });
  const { text, codeOnly } = row.content as { text: string; codeOnly: object };
  expect(text).toContain('机密词');
  expect(JSON.stringify(codeOnly)).not.toMatch(/机密词|问题1/);
  expect(codeOnly).toMatchObject({
    items: [{ code: 'CS-01', page: `/issues/${issueId}` }],
    closing: ['如有不符，直接回复本邮件说明即可。'],
  });
  expect(JSON.stringify(codeOnly)).toContain('还需办理：');
});

test('what could not be placed is asked for again without repeating it', async () => {
  const world = await MailWorld.create();
  onTestFinished(() => world.close());
  const issueIds = [await world.issue(1, [evidenceOwed(1)]), await world.issue(2, [evidenceOwed(1)])];
  const token = await world.mailAbout(issueIds);
  const id = await world.answered({ token, text: '机密词已经整改完成了。\n' });
  const { content } = await world.ledger.outboxRow.findUniqueOrThrow({ where: { key: `ack/${id}` } });
  const { text, codeOnly } = content as { text: string; codeOnly: { closing: string[] } };
  expect(text).toContain('机密词');
  expect(JSON.stringify(codeOnly)).not.toContain('机密词');
  expect(codeOnly.closing[0]).toContain('请每项一行，以编号开头重新发来。例如：CS-01 收到');
});
