import type { Ledger } from '../../prisma/client.ts';
import { dayOf } from '../../workflows/rules/instants.ts';
import type { Role } from '../../workflows/rules/policy.ts';
import { dayWords } from './words.ts';

/** What is asked about: somebody in a role for an issue. */
interface Holding {
  readonly issueId: string | null;
  readonly role: Role | null;
}

/**
 * How somebody came to hold a role, or ceased to, other than by the assignment at the launch: `，2024年5月6日(周一)起接手`
 * of a handover (移交), and of a correction (更正) both names. Windows bear the id of the one they follow.
 *
 * @param issueIds when only these are asked about
 */
export async function readTakenOver(
  ledger: Ledger,
  roundIds: readonly string[],
  issueIds?: readonly string[],
): Promise<(about: Holding, personId: string) => string> {
  const following = await ledger.assignment.findMany({
    where: {
      roundId: { in: [...roundIds] },
      OR: [{ id: { startsWith: 'handed-' } }, { id: { startsWith: 'corrected-' } }],
      ...(issueIds && { AND: { OR: [{ issueId: { in: [...issueIds] } }, { issueId: null }] } }),
    },
    include: { person: { select: { name: true } } },
  });
  const followed = await ledger.assignment.findMany({
    where: { id: { in: following.map(({ id }) => id.replace(mark, '')) } },
    include: { person: { select: { name: true } } },
  });
  const before = new Map(followed.map((row) => [row.id, row]));
  const changes = following.flatMap((right) => {
    const wrong = before.get(right.id.replace(mark, ''));
    return wrong === undefined ? [] : [{ right, wrong, isCorrection: right.id.startsWith('corrected-') }];
  });
  return ({ issueId, role }, personId) => {
    const about = changes.filter(
      ({ right }) => right.role === role && (right.issueId === null || right.issueId === issueId),
    );
    const came = about.find(({ right }) => right.personId === personId);
    if (came !== undefined) {
      const day = dayOfChange(came.wrong.untilAt);
      return came.isCorrection ? `，${day}更正，原误写为${came.wrong.person.name}` : `，${day}起接手`;
    }
    const went = about.find(({ wrong, isCorrection }) => isCorrection && wrong.personId === personId);
    return went === undefined ? '' : `，系误写，${dayOfChange(went.wrong.untilAt)}已更正为${went.right.person.name}`;
  };
}

const mark = /^(?:handed|corrected)-/u;

function dayOfChange(at: Date | null): string {
  return at === null ? '' : dayWords(dayOf(at.toISOString()));
}
