import { dayOf, inChinese, type IsoDate } from '../../workflows/rules/instants.ts';
import type { IssueProgress } from '../../workflows/rules/progress.ts';
import type { IssueTerms } from '../../workflows/rules/terms.ts';
import type { AnsweredItem } from './answered-mail.ts';
import { extendedTo, type SpokenExtension } from './extension-words.ts';
import type { Settling, Telling } from './settling.ts';
import { askToLeave, beginWork } from './spoken-items.ts';
import type { SpokenRequest, SpokenWords } from './spoken-requests.ts';
import { tellOffice } from './tell-office.ts';

/** Carries out what was asked for in words; whoever may not ask for it is told so, and his words are kept all the same. */
export async function carryOut(
  settling: Settling,
  item: AnsweredItem,
  { requests }: SpokenWords,
  telling: Telling,
): Promise<void> {
  for (const request of requests) await carryOutOne(settling, item, request, telling);
}

async function carryOutOne(
  settling: Settling,
  item: AnsweredItem,
  request: SpokenRequest,
  telling: Telling,
): Promise<void> {
  const { understood, refused, ask, said } = telling;
  const { issues } = settling;
  const { issueId } = item;
  switch (request.kind) {
    case 'promise':
      return; // a promise is part of the report
    case 'extension': {
      const until = await newDay(settling, item, request);
      if (until === undefined) {
        refused.push(`延期申请未受理：${missingWords(request).join('；')}。`);
        return;
      }
      const { measures, reason, progress } = request;
      const extension = { ...said('extension'), until, measures, reason, progress };
      const done = `延期申请已提交，申请延至${inChinese(until)}，决定后另行答复。`;
      await ask(() => issues.ask('requestExtension', issueId, extension), done, '延期申请未受理');
      return;
    }
    case 'dispute': {
      const dispute = { ...said('dispute'), reason: request.reason };
      const done = '异议已提交督办办公室核实，核实期间不再催办，结果另行答复。';
      await ask(() => issues.ask('disputeFinding', issueId, dispute), done, '异议未受理');
      return;
    }
    case 'handover':
      if (!item.roles.has('handler')) return; // whoever is not responsible has nothing to pass on
      await tellOffice(settling, item, request.words);
      understood.push(`来信提出转交${request.to}，已报督办办公室决定；决定以前仍请您办理。`);
      return;
    case 'beginWork':
      await beginWork(settling, issueId, request.items, telling);
      return;
    case 'askToLeave':
      await askToLeave(settling, issueId, request.items, telling);
  }
}

/** What the person is told of his promise, by what stands on record after it. */
export async function promiseSentence(
  { ledger, receivedAt }: Settling,
  issueId: string,
  until: IsoDate,
): Promise<string[]> {
  const issue = await ledger.issue.findUnique({ where: { id: issueId }, select: { progress: true } });
  const { commitment, obligations = [] } = (issue?.progress as unknown as IssueProgress | null) ?? {};
  if (commitment === undefined) return []; // nothing was owed that it could cover
  const standing = daySince(dayOf(receivedAt), commitment.until);
  if (commitment.until !== until) return [`此前已承诺${standing}前完成，仍以该承诺为准。`];
  const isLeft = obligations.some(({ id, kind }) => kind === 'evidence' && !commitment.obligations.includes(id));
  const rest = commitment.rests !== undefined && isLeft ? '没有承诺的措施照常报进展。' : '';
  return [`已记下：${standing}前完成；届时未交将升级督促。${rest}`];
}

/** The year is said only where it is another. */
function daySince(today: IsoDate, day: IsoDate): string {
  return today.slice(0, 4) === day.slice(0, 4) ? inChinese(day).replace(/^\d+年/u, '') : inChinese(day);
}

async function newDay({ ledger }: Settling, item: AnsweredItem, request: SpokenExtension) {
  const issue = await ledger.issue.findUniqueOrThrow({ where: { id: item.issueId }, select: { terms: true } });
  return extendedTo(request, item.progress, (issue.terms as unknown as IssueTerms).calendar);
}

function missingWords({ reason, progress }: SpokenExtension): string[] {
  return [
    '没有写明延到哪一天',
    ...(reason === '' ? ['申请延期须写明理由'] : []),
    ...(progress === '' ? ['申请延期须写明目前进展'] : []),
  ];
}
