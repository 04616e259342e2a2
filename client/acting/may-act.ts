import type { Ledger } from '../../prisma/client.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import { roleNames } from '../../workflows/rules/names.ts';
import type { ObligationKind, Role } from '../../workflows/rules/policy.ts';
import type { IssueRequestName } from '../../workflows/rules/requests/index.ts';
import { heldAt, heldFor } from '../reading/role-holders.ts';
import { RefusedError } from '../refused-error.ts';
import { absentHolder } from './absent-holder.ts';

interface Permission {
  readonly roles: readonly Role[];
  readonly act: string;
  /** Where an open obligation says whose turn it is (销号审核、延期逐级), only that role may. */
  readonly turn?: ObligationKind;
}

const handling: readonly Role[] = ['handler', 'responsibleLeader', 'office'];
const office: readonly Role[] = ['office'];
const deciding: readonly Role[] = ['office', 'reviewer', 'responsibleLeader', 'groupHead'];

/** Who may ask for what. */
const permissions: Readonly<Record<IssueRequestName, Permission>> = {
  proposeClosure: { roles: handling, act: '申请销号' },
  withdrawProposal: { roles: handling, act: '撤回销号申请' },
  decideClosure: { roles: deciding, act: '审核销号', turn: 'closureDecision' },
  noteSatisfaction: { roles: handling, act: '登记群众满意度' },
  judgeEvidence: { roles: ['office', 'reviewer'], act: '审核佐证' },
  correctEvidence: { roles: office, act: '更正佐证' },
  correctPerson: { roles: office, act: '更正署名' },
  requestExtension: { roles: handling, act: '申请延期' },
  decideExtension: { roles: deciding, act: '决定延期', turn: 'extensionDecision' },
  correctDeadline: { roles: office, act: '更正时限' },
  suspendIssue: { roles: office, act: '中止' },
  resumeIssue: { roles: office, act: '恢复' },
  reviewSuspension: { roles: office, act: '登记中止期间情况' },
  enterItems: { roles: handling, act: '登记子台账' },
  moveItems: { roles: handling, act: '登记子台账进展' },
  recheckItems: { roles: ['office', 'reviewer'], act: '复核出库', turn: 'itemRecheck' },
  decideProposal: { roles: office, act: '决定提请' },
  disputeFinding: { roles: ['handler', 'responsibleLeader'], act: '提出异议' },
  decideDispute: { roles: office, act: '核实异议' },
  withdrawIssue: { roles: office, act: '撤销问题' },
  mergeInto: { roles: office, act: '并入其他问题' },
  askStatus: { roles: deciding, act: '问询' },
  endorseAttestation: { roles: deciding, act: '复核长期坚持情况', turn: 'attestationEndorsement' },
  endLongTerm: { roles: ['office', 'groupHead'], act: '结束长期坚持' },
  recordLookBack: { roles: ['reviewer'], act: '登记回头看' },
  confirmRecurrence: { roles: office, act: '登记再次发生' },
  undoLastStep: { roles: deciding, act: '撤回上一步' },
  handOver: { roles: office, act: '移交' },
  changeUnit: { roles: office, act: '更换部门' },
  adoptPolicy: { roles: office, act: '采用新政策' },
  adoptCalendar: { roles: office, act: '采用新日历' },
  settleLookBackDraw: { roles: office, act: '抽取回头看' },
};

/** What is done with a request: `申请销号`. */
export function requestActs(name: IssueRequestName): string {
  return permissions[name].act;
}

interface Act {
  readonly issueId: string;
  readonly roundId: string;
  readonly now: IsoInstant;
  readonly by: string;
  readonly recordedBy?: string;
}

/**
 * Whether this person may ask for this now: by a role he holds, or for one who holds it and has delegated it to him.
 * Gives the person he stands in for; undefined when he acts for himself. Who enters something for another must be of
 * the office.
 *
 * @throws RefusedError `NotYours`, `NotOffice`
 */
export async function mayAct(ledger: Ledger, name: IssueRequestName, act: Act): Promise<string | undefined> {
  const { roles, act: what, turn } = permissions[name];
  const due =
    turn === undefined
      ? null
      : await ledger.obligation.findFirst({
          where: { issueId: act.issueId, kind: turn, closedAt: null },
          select: { role: true },
        });
  const wanted = due === null ? roles : [due.role];
  const holders = await holdersOf(ledger, act, [...wanted, 'office', 'handler']);
  const holding = (personId: string, of: readonly Role[]) =>
    holders.some((one) => one.personId === personId && of.includes(one.role));
  if (act.recordedBy !== undefined && !holding(act.recordedBy, ['office'])) {
    throw new RefusedError('NotOffice', '只有督办办公室可以代录');
  }
  if (holding(act.by, wanted)) return undefined;
  const entitled = holders.filter(({ role }) => wanted.includes(role));
  const handlers = holders.filter(({ role }) => role === 'handler').map(({ personId }) => personId);
  const absent = await absentHolder(ledger, entitled, { ...act, handlers });
  if (absent !== undefined) return absent;
  throw new RefusedError('NotYours', `只有${wanted.map((role) => roleNames[role]).join('、')}可以${what}`);
}

async function holdersOf(ledger: Ledger, { issueId, roundId, now }: Act, roles: readonly Role[]) {
  return ledger.assignment.findMany({
    where: { role: { in: [...roles] }, ...heldFor(roundId, [issueId]), ...heldAt(now) },
    select: { role: true, personId: true },
  });
}
