import type { Ledger } from '../../prisma/client.ts';
import type { Said } from '../../workflows/messages.ts';
import type { Issues } from '../issues.ts';
import { type PolicyChange, policyChanges } from '../policy/policy-changes.ts';
import { RefusedError } from '../refused-error.ts';
import { mayActInRound } from '../acting/may-act-in-round.ts';
import { adoptInRound, type AdoptionOptions, type AdoptionOutcome, requireSome, type RoundAdoption } from './adopt.ts';
import { policyOf } from './policy-versions.ts';
import { type Outlook, outlookOf } from './outlook.ts';
import { previewRound, type RoundPreview } from './preview.ts';
import { readRunning } from './running.ts';

export interface PolicyAdoption {
  readonly roundId: string;
  readonly version: number;
  /** The version is the round's once nobody has refused it. */
  readonly state: 'adopted' | 'partly';
  readonly outcomes: readonly AdoptionOutcome[];
}

/** What adopting a version would change: settings, and the reminders of everything that is owed now. */
export interface AdoptionPreview extends RoundPreview {
  readonly version: number;
  /** Against the version that the round goes by. */
  readonly settings: readonly PolicyChange[];
  /** The reminders named one by one are of what is owed now; this counts what is not owed yet as well. */
  readonly outlook: Outlook;
}

/** Asks what adopting a version would change, and changes nothing. @throws RefusedError `UnknownRound`, `UnknownPolicy`, `NotLaunched` */
export async function previewAdoption(ledger: Ledger, roundId: string, version: number): Promise<AdoptionPreview> {
  const policy = await policyOf(ledger, roundId, version);
  const [round] = await readRunning(ledger, { roundId });
  if (round === undefined) {
    throw new RefusedError('NotLaunched', '这个轮次尚未交办，还没有待发的提醒；采用后按新办法交办');
  }
  const settings = policyChanges(await policyOf(ledger, roundId), policy);
  const preview = await previewRound(ledger, round, { kind: 'policy', policy });
  return { version, settings, ...preview, outlook: await outlookOf(round, policy) };
}

/**
 * Lets a round go by a version of its policy from now on: every running issue, and the round's own duties. A draft has
 * nothing that runs and is launched by it. What the new rules would have asked for earlier is not asked for. Running it
 * again reaches those that were not reached.
 *
 * @throws RefusedError `UnknownRound`, `UnknownPolicy`, `PolicyNotNewer`, `NotAdopted`, `NotYours`
 */
export async function adoptPolicy(
  {
    ledger,
    ...asked
  }: { readonly ledger: Ledger; readonly issues: Pick<Issues, 'ask'>; readonly rounds: RoundAdoption },
  roundId: string,
  version: number,
  said: Omit<Said, 'requestId'>,
  options: AdoptionOptions = {},
): Promise<PolicyAdoption> {
  const policy = await policyOf(ledger, roundId, version);
  const { policyVersion } = await ledger.round.findUniqueOrThrow({
    where: { id: roundId },
    select: { policyVersion: true },
  });
  if (version < policyVersion) {
    throw new RefusedError(
      'PolicyNotNewer',
      `这个轮次已采用第${String(policyVersion)}版办法；要回到较早的一版，请把它另存为新的一版再采用`,
    );
  }
  const [round] = await readRunning(ledger, { roundId });
  if (round === undefined) await requireOffice(ledger, roundId, said.by);
  const outcomes =
    round === undefined ? [] : await adoptInRound(asked, round, { kind: 'policy', policy }, said, options);
  requireSome(outcomes);
  if (outcomes.some(({ outcome }) => outcome === 'refused')) return { roundId, version, state: 'partly', outcomes };
  const adoptedAt = round?.now ?? new Date().toISOString();
  await ledger.$transaction([
    ledger.policyVersion.updateMany({
      where: { roundId, version, adoptedAt: null },
      data: { adoptedBy: said.by, adoptedAt },
    }),
    ledger.round.update({ where: { id: roundId }, data: { policyVersion: version }, select: { id: true } }),
  ]);
  return { roundId, version, state: 'adopted', outcomes };
}

/** Of a round that runs its workflows ask; a draft is the office's as soon as it has one. */
async function requireOffice(ledger: Ledger, roundId: string, by: string): Promise<void> {
  const offices = await ledger.assignment.count({ where: { roundId, role: 'office' } });
  if (offices === 0) return;
  const now = new Date().toISOString();
  await mayActInRound(ledger, { roundId, now, by, act: '采用新政策', roles: ['office'] });
}
