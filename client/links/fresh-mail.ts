import { businessNow } from '../../prisma/business-time.ts';
import type { Ledger } from '../../prisma/client.ts';
import { dayOf, inChinese } from '../../workflows/rules/instants.ts';
import { owedWords } from '../incoming-mail/acknowledgement-letter.ts';
import { readAnsweredMail } from '../incoming-mail/answered-mail.ts';
import { planLetter, type RowsPlanned } from '../incoming-mail/plan-letter.ts';
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
  const { items } = await readAnsweredMail(ledger, { kind: 'named', personId, clockId, issueIds: [] }, now);
  const owed = items
    .map((item) => ({ ...item, owed: item.progress.obligations.filter(({ role }) => item.roles.has(role)) }))
    .filter((item) => item.owed.length > 0);
  const opening = `${person.name}：截至${inChinese(dayOf(now))}，${owed.length === 0 ? '没有需要您办理的事项。' : `您有${String(owed.length)}项待办。`}`;
  const how = owed.length === 0 ? [] : ['直接回复本邮件办理：每项一行，以编号开头；材料作附件发来。'];
  const asked = '有人在督办邮件的链接页面上要了这封信。不是您要的，不必理会；链接和督办邮件请勿转发。';
  await planLetter(ledger, rowsPlanned, {
    key: `fresh/${personId}/${dayOf(now)}`,
    clockId,
    personId,
    issueIds: owed.map(({ issueId }) => issueId),
    subject: `【整改督办】您的最新事项${owed.length === 0 ? '' : `(${owed[0]!.code}${owed.length > 1 ? ' 等' : ''})`}`,
    text: `${[opening, ...owed.map((item) => `${item.code}　${item.title}\n　· ${owedWords(item.owed)}`), ...how, asked].join('\n\n')}\n`,
    codeOnly: {
      opening,
      items: owed.map((item) => ({
        code: item.code,
        lines: [owedWords(item.owed)],
        page: `/issues/${item.issueId}`,
      })),
      closing: [...how, asked],
    },
    because: { rule: 'freshMailAsked' },
  });
}
