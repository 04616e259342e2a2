import type { IssueEvent } from '../events.ts';
import { dayOf } from '../instants.ts';
import type { IssueProgress } from '../progress.ts';
import { kindIs, without } from './obligations.ts';
import { underWay } from './taking-on.ts';

/** What any words of the handler's answer: a report, a leader's question, the monthly sheet, an attestation. */
export function reported(progress: IssueProgress, event: IssueEvent): IssueProgress {
  const meets = kindIs('checkIn', 'attestation', 'statusAnswer', 'itemReport');
  const met = progress.obligations.filter(meets).map(({ kind }) => kind);
  const { askedAt: _answered, ...after } = without(underWay(progress, event), meets);
  const { at } = event;
  const day = dayOf(at);
  const isReport = met.includes('checkIn') || met.includes('attestation') || progress.phase === 'rectification';
  return {
    ...after,
    ...(isReport && { lastReportOn: day }),
    ...(met.includes('itemReport') && { lastItemReportOn: day }),
    ...(met.includes('attestation') && { attestedAt: at, missedAttestations: 0 }),
  };
}
