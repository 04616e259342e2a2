/** The steps in which an office sets a round up (筹备), in their order; each is an address under `/rounds/:id/set-up/`. */
export const setUpSteps = ['issues', 'people', 'policy', 'rehearsal', 'launch'] as const;

export type SetUpStep = (typeof setUpSteps)[number];

/** What the ledger says of a draft, as far as it tells which steps are done. */
export interface SetUpFacts {
  /** How many things are missing before the round can be launched. */
  readonly missing: number;
  readonly policy: 'confirmed' | 'proposed';
}

/** Whether a step is done: by what the ledger holds, so that it is the same for whoever comes back to the draft, and when. */
export function isStepDone(step: SetUpStep, { missing, policy }: SetUpFacts): boolean {
  switch (step) {
    case 'issues':
      return true; // they came with the notice, and may be put right until the launch
    case 'people':
      return missing === 0;
    case 'policy':
      return policy === 'confirmed';
    case 'rehearsal':
    case 'launch':
      return false; // a rehearsal is of what stands now, and is looked at before each launch
  }
}

/** Where an office that comes back goes on: the first step that is not done. */
export function nextOpenStep(facts: SetUpFacts): SetUpStep {
  return setUpSteps.find((step) => !isStepDone(step, facts)) ?? 'launch';
}
