import { setTimeout as pause } from 'node:timers/promises';
import type { Ledger } from '../prisma/client.ts';
import { settleRows } from '../prisma/settle-rows.ts';
import { addMs, type IsoInstant, latest } from '../workflows/rules/instants.ts';
import { isLimited, noLimits, type SendingRates } from '../workflows/rules/sending-rate.ts';
import type { MailActivities } from './index.ts';
import type { Sender } from './mail/claim.ts';
import { claimAllDue, replaceRefused } from './mail/claim-due.ts';
import type { Log } from './mail/log.ts';
import { lapsePages } from './mail/pages.ts';
import { loadQueue, startLooking, stopLooking } from './mail/queue.ts';
import { loadSecrecy } from './mail/secrecy.ts';
import { type Sending, sendMail, sendMails, startSending } from './mail/send.ts';
import { takeBack } from './mail/take-back.ts';
import type { MailTransport } from './mail/transport.ts';
import type { LeavingMail } from './mail/waiting.ts';

export { expireLeases } from './mail/waiting.ts';

export interface MailDependencies extends Sender {
  readonly ledger: Ledger;
  /** Where a clock's mails leave: a drill's always go to the practice mailbox, whatever their address. */
  readonly transportFor: (clockId: string) => MailTransport;
  /** Links in mails begin with it; no slash at its end. */
  readonly publicUrl: string;
  /** Of what leaves this machine; without them as many mails leave at once as there are. */
  readonly rates?: SendingRates;
  /** Names this process in the leases; another process, or the same one started again, has another. */
  readonly leaseOwner: string;
  readonly heartbeat?: () => void;
  readonly log?: Log;
  /** The world's time. */
  readonly realNow?: () => IsoInstant;
}

const heartbeatEveryMs = 2_000;

export function createMailActivities(dependencies: MailDependencies): MailActivities {
  return {
    /**
     * Sends what is due by `now`, one mail per person, and says when the next line or attempt falls due. Running
     * again, or twice at once, sends no line twice, except a mail that had been handed over without an answer: the
     * same bytes go again, counted in `uncertain`. A mail server that refuses or is away is no failure here. On the
     * real clock a call that was held up takes the time that it is by then, so that no night or holiday is mailed in.
     */
    async deliverDue({ clockId, now }) {
      const { heartbeat } = dependencies;
      const beating = heartbeat && setInterval(heartbeat, heartbeatEveryMs);
      try {
        return await deliver(dependencies, clockId, now);
      } finally {
        clearInterval(beating);
      }
    },
  };
}

async function deliver(
  dependencies: MailDependencies,
  clockId: string,
  calledAt: IsoInstant,
): Promise<{ delivered: number; nextAt: IsoInstant | null }> {
  const { ledger, publicUrl, realNow = () => new Date().toISOString() } = dependencies;
  // SQL's `now()` stands for this moment of business time; a drill's stands still.
  const presentTime = () => (clockId === 'real' ? latest(calledAt, realNow())! : calledAt);
  const now = presentTime();
  await startLooking(ledger, clockId);
  await lapsePages(ledger, clockId);
  await settleRows(ledger, clockId); // what an earlier run sent and could not say so
  const sending = sendingOf(dependencies, clockId, now, presentTime);
  const secrecyOf = await loadSecrecy(ledger, sending.transport);
  await takeBack({ ledger, clockId, secrecyOf, now });
  const rates = sending.transport.reach === 'world' ? (dependencies.rates ?? noLimits) : noLimits;
  let delivered = 0;
  const handOver = async (mail: LeavingMail) => {
    if (isLimited(rates, mail.domain)) return; // what has to take its turn leaves from the queue
    const lines = await sendMail(sending, mail);
    delivered += lines;
  };
  const claiming = { ledger, sender: dependencies, publicUrl, clockId, now, secrecyOf, handOver };
  const [replaced] = await Promise.allSettled([replaceRefused(claiming)]); // what an earlier run could not
  const [claims] = await Promise.allSettled([claimAllDue(claiming)]);
  delivered += await sendWaiting(sending, clockId, rates);
  const [refusals] = await Promise.allSettled([replaceRefused(claiming)]);
  await settleRows(ledger, clockId);
  for (const part of [replaced, claims, refusals]) if (part.status === 'rejected') throw part.reason;
  return { delivered, nextAt: await stopLooking(ledger, clockId, presentTime(), rates) };
}

function sendingOf(
  { ledger, transportFor, leaseOwner, log = () => undefined, ...sender }: MailDependencies,
  clockId: string,
  now: IsoInstant,
  presentTime: () => IsoInstant,
): Sending {
  const pauseSeconds = clockId === 'real' ? pauseInWorld : pauseInDrill;
  const turnEndsAt = addMs(now, turnMs);
  const transport = transportFor(clockId);
  return startSending({ ledger, transport, sender, leaseOwner, log, now, presentTime, turnEndsAt, pauseSeconds });
}

/** Sends what was made before and did not leave then; what has just been made has been tried already, or takes its turn. */
async function sendWaiting(sending: Sending, clockId: string, rates: SendingRates): Promise<number> {
  const { ledger, now } = sending;
  let delivered = 0;
  for (let looks = 0; looks < looksInDrill; looks += 1) {
    const { mails: waiting } = await loadQueue(ledger, clockId, now, rates);
    if (waiting.length === 0) break;
    const ready = waiting.filter(({ leavesAt }) => leavesAt <= now);
    delivered += await sendMails(sending, ready);
    // A drill's time stands still until its mails are out, so what must be tried again is tried here.
    if (clockId === 'real') break;
    if (ready.length < waiting.length) await pause(drillLookMs);
  }
  return delivered;
}

const minutesBetweenAttempts = [1, 2, 5, 15, 60];

function pauseInWorld(attempts: number): number {
  return 60 * (minutesBetweenAttempts[attempts - 1] ?? 60);
}

function pauseInDrill(attempts: number): number {
  return Math.min(1, 0.1 * attempts);
}

/** A slow mail server and many reminders: after so long it is looked again, for an answer that came since goes first. */
const turnMs = 30_000;
const drillLookMs = 200;
/** About a minute: longer than any lease of a worker that died. */
const looksInDrill = 320;
