import type { Ledger } from '../../prisma/client.ts';
import type { IsoDate } from '../../workflows/rules/instants.ts';
import { obligationIdParts } from '../../workflows/rules/obligation-ids.ts';
import type { ObligationKind, Role } from '../../workflows/rules/policy.ts';
import { dutyCode } from '../../workflows/rules/round/duty-code.ts';
import type { RoundScope } from '../../workflows/rules/round/events.ts';
import { type IssueSecrecy, issueTold, type Told } from '../../workflows/rules/secrecy.ts';
import { type ComingLine, nextSteps, type ObligationFacts, type SubjectFacts } from './line-facts.ts';

/** What a mail may tell of a duty of the round (周检查, 督办事项 …). */
export interface DutyFacts {
  readonly subject: SubjectFacts;
  readonly obligation: ObligationFacts;
  /** What the duty is about, beside its title. */
  readonly details: readonly { readonly label: string; readonly text: string }[];
}

export type DutyFactsOf = (roundId: string, obligationId: string, told: Told) => DutyFacts | undefined;

interface DutyRow {
  readonly roundId: string;
  readonly id: string;
  readonly kind: ObligationKind;
  readonly role: Role;
  readonly title: string;
  readonly scope: RoundScope | null;
  readonly dueOn: IsoDate;
  readonly codePrefix: string;
  readonly roundName: string;
  readonly bodyName: string | null;
  readonly concentratedEndsOn: IsoDate | null;
}

/** Reads what the mails about the open duties of these rounds may tell; four statements, however many duties. */
export async function loadDuties(ledger: Ledger, roundIds: readonly string[], today: IsoDate): Promise<DutyFactsOf> {
  const ids = [...new Set(roundIds)];
  if (ids.length === 0) return () => undefined;
  const duties = await ledger.$queryRaw<DutyRow[]>`
    SELECT o."roundId", o.id, o.kind::text AS kind, o.role::text AS role, o.title, o.scope, r."codePrefix",
      to_char(o."dueOn", 'YYYY-MM-DD') AS "dueOn", r.name AS "roundName",
      (SELECT CASE count(*) WHEN 1 THEN min(b.name) END FROM "Body" b WHERE b."roundId" = r.id
        AND b.id = coalesce(o.scope->>'bodyId', o.scope->>'judgedBodyId', b.id)) AS "bodyName",
      to_char(r."concentratedEndsOn", 'YYYY-MM-DD') AS "concentratedEndsOn"
    FROM "RoundObligation" o JOIN "Round" r ON r.id = o."roundId"
    WHERE o."roundId" = ANY(${ids}::text[]) AND o."closedAt" IS NULL`;
  const steps = await ledger.$queryRaw<(ComingLine & { roundId: string })[]>`
    SELECT "roundId", "obligationId" AS id, to_char("plannedOn", 'YYYY-MM-DD') AS "on", letter, role::text AS role
    FROM (
      SELECT *, rank() OVER (PARTITION BY "roundId", "obligationId" ORDER BY "plannedOn") AS place
      FROM "OutboxRow"
      WHERE "issueId" IS NULL AND cycle = 1 AND "roundId" = ANY(${ids}::text[]) AND kind = 'reminder'
        AND state = 'planned' AND "plannedOn" > ${today}::date
    ) coming WHERE place = 1 ORDER BY role`;
  const batches = await ledger.supervisionBatch.findMany({
    where: { roundId: { in: ids } },
    select: { roundId: true, number: true, task: true },
  });
  const issueIds = [...new Set(duties.flatMap(({ scope }) => scope?.issueIds ?? []))];
  const issues = await ledger.issue.findMany({
    where: { id: { in: issueIds } },
    select: { id: true, code: true, secrecy: true },
    orderBy: { number: 'asc' },
  });

  const next = nextSteps(steps, ({ roundId, id }) => placeOf(roundId, id));
  const tasks = new Map(batches.map(({ roundId, number, task }) => [placeOf(roundId, String(number)), task]));
  const secrecyOf = ({ scope }: DutyRow): IssueSecrecy =>
    issues.some(({ id, secrecy }) => secrecy === 'confidential' && scope?.issueIds?.includes(id) === true)
      ? 'confidential'
      : 'ordinary';
  const detailsOf = ({ roundId, id, kind, scope }: DutyRow, told: Told): DutyFacts['details'] => {
    const number = String(obligationIdParts(id)?.measure ?? '');
    const task = kind === 'supervisionBatch' && told === 'words' ? tasks.get(placeOf(roundId, number)) : undefined;
    const about = new Set(scope?.issueIds);
    const codes = issues.flatMap(({ id: issueId, code }) => {
      if (!about.has(issueId)) return [];
      const measures = scope?.measures?.[issueId];
      return [measures === undefined ? code : `${code}措施${measures.join('、')}`];
    });
    return [
      ...(task === undefined ? [] : [{ label: '任务', text: task }]),
      ...(codes.length === 0 ? [] : [{ label: '涉及', text: codes.join('、') }]),
    ];
  };
  const byPlace = new Map(duties.map((duty) => [placeOf(duty.roundId, duty.id), duty]));
  return (roundId, obligationId, toldReader) => {
    const duty = byPlace.get(placeOf(roundId, obligationId));
    if (duty === undefined) return undefined;
    const secrecy = secrecyOf(duty);
    const told = issueTold(toldReader, secrecy);
    const { id, kind, role, title, dueOn, codePrefix, roundName, bodyName, concentratedEndsOn } = duty;
    const place = placeOf(roundId, id);
    return {
      subject: {
        id: place,
        roundId,
        code: dutyCode(codePrefix, id),
        title: told === 'words' ? title : null,
        secrecy,
        bodyName,
        roundName,
        concentratedEndsOn,
      },
      obligation: {
        cycle: 1,
        id,
        kind,
        role,
        measure: null,
        measureText: null,
        dueOn,
        next: next.get(place) ?? null,
      },
      details: detailsOf(duty, told),
    };
  };
}

function placeOf(roundId: string, id: string): string {
  return `${roundId}/${id}`;
}
