import { compared } from './compared.ts';
import { addMs, type IsoInstant, latest } from './instants.ts';
import { domainAndAbove, mailDomain } from './mail-domain.ts';

/** Which of two mails goes first (发信先后): what somebody waits for goes before what he is reminded of. */
export type Lane = 'answers' | 'reminders';

/**
 * How many mails at most may leave in any minute for a mail domain (发信速率), by domain; one stands for all below it, which
 * share it. `*` is the rate of each domain that is not named. Infinity: as many as there are.
 */
export type SendingRates = ReadonlyMap<string, number>;

/** Receiving systems refuse bursts and keep their limits to themselves, so this is a guess on the safe side: one a second. */
const ordinaryRate = 60;
export const noLimits: SendingRates = new Map();

/** A mail that waits to leave, and what it may have to wait for. */
export interface QueuedMail {
  /** Undefined for an address whose domain is none. */
  readonly domain: string | undefined;
  readonly lane: Lane;
  /** When it would leave if it were alone. */
  readonly leavesAt: IsoInstant;
  /** The first moment from this one on, inclusive, at which mail may leave. */
  readonly leavesFrom: (moment: IsoInstant) => IsoInstant;
}

/** A mail that left, or was tried: to whomever it goes, it counts. */
export interface Departure {
  readonly domain: string | undefined;
  readonly at: IsoInstant;
}

export const windowMs = 60_000;
/** Slots begin at these steps, so that mails leave in batches and the post-office need not wake for each. */
const stepMs = 5_000;

/** `*=60,qq.com=20,corp.example=unlimited`; what is not named keeps the ordinary rate. Undefined when it reads otherwise. */
export function readSendingRates(text: string): SendingRates | undefined {
  const rates = new Map([['*', ordinaryRate]]);
  for (const entry of text.split(/[,，]/).filter((one) => one.trim() !== '')) {
    const [, name = '', rate = ''] = /^([^=]+)=\s*(\d{1,6}|unlimited|不限)\s*$/.exec(entry) ?? [];
    const domain = name.trim() === '*' ? '*' : mailDomain(name);
    const perMinute = /^\d/.test(rate) ? Number(rate) : Infinity;
    if (domain === undefined || rate === '' || perMinute === 0) return undefined;
    rates.set(domain, perMinute);
  }
  return rates;
}

/**
 * When each mail leaves, in the order in which they leave: none before its own moment, none outside the hours, and in any
 * minute no more for a domain than its rate. Answers go first, and reminders leave them a fifth of the rate, so that an answer
 * need not wait behind a morning's reminders. The same mails and departures give the same moments, whoever asks.
 *
 * @param departures of the last minute; of those before it nothing follows
 */
export function inTurn<Mail extends QueuedMail>(
  mails: readonly Mail[],
  departures: readonly Departure[],
  rates: SendingRates,
): Mail[] {
  const queues = new Map<string, Queue>();
  const queueOf = (name: string) => queues.get(name) ?? queues.set(name, new Queue()).get(name)!;
  for (const { domain, at } of departures) queueOf(shareOf(rates, domain).name).add(at);
  const placed = [...mails].sort(byTurn).map((mail) => {
    const { name, perMinute } = shareOf(rates, mail.domain);
    return perMinute === Infinity ? mail : { ...mail, leavesAt: queueOf(name).place(mail, perMinute) };
  });
  return placed.sort((one, other) => compared(one.leavesAt, other.leavesAt));
}

/** The mails of those that share a rate: what has left, and what has been given its moment. */
class Queue {
  /** Ascending. */
  readonly #moments: IsoInstant[] = [];
  /** Nobody of the lane has to ask for an earlier moment than the one before him got. */
  readonly #reached = new Map<Lane, IsoInstant>();

  add(moment: IsoInstant): void {
    this.#moments.splice(this.#countUntil(moment), 0, moment);
  }

  place({ lane, leavesAt, leavesFrom }: QueuedMail, perMinute: number): IsoInstant {
    const limit = lane === 'answers' ? perMinute : perMinute - Math.floor(perMinute / 5);
    let moment = this.#freeFrom(latest(leavesAt, this.#reached.get(lane))!, limit);
    this.#reached.set(lane, moment);
    for (let open = leavesFrom(moment); open !== moment; open = leavesFrom(moment)) {
      moment = this.#freeFrom(open, limit);
    }
    this.add(moment);
    return moment;
  }

  /** The first moment from this one on at which fewer than `limit` have left within the minute before. */
  #freeFrom(moment: IsoInstant, limit: number): IsoInstant {
    for (;;) {
      const oldest = this.#moments[this.#countUntil(moment) - limit];
      const free = oldest === undefined ? moment : addMs(oldest, windowMs);
      if (free <= moment) return moment;
      moment = addMs(free, (stepMs - (Date.parse(free) % stepMs)) % stepMs);
    }
  }

  #countUntil(moment: IsoInstant): number {
    return this.#moments.findLastIndex((one) => one <= moment) + 1;
  }
}

/** Whether mails for this domain may have to wait for one another. */
export function isLimited(rates: SendingRates, domain: string | undefined): boolean {
  return shareOf(rates, domain).perMinute !== Infinity;
}

/** Who shares a rate: the domain that is named, with all below it, or the domain itself. */
function shareOf(rates: SendingRates, domain: string | undefined): { name: string; perMinute: number } {
  const name = domain === undefined ? undefined : domainAndAbove(domain).find((one) => rates.has(one));
  return { name: name ?? domain ?? '', perMinute: rates.get(name ?? '*') ?? Infinity };
}

function byTurn(one: QueuedMail, other: QueuedMail): number {
  return compared(one.lane, other.lane) || compared(one.leavesAt, other.leavesAt);
}
