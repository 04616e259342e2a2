import type { FactOf, IssueEvent, IssueFact } from '../../workflows/rules/events.ts';
import { addMs, dayOf, earliest, type IsoInstant, latest } from '../../workflows/rules/instants.ts';
import { outboxChanges, type OutboxKeys, outboxRewritten } from '../../workflows/rules/outbox-changes.ts';
import { hasEnded, type IssueProgress, openIssue } from '../../workflows/rules/progress.ts';
import type { IssueTerms } from '../../workflows/rules/terms.ts';
import type { Script, Step } from './arbitraries/script.ts';
import type { Staff } from './arbitraries/staff.ts';
import { Dice } from './dice.ts';
import type { Arrival, Carried, Folded, History, Look, Unheard } from './history.ts';
import type { Message } from './messages.ts';
import { PostOffice } from './post-office.ts';
import { type Rules, realRules } from './rules.ts';
import { saying, type Situation } from './sayings.ts';
import { speaker } from './speakers.ts';
import { anySaying, onwardSaying, usefulSaying } from './useful.ts';

const byRule = { requestId: null, by: null, source: null };
const handledKept = 300;
const longestOutageMinutes = 6 * 24 * 60;

/** Plays a script by the rules alone, doing what workflow, ledger and post-office do, and writes the history. */
export function play(script: Script, rules: Rules = realRules): History {
  return new Simulator(script, rules).history();
}

class Simulator {
  readonly #script: Script;
  readonly #rules: Rules;
  readonly #office = new PostOffice();
  readonly #folded: Folded[] = [];
  readonly #looks: Look[] = [];
  readonly #arrivals: Arrival[] = [];
  readonly #unheard: Unheard[] = [];
  readonly #carried: Carried[] = [];
  readonly #outages: { from: IsoInstant; to: IsoInstant }[] = [];
  readonly #said: Message[] = [];
  #terms: IssueTerms;
  #termsWritten: IssueTerms;
  #progress: IssueProgress;
  #staff: Staff;
  #now: IsoInstant;
  #lookAgainAt: IsoInstant | undefined;
  #outbox: OutboxKeys = { written: new Set(), had: new Set() };
  #handled: Set<string> = new Set();
  #unrecorded: IssueEvent[] = [];
  #onTheWay: { message: Message; steps: number }[] = [];
  #silentUntil: IsoInstant = '';

  constructor(script: Script, rules: Rules) {
    this.#script = script;
    this.#rules = rules;
    this.#terms = script.terms;
    this.#termsWritten = script.terms;
    this.#staff = script.staff;
    this.#now = script.terms.launchedAt;
    this.#progress = openIssue(script.terms, this.#now);
  }

  history(): History {
    this.#look();
    this.#openOffice();
    for (const step of this.#script.steps) {
      this.#until(this.#momentOf(step));
      this.#do(step);
    }
    if (this.#silentUntil > this.#now) this.#until(this.#silentUntil);
    return {
      launched: this.#script.terms,
      terms: this.#terms,
      progress: this.#progress,
      folded: this.#folded,
      looks: this.#looks,
      arrivals: this.#arrivals,
      unheard: this.#unheard,
      deliveries: this.#office.deliveries,
      rows: [...this.#office.rows.values()],
      carried: this.#carried,
      endedAt: this.#now,
      outages: this.#outages,
    };
  }

  #momentOf({ pause }: Step): IsoInstant {
    const soon = addMs(this.#now, 60_000);
    switch (pause.kind) {
      case 'minutes':
        return addMs(this.#now, pause.minutes * 60_000);
      case 'look':
        return this.#lookAgainAt ?? soon;
      case 'justBeforeLook':
        return this.#lookAgainAt === undefined ? soon : latest(this.#now, addMs(this.#lookAgainAt, -1))!;
      case 'mail':
        return latest(this.#now, this.#office.nextAt)!;
    }
  }

  /** Lets time pass, looking when the last look said so and opening the post-office when a line is due. */
  #until(moment: IsoInstant): void {
    for (;;) {
      const { nextAt } = this.#office;
      const mailAt = nextAt && latest(nextAt, this.#silentUntil);
      const lookAt = this.#lookAgainAt;
      const next = earliest(mailAt, lookAt);
      if (next === undefined || next > moment) break;
      this.#now = latest(this.#now, next)!;
      if (next === lookAt) this.#look();
      else this.#openOffice();
    }
    this.#now = latest(this.#now, moment)!;
  }

  #do({ what, rolls, late }: Step): void {
    const dice = new Dice(rolls);
    if (what === 'continueAsNew') this.#continueAsNew();
    else if (what === 'outage') this.#fallSilent(dice);
    else {
      const message = what === 'again' ? dice.pick(this.#said) : this.#composed(what, dice);
      if (message !== undefined) this.#onTheWay.push({ message, steps: what === 'again' ? 0 : late });
    }
    this.#onTheWay = this.#onTheWay.map(({ message, steps }) => ({ message, steps: steps - 1 }));
    const arriving = this.#onTheWay.filter(({ steps }) => steps < 0);
    this.#onTheWay = this.#onTheWay.filter(({ steps }) => steps >= 0);
    for (const { message } of arriving) this.#arrives(message);
    if (this.#unrecorded.length > 0) this.#look();
    if (this.#now >= this.#silentUntil) this.#openOffice();
  }

  #composed(what: 'useful' | 'onward' | 'anything', dice: Dice): Message | undefined {
    const situation = this.#situation();
    const name = {
      useful: () => usefulSaying(situation, dice),
      onward: () => onwardSaying(situation),
      anything: () => anySaying(dice),
    }[what]();
    const said = saying(name, situation, dice);
    if (said === undefined) return undefined;
    const message = {
      ...said,
      ...speaker(name, this.#staff.holders, dice),
      requestId: `request-${String(this.#said.length)}`,
    };
    this.#said.push(message);
    return message;
  }

  #situation(): Situation {
    const { policies, calendars, leaning } = this.#script;
    const count = this.#said.length;
    return { terms: this.#terms, progress: this.#progress, now: this.#now, count, policies, calendars, leaning };
  }

  /** As a workflow's handlers do it. */
  #arrives(message: Message): void {
    const { requestId, by, recordedBy, name } = message;
    this.#arrivals.push({ at: this.#now, message });
    const standing = this.#situation();
    const before = this.#progress;
    const unheard = (because: Unheard['because']) =>
      void this.#unheard.push({ message, because, before, after: this.#progress });
    const isRepeated = this.#rules.isHandled(this.#handled, requestId);
    if (hasEnded(before)) return unheard('ended');
    if (isRepeated) return unheard('repeated');
    const asker = { ...message.body, by, ...(recordedBy !== undefined && { recordedBy }) };
    const rule = isSignal(name) ? undefined : this.#rules.requests[name];
    if (rule !== undefined && rule.refusals(standing, asker).length > 0) return unheard('refused');
    const fact = rule === undefined ? this.#signalled(message) : rule.fact(standing, asker);
    this.#handled.add(requestId);
    this.#fold(fact, { requestId, by, source: 'page', ...(recordedBy !== undefined && { recordedBy }) }, message);
    if (rule?.terms !== undefined) this.#terms = rule.terms(this.#terms, asker);
    if (fact.type === 'handedOver') this.#staff = handedOver(this.#staff, fact);
  }

  #signalled(message: Message): IssueFact {
    switch (message.name) {
      case 'acknowledged':
        return { type: 'acknowledged' };
      case 'progressReported':
        return { type: 'progressReported', ...message.body };
      case 'committed':
        return this.#rules.commitmentTo(this.#progress, message.body, dayOf(this.#now));
      case 'evidenceReceived':
        return { type: 'evidenceReceived', ...message.body };
      default:
        throw new Error(`${message.name} is no signal`);
    }
  }

  #fold(fact: IssueFact, said: Pick<IssueEvent, 'requestId' | 'by' | 'source'>, message?: Message): void {
    const before = this.#progress;
    const event: IssueEvent = { sequence: before.sequence + 1, at: this.#now, ...said, ...fact };
    this.#progress = this.#rules.record(before, event);
    this.#folded.push({ before, event, after: this.#progress, terms: this.#terms, message });
    this.#unrecorded.push(event);
  }

  #look(): void {
    if (hasEnded(this.#progress) && this.#unrecorded.length === 0) return;
    const plan = this.#rules.planned(this.#terms, this.#progress, this.#now);
    for (const fact of plan.facts) this.#fold(fact, byRule);
    const isAdopted = this.#terms !== this.#termsWritten;
    const {
      added,
      cancelled: linesCancelled,
      keys,
    } = isAdopted
      ? outboxRewritten(this.#outbox, plan.lines, this.#now, this.#termsWritten.policy.sendAt)
      : outboxChanges(this.#outbox, plan.lines, this.#now);
    this.#termsWritten = this.#terms;
    this.#office.write(added, linesCancelled, isAdopted ? 'rewritten' : 'added');
    this.#outbox = keys;
    this.#lookAgainAt = plan.lookAgainAt;
    this.#looks.push({
      at: this.#now,
      terms: this.#terms,
      progress: this.#progress,
      lookAgainAt: plan.lookAgainAt,
      lines: plan.lines,
      linesCancelled,
      events: this.#unrecorded,
    });
    this.#unrecorded = [];
  }

  #openOffice(): void {
    this.#office.open({ now: this.#now, terms: this.#terms, progress: this.#progress, staff: this.#staff });
  }

  #fallSilent(dice: Dice): void {
    const to = addMs(this.#now, (1 + dice.roll(longestOutageMinutes)) * 60_000);
    if (to <= this.#silentUntil) return;
    this.#outages.push({ from: this.#now, to });
    this.#silentUntil = to;
  }

  /** The next run has nothing but what went through JSON. */
  #continueAsNew(): void {
    const given = this.#progress;
    const keys = { written: [...this.#outbox.written], had: [...this.#outbox.had] };
    const carry = { terms: this.#terms, progress: given, ...keys, handled: [...this.#handled] };
    const taken = JSON.parse(JSON.stringify(carry)) as typeof carry;
    this.#carried.push({ given, taken: taken.progress });
    this.#terms = taken.terms;
    this.#termsWritten = taken.terms;
    this.#progress = taken.progress;
    this.#outbox = { written: new Set(taken.written), had: new Set(taken.had) };
    this.#handled = new Set(taken.handled.slice(-handledKept));
    this.#unrecorded = [];
    this.#look();
  }
}

function isSignal(
  name: Message['name'],
): name is 'acknowledged' | 'progressReported' | 'committed' | 'evidenceReceived' {
  return ['acknowledged', 'progressReported', 'committed', 'evidenceReceived'].includes(name);
}

/** What has been handed over is another's from now on: the whole issue, or one measure. */
function handedOver(staff: Staff, { role, measure, to }: FactOf<'handedOver'>): Staff {
  return measure === undefined
    ? { ...staff, holders: { ...staff.holders, [role]: [...to] } }
    : { ...staff, measureHandlers: { ...staff.measureHandlers, [measure]: to } };
}
