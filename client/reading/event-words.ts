import type { FactOf, IssueFact, Satisfaction, SuspensionKind } from '../../workflows/rules/events.ts';
import { punishmentNames } from '../../workflows/rules/names.ts';
import type { Punishment } from '../../workflows/rules/policy.ts';
import { dayWords, dutyWords, obligationOf, shortRoleNames } from './words.ts';

/** What the words of an event need beside the event: who and what its ids stand for. */
export interface Named {
  readonly people?: ReadonlyMap<string, string>;
  /** Proposals by their id, with what was proposed. */
  readonly proposals?: ReadonlyMap<string, Punishment>;
  /** Sub-ledger items by their id. */
  readonly items?: ReadonlyMap<string, string>;
  /** Codes of other issues by their id. */
  readonly issues?: ReadonlyMap<string, string>;
}

/** Everybody whom the words of these facts name. */
export function peopleNamed(facts: readonly IssueFact[]): string[] {
  return facts.flatMap((fact) => {
    if (fact.type === 'handedOver') return [...fact.from, ...fact.to];
    return fact.type === 'personCorrected' ? [fact.from, fact.to] : [];
  });
}

/** The fact of an event's row: what stands there was written by `writeDown`. */
export function storedFact({ type, detail }: { readonly type: string; readonly detail: unknown }): IssueFact {
  return { ...(detail as object), type } as IssueFact;
}

export const suspensionNames: Readonly<Record<SuspensionKind, string>> = {
  transferred: '已移交',
  litigation: '诉讼、复议',
  disaster: '灾害',
  otherAuthority: '待其他机关研定',
};

export const satisfactionNames: Readonly<Record<Satisfaction, string>> = {
  satisfied: '满意',
  basicallySatisfied: '基本满意',
  unsatisfied: '不满意',
};

/** Why an issue is looked back at. */
export const drawNames = { major: '重大问题必看', failedUnit: '所在部门曾有反弹', drawn: '随机抽中' } as const;

/** What happened, as the heading of an event. */
export function eventWords(fact: IssueFact, named: Named = {}): string {
  switch (fact.type) {
    case 'obligationOpened':
      return `应${dutyWords(fact.kind, fact.measure)}`;
    case 'obligationOverdue':
      return `${obligationOf(fact.obligationId)}逾期`;
    case 'obligationLapsed':
      return `${obligationOf(fact.obligationId)}未答复，转入下一次`;
    case 'proposalRaised':
      return `提请决定：是否${punishmentNames[fact.measure]}`;
    case 'commitmentKept':
      return '承诺已兑现';
    case 'commitmentBroken':
      return `承诺未兑现：${dayWords(fact.until)}前没有办结`;

    case 'acknowledged':
      return '认领';
    case 'progressReported':
      return '报进展';
    case 'committed':
      return `承诺于${dayWords(fact.until)}前办结`;
    case 'evidenceReceived':
      return `交佐证${String(fact.evidence.length)}份`;
    case 'closureProposed':
      return { done: '申请销号', basicallyDone: '申请按基本完成销号', longTerm: '申请转入长期坚持' }[fact.outcome];
    case 'closureWithdrawn':
      return '撤回销号申请';
    case 'extensionRequested':
      return `申请延期至${dayWords(fact.until)}`;
    case 'disputed':
      return '对反馈问题提出异议';
    case 'itemsEntered':
      return `子台账入库${itemWords(fact.itemIds, named)}`;
    case 'itemsMoved':
      return `子台账${fact.to === 'inWork' ? '开始整治' : '提请出库'}${itemWords(fact.itemIds, named)}`;

    case 'evidenceJudged':
      return evidenceJudged(fact.accepted.length, fact.returned.length);
    case 'satisfactionNoted':
      return `群众满意度：${satisfactionNames[fact.satisfaction]}`;
    case 'closureReturned':
      return '销号退回';
    case 'closureLevelApproved':
      return `第${String(fact.level)}级审核同意销号`;
    case 'closureApproved':
      return { done: '同意销号', basicallyDone: '同意按基本完成销号', longTerm: '同意转入长期坚持' }[fact.outcome];
    case 'proposalDecided': {
      const about = named.proposals?.get(fact.proposalId);
      return `${fact.decision === 'accepted' ? '采纳' : '不采纳'}提请${about === undefined ? '' : `：${punishmentNames[about]}`}`;
    }
    case 'extensionGranted':
      return `同意延期${String(fact.days)}天，时限${dayWords(fact.deadline)}`;
    case 'extensionRefused':
      return '不同意延期';
    case 'disputeRejected':
      return '核实异议：反馈问题属实，继续整改';
    case 'suspended':
      return `中止：${suspensionNames[fact.kind]}${fact.authority === '' ? '' : `（${fact.authority}）`}`;
    case 'resumed':
      return `恢复整改，中止${String(fact.workdays)}个工作日`;
    case 'suspensionReviewed':
      return '过问中止事项';
    case 'statusAsked':
      return '问询进展';
    case 'itemsRechecked':
      return itemsRechecked(fact, named);
    case 'attestationEndorsed':
      return '复核长期坚持情况';
    case 'longTermEnded':
      return '结束长期坚持，等回头看';
    case 'lookBackHeld':
      return '回头看：没有反弹，归档';
    case 'lookBackPartlyHeld':
      return `回头看：部分巩固，${dayWords(fact.againOn)}再看`;
    case 'rebounded':
      return '回头看：反弹，重新整改';
    case 'lookBackDrawn':
      return `列入回头看（${drawNames[fact.because]}）`;
    case 'lookBackLeftOut':
      return '回头看抽取未抽中，归档';
    case 'withdrawn':
      return fact.because === 'disputeUpheld' ? '核实异议：反馈问题不属实，撤销' : '撤销问题';
    case 'mergedInto':
      return `并入${named.issues?.get(fact.issueId) ?? '其他问题'}`;

    case 'handedOver':
      return handedOver(fact, named);
    case 'unitChanged':
      return `更换${fact.what === 'unit' ? '责任部门' : '配合部门'}${fact.measure === undefined ? '' : `（措施${String(fact.measure)}）`}：${fact.from || '无'}改为${fact.to}`;
    case 'policyAdopted':
      return `采用第${String(fact.version)}版政策`;
    case 'calendarAdopted':
      return `采用第${String(fact.version)}版日历`;
    case 'recurrenceConfirmed':
      return `确认再次发生：与已销号的${named.issues?.get(fact.earlierIssueId) ?? '往轮问题'}相同`;
    case 'evidenceCorrected':
      return fact.measure === null ? '更正佐证：不归任何措施' : `更正佐证：归措施${String(fact.measure)}`;
    case 'personCorrected':
      return `更正署名（${fact.corrected.map((one) => `事件${String(one)}`).join('、')}）：${handover({ from: [fact.from], to: [fact.to] }, named, '更正为')}`;
    case 'deadlineCorrected':
      return `更正时限：${dayWords(fact.deadline)}`;
    case 'undone':
      return `撤回第${String(fact.undoneSequence)}号事件`;
  }
}

function evidenceJudged(accepted: number, returned: number): string {
  const parts = [
    ...(accepted > 0 ? [`认可${String(accepted)}份`] : []),
    ...(returned > 0 ? [`退回${String(returned)}份`] : []),
  ];
  return `审核佐证：${parts.join('，')}`;
}

function itemsRechecked({ left, back }: { left: readonly string[]; back: readonly string[] }, named: Named): string {
  const parts = [
    ...(left.length > 0 ? [`出库${itemWords(left, named)}`] : []),
    ...(back.length > 0 ? [`退回整治${itemWords(back, named)}`] : []),
  ];
  return `出库复核：${parts.join('，')}`;
}

/** Two by their names; more by their number. */
function itemWords(ids: readonly string[], { items }: Named): string {
  const names = ids.flatMap((id) => items?.get(id) ?? []);
  return names.length === ids.length && names.length <= 2 ? `“${names.join('”“')}”` : `${String(ids.length)}项`;
}

function handedOver(fact: FactOf<'handedOver'>, named: Named): string {
  const whose = `${shortRoleNames[fact.role]}${fact.measure === undefined ? '' : `（措施${String(fact.measure)}）`}`;
  if (fact.corrects === undefined) return `移交${whose}：${handover(fact, named)}`;
  const wrong = fact.corrects === 0 ? '交办' : `事件${String(fact.corrects)}`;
  return `更正${whose}（${wrong}写错）：${handover(fact, named, '更正为')}`;
}

function handover(
  { from, to }: { from: readonly string[]; to: readonly string[] },
  { people }: Named,
  verb = '移交',
): string {
  const names = (ids: readonly string[]) => ids.map((id) => people?.get(id) ?? '已不在名册的人').join('、');
  return from.length === 0 ? names(to) : `${names(from)}${verb}${names(to)}`;
}
