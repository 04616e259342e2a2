import type { IssueFact } from '../../workflows/rules/events.ts';
import type { Punishment } from '../../workflows/rules/policy.ts';
import type { AnswerFacts } from './answer-facts.ts';

/** What the office has decided, behind 决定. */
export const punishmentsDecided: Readonly<Record<Punishment, string>> = {
  reminderTalk: '进行提醒谈话',
  talk: '约谈',
  notice: '予以通报',
  accountability: '提出问责建议',
};

export const punishmentClosings: Readonly<Record<Punishment, string>> = {
  reminderTalk: '提醒谈话的时间、地点由督办办公室另行通知。',
  talk: '约谈的时间、地点由督办办公室另行通知。',
  notice: '通报由督办办公室另行印发。',
  accountability: '问责建议按干部管理权限报送有关机关办理。',
};

/** The pieces that were returned, by their files' names, each with its measure. */
export function returnedPieces({ fact, evidence }: AnswerFacts): string {
  if (fact?.type !== 'evidenceJudged') return '';
  return fact.returned
    .flatMap((id) => evidence.get(id) ?? [])
    .map(({ fileName, measure }) => {
      const name = fileName ?? '1份材料';
      return measure ? `${name}（措施${String(measure)}）` : name;
    })
    .join('、');
}

/** The measures of which evidence was returned, each once; 0 is the issue itself. */
export function measuresReturned({ fact, evidence }: AnswerFacts): number[] {
  const returned = fact?.type === 'evidenceJudged' ? fact.returned : [];
  return [...new Set(returned.flatMap((id) => evidence.get(id) ?? []).map(({ measure }) => measure ?? 0))];
}

/** The items (子台账条目) that go back to work, by their numbers. */
export function returnedItems({ fact, items }: AnswerFacts): string {
  if (fact?.type !== 'itemsRechecked') return '';
  return fact.back
    .flatMap((id) => items.get(id) ?? [])
    .sort((one, other) => one.number - other.number)
    .map(({ number, name }) => `${String(number)}号${name === null ? '' : `（${name}）`}`)
    .join('、');
}

const steps: Readonly<Partial<Record<IssueFact['type'], string>>> = {
  evidenceJudged: '佐证审核意见',
  evidenceCorrected: '佐证归属更正',
  closureReturned: '退回销号申请',
  closureLevelApproved: '销号审核意见',
  proposalDecided: '提请事项决定',
  extensionGranted: '同意延期',
  extensionRefused: '不同意延期',
  deadlineCorrected: '时限更正',
  disputeRejected: '异议核实结论',
  suspended: '中止',
  resumed: '恢复',
  itemsRechecked: '出库复核意见',
};

/** What the step was called that somebody has taken back (撤回上一步). */
export function stepTakenBack(fact: IssueFact | undefined): string {
  return (fact && steps[fact.type]) ?? '办理意见';
}
