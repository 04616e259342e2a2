import { setTimeout as pause } from 'node:timers/promises';
import type { Ledger } from '../prisma/client.ts';
import { fromIsoDate } from '../prisma/days.ts';
import { addMs, dayOf, type IsoDate, type IsoInstant } from '../workflows/rules/instants.ts';
import { inParallel } from './in-parallel.ts';
import type { MailActivities } from './index.ts';
import { claim, type Sender } from './mail/claim.ts';
import { loadDueRows, loadLaterLines, loadServed } from './mail/due-rows.ts';
import { fateOf } from './mail/fate.ts';
import { type AddressedRow, gather, type MailPlan } from './mail/gather.ts';
import { loadHours, nextWorkdayAfter, windowOn } from './mail/hours.ts';
import type { Log } from './mail/log.ts';
import { loadDirectory } from './mail/recipients.ts';
import {
  delayRows,
  dropRecipients,
  dropUnowed,
  endRows,
  type RowDelay,
  type RowEnd,
  settleRows,
} from './mail/row-changes.ts';
import { sendMails } from './mail/send.ts';
import type { MailTransport } from './mail/transport.ts';
import { loadWaiting, startLooking, stopLooking } from './mail/waiting.ts';
import { loadWriter } from './mail/write-mail.ts';

export { expireLeases } from './mail/waiting.ts';

export interface MailDependencies extends Sender {
  readonly ledger: Ledger;
  /** Where a clock's mails leave: a drill's always go to the practice mailbox, whatever their address. */
  readonly transportFor: (clockId: string) => MailTransport;
  /** Links in mails begin with it; no slash at its end. */
  readonly publicUrl: string;
  /** Names this process in the leases; another process, or the same one started again, has another. */
  readonly leaseOwner: string;
  readonly heartbeat?: () => void;
  readonly log?: Log;
}

const claimsAtOnce = 4;
/** So many mails' contents are held in memory at a time. */
const mailsAtATime = 100;
const heartbeatEveryMs = 2_000;

export function createMailActivities(dependencies: MailDependencies): MailActivities {
  return {
    /**
     * Sends what is due by `now`, one mail per person, and says when the next line or attempt falls due. Running
     * again, or twice at once, sends no line twice, except a mail that had been handed over without an answer: the
     * same bytes go again, counted in `uncertain`. A mail server that refuses or is away is no failure here.
     */
    async deliverDue({ clockId, now }) {
      const { heartbeat } = dependencies;
      const beating = heartbeat && setInterval(heartbeat, heartbeatEveryMs);
      try {
        return await new Delivery(dependencies, clockId, now).run();
      } finally {
        clearInterval(beating);
      }
    },
  };
}

/** One look at a clock's rows and mails. */
class Delivery {
  readonly #dependencies: MailDependencies;
  readonly #clockId: string;
  readonly #now: IsoInstant;
  readonly #today: IsoDate;
  readonly #startedAtMs = performance.now();

  constructor(dependencies: MailDependencies, clockId: string, now: IsoInstant) {
    this.#dependencies = dependencies;
    this.#clockId = clockId;
    this.#now = now;
    this.#today = dayOf(now);
  }

  async run(): Promise<{ delivered: number; nextAt: IsoInstant | null }> {
    const { ledger } = this.#dependencies;
    await startLooking(ledger, this.#clockId);
    await settleRows(ledger, this.#clockId); // what an earlier run sent and could not say so
    const [claims] = await Promise.allSettled([this.#claimAll()]);
    const delivered = await this.#sendAll();
    await settleRows(ledger, this.#clockId);
    if (claims.status === 'rejected') throw claims.reason; // one mail that cannot be written holds up no other
    return { delivered, nextAt: await stopLooking(ledger, this.#clockId, this.#sqlNow()) };
  }

  /** Looks again where somebody else was at work on the same rows. */
  async #claimAll(): Promise<void> {
    for (let looks = 0; looks < 3; looks += 1) if ((await this.#claimDue()) === 'all') return;
  }

  async #claimDue(): Promise<'all' | 'contended'> {
    const { ledger } = this.#dependencies;
    await dropUnowed(ledger, this.#clockId, this.#now);
    const rows = await loadDueRows(ledger, this.#clockId, this.#now);
    if (rows.length === 0) return 'all';
    const hoursOf = await loadHours(
      ledger,
      rows.flatMap(({ issueId }) => issueId ?? []),
    );
    const laterLines = await loadLaterLines(ledger, rows, this.#today, this.#now);
    const directory = await loadDirectory(ledger, rows, this.#now);
    const delays: RowDelay[] = [];
    const ends: RowEnd[] = [];
    const addressed: AddressedRow[] = [];
    for (const row of rows) {
      const fate = fateOf(row, hoursOf(row.issueId), this.#now, laterLines.get(row.key));
      if (fate.kind === 'wait') delays.push({ key: row.key, earliestAt: fate.earliestAt, reason: fate.reason });
      else if (fate.kind !== 'go') ends.push({ key: row.key, state: fate.kind, reason: fate.reason });
      else {
        const to = directory.addresseesOf(row);
        if (to.kind === 'persons') addressed.push({ row, reason: fate.reason, recipients: to.personIds });
        else ends.push({ key: row.key, state: 'skipped', reason: to.reason });
      }
    }
    const people = new Set(addressed.flatMap(({ recipients }) => recipients));
    const gathered = gather(addressed, this.#today, await loadServed(ledger, rows), await this.#haveTodaysMail(people));
    await endRows(ledger, [...ends, ...gathered.ends]);
    await delayRows(ledger, delays);

    const writerInput = { now: this.#now, publicUrl: this.#dependencies.publicUrl, hoursOf, directory };
    let contended = 0;
    for (const plans of chunks(gathered.plans, mailsAtATime)) {
      const write = await loadWriter(ledger, plans, writerInput);
      await inParallel(claimsAtOnce, plans, async (plan) => {
        const to = directory.person(plan.personId);
        const address = to?.address ?? null;
        if (to === undefined || address === null) return this.#dropRecipient(plan);
        const request = { plan, to: { ...to, address }, clockId: this.#clockId, now: this.#now };
        const result = await claim(ledger, this.#dependencies, { ...request, write: (keys) => write(plan, to, keys) });
        if (result === 'contended') contended += 1;
      });
    }
    await delayRows(
      ledger,
      gathered.postponed.map(({ key, issueId }) => {
        const hours = hoursOf(issueId);
        const day = nextWorkdayAfter(hours, this.#today);
        return { key, ...windowOn(hours, day), reason: `收件人${this.#today}已收到一封督办邮件，顺延至${day}` };
      }),
    );
    return contended > 0 ? 'contended' : 'all';
  }

  async #dropRecipient({ lines, personId }: MailPlan): Promise<void> {
    await dropRecipients(
      this.#dependencies.ledger,
      lines.map(({ row }) => ({ key: row.key, personId })),
    );
  }

  async #haveTodaysMail(people: ReadonlySet<string>): Promise<ReadonlySet<string>> {
    const mails = await this.#dependencies.ledger.$queryRaw<{ personId: string }[]>`
      SELECT "personId" FROM "Mail"
      WHERE "digestOn" = ${fromIsoDate(this.#today)}::date AND "personId" = ANY(${[...people]}::text[])`;
    return new Set(mails.map(({ personId }) => personId));
  }

  async #sendAll(): Promise<number> {
    const { ledger, transportFor, leaseOwner, log = () => undefined } = this.#dependencies;
    const transport = transportFor(this.#clockId);
    const isDrill = this.#clockId !== 'real';
    const sending = {
      ledger,
      transport,
      sender: this.#dependencies,
      leaseOwner,
      log,
      now: this.#now,
      pauseSeconds: isDrill ? pauseInDrill : pauseSeconds,
    };
    let delivered = 0;
    for (let looks = 0; looks < looksInDrill; looks += 1) {
      const waiting = await loadWaiting(ledger, this.#clockId, this.#now);
      if (waiting.length === 0) break;
      const ready = waiting.filter(({ leavesAt }) => leavesAt <= this.#now).map(({ id }) => id);
      delivered += await sendMails(sending, ready);
      // A drill's time stands still until its mails are out, so what must be tried again is tried here.
      if (!isDrill) break;
      if (ready.length < waiting.length) await pause(drillLookMs);
    }
    return delivered;
  }

  /** The business time for which SQL's `now()` stands: a drill's stands still. */
  #sqlNow(): IsoInstant {
    if (this.#clockId !== 'real') return this.#now;
    return addMs(this.#now, Math.round(performance.now() - this.#startedAtMs));
  }
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size));
}

const minutesBetweenAttempts = [1, 2, 5, 15, 60];

function pauseSeconds(attempts: number): number {
  return 60 * (minutesBetweenAttempts[attempts - 1] ?? 60);
}

function pauseInDrill(attempts: number): number {
  return Math.min(1, 0.1 * attempts);
}

const drillLookMs = 200;
/** About a minute: longer than any lease of a worker that died. */
const looksInDrill = 320;
