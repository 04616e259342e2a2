import type { Ledger } from '../../prisma/client.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { fromIsoDate, toIsoDate } from '../../prisma/days.ts';
import type { Policy } from '../../workflows/rules/policy.ts';
import { type PresetName, presetPolicy } from '../../workflows/rules/presets/index.ts';
import { RefusedError } from '../refused-error.ts';
import { lockDraft } from '../rounds/draft.ts';
import type { SetUpFacts } from './steps.ts';
import { concentratedEnd } from '../rounds/round-draft.ts';

/**
 * Says by which policy (政策) a draft will be launched: by the one it has, or by a preset, which becomes its next version. Days
 * that issues have been given stay. A second call with `current` only says again that it is meant.
 *
 * @param by who of the office chose it; null where nobody signs in
 * @throws RefusedError `UnknownRound`, `Launched`, `FeedbackMissing`
 */
export async function choosePolicy(
  ledger: Ledger,
  roundId: string,
  { wanted, by }: { readonly wanted: PresetName | 'current'; readonly by: string | null },
): Promise<void> {
  await ledger.$transaction(async (tx) => {
    await lockDraft(tx, roundId, '换政策');
    const { feedbackOn, policyVersion } = await tx.round.findUniqueOrThrow({
      where: { id: roundId },
      select: { feedbackOn: true, policyVersion: true },
    });
    const adopted = { adoptedBy: by, adoptedAt: new Date() };
    if (wanted === 'current') {
      await tx.policyVersion.update({
        where: { roundId_version: { roundId, version: policyVersion } },
        data: adopted,
        select: { version: true },
      });
      return;
    }
    if (feedbackOn === null) throw new RefusedError('FeedbackMissing', '没有反馈日，政策里的日子无从算起');
    const feedback = toIsoDate(feedbackOn);
    const { _max } = await tx.policyVersion.aggregate({ where: { roundId }, _max: { version: true } });
    const version = (_max.version ?? 0) + 1;
    const policy: Policy = { ...presetPolicy(wanted, { feedbackOn: feedback }), version };
    const body = policy as unknown as Prisma.InputJsonObject;
    await tx.policyVersion.create({
      data: { roundId, version, body, note: '筹备时选用', ...adopted },
      select: { version: true },
    });
    await tx.round.update({
      where: { id: roundId },
      data: { policyVersion: version, concentratedEndsOn: fromIsoDate(concentratedEnd(feedback, policy)) },
      select: { id: true },
    });
  });
}

/** Whether the office has said that the draft's policy is meant, or it still stands as it came with the notice. */
export async function policyStateOf(ledger: Ledger, roundId: string): Promise<SetUpFacts['policy']> {
  const { policyVersion, policies } = await ledger.round.findUniqueOrThrow({
    where: { id: roundId },
    select: { policyVersion: true, policies: { where: { adoptedAt: { not: null } }, select: { version: true } } },
  });
  return policies.some(({ version }) => version === policyVersion) ? 'confirmed' : 'proposed';
}
