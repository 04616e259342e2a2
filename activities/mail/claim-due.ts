import type { Ledger } from '../../prisma/client.ts';
import { dayOf, type IsoDate, type IsoInstant } from '../../workflows/rules/instants.ts';
import { domainOfAddress } from '../../workflows/rules/mail-domain.ts';
import { inParallel } from '../in-parallel.ts';
import { claim, type ClaimRequest, type Sender } from './claim.ts';
import { type DueRow, loadDueRows, loadLaterLines, loadRefusedRows, loadServed } from './due-rows.ts';
import { fateOf } from './fate.ts';
import { type AddressedRow, gather, type Gathered, type MailPlan } from './gather.ts';
import { type HoursOf, loadHours, nextSendingDayAfter, windowOn } from './hours.ts';
import { type Directory, loadDirectory } from './recipients.ts';
import { delayRows, dropUnowed, endRows, type RowDelay, type RowEnd } from './row-changes.ts';
import type { SecrecyOf } from './secrecy.ts';
import { type LeavingMail, leavesTogether } from './waiting.ts';
import { loadWriter } from './write-mail.ts';

export interface Claiming {
  readonly ledger: Ledger;
  readonly sender: Sender;
  readonly publicUrl: string;
  readonly clockId: string;
  readonly now: IsoInstant;
  readonly secrecyOf: SecrecyOf;
  /** Sends a mail that has just been made: nobody's waits until all are. */
  readonly handOver: (mail: LeavingMail) => Promise<void>;
}

/** So many mails are being made or handed over at a time. */
const mailsAtOnce = 10;
/** So many mails at most are written from one reading. */
const mailsAReading = 10;
/** How often it is looked again: after pages were made, and where somebody else is at work on the same rows. */
const looksAtMost = 4;

/**
 * Decides about every row of a clock that is due: makes the mails of the day from those that go, moves those that wait,
 * ends the others. Running again, or twice at once, makes no line's second copy.
 *
 * @throws what kept a mail from being written, when all the others are made
 */
export async function claimAllDue(claiming: Claiming): Promise<void> {
  for (let looks = 0; looks < looksAtMost; looks += 1) if ((await claimDue(claiming)) === 'done') return;
}

async function claimDue(claiming: Claiming): Promise<'done' | 'lookAgain'> {
  const { ledger, clockId, now } = claiming;
  const today = dayOf(now);
  await dropUnowed(ledger, clockId, now);
  const rows = await loadDueRows(ledger, clockId, now);
  if (rows.length === 0) return 'done';
  const [hoursOf, directory, laterLines, served] = await Promise.all([
    loadHours(ledger, rows),
    loadDirectory(ledger, rows, now),
    loadLaterLines(ledger, rows, today, now),
    loadServed(ledger, rows),
  ]);
  const { addressed, delays, ends } = decide(rows, { now, hoursOf, directory, laterLines });
  const people = [...new Set(addressed.flatMap(({ recipients }) => recipients))];
  const gathered = gather(addressed, today, served, await loadWhoHasMailOf(ledger, today, people));
  await endRows(ledger, [...ends, ...gathered.ends]);
  await delayRows(ledger, delays);
  // Pages first: the office learns of them in its own mail of the same day.
  const isPage = ({ personId }: MailPlan) => directory.person(personId)?.address === null;
  const pages = gathered.plans.filter(isPage);
  const made = await claimPlans(claiming, pages, hoursOf, directory);
  if (made.failures.length === 0 && made.claimed > 0) return 'lookAgain';
  const mails = await claimPlans(
    claiming,
    gathered.plans.filter((plan) => !isPage(plan)),
    hoursOf,
    directory,
  );
  await delayRows(ledger, postponements(gathered, today, hoursOf));
  const failures = [...made.failures, ...mails.failures];
  if (failures.length > 0) throw failures[0];
  return made.contended || mails.contended ? 'lookAgain' : 'done';
}

/**
 * Makes a page (打印件) of every mail that was refused for good: its lines that are still owed reach their reader by the
 * office, as if he had no mail. Running again, also after a crash, finds the mail replaced.
 *
 * @throws what kept a page from being written, when all the others are made
 */
export async function replaceRefused(claiming: Claiming): Promise<void> {
  const { ledger, clockId, now } = claiming;
  const refused = await ledger.mail.findMany({
    where: { clockId, state: 'refused' },
    select: { id: true, key: true, kind: true, personId: true, lines: { select: { rowKey: true, onBehalfOf: true } } },
    orderBy: [{ preparedAt: 'asc' }, { id: 'asc' }],
  });
  if (refused.length === 0) return;
  const rows = new Map((await loadRefusedRows(ledger, clockId)).map((row) => [row.key, row]));
  const isOwed = ({ lines }: (typeof refused)[number]) => lines.some(({ rowKey }) => rows.has(rowKey));
  const empty = refused.filter((mail) => !isOwed(mail)).map(({ id }) => id);
  await ledger.mail.updateMany({ where: { id: { in: empty }, state: 'refused' }, data: { state: 'replaced' } });
  const plans = refused.filter(isOwed).map(({ id, key, kind, personId, lines }): MailPlan => ({
    ...{ key: `${key}/page`, personId, digestOn: null, merged: [], replaces: id },
    kind: kind === 'notice' ? 'reminder' : kind,
    lines: lines.flatMap(({ rowKey, onBehalfOf }) => {
      const row = rows.get(rowKey);
      if (row === undefined) return [];
      const holders = new Map(onBehalfOf === null ? [] : [[personId, onBehalfOf]]);
      return [{ row, reason: '对方邮件系统拒收，改为打印送达', recipients: row.recipients ?? [], onBehalfOf: holders }];
    }),
  }));
  const all = [...rows.values()];
  const readers = plans.map(({ personId }) => personId);
  const directory = await loadDirectory(ledger, all, now, readers);
  const { failures } = await claimPlans(claiming, plans, await loadHours(ledger, all), directory);
  if (failures.length > 0) throw failures[0];
}

interface Deciding {
  readonly now: IsoInstant;
  readonly hoursOf: HoursOf;
  readonly directory: Directory;
  readonly laterLines: ReadonlyMap<string, IsoDate>;
}

function decide(rows: readonly DueRow[], { now, hoursOf, directory, laterLines }: Deciding) {
  const delays: RowDelay[] = [];
  const ends: RowEnd[] = [];
  const addressed: AddressedRow[] = [];
  for (const row of rows) {
    const { key } = row;
    const fate = fateOf(row, hoursOf(row), now, laterLines.get(key));
    if (fate.kind === 'wait') delays.push({ key, ...fate });
    else if (fate.kind !== 'go') ends.push({ key, state: fate.kind, reason: fate.reason });
    else {
      const to = directory.addresseesOf(row);
      // A page that nobody could be told of by mail stands in the office's list; a page about pages would have no end.
      const byMail = to.kind === 'persons' ? to.personIds.filter((id) => directory.person(id)?.address !== null) : [];
      if (row.kind === 'notice' && to.kind === 'persons' && row.recipients === null) {
        if (byMail.length > 0) addressed.push({ row, reason: fate.reason, ...to, recipients: byMail });
        else ends.push({ key, state: 'skipped', reason: '督办办公室没有可用的邮箱，见待打印清单' });
        continue;
      }
      if (to.kind === 'persons') {
        addressed.push({ row, reason: fate.reason, recipients: to.personIds, onBehalfOf: to.onBehalfOf });
      } else ends.push({ key, state: 'skipped', reason: to.reason });
    }
  }
  return { addressed, delays, ends };
}

/** Makes the mails of these plans and hands each over as soon as it is made. */
async function claimPlans(
  { ledger, sender, publicUrl, clockId, now, secrecyOf, handOver }: Claiming,
  plans: readonly MailPlan[],
  hoursOf: HoursOf,
  directory: Directory,
): Promise<{ claimed: number; contended: boolean; failures: unknown[] }> {
  let contended = false;
  let claimed = 0;
  const failures: unknown[] = [];
  const claimPlan = async (plan: MailPlan, write: Awaited<ReturnType<typeof loadWriter>>) => {
    const person = directory.person(plan.personId);
    if (person === undefined) throw new Error(`the ledger has no person ${plan.personId}`);
    const to = plan.replaces === undefined ? person : { ...person, address: null };
    const rows = plan.lines.map(({ row }) => row);
    const writePlan: ClaimRequest['write'] = (keys, mailId) => write(plan, to, keys, mailId);
    const request = { plan, to, clockId, now, hours: hoursOf(rows[0]!), write: writePlan };
    const result = await claim(ledger, sender, request);
    if (result.kind === 'contended') contended = true;
    if (result.kind !== 'claimed') return;
    claimed += 1;
    const { identity, raw } = result.mail;
    if (to.address === null) return;
    const domain = domainOfAddress(to.address);
    await handOver({ id: identity.id, domain, raw, leavesFrom: leavesTogether(rows, hoursOf) });
  };
  const note = (failure: unknown) => void failures.push(failure); // what cannot be read or written holds up no other
  await inParallel(mailsAtOnce, readings(plans), async (some) => {
    try {
      const write = await loadWriter(ledger, some, { now, publicUrl, hoursOf, directory, secrecyOf });
      for (const plan of some) await claimPlan(plan, write).catch(note);
    } catch (failure) {
      note(failure);
    }
  });
  return { claimed, contended, failures };
}

/** As many mails to a reading as leaves work for all who write at once, if there are few. */
function readings(plans: readonly MailPlan[]): readonly (readonly MailPlan[])[] {
  const size = Math.min(mailsAReading, Math.ceil(plans.length / mailsAtOnce));
  return Array.from({ length: Math.ceil(plans.length / size) || 0 }, (_, n) => plans.slice(n * size, (n + 1) * size));
}

function postponements({ postponed }: Gathered, today: IsoDate, hoursOf: HoursOf): RowDelay[] {
  return postponed.map((row) => {
    const { key } = row;
    const hours = hoursOf(row);
    const day = nextSendingDayAfter(hours, today);
    return { key, ...windowOn(hours, day), reason: `收件人${today}已收到一封督办邮件，顺延至${day}` };
  });
}

async function loadWhoHasMailOf(ledger: Ledger, day: IsoDate, people: readonly string[]): Promise<ReadonlySet<string>> {
  const mails = await ledger.$queryRaw<{ personId: string }[]>`
    SELECT "personId" FROM "Mail" WHERE "digestOn" = ${day}::date AND "personId" = ANY(${people}::text[])`;
  return new Set(mails.map(({ personId }) => personId));
}
