import type { AcceptedMail } from '../practice/accepted-file.ts';
import { addMs, dayOf, type IsoInstant } from '../../workflows/rules/instants.ts';
import { acknowledgedMailOf, answerOf, isSendingTime } from './answer-lines.ts';
import { holdersOf } from './facts.ts';
import type { Expectation } from './expectation.ts';
import type { Finding } from './finding.ts';

/** Lines that should not have been sent: at that time, to that person, about that, or at all. */
export function findUnowed(expectation: Expectation, accepted: readonly AcceptedMail[]): Finding[] {
  const seen = new Set<string>();
  return accepted.flatMap((mail): Finding[] => {
    const copy = `${mail.messageId} ${mail.to}`;
    if (seen.has(copy)) return [];
    seen.add(copy);
    if (mail.lines.length === 0) return [unowed(mail, '', '邮件里没有一行是规则要求的')];
    return mail.lines.flatMap((line) => {
      const why = whyUnowed(expectation, mail, line);
      return why === undefined ? [] : [unowed(mail, line, why)];
    });
  });
}

function unowed({ to, date }: AcceptedMail, line: string, why: string): Finding {
  return { kind: 'unowed', line, address: to, moment: date, why };
}

function whyUnowed(expectation: Expectation, { to, date, messageId }: AcceptedMail, line: string): string | undefined {
  const { facts, workdays } = expectation;
  if (date === null) return '邮件没有日期';
  if (!facts.mails.has(messageId)) return '台账里没有这封邮件';
  const expected = expectation.lines.get(line);
  const leftAtOnce = expected !== undefined && expected.moment === date && facts.firstMail === 'now';
  const time = leftAtOnce ? 'yes' : isSendingTime(facts.policy, workdays, date);
  if (time === 'dayOff') return `${dayOf(date)}不是工作日`;
  if (time === 'outsideHours') return `${date}不在发送时间内`;

  const acknowledged = acknowledgedMailOf(line);
  if (acknowledged !== undefined) {
    return facts.senders.get(acknowledged)?.includes(to) === true ? undefined : '回执发给了没有来信的人';
  }
  const answer = answerOf(line);
  if (answer !== undefined) {
    const event = expectation.answers.find(
      ({ issueId, sequence }) => issueId === answer.issueId && sequence === answer.sequence,
    );
    if (event === undefined || answer.role !== 'handler') return '没有需要这样答复的事件';
    if (date < event.eventAt) return '答复早于它所答复的事件';
    return holdersOf(facts, answer.issueId, 'handler', date).includes(to) ? undefined : '收件人不是责任人';
  }
  return whyNoReminder(expectation, line, to, date);
}

function whyNoReminder(
  { facts, spans, lines }: Expectation,
  line: string,
  to: string,
  date: IsoInstant,
): string | undefined {
  const expected = lines.get(line);
  if (expected === undefined) {
    const closedAt = spans.get(line.split('/').slice(0, 3).join('/'))?.closedAt;
    const isMet = closedAt !== undefined && closedAt < date;
    return isMet ? `该事项已于${closedAt}办结` : '没有一条规则要求在这一天发这一行';
  }
  if (date < wholeSecond(expected.moment)) return `早于规则要求的时刻${expected.moment}`;
  const claimedAt = facts.rows.get(line)?.claimedAt ?? date;
  const { closedAt } = expected.span;
  if (closedAt !== undefined && closedAt < claimedAt) return `认领发送时（${claimedAt}）该事项已于${closedAt}办结`;
  if (!holdersOf(facts, expected.issueId, expected.role, claimedAt).includes(to)) return '收件人不担任这一行所给的角色';
  return undefined;
}

/** A Date header has no milliseconds. */
function wholeSecond(moment: IsoInstant): IsoInstant {
  return addMs(moment, -(Date.parse(moment) % 1000));
}
