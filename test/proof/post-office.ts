import type { DueRow } from '../../activities/mail/due-rows.ts';
import { fateOf } from '../../activities/mail/fate.ts';
import { type AddressedRow, gather } from '../../activities/mail/gather.ts';
import { type Hours, nextSendingDayAfter, windowOn } from '../../activities/mail/hours.ts';
import { dayOf, type IsoInstant } from '../../workflows/rules/instants.ts';
import type { PlannedLine } from '../../workflows/rules/ladder.ts';
import type { IssueProgress } from '../../workflows/rules/progress.ts';
import type { IssueTerms } from '../../workflows/rules/terms.ts';
import { addresseesOf } from './addressees.ts';
import type { Staff } from './arbitraries/staff.ts';
import type { Delivery, Row } from './history.ts';

/** How things stand in the ledger when the post-office looks. */
export interface Counter {
  readonly now: IsoInstant;
  readonly terms: IssueTerms;
  readonly progress: IssueProgress;
  readonly staff: Staff;
}

/** The outbox and the post-office in memory: the same states, the same decisions about each row, no mails. */
export class PostOffice {
  readonly rows = new Map<string, Row>();
  readonly deliveries: Delivery[] = [];
  readonly #digests = new Set<string>();

  /** What the ledger does with a step: lines come in once, come back to life if nobody has them, and are cancelled. */
  write(added: readonly PlannedLine[], cancelled: readonly string[], how: 'added' | 'rewritten'): void {
    for (const key of cancelled) {
      const row = this.rows.get(key);
      if (row?.state === 'planned') Object.assign(row, { state: 'cancelled', stateReason: '不再需要' });
      if (row?.state === 'claimed') withhold(row, '不再需要');
    }
    for (const line of added) {
      const row = this.rows.get(line.key);
      if (row === undefined) this.rows.set(line.key, rowOf(line));
      else if (row.state === 'cancelled') Object.assign(row, { state: 'planned', stateReason: null });
      else if (row.withheld.length > 0) giveBack(row);
      if (how === 'rewritten' && row?.state === 'planned') {
        Object.assign(row, { line, earliestAt: line.earliestAt, latestAt: line.latestAt });
      }
    }
  }

  get nextAt(): IsoInstant | undefined {
    let next: IsoInstant | undefined;
    for (const { state, earliestAt } of this.rows.values()) {
      if ((state === 'planned' || state === 'claimed') && (next === undefined || earliestAt < next)) next = earliestAt;
    }
    return next;
  }

  /** Decides about every row that is due. */
  open(counter: Counter): void {
    const { now, terms, progress } = counter;
    this.#dropUnowed(now, progress);
    const due = [...this.rows.values()].filter((row) => isWaiting(row) && row.earliestAt <= now);
    if (due.length === 0) return;
    const hours = { calendar: terms.calendar, policy: terms.policy };
    const addressed: AddressedRow[] = [];
    for (const row of due.sort(byDay)) {
      const dueRow = dueRowOf(row);
      const fate = fateOf(dueRow, hours, now, this.#laterLineOn(row, dayOf(now), now));
      if (fate.kind === 'wait') {
        const { earliestAt, latestAt = row.latestAt, reason } = fate;
        Object.assign(row, { earliestAt, latestAt, stateReason: reason });
      } else if (fate.kind !== 'go') Object.assign(row, { state: fate.kind, stateReason: fate.reason });
      else {
        const to = addresseesOf(row.line, counter);
        const recipients = row.recipients ?? to.personIds;
        if (recipients.length === 0) Object.assign(row, { state: 'skipped', stateReason: '无收件人' });
        else addressed.push({ row: dueRow, reason: fate.reason, recipients, onBehalfOf: to.onBehalfOf });
      }
    }
    this.#send(addressed, counter, hours);
  }

  #send(addressed: readonly AddressedRow[], { now, terms, progress, staff }: Counter, hours: Hours): void {
    const today = dayOf(now);
    const asked = addressed.flatMap(({ recipients }) => recipients);
    const had = new Set(asked.filter((one) => this.#digests.has(`${one}/${today}`)));
    const { plans, postponed, ends } = gather(addressed, today, this.#served(addressed), had);
    for (const { key, state, reason } of ends) Object.assign(this.rows.get(key)!, { state, stateReason: reason });
    for (const { personId, lines, merged, digestOn } of plans) {
      for (const {
        row: { key },
        recipients,
        reason,
      } of lines) {
        const row = this.rows.get(key)!;
        row.recipients ??= recipients;
        row.deliveredTo.push(personId);
        row.stateReason = reason;
        row.state = row.recipients.every((one) => row.deliveredTo.includes(one)) ? 'sent' : 'claimed';
        const { line, cycle } = row;
        this.deliveries.push({ line, cycle, personId, at: now, digestOn, progress, terms, staff });
      }
      this.#digests.add(`${personId}/${today}`);
      for (const { key, state, reason } of merged) Object.assign(this.rows.get(key)!, { state, stateReason: reason });
    }
    for (const { key } of postponed) {
      const day = nextSendingDayAfter(hours, today);
      Object.assign(this.rows.get(key)!, { ...windowOn(hours, day), stateReason: `顺延至${day}` });
    }
  }

  #dropUnowed(now: IsoInstant, { cycle, obligations }: IssueProgress): void {
    const open = new Set(obligations.map(({ id }) => `${String(cycle)}/${id}`));
    for (const row of this.rows.values()) {
      if (!isWaiting(row) || row.earliestAt > now || open.has(`${String(row.cycle)}/${row.line.obligationId}`))
        continue;
      if (row.state === 'planned') Object.assign(row, { state: 'cancelled', stateReason: '发信前已办结' });
      else withhold(row, '已办结，未再发给其余收件人');
    }
  }

  /** The last line up to today that says the same to the same role. */
  #laterLineOn({ line, cycle }: Row, today: string, now: IsoInstant): string | undefined {
    if (line.missed !== 'collapse' || line.plannedOn >= today) return undefined;
    const others = [...this.rows.values()].filter(
      (other) =>
        other.cycle === cycle &&
        other.line.obligationId === line.obligationId &&
        other.line.role === line.role &&
        other.line.plannedOn > line.plannedOn &&
        other.line.plannedOn <= today &&
        (isWaiting(other) || other.state === 'sent') &&
        !(other.line.missed === 'skip' && other.state === 'planned' && other.latestAt <= now),
    );
    return others
      .map((other) => other.line.plannedOn)
      .sort()
      .at(-1);
  }

  /** Who has had the same rung's line under another role. */
  #served(addressed: readonly AddressedRow[]): Map<string, Set<string>> {
    const served = new Map<string, Set<string>>();
    for (const { row } of addressed) {
      const same = [...this.rows.values()].filter(
        ({ line, cycle }) =>
          line.key !== row.key &&
          cycle === row.cycle &&
          line.obligationId === row.obligationId &&
          line.rungId === row.rungId &&
          line.plannedOn === row.plannedOn,
      );
      served.set(row.key, new Set(same.flatMap(({ deliveredTo }) => deliveredTo)));
    }
    return served;
  }
}

function rowOf(line: PlannedLine): Row {
  const { earliestAt, latestAt } = line;
  const cycle = Number(line.key.split('/')[1]);
  const nobody = { recipients: null, deliveredTo: [], withheld: [] };
  return { line, cycle, state: 'planned', stateReason: null, earliestAt, latestAt, ...nobody };
}

function withhold(row: Row, stateReason: string): void {
  const { recipients, deliveredTo } = row;
  const withheld = (recipients ?? []).filter((one) => !deliveredTo.includes(one));
  Object.assign(row, { state: 'sent', stateReason, withheld, recipients: [...deliveredTo] });
}

function giveBack(row: Row): void {
  const recipients = [...(row.recipients ?? []), ...row.withheld];
  Object.assign(row, { state: 'claimed', stateReason: null, recipients, withheld: [] });
}

function isWaiting({ state }: Row): boolean {
  return state === 'planned' || state === 'claimed';
}

function byDay({ line: one }: Row, { line: other }: Row): number {
  return one.plannedOn + one.key < other.plannedOn + other.key ? -1 : 1;
}

function dueRowOf({ line, cycle, state, latestAt, recipients, deliveredTo }: Row): DueRow {
  return {
    key: line.key,
    kind: 'reminder',
    state: state === 'claimed' ? 'claimed' : 'planned',
    roundId: 'round-1',
    issueId: 'issue-1',
    cycle,
    obligationId: line.obligationId,
    rungId: line.rungId,
    letter: line.letter,
    role: line.role,
    personId: null,
    plannedOn: line.plannedOn,
    latestAt,
    missed: line.missed,
    policyVersion: null,
    content: null,
    recipients,
    deliveredTo,
  };
}
