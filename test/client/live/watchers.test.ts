import { describe, expect, it } from 'vitest';
import { createWatchers, type Watched } from '../../../client/live/watchers.ts';
import { changeStream } from '../../../client/routes/changes.ts';
import type { Change } from '../../../prisma/changes.ts';

const ofIssue: Change = { clockId: 'real', roundId: 'r', issueId: 'i' };
const ofRound: Change = { clockId: 'real', roundId: 'r', issueId: null };

describe('a page is told', () => {
  it.each<[string, Watched, Change | undefined, number]>([
    ['of its issue', { issueId: 'i' }, ofIssue, 1],
    ['of no other issue', { issueId: 'other' }, ofIssue, 0],
    ['when issues of a round changed that are not named', { issueId: 'other' }, ofRound, 1],
    ['of an issue of its round', { roundId: 'r' }, ofIssue, 1],
    ['of no other round', { roundId: 'other' }, ofIssue, 0],
    ['of anything on its clock', { clockId: 'real' }, ofIssue, 1],
    ['of nothing on another clock', { clockId: 'drill' }, ofRound, 0],
    ['when it is not known what changed', { issueId: 'other' }, undefined, 1],
  ])('%s', (_, what, change, times) => {
    const watchers = createWatchers();
    let told = 0;
    const stop = watchers.watch(what, () => (told += 1))!;
    watchers.tell(change);
    stop();
    watchers.tell(change);
    expect(told).toBe(times);
  });
});

it('a thousand pages may watch at a time, and whoever closes makes room', async () => {
  const watchers = createWatchers();
  const stops = Array.from({ length: 1_000 }, () => watchers.watch({ clockId: 'real' }, () => undefined));
  expect(watchers.watch({ clockId: 'real' }, () => undefined)).toBeUndefined();
  expect((await changeStream(watchers).request('/changes?clock=real')).status).toBe(503);
  stops[0]!();
  expect(watchers.watch({ clockId: 'real' }, () => undefined)).toBeDefined();
});

describe('the stream', () => {
  it('says that there is something new, and not what', async () => {
    const watchers = createWatchers();
    const response = await changeStream(watchers).request('/changes?issue=i');
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect((await reader.read()).value).toContain('event: watching');
    watchers.tell(ofIssue);
    const { value } = await reader.read();
    expect(value).toBe('event: changed\ndata: \n\n');
    await reader.cancel();
  });

  it('wants to know what is watched', async () => {
    expect((await changeStream(createWatchers()).request('/changes')).status).toBe(400);
  });
});
