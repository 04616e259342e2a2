import type { IsoInstant } from '../../workflows/rules/instants.ts';
import type { Why } from './event-why.ts';
import { groupBy } from '../../workflows/rules/group-by.ts';
import type { LineReading, MailOfLine } from './why-lines.ts';
import { timeWords } from './words.ts';

/** A line as its readers get it, sent, on its way, or not sent: one rung on one day, to one role or to several. */
export interface LineEntry {
  readonly kind: 'line';
  readonly at: IsoInstant;
  readonly cycle: number;
  readonly title: string;
  readonly state: LineReading['state'];
  readonly lines: readonly LineReading[];
  readonly why: readonly Why[];
}

/** What the same rung says on the same day to several roles is one entry. */
export function lineEntries(lines: readonly LineReading[], present: number): LineEntry[] {
  const together = groupBy(lines, (line) =>
    [
      line.key.split('/').toSpliced(-2, 1).join('/'),
      line.state,
      line.sentAt ?? '',
      line.role === null ? line.key : '',
    ].join(),
  );
  return [...together.values()].map((group) => lineEntry(group, present));
}

function lineEntry(lines: readonly LineReading[], present: number): LineEntry {
  const line = lines[0]!;
  const { state, sentAt, earliestAt, mails } = line;
  const sent = sentAt ?? mails[0]?.acceptedAt ?? null;
  return {
    kind: 'line',
    at: sent ?? earliestAt,
    cycle: line.cycle ?? present,
    title: line.owed === null ? line.letter : `${line.letter}：${line.owed}`,
    state,
    lines,
    why: [
      {
        term: '规则',
        text: `${line.rule}${line.policyVersion === null ? '' : `（政策第${String(line.policyVersion)}版）`}`,
      },
      { term: '日期', text: line.calendarDay },
      ...(line.stateReason === null
        ? []
        : [{ term: state === 'planned' ? '前提' : '为何未发', text: line.stateReason }]),
      ...(line.lift === null ? [] : [{ term: '提级', text: line.lift }]),
      ...lines.flatMap(recipients),
      ...lines.flatMap((one) => one.mails.map(delivery)),
      ...[...new Set(lines.flatMap((one) => one.mails.map(({ toldWhy }) => toldWhy)))].map((text) => ({
        term: '保密',
        text,
      })),
      ...lines.map(({ key }) => ({ term: '编号', text: key })),
    ],
  };
}

function delivery({ person, acceptedAt, response, lines, state }: MailOfLine): Why {
  const words = [
    person,
    acceptedAt === null || state === 'printed'
      ? (mailStates[state] ?? state)
      : `${timeWords(acceptedAt)}对方邮件系统已接收${state === 'refused' || state === 'replaced' ? '，后来退回' : ''}`,
    lines > 1 ? `与另外${String(lines - 1)}项并为一封` : '',
    response ?? '',
  ];
  return { term: '送达', text: words.filter((part) => part !== '').join('；') };
}

const mailStates: Readonly<Record<string, string>> = {
  prepared: '已拟好，待交付',
  handedOver: '已交付，等对方答复',
  refused: '对方拒收',
  replaced: '对方拒收',
  toPrint: '待打印送达',
  printed: '已打印送达',
  lapsed: '送达以前已办结，未再送达',
};

function recipients({ role, persons, state, readers }: LineReading): Why[] {
  if (persons.length === 0 && role === null) return [];
  const names = readers.map(({ name, why }) => `${name}，${why}`).join('；');
  if (state === 'planned') {
    const today = names === '' ? '今天还没有人担任' : `今天是${names}`;
    return [{ term: '收件人', text: `${role ?? '本人'}，发出时再确定到人；${today}` }];
  }
  return [{ term: '收件人', text: role === null ? names : names === '' ? role : `${role}：${names}` }];
}
