import { workdaysBetween } from '../../workflows/rules/calendar.ts';
import { compared } from '../../workflows/rules/compared.ts';
import type { Obligation } from '../../workflows/rules/events.ts';
import type { IsoDate } from '../../workflows/rules/instants.ts';
import { dayOf } from '../../workflows/rules/instants.ts';
import type { ObligationKind } from '../../workflows/rules/policy.ts';
import type { IssueProgress } from '../../workflows/rules/progress.ts';
import type { IssueTerms } from '../../workflows/rules/terms.ts';
import { closure, proposal } from './duties.ts';
import type { LeaderIssue, LeaderRoles } from './leader-roles.ts';
import { dayWords, dutyWords, shortDayWords, shortRoleNames } from './words.ts';

/** Something that only this person, or who stands in for him, can do. */
export interface WaitingItem {
  readonly issueId: string;
  readonly code: string;
  readonly title: string;
  readonly obligationId: string;
  readonly kind: ObligationKind;
  /** `审核销号`. */
  readonly what: string;
  /** `审核`, as the title counts it and the button says it. */
  readonly verb: string;
  /** The place on the issue's page where it is done; null where it is done on the leader's own. */
  readonly href: string | null;
  /** What helps to decide, each a few words. */
  readonly bits: readonly string[];
  /** What the handler reported (长期坚持情况), where it is to be endorsed; null while nobody may be told its words here. */
  readonly attested: string | null;
  readonly roleName: string;
  readonly dueOn: IsoDate;
  /** Negative when overdue; a day off may have passed without a workday. */
  readonly workdaysLeft: number;
  readonly state: 'inTime' | 'overdue';
  /** The name of whose decision it is, when he stands in for somebody (委托). */
  readonly onBehalfOf: string | null;
}

/** What is done where, in the order in which it stands: what holds others up first. */
const places: Partial<Readonly<Record<ObligationKind, { readonly verb: string; readonly place: string | null }>>> = {
  closureDecision: { verb: '审核', place: '/review' },
  extensionDecision: { verb: '决定', place: '#requests' },
  proposalDecision: { verb: '决定', place: '#proposals' },
  attestationEndorsement: { verb: '复核', place: null },
  disputeDecision: { verb: '核实', place: '#requests' },
  itemRecheck: { verb: '复核', place: '#requests' },
  lookBack: { verb: '登记', place: '/look-back-sheet' },
};
const order = Object.keys(places);

/** An issue that has been launched, as the rules read it. */
export interface RunningIssue {
  readonly issue: LeaderIssue;
  readonly terms: IssueTerms;
  readonly progress: IssueProgress;
}

/** What waits for the person, first what holds others up, then by its day. */
export function waitingFor(
  personId: string,
  running: readonly RunningIssue[],
  roles: LeaderRoles,
  today: IsoDate,
  attested: ReadonlyMap<string, string>,
): WaitingItem[] {
  return running
    .flatMap(({ issue, terms, progress }) =>
      progress.obligations.flatMap((owed): WaitingItem[] => {
        const { id, kind, role, measure, dueOn } = owed;
        const done = places[kind];
        const his = roles.answering(issue, role, measure).filter(({ person }) => person.id === personId);
        const [first] = his;
        if (role === 'handler' || done === undefined || first === undefined) return [];
        const { verb, place } = done;
        return [
          {
            issueId: issue.id,
            code: issue.code,
            title: issue.title,
            obligationId: id,
            kind,
            what: dutyWords(kind, measure),
            verb,
            href: place === null ? null : `/issues/${issue.id}${place}`,
            bits: bitsOf(issue, { progress, owed }),
            attested: kind === 'attestationEndorsement' ? (attested.get(issue.id) ?? null) : null,
            roleName: shortRoleNames[role],
            dueOn,
            workdaysLeft: workdaysBetween(terms.calendar, today, dueOn),
            state: dueOn < today ? 'overdue' : 'inTime',
            onBehalfOf: (his.find(({ onBehalfOf }) => onBehalfOf === null) ?? first).onBehalfOf?.name ?? null,
          },
        ];
      }),
    )
    .sort(
      (one, other) =>
        order.indexOf(one.kind) - order.indexOf(other.kind) ||
        compared(one.dueOn, other.dueOn) ||
        compared(one.code, other.code),
    );
}

function bitsOf(
  issue: LeaderIssue,
  { progress, owed }: { readonly progress: IssueProgress; readonly owed: Obligation },
): readonly string[] {
  const { extension, dispute, attestedAt } = progress;
  switch (owed.kind) {
    case 'closureDecision':
      return closure(issue, progress, owed).bits;
    case 'proposalDecision': {
      const { what, bits } = proposal(issue, progress, owed);
      return [what, ...bits.filter((bit) => bit !== issue.title)];
    }
    case 'extensionDecision':
      return extension === undefined
        ? []
        : [issue.unit, `${shortDayWords(dayOf(extension.requestedAt))}申请延至${dayWords(extension.until)}`].filter(
            (bit) => bit !== '',
          );
    case 'disputeDecision':
      return dispute === undefined ? [] : [`${shortDayWords(dayOf(dispute.at))}提出异议`];
    case 'attestationEndorsement':
      return attestedAt === undefined
        ? []
        : [issue.unit, `${shortDayWords(dayOf(attestedAt))}报来`].filter((bit) => bit !== '');
    default:
      return [];
  }
}
