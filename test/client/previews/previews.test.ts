import { describe, expect, test } from 'vitest';
import { previewMailDomain } from '../../../client/previews/mail-domain-preview.ts';
import { discardDraft, previewDiscard } from '../../../client/rounds/discard.ts';
import { fromIsoDate } from '../../../prisma/days.ts';
import { testLedger } from '../../support/servers.ts';

const ledger = await testLedger();

describe('a preview of what goes with a draft', () => {
  test('counts it and takes nothing away', async () => {
    await ledger.round.create({ data: { id: 'r1', name: '某局整改', codePrefix: 'MJ' } });
    await ledger.body.create({ data: { id: 'b1', roundId: 'r1', name: '某局' } });
    await ledger.issue.create({
      data: {
        ...{ id: 'i1', roundId: 'r1', number: 1, code: 'MJ-01', title: '学习不够', text: '学习不够', unit: '' },
        ...{ kind: 'ordinary', firstDeadline: fromIsoDate('2027-03-31') },
        measures: {
          create: [1, 2].map((number) => ({ number, text: '措施', deadline: fromIsoDate('2027-03-31') })),
        },
      },
    });
    const preview = { written: 'preview', round: '某局整改', bodies: 1, issues: 1, measures: 2, items: 0 };
    expect(await previewDiscard(ledger, 'r1')).toMatchObject(preview);
    expect(await previewDiscard(ledger, 'r1')).toMatchObject(preview);
    await discardDraft(ledger, 'r1');
    await expect(previewDiscard(ledger, 'r1')).rejects.toMatchObject({ code: 'UnknownRound' });
  });

  test('is refused of a round that has been launched', async () => {
    await ledger.round.create({ data: { id: 'r2', name: '已交办', codePrefix: 'YJ', state: 'launched' } });
    await expect(previewDiscard(ledger, 'r2')).rejects.toMatchObject({ code: 'Launched' });
  });
});

describe('a preview of a decision about a mail domain', () => {
  const people = [
    { id: 'p1', name: '陈某', email: 'chen@city.example' },
    { id: 'p2', name: '李某', email: 'li@mail.city.example' },
    { id: 'p3', name: '周某', email: 'zhou@other.example' },
    { id: 'p4', name: '赵某', email: 'zhao@kept.city.example' },
  ];

  test('names who would be told otherwise and which mails are written anew, and decides nothing', async () => {
    await ledger.person.createMany({ data: people });
    const decide = (domain: string) =>
      ledger.mailDomainDecision.create({
        data: { domain, trust: 'trusted', reason: '内网', decidedBy: 'p3', decidedAt: new Date() },
      });
    await decide('city.example');
    await decide('kept.city.example');
    const preview = await previewMailDomain(ledger, { domain: 'City.Example', trust: 'distrusted' });
    expect(preview).toMatchObject({ written: 'preview', domain: 'city.example', changed: 'now', waiting: 0 });
    expect(preview.people.map(({ name, told }) => [name, told])).toEqual([
      ['李某', 'codeOnly'],
      ['陈某', 'codeOnly'],
    ]);
    expect(await ledger.mailDomainDecision.count()).toBe(2);
    expect(await previewMailDomain(ledger, { domain: 'city.example', trust: 'trusted' })).toMatchObject({
      changed: 'before',
      people: [],
    });
    await expect(previewMailDomain(ledger, { domain: 'com.cn', trust: 'trusted' })).rejects.toMatchObject({
      code: 'DomainTooWide',
    });
  });
});
