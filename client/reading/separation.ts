import type { Acting } from '../access/visit.ts';
import { mayAct } from '../acting/may-act.ts';
import { RefusedError } from '../refused-error.ts';
import type { Ledger } from '../../prisma/client.ts';
import { type IssueProgress, piecesOf } from '../../workflows/rules/progress.ts';
import type { Role } from '../../workflows/rules/policy.ts';
import type { IssueReading } from './issue.ts';
import type { PersonReading } from './role-holders.ts';
import { shortRoleNames } from './words.ts';

/** Who may judge an issue now, and who may not because the work is his (回避). */
export interface Separation {
  readonly roleName: string;
  /** Holders of the role whose turn it is, without those who may not. */
  readonly deciders: readonly PersonReading[];
  /** Why whoever is signed in may not; null when he may, or when one of several is chosen (演练). */
  readonly notHim: string | null;
  /** Everybody who has a part in the work, and so may not judge it, with the rule's own sentence. */
  readonly barred: readonly { readonly name: string; readonly why: string }[];
}

export const nobody: Separation = { roleName: '', deciders: [], notHim: null, barred: [] };

interface Judging {
  readonly request: 'decideClosure' | 'recordLookBack';
  readonly role: Role;
  readonly progress: IssueProgress;
  /** What the request's rule says to a person who has a part in the work; undefined to anybody else. */
  readonly refusal: (by: string) => string | undefined;
}

export async function readSeparation(
  ledger: Ledger,
  { id: issueId, roundId, now, people }: IssueReading,
  acting: Acting,
  { request, role, progress, refusal }: Judging,
): Promise<Separation> {
  const holders = people.find((one) => one.role === role)?.persons ?? [];
  const workers = await ledger.person.findMany({
    where: { id: { in: peopleIn(progress) } },
    select: { id: true, name: true },
    orderBy: { name: 'asc' },
  });
  const notHim = async (by: string) => {
    try {
      await mayAct(ledger, request, { issueId, roundId, now, by });
    } catch (error) {
      if (error instanceof RefusedError) return error.message;
      throw error;
    }
    return refusal(by) ?? null;
  };
  return {
    roleName: shortRoleNames[role],
    deciders: holders.filter(({ id }) => refusal(id) === undefined),
    notHim: acting.by === 'choice' ? null : await notHim(acting.personId),
    barred: workers.flatMap(({ id, name }) => {
      const why = refusal(id);
      return why === undefined ? [] : [{ name, why }];
    }),
  };
}

/** Whoever has had a hand in the closure: who proposed, proved or approved it, or entered so for another. */
function peopleIn(progress: IssueProgress): string[] {
  const { closure, closed } = progress;
  const ids = [
    ...[closure?.proposedBy, closure?.recordedBy, closed?.approvedBy, ...(closed?.approvers ?? [])],
    ...(closure?.approvals ?? []).map(({ by }) => by),
    ...piecesOf(progress).flatMap(({ by, recordedBy, onBehalfOf, correctedBy = [] }) => [
      ...[by, recordedBy, onBehalfOf],
      ...correctedBy,
    ]),
  ];
  return [...new Set(ids)].filter((id) => id != null);
}
