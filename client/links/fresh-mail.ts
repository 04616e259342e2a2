import { businessNow } from '../../prisma/business-time.ts';
import type { Ledger } from '../../prisma/client.ts';
import { groupBy } from '../../workflows/rules/group-by.ts';
import { dayOf, inChinese } from '../../workflows/rules/instants.ts';
import { owedWords } from '../incoming-mail/acknowledgement-letter.ts';
import { planLetter, type RowsPlanned } from '../incoming-mail/plan-letter.ts';
import { type OwedLine, readOwedBy } from '../reading/owed-by.ts';
import { RefusedError } from '../refused-error.ts';
import { isSameCode } from './act-by-link.ts';
import type { LinkedLine } from './linked-line.ts';

/**
 * Sends what the person owes by now to the registered address (最新事项), asked for on the page of a link that has ended: one a
 * day, however often it is asked. It is answered like any other mail. A link may be in wrong hands, so the page itself
 * tells nothing of it.
 *
 * @throws RefusedError `CodeWrong`, `LinkStillGood`, `AddressMissing`
 */
export async function sendFreshMail(
  { ledger, rowsPlanned }: { readonly ledger: Ledger; readonly rowsPlanned: RowsPlanned },
  { personId, clockId, code, state }: LinkedLine,
  typedCode: string,
): Promise<void> {
  if (!isSameCode(typedCode, code))
    throw new RefusedError('CodeWrong', '填写的编号和原邮件里这一项的编号不一致，没有发信。');
  if (state.kind === 'acts' || state.kind === 'shows')
    throw new RefusedError('LinkStillGood', '这个链接仍然有效，不必另发。');
  const person = await ledger.person.findUniqueOrThrow({ where: { id: personId } });
  if (person.email === null || person.unreachable !== null)
    throw new RefusedError('AddressMissing', '您没有可用的登记邮箱，请与督办办公室联系。');
  const now = await businessNow(ledger, clockId);
  const owed = await readOwedBy(ledger, { personId, clockId });
  const items = [
    ...groupBy(owed, ({ issueId, roundId, obligationId }) => issueId ?? `${roundId}/${obligationId}`).values(),
  ].map((lines) => ({
    ...lines[0]!,
    words: wordsOf(lines),
  }));
  const opening = `${person.name}：截至${inChinese(dayOf(now))}，${items.length === 0 ? '没有需要您办理的事项。' : `您有${String(items.length)}项待办。`}`;
  const how = items.length === 0 ? [] : ['直接回复本邮件办理：每项一行，以编号开头；材料作附件发来。'];
  const asked = '有人在督办邮件的链接页面上要了这封信。不是您要的，不必理会；链接和督办邮件请勿转发。';
  await planLetter(ledger, rowsPlanned, {
    key: `fresh/${personId}/${dayOf(now)}`,
    clockId,
    personId,
    issueIds: items.flatMap(({ issueId }) => issueId ?? []),
    lines: owed.map(({ roundId, issueId, obligationId, role, onBehalfOf }) => ({
      ...{ roundId, issueId, obligationId, role },
      capacity: onBehalfOf === null ? 'inPerson' : 'standIn',
    })),
    subject: `【整改督办】您的最新事项${items.length === 0 ? '' : `(${items[0]!.code}${items.length > 1 ? ' 等' : ''})`}`,
    text: `${[opening, ...items.map(({ code, title, words }) => `${code}　${title}\n　· ${words}`), ...how, asked].join('\n\n')}\n`,
    codeOnly: {
      opening,
      items: items.map(({ code, issueId, roundId, words }) => ({
        code,
        lines: [words],
        page: issueId === null ? `/rounds/${roundId}` : `/issues/${issueId}`,
      })),
      closing: [...how, asked],
    },
    because: { rule: 'freshMailAsked' },
  });
}

/** What is owed of one item, and for whom he stands in. */
function wordsOf(lines: readonly OwedLine[]): string {
  const names = [...new Set(lines.flatMap(({ onBehalfOf }) => onBehalfOf ?? []))];
  const owed = lines.map(({ kind, measure, dueOn, overdue }) => ({
    ...{ kind, dueOn, overdue },
    ...(measure !== null && { measure }),
  }));
  return `${owedWords(owed)}${names.length === 0 ? '' : `（委托：代${names.join('、')}办理）`}`;
}
