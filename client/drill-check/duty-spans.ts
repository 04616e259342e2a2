import type { IsoDate, IsoInstant } from '../../workflows/rules/instants.ts';
import type { ObligationKind } from '../../workflows/rules/policy.ts';
import type { IssueFacts } from './facts.ts';

/** From when until when something was owed. */
export interface DutySpan {
  readonly issueId: string;
  readonly cycle: number;
  readonly obligationId: string;
  readonly kind: ObligationKind;
  readonly measure: number | undefined;
  readonly proposalId: string | undefined;
  readonly dueOn: IsoDate;
  readonly openedAt: IsoInstant;
  /** When it was met, lapsed or fell away; undefined while it is open. */
  closedAt: IsoInstant | undefined;
}

/**
 * Goes through an issue's events one by one and notes what was owed from when until when: the checker's own reading of
 * what each event settles.
 */
export function dutySpans({ id, events }: IssueFacts): DutySpan[] {
  const spans: DutySpan[] = [];
  const proposedAbout = new Map<string, string>();

  for (const event of events) {
    const open = spans.filter(({ closedAt }) => closedAt === undefined);
    const close = (isSettled: (span: DutySpan) => boolean) => {
      for (const span of open.filter(isSettled)) span.closedAt = event.at;
    };
    const closeKinds = (...kinds: readonly ObligationKind[]) => close(({ kind }) => kinds.includes(kind));
    switch (event.type) {
      case 'obligationOpened': {
        const { cycle, obligationId, kind, measure, proposalId, dueOn, at: openedAt } = event;
        spans.push({
          issueId: id,
          cycle,
          obligationId,
          kind,
          measure,
          proposalId,
          dueOn,
          openedAt,
          closedAt: undefined,
        });
        break;
      }
      case 'obligationOverdue': // still owed
        break;
      case 'obligationLapsed':
        close(({ obligationId }) => obligationId === event.obligationId);
        break;
      case 'proposalRaised':
        proposedAbout.set(event.proposalId, event.obligationId);
        break;
      case 'acknowledged':
        closeKinds('acknowledgement');
        break;
      case 'progressReported':
        closeKinds('acknowledgement', 'checkIn', 'attestation');
        break;
      case 'evidenceReceived': {
        const proven = event.evidence.map(({ measure }) => measure).filter((measure) => measure !== undefined);
        closeKinds('acknowledgement', 'checkIn', 'attestation');
        close(({ kind, measure }) => kind === 'evidence' && measure !== undefined && proven.includes(measure));
        break;
      }
      case 'closureProposed':
        closeKinds('acknowledgement', 'checkIn', 'evidence', 'closureProposal');
        break;
      case 'closureReturned':
        closeKinds('closureDecision');
        break;
      case 'proposalDecided':
        close(({ proposalId }) => proposalId === event.proposalId);
        break;
      case 'closureApproved':
      case 'lookBackHeld':
      case 'rebounded':
        close(() => true);
        break;
    }
    // Nobody has to decide any more about somebody who has delivered.
    const settled = open.filter(({ closedAt }) => closedAt !== undefined).map(({ obligationId }) => obligationId);
    close(({ proposalId }) => proposalId !== undefined && settled.includes(proposedAbout.get(proposalId) ?? ''));
    if (event.type === 'rebounded') proposedAbout.clear();
  }
  return spans;
}
