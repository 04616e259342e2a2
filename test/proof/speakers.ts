import type { Role } from '../../workflows/rules/policy.ts';
import type { Holders } from './arbitraries/staff.ts';
import type { Dice } from './dice.ts';
import type { SayingName } from './messages.ts';
import { people } from './people.ts';

/** Who usually says it. */
const usual: Readonly<Partial<Record<SayingName, Role>>> = {
  decideClosure: 'office',
  judgeEvidence: 'office',
  decideExtension: 'groupHead',
  decideDispute: 'office',
  recheckItems: 'office',
  recordLookBack: 'reviewer',
  endorseAttestation: 'responsibleLeader',
};

/** Who says it: mostly who would, now and then anybody; and now and then somebody else has entered it for him. */
export function speaker(name: SayingName, holders: Holders, dice: Dice): { by: string; recordedBy?: string } {
  const role = usual[name] ?? 'handler';
  const anybody = dice.seldom(name === 'decideClosure' ? 2 : 6);
  const by = (anybody ? undefined : dice.pick(holders[role])) ?? dice.pick(people)!;
  return dice.seldom(8) ? { by, recordedBy: dice.pick(people)! } : { by };
}
