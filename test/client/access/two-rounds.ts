import { createAccess } from '../../../client/access/access.ts';
import { acceptInvitation, claimInstance, invite } from '../../../client/access/accounts.ts';
import type { Ledger } from '../../../prisma/client.ts';
import { fromIsoDate } from '../../../prisma/days.ts';
import type { Prisma } from '../../../prisma/generated/client.ts';
import type { Role } from '../../../workflows/rules/policy.ts';
import { simplePolicy } from '../../../workflows/rules/simple-policy.ts';

const password = '春天的第一场雨2026';
const setUpToken = 'printed-when-the-program-started';

const accounts = ['li', 'chen', 'zhao', 'sun', 'zhou'];

/** What a world has three of: a round of one’s own, somebody else’s, and a drill’s. */
export const worlds = ['own', 'foreign', 'drill'] as const;
export type World = (typeof worlds)[number];

/** The words that only some may read. */
export const secretWords = '对采购股长周某某追责问责';
export const secretFile = '处分决定书.docx';

/**
 * Two launched rounds and a drill, each with an issue (`own-1`) of an open measure and a secret one, and a second issue. Of the first
 * issue there are a handler, a handler of the open measure alone and a leader; of the round a reviewer who judges nothing, and the
 * office; in each world a mail, an answer and a page, all the handler’s. In earnest there is a confidential issue too (`own-5`), of the
 * same handler; in one’s own round somebody is named its reviewer.
 */
export async function twoRounds(ledger: Ledger): Promise<void> {
  await claimInstance(ledger, { name: '王主任', email: 'wang@office.example', password });
  const wang = await ledger.person.findFirstOrThrow({ where: { email: 'wang@office.example' } });
  await ledger.person.update({ where: { id: wang.id }, data: { name: '王主任' } });
  for (const id of accounts)
    await ledger.person.create({ data: { id, name: nameOf(id), email: `${id}@unit.example`, unit: '采购股' } });
  await ledger.person.create({ data: { id: 'drill-chen', scope: 'drill', name: '采购股经办人' } });
  for (const world of worlds) await oneRound(ledger, world, wang.id);
  for (const id of accounts) {
    const now = new Date().toISOString();
    const { token } = await invite(ledger, { personId: id, standing: 'person', by: wang.id, now });
    await acceptInvitation(ledger, { token, password, now });
  }
}

function nameOf(id: string): string {
  const names: Readonly<Record<string, string>> = {
    ...{ li: '李副局长', chen: '陈股长', zhao: '赵主任', sun: '孙科员', zhou: '周外人' },
  };
  return names[id] ?? id;
}

async function oneRound(ledger: Ledger, world: World, officeId: string): Promise<void> {
  const clockId = world === 'drill' ? 'drill' : 'real';
  await ledger.round.create({
    data: { id: world, name: `${world}轮次`, codePrefix: world, state: 'launched', clockId },
  });
  if (world === 'drill')
    await ledger.drill.create({
      data: {
        ...{ id: 'drill', roundId: 'drill', seed: 's', staff: 'mixed', secondsPerDay: 1 },
        ...{ now: '2024-03-29T02:00:00.000Z', endsBy: '2026-01-01T00:00:00.000Z' },
      },
    });
  for (const number of [1, 2]) {
    const id = `${world}-${String(number)}`;
    await ledger.issue.create({
      data: {
        ...{ id, roundId: world, number, code: `${world.toUpperCase()}-0${String(number)}`, kind: 'ordinary' },
        ...{
          title: `${world}采购问题${String(number)}`,
          text: `${world}原文`,
          firstDeadline: fromIsoDate('2024-06-30'),
        },
        phase: 'rectification',
      },
    });
  }
  const measure = { issueId: `${world}-1`, deadline: fromIsoDate('2024-06-30') };
  await ledger.measure.create({ data: { ...measure, number: 1, text: '修订采购办法' } });
  await ledger.measure.create({ data: { ...measure, number: 2, text: secretWords, kind: 'accountability' } });
  await ledger.policyVersion.create({
    data: { roundId: world, version: 1, body: simplePolicy as unknown as Prisma.InputJsonObject },
  });
  for (const [number, fileName] of [
    [1, '采购办法.docx'],
    [2, secretFile],
  ] as const) {
    const sha256 = `${world}${String(number)}`.padEnd(64, '0');
    await ledger.evidenceFile.create({ data: { sha256, sizeBytes: 6, mediaType: 'text/plain' } });
    await ledger.evidence.create({
      data: {
        ...{
          id: `${world}-file-${String(number)}`,
          issueId: `${world}-1`,
          cycle: 1,
          measure: number,
          sha256,
          fileName,
        },
        receivedAt: '2024-03-01T02:00:00.000Z',
      },
    });
  }
  const handler = world === 'own' ? 'chen' : world === 'foreign' ? 'zhou' : 'drill-chen';
  await lookedBack(ledger, world, 1, `${world}-photo`);
  const held: [Role, string, object][] = [
    ['handler', handler, { issueId: `${world}-1` }],
    ...(world === 'own'
      ? ([
          ['responsibleLeader', 'li', { issueId: 'own-1' }],
          ['handler', 'sun', { issueId: 'own-1', measure: 1 }],
          ['reviewer', 'zhao', {}],
        ] as [Role, string, object][])
      : []),
    ...(world === 'drill' ? [] : ([['office', officeId, {}]] as [Role, string, object][])),
  ];
  for (const [role, personId, scope] of held)
    await ledger.assignment.create({ data: { roundId: world, role, personId, ...scope } });
  if (world !== 'drill') await confidentialIssue(ledger, world, handler);
  await letters(ledger, { world, clockId, personId: handler });
}

async function confidentialIssue(ledger: Ledger, world: World, handler: string): Promise<void> {
  const id = `${world}-5`;
  await ledger.issue.create({
    data: {
      ...{ id, roundId: world, number: 5, code: `${world.toUpperCase()}-05`, kind: 'ordinary', phase: 'rectification' },
      ...{ title: `${world}采购问题5`, text: `${world}原文`, firstDeadline: fromIsoDate('2024-06-30') },
      secrecy: 'confidential',
    },
  });
  const sha256 = `${world}5`.padEnd(64, '0');
  await ledger.evidenceFile.create({ data: { sha256, sizeBytes: 6, mediaType: 'text/plain' } });
  const file = { id: `${world}-file-5`, issueId: id, cycle: 1, sha256, fileName: '采购核查.docx' };
  await ledger.evidence.create({ data: { ...file, receivedAt: '2024-03-01T02:00:00.000Z' } });
  await lookedBack(ledger, world, 5, `${world}-photo-5`);
  const held: [Role, string][] = [
    ['handler', handler],
    ...(world === 'own' ? ([['reviewer', 'li']] as [Role, string][]) : []),
  ];
  for (const [role, personId] of held)
    await ledger.assignment.create({ data: { roundId: world, role, personId, issueId: id } });
}

/** A look-back that was recorded, with a photo. */
async function lookedBack(ledger: Ledger, world: World, number: 1 | 5, photoId: string): Promise<void> {
  const [at, issueId, requestId] = ['2024-03-01T02:00:00.000Z', `${world}-${String(number)}`, `page-${photoId}`];
  const sha256 = `${world}${String(number)}`.padEnd(64, '0');
  await ledger.issueEvent.create({
    data: { issueId, sequence: 1, cycle: 1, type: 'lookBackHeld', at, requestId, detail: { finding: '没有反弹' } },
  });
  await ledger.lookBackPhoto.create({
    data: { id: photoId, issueId, requestId, sha256, fileName: '现场.jpg', personId: 'zhao', keptAt: at },
  });
}

/** Ids of letters are hexadecimal, as those of the post-office are base32. */
async function letters(
  ledger: Ledger,
  { world, clockId, personId }: { world: World; clockId: string; personId: string },
): Promise<void> {
  const at = '2024-03-01T02:00:00.000Z';
  const mail = (kind: string) => ({
    ...{ id: `${world}${kind}`.padEnd(32, '0'), key: `${world}/${kind}`, clockId, kind: 'reminder' as const, personId },
    ...{ address: 'a@unit.example', messageId: `${world}-${kind}@huitoukan.invalid`, tokenHash: `${world}-${kind}` },
    ...{ subject: `${world}请报进展`, raw: Buffer.from('Subject: x\r\n\r\n催办'), preparedAt: at, acceptedAt: at },
  });
  await ledger.mail.create({ data: { ...mail('mail'), state: 'accepted' } });
  await ledger.mail.create({ data: { ...mail('print'), state: 'toPrint', raw: Buffer.from('<p>打印件</p>') } });
  await ledger.incomingMail.create({
    data: {
      ...{ id: `${world}-reply`, messageId: `${world}-reply@x`, envelopeTo: 'r@x', clockId, receivedAt: at, personId },
      ...{ raw: Buffer.from('Subject: y\r\n\r\n已办'), state: 'handled', subject: `${world}回信`, text: '已办' },
    },
  });
}

export function accessOver(ledger: Ledger) {
  const secret = 'a secret of at least thirty-two characters';
  return createAccess({ ledger, secret, publicUrl: 'http://localhost', setUpToken });
}

/** The cookies of everybody’s browser, by the first part of his address. */
export async function everybodysCookies(ledger: Ledger): Promise<ReadonlyMap<string, string>> {
  const addresses = ['wang@office.example', ...accounts.map((account) => `${account}@unit.example`)];
  const pairs = addresses.map(async (address) => [address.split('@')[0]!, await cookiesOf(ledger, address)] as const);
  return new Map(await Promise.all(pairs));
}

/** Signs somebody in and gives the cookies of his browser. */
export async function cookiesOf(ledger: Ledger, email: string): Promise<string> {
  const visitor = { cookie: '', userAgent: 'test', address: '127.0.0.1' };
  const { cookies } = await accessOver(ledger).sessions.signIn(visitor, { email, password });
  return cookies.map((cookie) => cookie.split(';')[0]).join('; ');
}
