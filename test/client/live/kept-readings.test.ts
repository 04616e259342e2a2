import { describe, expect, it } from 'vitest';
import { createKeptReadings, type OfRound } from '../../../client/live/kept-readings.ts';

const [friday, saturday] = ['2024-03-29', '2024-03-30'];

/** Counts how often each round was read; the reading says which time it was. */
function world() {
  let nowMs = 0;
  const times = new Map<string, number>();
  const kept = createKeptReadings(() => nowMs);
  const read = (ids: readonly string[]): Promise<OfRound<string>> => {
    for (const id of ids) times.set(id, (times.get(id) ?? 0) + 1);
    return Promise.resolve((id) => `${id} ${String(times.get(id))}`);
  };
  const look = async (ids: readonly string[], today = friday, name = 'figures') => {
    const of = await kept.ofRounds(name, { ids, today }, read);
    return ids.map((id) => of(id));
  };
  return { kept, look, read, passMs: (ms: number) => (nowMs += ms) };
}

describe('a kept reading', () => {
  it('is read once while nothing changes', async () => {
    const { look } = world();
    expect(await look(['a', 'b'])).toEqual(['a 1', 'b 1']);
    expect(await look(['b', 'a', 'c'])).toEqual(['b 1', 'a 1', 'c 1']);
  });

  it('of a round that has changed is read anew, and no other is', async () => {
    const { kept, look } = world();
    await look(['a', 'b']);
    kept.forget({ roundId: 'a' });
    expect(await look(['a', 'b'])).toEqual(['a 2', 'b 1']);
  });

  it('is read anew of all rounds when nobody knows what has changed', async () => {
    const { kept, look } = world();
    await look(['a', 'b']);
    kept.forget(undefined);
    expect(await look(['a', 'b'])).toEqual(['a 2', 'b 2']);
  });

  it('is not kept when something changed while it was read', async () => {
    const { kept, look, read } = world();
    const changedMeanwhile = async (ids: readonly string[]) => {
      const reading = await read(ids);
      kept.forget({ roundId: 'a' });
      return reading;
    };
    const of = await kept.ofRounds('figures', { ids: ['a'], today: friday }, changedMeanwhile);
    expect(of('a')).toBe('a 1');
    expect(await look(['a'])).toEqual(['a 2']);
  });

  it('holds for its day and for a minute', async () => {
    const { look, passMs } = world();
    await look(['a']);
    expect(await look(['a'], saturday)).toEqual(['a 2']);
    passMs(59_999);
    expect(await look(['a'], saturday)).toEqual(['a 2']);
    passMs(1);
    expect(await look(['a'], saturday)).toEqual(['a 3']);
  });

  it('is not taken for another of the same round', async () => {
    const { look } = world();
    await look(['a']);
    expect(await look(['a'], friday, 'coming')).toEqual(['a 2']);
    expect(await look(['a'])).toEqual(['a 1']);
  });
});
