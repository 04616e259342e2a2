import { closureStateHash, closureStateOf } from '../../workflows/rules/closure.ts';
import type { Calendar } from '../../workflows/rules/calendar.ts';
import { type IssueProgress, itemsIn, measuresWithoutEvidence } from '../../workflows/rules/progress.ts';
import type { Policy } from '../../workflows/rules/policy.ts';
import type { Standing } from '../../workflows/rules/refusal.ts';
import { beijingDay, later } from './calendar-by-hand.ts';
import type { Dice } from './dice.ts';
import type { Saying, SayingName } from './messages.ts';
import { people } from './people.ts';

/** What somebody can know who says something. */
export interface Situation extends Standing {
  /** How often something has been said: names for what is new. */
  readonly count: number;
  readonly policies: readonly Policy[];
  readonly calendars: readonly Calendar[];
  readonly leaning: readonly SayingName[];
}

/** What somebody might say under this name as things stand; nothing where there is nothing to say it about. */
export function saying(name: SayingName, situation: Situation, dice: Dice): Saying | undefined {
  const { terms, progress, now, count } = situation;
  const today = beijingDay(now);
  const noteId = `note-${String(count)}`;
  const reason = dice.seldom(30) ? ' ' : '说明情况';
  switch (name) {
    case 'acknowledged':
      return { name, body: {} };
    case 'progressReported':
      return { name, body: { noteId } };
    case 'committed': {
      const measure = dice.pick([undefined, ...numbersOf(progress.measures)]);
      const until = later(today, dice.roll(45) - 2);
      const rests = dice.seldom(4) ? {} : ({ rests: 'covered' } as const);
      return { name, body: { until, ...(measure !== undefined && { measure }), noteId, ...rests } };
    }
    case 'evidenceReceived':
      return { name, body: { evidence: newEvidence(situation, dice) } };
    case 'proposeClosure':
      return { name, body: closureProposal(progress, today, dice) };
    case 'withdrawProposal':
    case 'withdrawIssue':
    case 'resumeIssue':
    case 'endLongTerm':
    case 'undoLastStep':
    case 'disputeFinding':
      return { name, body: { reason } };
    case 'decideClosure':
      return { name, body: { decision: closureDecision(situation, reason, dice) } };
    case 'noteSatisfaction': {
      const satisfaction = dice.pick(['satisfied', 'basicallySatisfied', 'satisfied', 'unsatisfied'] as const)!;
      return { name, body: { satisfaction, noteId } };
    }
    case 'judgeEvidence': {
      const pieces = (progress.remainder ?? progress.measures).flatMap(({ evidence }) => evidence);
      const accepted = dice.some(pieces.map(({ evidenceId }) => evidenceId));
      const returned = pieces.map(({ evidenceId }) => evidenceId).filter((id) => !accepted.includes(id));
      return { name, body: { accepted, returned: dice.some(returned), reason } };
    }
    case 'correctEvidence': {
      const piece = dice.pick(progress.measures.flatMap(({ evidence }) => evidence));
      const measure = dice.pick([null, 99, ...numbersOf(progress.measures), ...numbersOf(progress.measures)]) ?? null;
      return piece && { name, body: { evidenceId: piece.evidenceId, measure, reason } };
    }
    case 'correctPerson': {
      const piece = dice.pick((progress.remainder ?? progress.measures).flatMap(({ evidence }) => evidence));
      const to = dice.pick(people)!;
      return (
        piece && { name, body: { corrected: [1], evidenceIds: [piece.evidenceId], from: piece.by ?? '', to, reason } }
      );
    }
    case 'requestExtension': {
      const open = numbersOf(progress.measures.filter(({ deadline }) => deadline >= today || dice.seldom(9)));
      const until = later(dice.seldom(4) ? today : progress.deadline, 1 + dice.roll(70));
      const measures = dice.seldom(2) ? [] : dice.some(open);
      return { name, body: { until, measures, reason, progress: '已完成一半' } };
    }
    case 'decideExtension':
      return { name, body: { decision: dice.seldom(3) ? 'refused' : 'granted', reason } };
    case 'correctDeadline': {
      const measures = dice.some(numbersOf(progress.measures)).map((measure) => ({
        measure,
        deadline: later(today, dice.roll(90) - 3),
      }));
      return { name, body: { measures, reason } };
    }
    case 'suspendIssue': {
      const kind = dice.pick(['transferred', 'litigation', 'disaster', 'otherAuthority'] as const)!;
      return { name, body: { kind, authority: '有关机关', reason } };
    }
    case 'reviewSuspension':
      return { name, body: { finding: reason } };
    case 'enterItems':
      return { name, body: { itemIds: [`item-${String(count)}`, ...dice.some([`item-${String(count)}b`])] } };
    case 'moveItems': {
      const idle = itemsIn(progress).filter(({ state }) => state === 'entered');
      const to = idle.length > 0 && !dice.seldom(9) ? 'inWork' : 'askedToLeave';
      const some =
        to === 'inWork' ? idle : itemsIn(progress).filter(({ state }) => state === 'inWork' || dice.seldom(9));
      return { name, body: { itemIds: dice.some(some.map(({ id }) => id)), to } };
    }
    case 'recheckItems': {
      const asked = itemsIn(progress).filter(({ state }) => state === 'askedToLeave' || dice.seldom(9));
      const left = dice.seldom(3) ? dice.some(asked.map(({ id }) => id)) : asked.map(({ id }) => id);
      const back = asked.map(({ id }) => id).filter((id) => !left.includes(id));
      return { name, body: { left, back, finding: reason } };
    }
    case 'decideProposal': {
      const proposalId = dice.pick(progress.proposals.map(({ id }) => id)) ?? 'evidence-1-1/after-10';
      return { name, body: { proposalId, decision: dice.seldom(2) ? 'accepted' : 'declined', reason } };
    }
    case 'decideDispute':
      return { name, body: { decision: dice.seldom(9) ? 'upheld' : 'rejected', reason } };
    case 'mergeInto':
      return {
        name,
        body: { issueId: dice.pick(['issue-2', 'issue-1'])!, reason, carried: carriedOf(progress, dice) },
      };
    case 'askStatus':
      return { name, body: { noteId } };
    case 'endorseAttestation':
      return { name, body: {} };
    case 'recordLookBack':
      return { name, body: lookBack(today, dice) };
    case 'confirmRecurrence':
      return { name, body: { earlierIssueId: dice.pick(['issue-0', terms.issueId])! } };
    case 'handOver': {
      const role = dice.pick(['handler', 'handler', 'responsibleLeader'] as const)!;
      const own = dice.seldom(3) && role === 'handler' ? dice.pick(numbersOf(progress.measures)) : undefined;
      const to = dice.some(people).slice(0, 2);
      const anew = dice.seldom(4) ? {} : ({ acknowledgement: 'anew' } as const);
      return {
        name,
        body: { role, ...(own !== undefined && { measure: own }), from: ['p-chen'], to, reason, ...anew },
      };
    }
    case 'changeUnit':
      return { name, body: { what: 'unit', from: '一科', to: '二科', reason } };
    case 'adoptPolicy': {
      const policy = dice.pick(situation.policies);
      return (
        policy && { name, body: { policy: { ...policy, version: terms.policy.version + (dice.seldom(5) ? 0 : 1) } } }
      );
    }
    case 'adoptCalendar': {
      const calendar = dice.pick(situation.calendars);
      const version = terms.calendar.version + (dice.seldom(5) ? 0 : 1);
      return calendar && { name, body: { calendar: { ...calendar, version } } };
    }
    case 'settleLookBackDraw': {
      const outcome = dice.pick(['leftOut', 'drawn', 'failedUnit', 'major'] as const)!;
      return { name, body: { drawId: `draw-${String(count)}`, outcome } };
    }
  }
}

function numbersOf(measures: IssueProgress['measures']): number[] {
  return measures.map(({ number }) => number);
}

/** For one measure, for all that lack it, for none in particular, or once more what is known already. */
function newEvidence({ progress, count }: Situation, dice: Dice) {
  const pieces = progress.measures.flatMap(({ evidence }) => evidence);
  const known = dice.pick(pieces);
  if (known !== undefined && dice.seldom(12)) {
    return [{ evidenceId: known.evidenceId, measure: dice.pick(numbersOf(progress.measures))! }];
  }
  const lacking = (progress.remainder ?? measuresWithoutEvidence(progress)).map(({ number }) => number);
  const one = dice.pick(numbersOf(progress.measures));
  const measures = dice.pick([lacking, lacking, [one], [undefined]]) ?? [];
  return measures.map((measure, index) => ({
    evidenceId: `e-${String(count)}-${String(index)}`,
    ...(measure !== undefined && { measure }),
  }));
}

function closureProposal(progress: IssueProgress, today: string, dice: Dice) {
  const outcome = dice.pick([undefined, undefined, 'done', 'basicallyDone', 'longTerm'] as const);
  const lacking = measuresWithoutEvidence(progress).map(({ number }) => number);
  const left = lacking.length > 0 ? lacking : dice.some(numbersOf(progress.measures).slice(1));
  const remainder = left.map((measure) => ({ measure, deadline: later(today, dice.roll(120) - 3) }));
  if (outcome === 'basicallyDone' || (left.length > 0 && dice.seldom(4)))
    return { outcome: 'basicallyDone' as const, remainder };
  return outcome === undefined ? {} : { outcome };
}

function closureDecision({ terms, progress }: Situation, reason: string, dice: Dice) {
  if (dice.seldom(4)) return { kind: 'returned' as const, reason, measures: dice.some(numbersOf(progress.measures)) };
  const pieces = progress.measures.flatMap(({ evidence }) => evidence.map(({ evidenceId }) => evidenceId));
  const present = closureStateOf(terms.issueId, progress) ?? closureStateHash(terms.issueId, progress, 'done');
  const stateHash = dice.seldom(4) ? (progress.closure?.stateHash ?? present) : present;
  return { kind: 'approved' as const, stateHash, acceptedEvidence: dice.seldom(8) ? dice.some(pieces) : pieces };
}

function lookBack(today: string, dice: Dice) {
  const finding = '现场查看';
  switch (dice.roll(5)) {
    case 0:
      return { finding };
    case 1:
      return { finding, partly: 'partly' as const };
    default:
      return { finding, rebound: { deadline: later(today, dice.roll(120) - 3) } };
  }
}

/** Mostly every measure, so that a merger is not always refused. */
function carriedOf({ measures }: IssueProgress, dice: Dice) {
  const carried = numbersOf(measures).map((measure) => ({ measure, into: 0 }));
  return dice.seldom(5) ? carried.slice(1) : carried;
}
