import { expect, test } from 'vitest';
import { type LinkState, linkStateOf } from '../../../client/links/link-state.ts';
import { at } from '../../../workflows/rules/instants.ts';

const owing = {
  stance: 'owes',
  kind: 'evidence',
  owed: 'open',
  held: 'held',
  until: undefined,
  now: at('2024-04-01', '10:00'),
} as const;

test.each<{ why: string; facts: Partial<Parameters<typeof linkStateOf>[0]>; state: LinkState }>([
  {
    why: 'a measure’s evidence',
    facts: {},
    state: { kind: 'acts', acts: ['submitEvidence', 'report', 'requestExtension'] },
  },
  { why: 'taking on', facts: { kind: 'acknowledgement' }, state: { kind: 'acts', acts: ['acknowledge'] } },
  {
    why: 'a check-in',
    facts: { kind: 'checkIn' },
    state: { kind: 'acts', acts: ['report', 'requestExtension'] },
  },
  {
    why: 'what is to be closed',
    facts: { kind: 'closureProposal' },
    state: { kind: 'acts', acts: ['proposeClosure', 'report', 'requestExtension'] },
  },
  { why: 'an attestation', facts: { kind: 'attestation' }, state: { kind: 'acts', acts: ['report'] } },
  { why: 'a decision', facts: { kind: 'closureDecision' }, state: { kind: 'shows', because: 'judged' } },
  { why: 'a look-back', facts: { kind: 'lookBack' }, state: { kind: 'shows', because: 'judged' } },
  { why: 'whoever is only told', facts: { stance: 'informed' }, state: { kind: 'shows', because: 'informed' } },
  { why: 'what has been met', facts: { owed: 'closed' }, state: { kind: 'usedUp' } },
  { why: 'who has handed it over', facts: { held: 'passedOn' }, state: { kind: 'void' } },
  { why: 'who has handed over what was met', facts: { held: 'passedOn', owed: 'closed' }, state: { kind: 'void' } },
  {
    why: 'the last day, which is still good',
    facts: { owed: 'closed', until: '2024-04-01' },
    state: { kind: 'usedUp' },
  },
  { why: 'the day after it', facts: { owed: 'closed', until: '2024-03-31' }, state: { kind: 'expired' } },
])('the link for $why', ({ facts, state }) => {
  expect(linkStateOf({ ...owing, ...facts })).toEqual(state);
});
