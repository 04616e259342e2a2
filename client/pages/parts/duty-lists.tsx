import { dayOf, type IsoDate } from '../../../workflows/rules/instants.ts';
import type { DecidedList, Duties, Duty } from '../../reading/duties.ts';
import { distanceWords, shortDayWords, timeWords } from '../../reading/words.ts';
import type { FormSeal } from '../form-seal.ts';
import { Heading } from './layout.tsx';
import { PrintList } from './print-list.tsx';
import { Lamp, ShortDay } from './small.tsx';

const shown = 8;

interface DutyListProps {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  readonly verb: string;
  /** Where it is done, after the address of the issue. */
  readonly place: string;
  readonly overdueWords: string;
  readonly duties: readonly Duty[];
  /** Of all, also those that are not listed. */
  readonly count: number;
  /** The one filled button of the page stands on the first row of the first list. */
  readonly emphasis: 'first' | 'none';
}

/** What is decided issue by issue, in the order of its consequence, and in the office's words. */
export const decidedLists = [
  {
    ...{ list: 'closures', id: 'closures', title: '销号待审', note: '材料已交齐，等本办审核；按期限先后排' },
    ...{ verb: '审核', place: '/review', overdueWords: '审核' },
  },
  {
    ...{ list: 'proposals', id: 'proposals', title: '提请决定', note: '系统只按规则提出，由本办决定并留痕' },
    ...{ verb: '决定', place: '#proposals', overdueWords: '决定' },
  },
  {
    ...{ list: 'requests', id: 'requests', title: '申请与异议', note: '延期、异议、中止、补交佐证，由本办答复' },
    ...{ verb: '办理', place: '#requests', overdueWords: '办理' },
  },
  {
    ...{ list: 'lookBacks', id: 'look-backs', title: '回头看待登记', note: '由未审核销号的人承担' },
    ...{ verb: '登记', place: '/look-back-sheet', overdueWords: '回头看' },
  },
] as const satisfies readonly ({ readonly list: DecidedList } & Omit<DutyListProps, 'duties' | 'count' | 'emphasis'>)[];

/** All that waits for the office, in the order of its consequence; empty lists are left out. */
export function DutyLists({ duties, today, seal }: { duties: Duties; today: IsoDate; seal: FormSeal }) {
  const { unverified, unreachable, prints, counts } = duties;
  const first = decidedLists.find(({ list }) => duties[list].length > 0);
  return (
    <>
      {decidedLists.map(({ list, ...words }) => (
        <DutyList
          {...words}
          duties={duties[list]}
          count={counts[list]}
          emphasis={list === first?.list && list !== 'lookBacks' ? 'first' : 'none'}
        />
      ))}
      <PrintList prints={prints} today={today} seal={seal} />
      {unverified.length === 0 ? null : (
        <section class="duties" aria-labelledby="h-unverified" id="unverified">
          <Heading id="h-unverified" count={counts.unverified} note="原信已存，核实前不计入进展">
            来信待核
          </Heading>
          <ul>
            {unverified
              .slice(0, shown)
              .map(({ incomingMailId, number, subject, from, receivedAt, because, sentTo }) => (
                <li class="duty">
                  <span class="code">{number}</span>
                  <div class="what">
                    <a class="what-title" href={`/mailbox/replies/${incomingMailId}#decide`}>
                      {subject === '' ? '（无主题）' : `“${subject}”`}
                    </a>
                    <p class="bits">
                      <span>{from === '' ? '没有发件人' : `发自${from}`}</span>
                      {sentTo === null ? null : <span>{`回复发给${sentTo}的邮件`}</span>}
                      <span>{because}</span>
                    </p>
                  </div>
                  <div class="when">
                    <span class="left">{`${timeWords(receivedAt)}收到`}</span>
                    <ShortDay day={dayOf(receivedAt)} />
                  </div>
                  <a class="button" href={`/mailbox/replies/${incomingMailId}#decide`}>
                    核实
                    <span class="unseen">{` ${number}`}</span>
                  </a>
                </li>
              ))}
          </ul>
          <More count={counts.unverified} />
        </section>
      )}
      {unreachable.length === 0 ? null : (
        <section class="duties" aria-labelledby="h-unreachable" id="unreachable">
          <Heading id="h-unreachable" count={unreachable.length} note="退信不算已提醒">
            联系不上
          </Heading>
          <ul>
            {unreachable.slice(0, shown).map(({ name, unit, email, reason, openIssues }) => (
              <li class="duty">
                <span class="code">{openIssues > 0 ? `${String(openIssues)}项在手` : '人员'}</span>
                <div class="what">
                  <p class="what-title">{unit === '' ? name : `${name}（${unit}）`}</p>
                  <p>{reason}</p>
                </div>
                <div class="when">
                  <span class="left">{email ?? '没有邮箱'}</span>
                </div>
              </li>
            ))}
          </ul>
          <More count={unreachable.length} />
        </section>
      )}
    </>
  );
}

export function DutyList({ id, title, note, verb, place, overdueWords, duties, count, emphasis }: DutyListProps) {
  if (duties.length === 0) return null;
  return (
    <section class="duties" id={id} aria-labelledby={`h-${id}`}>
      <Heading id={`h-${id}`} count={count} note={note}>
        {title}
      </Heading>
      <ul>
        {duties.slice(0, shown).map((duty, index) => (
          <DutyRow {...{ duty, verb, place, overdueWords }} emphasis={index === 0 ? emphasis : 'none'} />
        ))}
      </ul>
      <More count={count} />
    </section>
  );
}

interface DutyRowProps extends Pick<DutyListProps, 'verb' | 'place' | 'overdueWords' | 'emphasis'> {
  readonly duty: Duty;
  /** Whether it is to be done by its day, or not before. */
  readonly from?: 'byDay' | 'fromDay';
}

/** One thing to be done about an issue, until when, and the way to it. */
export function DutyRow({ duty, verb, place, overdueWords, emphasis, from = 'byDay' }: DutyRowProps) {
  const { issueId, code, what, bits, isOverdue, workdaysLeft, dueOn } = duty;
  return (
    <li class="duty">
      <span class="code">{code}</span>
      <div class="what">
        <a class="what-title" href={`/issues/${issueId}`}>
          {what}
        </a>
        <p class="bits">
          {bits.map((bit) => (
            <span>{bit}</span>
          ))}
        </p>
      </div>
      <div class="when">
        {isOverdue === 'yes' ? (
          <Lamp colour="red">
            {workdaysLeft === 0 ? `${overdueWords}已逾期` : `${overdueWords}已超${String(-workdaysLeft)}个工作日`}
          </Lamp>
        ) : (
          <span class="left">{from === 'fromDay' && workdaysLeft <= 0 ? '到日子了' : distanceWords(workdaysLeft)}</span>
        )}
        <span class="by">
          {isOverdue === 'yes' ? '应于' : ''}
          {shortDayWords(dueOn)}
          {from === 'fromDay' ? '起' : ''}
        </span>
      </div>
      <a class={emphasis === 'first' ? 'button primary' : 'button'} href={`/issues/${issueId}${place}`}>
        {verb}
        <span class="unseen">{` ${code}`}</span>
      </a>
    </li>
  );
}

function More({ count }: { count: number }) {
  return count > shown ? <p class="more">{`其余${String(count - shown)}件，办完前面的就会显示。`}</p> : null;
}
