import type { Ledger } from '../../prisma/client.ts';
import type { Role } from '../../workflows/rules/policy.ts';
import { undecidedDomains } from '../mail-domains.ts';
import { roleNames } from '../../workflows/rules/names.ts';

/** Something without which a round cannot be launched (交办). */
export interface Missing {
  readonly code: 'NoIssues' | 'FeedbackMissing' | 'RoleMissing' | 'NobodyElseDecides' | 'NobodyElseLooksBack';
  readonly message: string;
}

interface Holder {
  readonly issueId: string | null;
  readonly bodyId: string | null;
  readonly role: Role;
  readonly person: { readonly id: string };
}

interface IssueNamed {
  readonly id: string;
  readonly code: string;
  readonly bodyId: string | null;
}

/**
 * Everything that is missing before a round can be launched, at once: each issue needs whoever its reminders go to,
 * somebody in the office who does not decide on his own closure, and a reviewer who did not approve it.
 */
export async function missingForLaunch(ledger: Ledger, roundId: string): Promise<Missing[]> {
  const round = await ledger.round.findUniqueOrThrow({
    where: { id: roundId },
    select: {
      feedbackOn: true,
      issues: { select: { id: true, code: true, bodyId: true }, orderBy: { number: 'asc' } },
      assignments: {
        where: { untilAt: null },
        select: { issueId: true, bodyId: true, role: true, person: { select: { id: true } } },
      },
    },
  });
  const { issues, assignments } = round;
  return [
    ...(issues.length === 0 ? [{ code: 'NoIssues' as const, message: '本轮没有一个反馈问题' }] : []),
    ...(round.feedbackOn === null ? [{ code: 'FeedbackMissing' as const, message: '没有反馈日' }] : []),
    ...rolesMissing(issues, assignments),
    ...nobodyElse(issues, assignments),
  ];
}

/** What does not keep a round from its launch, but the office should know. */
export interface LaunchNote {
  readonly code: 'AddressMissing' | 'DomainUndecided';
  readonly message: string;
}

/**
 * Whoever has no mail gets his reminders on paper (打印送达): somebody has to print them. Whose domain nobody has decided on
 * gets no finding's words by mail (保密); a drill's mails stay in the practice mailbox.
 */
export async function notesForLaunch(ledger: Ledger, roundId: string): Promise<LaunchNote[]> {
  const { clockId } = await ledger.round.findUniqueOrThrow({ where: { id: roundId }, select: { clockId: true } });
  const undecided = clockId === 'real' ? await undecidedDomains(ledger, { roundId }) : [];
  const domains = undecided.map(({ domain, people }) => `${domain}（${String(people)}人）`).join('、');
  return [
    ...(await withoutMail(ledger, roundId)),
    ...(undecided.length === 0
      ? []
      : [
          {
            code: 'DomainUndecided' as const,
            message: `${domains}不在可信邮箱域名名单内，对外发信时只写编号、时限和链接；可信的请用 mails domains trust 登记`,
          },
        ]),
  ];
}

async function withoutMail(ledger: Ledger, roundId: string): Promise<LaunchNote[]> {
  const people = await ledger.person.findMany({
    where: { email: null, assignments: { some: { roundId, untilAt: null } } },
    select: { name: true },
    orderBy: { name: 'asc' },
  });
  if (people.length === 0) return [];
  const names = people.map(({ name }) => name).join('、');
  return [{ code: 'AddressMissing', message: `${names}没有邮箱，提醒由督办办公室打印送达，回复请代录` }];
}

/** The issue's own holders of a role, else its body's, else the round's. */
function holding(assignments: readonly Holder[], issue: IssueNamed, role: Role): readonly Holder['person'][] {
  const held = assignments.filter((one) => one.role === role);
  const choices = [
    held.filter(({ issueId }) => issueId === issue.id),
    held.filter(({ bodyId }) => bodyId !== null && bodyId === issue.bodyId),
    held.filter(({ issueId, bodyId }) => issueId === null && bodyId === null),
  ];
  return (choices.find((some) => some.length > 0) ?? []).map(({ person }) => person);
}

function rolesMissing(issues: readonly IssueNamed[], assignments: readonly Holder[]): Missing[] {
  return (Object.keys(roleNames) as Role[]).flatMap((role) => {
    const without = issues.filter((issue) => holding(assignments, issue, role).length === 0);
    if (without.length === 0) return [];
    const whose = without.length === issues.length ? '' : `${codesOf(without)}：`;
    return [{ code: 'RoleMissing' as const, message: `${whose}还没有${roleNames[role]}` }];
  });
}

/** Who proposed cannot decide; who approved cannot look back. */
function nobodyElse(issues: readonly IssueNamed[], assignments: readonly Holder[]): Missing[] {
  const found: Missing[] = [];
  const without = (one: Role, other: Role) =>
    issues.filter((issue) => {
      const those = holding(assignments, issue, one);
      const these = holding(assignments, issue, other);
      return (
        those.length > 0 &&
        these.length > 0 &&
        these.every((person) => those.some(({ id: same }) => same === person.id))
      );
    });
  const undecided = without('handler', 'office');
  if (undecided.length > 0) {
    const message = `${codesOf(undecided)}：督办办公室的人都是责任人，销号须由另一人审核，请给督办办公室加一人`;
    found.push({ code: 'NobodyElseDecides', message });
  }
  const unseen = without('office', 'reviewer');
  if (unseen.length > 0) {
    const scope = unseen.length === issues.length ? '' : `${codesOf(unseen)}：`;
    const message = `${scope}巡察办的人都在督办办公室，审核销号的人不能自己回头看，请另派一人`;
    found.push({ code: 'NobodyElseLooksBack', message });
  }
  return found;
}

function codesOf(issues: readonly IssueNamed[]): string {
  const shown = issues
    .slice(0, 8)
    .map(({ code }) => code)
    .join('、');
  return issues.length > 8 ? `${shown} 等 ${String(issues.length)} 项` : shown;
}
