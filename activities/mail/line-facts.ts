import type { Ledger } from '../../prisma/client.ts';
import type { IsoDate, IsoInstant } from '../../workflows/rules/instants.ts';
import type { Letter, ObligationKind, Role } from '../../workflows/rules/policy.ts';
import { type IssueSecrecy, issueTold, measureTold, type Told } from '../../workflows/rules/secrecy.ts';

/** What a mail may tell of what an item is about: an issue, or a duty of the round. */
export interface SubjectFacts {
  readonly id: string;
  readonly roundId: string;
  readonly code: string;
  /** Null for a reader who may not be told it by mail (保密). */
  readonly title: string | null;
  /** Of the issue, or of any that a duty is about. */
  readonly secrecy: IssueSecrecy;
  readonly bodyName: string | null;
  readonly roundName: string;
  readonly concentratedEndsOn: IsoDate | null;
}

/** What a mail may tell of an issue. */
export interface IssueFacts extends SubjectFacts {
  readonly phase: string;
  /** 整改时限 of the present cycle. */
  readonly deadline: IsoDate;
}

/** What is owed, and what is planned next if nobody does anything. */
export interface ObligationFacts {
  readonly cycle: number;
  readonly id: string;
  readonly kind: ObligationKind;
  readonly role: Role;
  readonly measure: number | null;
  /** Null as the title. */
  readonly measureText: string | null;
  readonly dueOn: IsoDate;
  readonly next: { readonly on: IsoDate; readonly letter: Letter; readonly roles: readonly Role[] } | null;
}

interface ReceivedFacts {
  readonly evidence: number;
  readonly notes: number;
  readonly lastAt: IsoInstant;
}

/** Who is told: what his mail may carry, and whether he holds the role himself or stands in for somebody (委托). */
export interface Reader {
  readonly told: Told;
  readonly capacity: 'inPerson' | 'standIn';
}

/** What a mail is written from, read before its lines are claimed. A finding's words are given for a reader only. */
export interface Facts {
  /** What of the finding's words goes into what is about all of these issues, for a reader who may be told so much otherwise. */
  told(issueIds: readonly string[], told: Told): Told;
  issue(issueId: string, told: Told): IssueFacts | undefined;
  obligation(issueId: string, cycle: number, id: string, reader: Reader): ObligationFacts | undefined;
  /** The day by which the issue's handler owes something next. */
  nextDueOn(issueId: string): IsoDate | undefined;
  /** By when evidence is owed now, by its measure; 0 is the issue itself. */
  evidenceDue(issueId: string): EvidenceDue;
  received(issueId: string, cycle: number): ReceivedFacts | undefined;
}

export type EvidenceDue = ReadonlyMap<number, IsoDate>;

/** Reads what the mails about these issues may tell; four statements, however many issues. */
export async function loadFacts(ledger: Ledger, issueIds: readonly string[], today: IsoDate): Promise<Facts> {
  const ids = [...new Set(issueIds)];
  const issues = await ledger.$queryRaw<IssueFacts[]>`
    SELECT i.id, i."roundId", i.code, i.title, i.secrecy::text AS secrecy, i.phase::text AS phase, b.name AS "bodyName", r.name AS "roundName",
      to_char(coalesce(i.deadline, i."firstDeadline"), 'YYYY-MM-DD') AS deadline,
      to_char(r."concentratedEndsOn", 'YYYY-MM-DD') AS "concentratedEndsOn"
    FROM "Issue" i JOIN "Round" r ON r.id = i."roundId" LEFT JOIN "Body" b ON b.id = i."bodyId"
    WHERE i.id = ANY(${ids}::text[])`;
  const obligations = await ledger.$queryRaw<
    (Omit<ObligationFacts, 'next'> & { issueId: string; measureKind: string | null })[]
  >`SELECT o."issueId", o.cycle, o.id, o.kind::text AS kind, o.role::text AS role, o.measure, m.text AS "measureText",
      m.kind::text AS "measureKind",
      to_char(o."dueOn", 'YYYY-MM-DD') AS "dueOn"
    FROM "Obligation" o LEFT JOIN "Measure" m
      ON m."issueId" = o."issueId" AND m.number = o.measure AND m."issueId" = ANY(${ids}::text[]) -- else all are read
    WHERE o."issueId" = ANY(${ids}::text[]) AND o."closedAt" IS NULL`;
  const steps = await ledger.$queryRaw<
    (ComingLine & { issueId: string; cycle: number })[]
  >`SELECT "issueId", cycle, "obligationId" AS id, to_char("plannedOn", 'YYYY-MM-DD') AS "on", letter, role::text AS role
    FROM (
      SELECT *, rank() OVER (PARTITION BY "issueId", cycle, "obligationId" ORDER BY "plannedOn") AS place
      FROM "OutboxRow"
      WHERE "issueId" = ANY(${ids}::text[]) AND kind = 'reminder' AND state = 'planned' AND "plannedOn" > ${today}::date
    ) coming WHERE place = 1 ORDER BY role`;
  const received = await ledger.$queryRaw<
    { issueId: string; cycle: number; evidence: number; notes: number; lastAt: Date }[]
  >`SELECT e."issueId", e.cycle, (count(*) FILTER (WHERE e.type = 'progressReported' OR e.detail ? 'noteId'))::int AS notes,
      coalesce(sum(CASE WHEN e.type = 'evidenceReceived' THEN jsonb_array_length(e.detail->'evidence') END), 0)::int AS evidence,
      max(e.at) AS "lastAt"
    FROM "IssueEvent" e
    WHERE e."issueId" = ANY(${ids}::text[]) AND e.type IN ('progressReported', 'evidenceReceived')
    GROUP BY e."issueId", e.cycle`;

  const issuesById = new Map(issues.map((issue) => [issue.id, issue]));
  const nextByPlace = nextSteps(steps, ({ issueId, cycle, id }) => placeOf(issueId, cycle, id));
  const obligationsByPlace = new Map<string, ObligationFacts & { readonly measureKind: string | null }>();
  const nextDue = new Map<string, IsoDate>();
  const evidenceDue = new Map<string, Map<number, IsoDate>>();
  for (const obligation of obligations) {
    const { issueId, cycle, id, kind, measure, role, dueOn } = obligation;
    const place = placeOf(issueId, cycle, id);
    obligationsByPlace.set(place, { ...obligation, next: nextByPlace.get(place) ?? null });
    if (kind === 'evidence')
      evidenceDue.set(issueId, (evidenceDue.get(issueId) ?? new Map<number, IsoDate>()).set(measure ?? 0, dueOn));
    const known = nextDue.get(issueId);
    if (role === 'handler' && (known === undefined || dueOn < known)) nextDue.set(issueId, dueOn);
  }
  const receivedByPlace = new Map(
    received.map(({ issueId, cycle, lastAt, ...counts }) => [
      placeOf(issueId, cycle, ''),
      { ...counts, lastAt: lastAt.toISOString() },
    ]),
  );
  const toldOf: Facts['told'] = (those, told) =>
    those.reduce<Told>((left, id) => issueTold(left, issuesById.get(id)?.secrecy ?? 'ordinary'), told);
  return {
    told: toldOf,
    issue: (issueId, told) => {
      const issue = issuesById.get(issueId);
      return issue && { ...issue, title: toldOf([issueId], told) === 'words' ? issue.title : null };
    },
    obligation: (issueId, cycle, id, { told, capacity }) => {
      const found = obligationsByPlace.get(placeOf(issueId, cycle, id));
      if (found === undefined) return undefined;
      const { measureKind, measureText, ...obligation } = found;
      const tells = measureTold(toldOf([issueId], told), measureKind, capacity) === 'words';
      return { ...obligation, measureText: tells ? measureText : null };
    },
    nextDueOn: (issueId) => nextDue.get(issueId),
    evidenceDue: (issueId) => evidenceDue.get(issueId) ?? new Map<number, IsoDate>(),
    received: (issueId, cycle) => receivedByPlace.get(placeOf(issueId, cycle, '')),
  };
}

/** A line that is planned for a later day. */
export interface ComingLine {
  /** The obligation's. */
  readonly id: string;
  readonly on: IsoDate;
  readonly letter: Letter;
  readonly role: Role;
}

/** By obligation: the lines of the next day as one step, with the strongest letter of them. */
export function nextSteps<Line extends ComingLine>(
  lines: readonly Line[],
  placeOfLine: (line: Line) => string,
): ReadonlyMap<string, NonNullable<ObligationFacts['next']>> {
  const next = new Map<string, NonNullable<ObligationFacts['next']>>();
  for (const line of lines) {
    const { on, letter, role } = line;
    const known = next.get(placeOfLine(line));
    next.set(placeOfLine(line), {
      on,
      letter: strongest(letter, known?.letter),
      roles: [...(known?.roles ?? []), role],
    });
  }
  return next;
}

const strength: readonly Letter[] = ['assignment', 'reminder', 'urge', 'escalation'];

function strongest(one: Letter, other: Letter = 'assignment'): Letter {
  return strength.indexOf(one) >= strength.indexOf(other) ? one : other;
}

function placeOf(issueId: string, cycle: number, id: string): string {
  return `${issueId}/${String(cycle)}/${id}`;
}
