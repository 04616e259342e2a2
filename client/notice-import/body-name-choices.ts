import type { RoundFacts } from './notice-reading.ts';

const partyForm = /^(?:中共|中国共产党)(.{2,}?)(?:党组|党工委|党委|工作委员会|委员会|党总支|党支部)$/u;

/**
 * The names by which the inspected body (被巡察单位) may be called, the one that was read first: as the notice's title has it, as
 * its signature has it, and each without its Party form (`中共青禾市园林绿化局党组` → `青禾市园林绿化局`).
 */
export function bodyNameChoices({ bodyName, signedBy }: Pick<RoundFacts, 'bodyName' | 'signedBy'>): string[] {
  const read = [bodyName, signedBy].filter((name) => name !== null);
  return [...new Set(read.flatMap((name) => [name, partyForm.exec(name)?.[1] ?? name]))];
}
