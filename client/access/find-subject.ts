import type { Ledger } from '../../prisma/client.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import { findPrint } from '../prints/read-prints.ts';
import { findIssue, findPersonId } from '../reading/find.ts';
import { RefusedError } from '../refused-error.ts';
import type { Subject } from './route-decisions.ts';
import { secretMeasures } from './secret-measures.ts';
import { conditionOfSight, issuesInSight, roundsInSight, type Sight } from './sight.ts';

/** What a request is about, as far as it matters who may do something with it. */
export interface FoundSubject {
  /** Which one it is, where people may mean it by a code or a name as well. */
  readonly id?: string;
  /** `real`, or a drill's id; undefined for lists. */
  readonly clockId: string | undefined;
  /** Whose it is, where it is one person's. */
  readonly personId?: string;
}

/** A request, as far as it says what it is about. */
export interface Asked {
  readonly ledger: Ledger;
  readonly sight: Sight;
  /** What the address names; empty for lists. */
  readonly ref: string;
  readonly query: Readonly<Record<string, string>>;
}

/**
 * Finds what a request is about among what is in sight. What is out of sight is refused with the words for what does not exist.
 *
 * @throws RefusedError `Unknown…`, `NoSuch…`, and `AmbiguousIssue` or `AmbiguousPerson` within what is in sight
 */
export const findSubject: Readonly<Record<Subject, (asked: Asked) => Promise<FoundSubject>>> = {
  issue: findSeenIssue,
  round: findRound,
  leader: findLeader,
  evidence: findEvidence,
  photo: findPhoto,
  mail: findMail,
  reply: findReply,
  print: findOwnPrint,
  drill: findDrill,
  watched: findWatched,
  home: ofNoClock,
  lists: findLists,
  drills: ({ sight: { drills } }) => {
    if (drills === 'none') throw unknown('Page');
    return ofNoClock();
  },
};

function ofNoClock(): Promise<FoundSubject> {
  return Promise.resolve({ clockId: undefined });
}

/** Whoever is not signed in sees the lists of drills, where he sees these. */
function findLists({ sight: { real, drills } }: Asked): Promise<FoundSubject> {
  if (real === 'none' && drills === 'none') throw unknown('Page');
  return ofNoClock();
}

function findSeenIssue({ ledger, sight, ref }: Asked): Promise<FoundSubject> {
  return findIssue(ledger, ref, conditionOfSight(sight)?.condition ?? Prisma.sql`true`);
}

async function findRound({ ledger, sight, ref }: Asked): Promise<FoundSubject> {
  const found = await ledger.round.findMany({
    where: { AND: [{ OR: [{ id: ref }, { name: ref }] }, roundsInSight(sight)] },
    select: { id: true, clockId: true },
    take: 2,
  });
  const round = found.find(({ id }) => id === ref) ?? found[0];
  if (round === undefined) throw new RefusedError('UnknownRound', `没有“${ref}”这个轮次。`);
  if (round.id !== ref && found.length > 1)
    throw new RefusedError('AmbiguousRound', `叫“${ref}”的轮次不止一个，请从列表里打开。`);
  return round;
}

/** A leader's page shows what he alone sees: it is his own, and the office's. */
async function findLeader({ ledger, sight: { real, drills }, ref }: Asked): Promise<FoundSubject> {
  const scope = [
    ...(real === 'all' ? [{ scope: 'real' }] : real === 'none' ? [] : [{ id: real.personId }]),
    ...(drills === 'all' ? [{ scope: { not: 'real' } }] : []),
  ];
  const personId = await findPersonId(ledger, ref, undefined, { OR: scope });
  const { scope: clockId } = await ledger.person.findUniqueOrThrow({
    where: { id: personId },
    select: { scope: true },
  });
  return { id: personId, clockId, personId };
}

async function findEvidence({ ledger, sight, ref: id }: Asked): Promise<FoundSubject> {
  const piece = await ledger.evidence.findFirst({
    where: { id, issue: issuesInSight(sight) },
    select: {
      issueId: true,
      measure: true,
      issue: { select: { progress: true, round: { select: { clockId: true } } } },
    },
  });
  if (piece === null) throw noSuchFile();
  const { clockId } = piece.issue.round;
  const secret = await secretMeasures(ledger, sight, piece.issueId, new Date().toISOString());
  if (secret.size > 0 && isOfOne(secret, id, piece.measure, piece.issue.progress)) throw noSuchFile();
  return { clockId };
}

/** One that belongs to no event is of a look-back that broke off, and there for nobody. */
async function findPhoto({ ledger, sight, ref: id }: Asked): Promise<FoundSubject> {
  const photo = await ledger.lookBackPhoto.findFirst({
    where: { id, issue: issuesInSight(sight) },
    select: { issueId: true, requestId: true, issue: { select: { round: { select: { clockId: true } } } } },
  });
  const event =
    photo && (await ledger.issueEvent.findFirst({ where: { issueId: photo.issueId, requestId: photo.requestId } }));
  if (photo === null || event === null) throw new RefusedError('NoSuchFile', '没有这张照片。');
  return photo.issue.round;
}

/** What a piece proves may have been corrected since it came: it counts for a secret measure if it ever did. */
function isOfOne(secret: ReadonlySet<number>, id: string, measure: number | null, progress: unknown): boolean {
  const { measures = [] } = (progress ?? {}) as {
    measures?: readonly { number: number; evidence: readonly { evidenceId: string }[] }[];
  };
  const now = measures.find(({ evidence }) => evidence.some(({ evidenceId }) => evidenceId === id))?.number;
  // Of what nobody has said what it proves, it may be the secret one.
  return measure === null ? now === undefined || secret.has(now) : secret.has(measure) || secret.has(now ?? measure);
}

function noSuchFile(): RefusedError {
  return new RefusedError('NoSuchFile', '没有这份佐证材料。');
}

/** Mails are their reader's, and the office's. */
async function findMail({ ledger, sight, ref: messageId }: Asked): Promise<FoundSubject> {
  const mail = await ledger.mail.findUnique({ where: { messageId }, select: { clockId: true, personId: true } });
  if (mail === null || !seesLetter(sight, mail)) throw new RefusedError('NoSuchMail', '演练信箱里没有这封信。');
  return mail;
}

async function findReply({ ledger, sight, ref: id }: Asked): Promise<FoundSubject> {
  const row = await ledger.incomingMail.findUnique({ where: { id }, select: { clockId: true, personId: true } });
  const letter = row && { clockId: row.clockId ?? 'real', personId: row.personId ?? '' };
  if (letter === null || !seesLetter(sight, letter)) throw new RefusedError('NoSuchMail', '没有这封来信。');
  return letter;
}

async function findOwnPrint({ ledger, sight, ref }: Asked): Promise<FoundSubject> {
  const page = await findPrint(ledger, ref);
  const { personId } = await ledger.mail.findUniqueOrThrow({ where: { id: page.id }, select: { personId: true } });
  const found = { clockId: page.clockId, personId };
  if (!seesLetter(sight, found)) throw new RefusedError('UnknownPrint', `没有编号为“${ref}”的打印件，见 print list`);
  return found;
}

function seesLetter(
  { real, drills }: Sight,
  { clockId, personId }: { readonly clockId: string; readonly personId: string },
): boolean {
  if (clockId !== 'real') return drills === 'all';
  return real === 'all' || (real !== 'none' && real.personId === personId);
}

async function findDrill({ ledger, sight, ref }: Asked): Promise<FoundSubject> {
  if (sight.drills === 'none' || !(await isDrill(ledger, ref))) throw unknown('Drill');
  return { clockId: ref };
}

async function findWatched({ ledger, sight, query: { issue, round, clock } }: Asked): Promise<FoundSubject> {
  if (issue !== undefined) return findSeenIssue({ ledger, sight, ref: issue, query: {} });
  if (round !== undefined) return findRound({ ledger, sight, ref: round, query: {} });
  if (clock !== undefined && clock !== 'real') return findDrill({ ledger, sight, ref: clock, query: {} });
  if (sight.real === 'none') throw unknown('Page');
  return { clockId: clock };
}

export async function isDrill(ledger: Ledger, id: string): Promise<boolean> {
  return (await ledger.drill.findUnique({ where: { id }, select: { id: true } })) !== null;
}

function unknown(what: 'Drill' | 'Page'): RefusedError {
  return new RefusedError(`NoSuch${what}`, what === 'Drill' ? '没有这次演练。' : '没有这个页面。');
}
