import type { AcceptedMail } from '../practice/accepted-file.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import { answerOf, isOver } from './answer-lines.ts';
import type { Rules } from './asked-lines.ts';
import type { Expectation } from './expectation.ts';
import { type ExpectedLine, isAskedFor, whoseOf } from './expected-lines.ts';
import type { DrillFacts, RowFacts } from './facts.ts';
import type { Finding } from './finding.ts';
import { holdersOf } from './holders.ts';

/** Lines that were owed when they should have left and reached nobody, without a reason on record. */
export function findLost(expectation: Expectation, accepted: readonly AcceptedMail[]): Finding[] {
  const arrived = new Set(accepted.flatMap(({ lines, to }) => lines.map((key) => `${withoutRole(key)} ${to}`)));
  return [
    ...lostReminders(expectation, arrived),
    ...lostAnswers(expectation, arrived),
    ...lostAcknowledgements(expectation.facts, arrived),
  ];
}

function lostReminders({ facts, rules, lines }: Expectation, arrived: ReadonlySet<string>): Finding[] {
  return [...lines.values()].flatMap((line): Finding[] => {
    const { key, moment, certainty } = line;
    // An answer of the very moment may have been there before the mail, or after it.
    if (!isOver(facts, moment) || certainty === 'crossed') return [];
    const row = facts.rows.get(key);
    if (isExcused(row, facts.now) || isPutOffUntilMet(rules, line, row)) return [];
    return holdersOf(facts, whoseOf(line), moment)
      .filter((address) => !arrived.has(`${withoutRole(key)} ${address}`))
      .map((address) => ({
        kind: 'lost',
        line: key,
        address,
        moment,
        why: `应发未发：${moment}时该事项未办结，收件箱里没有这一行；发件表：${rowWords(row)}`,
      }));
  });
}

function lostAnswers({ facts, answers }: Expectation, arrived: ReadonlySet<string>): Finding[] {
  const keys = new Map(
    [...facts.rows.keys()].flatMap((key) => {
      const answer = answerOf(key);
      return answer ? [[nameOf(answer), key] as const] : [];
    }),
  );
  return answers.flatMap((answer): Finding[] => {
    const { issueId, sequence, role, moment, call } = answer;
    const key = keys.get(nameOf(answer)) ?? `${issueId}/?/answer-${String(sequence)}/${role}`;
    const row = facts.rows.get(key);
    if (call === 'may' || !isOver(facts, moment) || isExcused(row, facts.now)) return [];
    return holdersOf(facts, { issueIds: [issueId], measure: undefined, role, kind: undefined }, moment)
      .filter((address) => !arrived.has(`${key} ${address}`))
      .map((address) => ({
        kind: 'lost',
        line: key,
        address,
        moment,
        why: `应发未发：第${String(sequence)}号事件没有答复；发件表：${rowWords(row)}`,
      }));
  });
}

function nameOf({ issueId, sequence, role }: { issueId: string; sequence: number; role: string }): string {
  return `${issueId}/${String(sequence)}/${role}`;
}

function lostAcknowledgements(facts: DrillFacts, arrived: ReadonlySet<string>): Finding[] {
  return [...facts.rows].flatMap(([key, row]): Finding[] => {
    const { kind, address, earliestAt } = row;
    if (kind !== 'acknowledgement' || address === null || !isOver(facts, earliestAt)) return [];
    if (isExcused(row, facts.now) || arrived.has(`${key} ${address}`)) return [];
    const why = `应发未发：回执没有到达；发件表：${rowWords(row)}`;
    return [{ kind: 'lost', line: key, address, moment: earliestAt, why }];
  });
}

/** The outbox says why it did not leave, or that it waits. */
function isExcused(row: RowFacts | undefined, now: IsoInstant): boolean {
  if (row === undefined || row.stateReason === null || row.stateReason === '') return false;
  return row.state === 'collapsed' || row.state === 'skipped' || (row.state === 'planned' && row.earliestAt > now);
}

/** It was put off, which is on record, and was asked for no more when its new moment came. */
function isPutOffUntilMet(rules: Rules, line: ExpectedLine, row: RowFacts | undefined): boolean {
  if (row?.state !== 'cancelled' || row.earliestAt <= line.moment) return false;
  return (
    line.history.askedAt(line.span, row.earliestAt).at(-1) === undefined || !isAskedFor(rules, line, row.earliestAt)
  );
}

function rowWords(row: RowFacts | undefined): string {
  return row === undefined ? '没有这一行' : `${row.state}${row.stateReason === null ? '' : `（${row.stateReason}）`}`;
}

/** Who holds two of a rung's roles gets one of the lines. */
function withoutRole(key: string): string {
  const parts = key.split('/');
  if (parts.length !== 6) return key;
  parts[4] = '*';
  return parts.join('/');
}
