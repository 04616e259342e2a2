/** How a part of the system is: `attention` is work for somebody, `down` a fault. */
export type CheckState = 'ok' | 'attention' | 'down';

/** One thing that is looked after, and what was found. */
export interface Check {
  readonly name: string;
  readonly state: CheckState;
  /** How many; 0 when all is well. */
  readonly count: number;
  /** Some of them, by what people call them. */
  readonly sample: readonly string[];
  readonly message: string;
}

/** What a look has found: how many, and a few of them. */
export interface Found {
  readonly count: number;
  readonly sample: readonly string[];
}

/** So many are named in a check. */
export const sampleSize = 5;

/** Looks, and says it in a sentence; a look that fails is a part that does not answer. */
export async function check(
  name: string,
  { when, words }: { readonly when: Exclude<CheckState, 'ok'>; readonly words: (count: string) => string },
  look: () => Promise<Found>,
): Promise<Check> {
  try {
    const { count, sample } = await look();
    if (count === 0) return { name, state: 'ok', count, sample: [], message: '正常' };
    const named = sample.length === 0 ? '' : `：${sample.join('、')}${count > sample.length ? ' 等' : ''}`;
    return { name, state: when, count, sample, message: `${words(String(count))}${named}` };
  } catch (error) {
    const [firstLine = ''] = (error instanceof Error ? error.message : String(error)).trim().split('\n');
    return { name, state: 'down', count: 1, sample: [], message: `没有应答：${firstLine}` };
  }
}

/** The worst of several. */
export function worstOf(checks: readonly Check[]): CheckState {
  return (['down', 'attention'] as const).find((state) => checks.some((one) => one.state === state)) ?? 'ok';
}
