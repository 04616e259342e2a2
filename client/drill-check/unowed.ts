import type { AcceptedMail } from '../practice/accepted-file.ts';
import { addMs, dayOf, type IsoInstant } from '../../workflows/rules/instants.ts';
import { acknowledgedMailOf, answerOf, isSendingTime } from './answer-lines.ts';
import type { Expectation } from './expectation.ts';
import { isAskedFor, whoseOf } from './expected-lines.ts';
import type { Finding } from './finding.ts';
import { holdersOf } from './holders.ts';

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
  const { facts, rules, lines, histories } = expectation;
  if (date === null) return '邮件没有日期';
  if (!facts.mails.has(messageId)) return '台账里没有这封邮件';
  const expected = lines.get(line);
  const leftAtOnce = expected !== undefined && expected.moment === date && facts.firstMail === 'now';
  const law = histories.get(line.split('/')[0] ?? '')?.lawAt(date) ?? facts.launchedWith;
  const policy = rules.policyOf(law);
  const time = leftAtOnce ? 'yes' : isSendingTime(policy, rules.workdaysOf(law), date);
  if (time === 'dayOff') return `${dayOf(date)}不是工作日`;
  if (time === 'outsideHours') return `${date}不在发送时间内`;

  const acknowledged = acknowledgedMailOf(line);
  if (acknowledged !== undefined) {
    return facts.senders.get(acknowledged)?.includes(to) === true ? undefined : '回执发给了没有来信的人';
  }
  if (line.startsWith('page/')) {
    const whose = { issueIds: [], measure: undefined, role: 'office', kind: undefined } as const;
    return holdersOf(facts, whose, date).includes(to) ? undefined : '打印件的告知发给了督办办公室以外的人';
  }
  const answer = answerOf(line);
  if (answer !== undefined) {
    const event = expectation.answers.find(
      ({ issueId, sequence, role }) =>
        issueId === answer.issueId && sequence === answer.sequence && role === answer.role,
    );
    if (event === undefined) return '没有需要这样答复的事件';
    if (date < event.eventAt) return '答复早于它所答复的事件';
    const whose = { issueIds: [answer.issueId], measure: undefined, role: event.role, kind: undefined };
    return holdersOf(facts, whose, date).includes(to) ? undefined : '收件人不担任这一行所给的角色';
  }
  if (!leftAtOnce && policy.quietDays?.some((quiet) => dayOf(date) >= quiet.from && dayOf(date) <= quiet.to)) {
    return `${dayOf(date)}是静默日`;
  }
  return whyNoReminder(expectation, line, to, date);
}

function whyNoReminder(
  { facts, rules, histories, lines }: Expectation,
  line: string,
  to: string,
  date: IsoInstant,
): string | undefined {
  const expected = lines.get(line);
  if (expected === undefined) {
    const [subject = '', cycle, obligation] = line.split('/');
    const history = histories.get(subject);
    const span = history?.spans.find((one) => one.obligationId === obligation && String(one.cycle) === cycle);
    if (history === undefined || span === undefined) return '没有这样一个事项';
    const isOwed = history.askedAt(span, date).some((asked) => asked !== undefined);
    return isOwed ? '没有一条规则要求在这一天发这一行' : `${date}时该事项已经办结`;
  }
  if (date < wholeSecond(expected.moment)) return `早于规则要求的时刻${expected.moment}`;
  const claimedAt = facts.rows.get(line)?.claimedAt ?? date;
  if (!isAskedFor(rules, expected, claimedAt)) {
    const isOwed = expected.history.askedAt(expected.span, claimedAt).some((asked) => asked !== undefined);
    return `认领发送时（${claimedAt}）该事项${isOwed ? '不再要求提醒' : '已经办结'}`;
  }
  if (!holdersOf(facts, whoseOf(expected), claimedAt).includes(to)) return '收件人不担任这一行所给的角色';
  return undefined;
}

/** A Date header has no milliseconds. */
function wholeSecond(moment: IsoInstant): IsoInstant {
  return addMs(moment, -(Date.parse(moment) % 1000));
}
