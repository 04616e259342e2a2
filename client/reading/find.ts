import type { Ledger } from '../../prisma/client.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import { RefusedError } from '../refused-error.ts';

/**
 * The issue that people mean by an id or a code (`GM-07`, whatever the case); one in earnest goes before those of drills.
 *
 * @param within which issues `i` there are for whoever asks; all of them when left out
 * @throws RefusedError `UnknownIssue`, or `AmbiguousIssue` when the code stands in several rounds, which it names
 */
export async function findIssueId(
  ledger: Pick<Ledger, '$queryRaw'>,
  ref: string,
  within = Prisma.sql`true`,
): Promise<string> {
  const { id } = await findIssue(ledger, ref, within);
  return id;
}

/** As `findIssueId`, with the clock of its round. */
export async function findIssue(
  ledger: Pick<Ledger, '$queryRaw'>,
  ref: string,
  within: Prisma.Sql,
): Promise<{ readonly id: string; readonly clockId: string }> {
  const code = ref.trim();
  const found = await ledger.$queryRaw<{ id: string; clockId: string; roundName: string }[]>`
    SELECT i.id, r."clockId", r.name AS "roundName" FROM "Issue" i JOIN "Round" r ON r.id = i."roundId"
    WHERE (i.id = ${code} OR lower(i.code) = lower(${code})) AND ${within} ORDER BY r."createdAt", r.id`;
  const exact = found.find(({ id }) => id === code);
  const inEarnest = found.filter(({ clockId }) => clockId === 'real');
  const meant = inEarnest.length > 0 ? inEarnest : found;
  const [first, second] = exact ? [exact] : meant;
  if (first === undefined) throw new RefusedError('UnknownIssue', `没有编号为“${code}”的问题。`);
  if (second === undefined) return { id: first.id, clockId: first.clockId };
  const rounds = meant.map(({ id, roundName }) => `${roundName}（${id}）`).join('；');
  throw new RefusedError(
    'AmbiguousIssue',
    `编号“${code}”在${String(meant.length)}个轮次里都有，请改用括号里的内部编号：${rounds}。`,
  );
}

/**
 * The person that people mean by an id, a mail address or a name.
 *
 * @param scope `real` or a drill's id: who is of it goes before all others of the same name
 * @param among who there is for whoever asks; everybody when left out
 * @throws RefusedError `UnknownPerson`, or `AmbiguousPerson` when several bear the name, which it lists
 */
export async function findPersonId(
  ledger: Pick<Ledger, 'person'>,
  ref: string,
  scope?: string,
  among: Prisma.PersonWhereInput = {},
): Promise<string> {
  const name = ref.trim();
  const found = await ledger.person.findMany({
    where: { AND: [{ OR: [{ id: name }, { email: name.toLowerCase() }, { name }] }, among] },
    select: { id: true, name: true, unit: true, scope: true },
    orderBy: { id: 'asc' },
  });
  const exact = found.find(({ id }) => id === name);
  const within = found.filter((person) => person.scope === scope);
  const [first, second] = exact ? [exact] : within.length > 0 ? within : found;
  if (first === undefined) throw new RefusedError('UnknownPerson', `没有“${name}”这个人。`);
  if (second === undefined) return first.id;
  const list = found
    .map(({ id, unit, scope: of }) => `${unit || '未填单位'}${of === 'real' ? '' : '，演练'}（${id}）`)
    .join('；');
  throw new RefusedError(
    'AmbiguousPerson',
    `叫“${name}”的有${String(found.length)}人，请改用括号里的内部编号：${list}。`,
  );
}
