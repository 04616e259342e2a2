import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { verify } from '../../client/verify.ts';
import { openLedger } from '../../prisma/client.ts';
import { migrate, migrationsFolder, migrationsIn } from '../../prisma/migrate.ts';
import { projectMissingLights } from '../../prisma/projected-lights.ts';
import { at } from '../../workflows/rules/instants.ts';
import type { Obligation } from '../../workflows/rules/events.ts';
import { openIssue } from '../../workflows/rules/progress.ts';
import { emptyDatabase, testLedger } from '../support/servers.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { ordinaryTerms } from '../support/terms.ts';
import { ToldRound } from '../client/reading/builder.ts';

const lit = { lightIdle: true, yellowFrom: true, redFrom: true } as const;

test('an issue that an older version wrote down has its light after the first start of this one, and its measures too', async () => {
  const older = temporaryFolder();
  for (const { name } of migrationsIn(migrationsFolder).filter((one) => one.name < '0019')) {
    cpSync(join(migrationsFolder, name), join(older, name), { recursive: true });
  }
  const { url, drop } = await emptyDatabase();
  onTestFinished(drop);
  await migrate(url, older);
  const ledger = openLedger(url);
  onTestFinished(() => ledger.$disconnect());
  const terms = ordinaryTerms();
  const evidence: Obligation = {
    ...{ id: 'evidence-2-1', kind: 'evidence', role: 'handler', measure: 2, dueOn: '2024-03-29' },
    ...{ openedAt: at('2024-01-08', '08:00'), overdue: 'no', proposedRungs: [] },
  };
  const progress = { ...openIssue(terms, terms.launchedAt), obligations: [evidence] };
  await ledger.$executeRaw`INSERT INTO "Round" (id, name, "codePrefix") VALUES ('round-1', '岭南市城管局', 'CG')`;
  for (const [id, number, launched] of [
    ['issue-1', 1, true],
    ['issue-2', 2, false],
  ] as const) {
    await ledger.$executeRaw`
      INSERT INTO "Issue" (id, "roundId", number, code, title, text, kind, "firstDeadline", terms, progress, step)
      VALUES (${id}, 'round-1', ${number}, ${`CG-0${String(number)}`}, '公车', '公车', 'ordinary', '2024-03-29',
        ${launched ? JSON.stringify(terms) : null}::jsonb, ${launched ? JSON.stringify(progress) : null}::jsonb,
        ${launched ? 1 : 0})`;
    await ledger.$executeRaw`
      INSERT INTO "Measure" ("issueId", number, text, deadline) VALUES (${id}, 1, '一', '2024-02-29'), (${id}, 2, '二', '2024-03-29')`;
  }
  await migrate(url);
  expect(await projectMissingLights(ledger)).toBe(1);

  const none = { lightIdle: null, yellowFrom: null, redFrom: null };
  const rows = await ledger.issue.findMany({
    select: { ...lit, measures: { select: lit, orderBy: { number: 'asc' } } },
    orderBy: { number: 'asc' },
  });
  const owed = { lightIdle: 'green', yellowFrom: expect.any(Date) as Date, redFrom: new Date('2024-03-30') };
  expect(rows).toEqual([
    { ...owed, measures: [none, owed] },
    { ...none, measures: [none, none] },
  ]);
  expect(await projectMissingLights(ledger)).toBe(0);
});

test('a light that does not follow from what is owed is named by verify, the issue’s and a measure’s', async () => {
  const ledger = await testLedger();
  const round = await ToldRound.launched(ledger, [{ title: '公务用车管理不规范', measures: ['补登台账。'] }]);
  await round.tell('LN-01', '办公室经办人', { type: 'acknowledged' });
  const named = async () => (await verify(ledger)).differences.map(({ row, field }) => `${row} ${field}`);
  const before = await named();
  expect(before.filter((name) => /lightIdle|yellowFrom|redFrom|closedAs/u.test(name))).toEqual([]);
  const issueId = round.idOf('LN-01');
  await ledger.issue.update({ where: { id: issueId }, data: { redFrom: new Date('2030-01-01') } });
  await ledger.measure.updateMany({ where: { issueId }, data: { yellowFrom: new Date('2030-01-01') } });
  expect((await named()).filter((name) => !before.includes(name))).toEqual([
    `Issue LN-01（${issueId}） redFrom`,
    'Measure LN-01/1 yellowFrom',
  ]);
});
