import type { IssueFact, MovedMeasure } from '../../workflows/rules/events.ts';
import { carriedWords } from './merged-from.ts';
import { dayWords, obligationOf, obligationWords, shortRoleNames, sourceWords } from './words.ts';

/** One term of an explanation and what it says. */
export interface Why {
  readonly term: string;
  readonly text: string;
}

/** Who stands behind an event, with names. */
export interface Door {
  readonly by: string | null;
  readonly source: string | null;
  /** Who entered it for the person who acted (代录). */
  readonly recordedBy: string | null;
  /** For whom the person acted (委托). */
  readonly onBehalfOf: string | null;
}

/** Why an event stands in the ledger, and what it means for what follows. */
export function eventWhy(fact: IssueFact, door: Door): Why[] {
  return [...meaning(fact), { term: '由谁', text: doorWords(door) }];
}

function doorWords({ by, source, recordedBy, onBehalfOf }: Door): string {
  if (by === null) return '系统按规则记录，无人操作';
  const parts = [`${sourceWords(source) ?? '页面'}收到，按本人身份记录`];
  if (recordedBy !== null) parts.push(`由${recordedBy}代录`);
  if (onBehalfOf !== null) parts.push(`受${onBehalfOf}委托代行`);
  return parts.join('；');
}

function meaning(fact: IssueFact): Why[] {
  switch (fact.type) {
    case 'obligationOpened': {
      const owed = obligationWords(fact.kind, fact.measure);
      return [{ term: '义务', text: `${shortRoleNames[fact.role]}应于${dayWords(fact.dueOn)}前办结：${owed}` }];
    }
    case 'obligationOverdue':
      return rule('时限含当日，当日24时仍未办结即逾期');
    case 'obligationLapsed':
      return rule('到下一次应报之日仍未答复，不再追报本次，转催下一次');
    case 'proposalRaised':
      return rule('督促阶梯到此一级只提请决定：约谈、通报、问责建议须由督办办公室决定，系统不会自行发出');
    case 'committed':
      return rule(
        fact.obligations.length === 0
          ? '承诺已记录；眼下没有与之相应的事项，催办照常'
          : `承诺期内不催${fact.obligations.map(obligationOf).join('、')}，但不晚于各自的时限${fact.rests === undefined ? '' : '；没有承诺的措施照常报进展'}`,
      );
    case 'commitmentKept':
      return rule('承诺的事项已全部办结');
    case 'commitmentBroken':
      return rule('过了承诺之日仍未办结：催办恢复，并从高一级开始');
    case 'closureProposed':
      return [
        { term: '校验值', text: `${fact.stateHash.slice(0, 12)}…，审核的须是这一份材料` },
        ...(fact.remainder === undefined ? [] : [{ term: '余下措施', text: days(fact.remainder) }]),
      ];
    case 'closureWithdrawn':
      return rule('申请人在审结前可以撤回，撤回后继续整改');
    case 'closureReturned': {
      const measures = fact.measures.filter((one) => one !== 0);
      const which = measures.length === 0 ? '未指定措施' : `措施${measures.join('、')}的佐证须重交`;
      return [{ term: '退回范围', text: which }];
    }
    case 'closureLevelApproved':
      return [
        { term: '依据', text: `认可佐证${String(fact.acceptedEvidence.length)}份；下一级由另一人审核` },
        { term: '校验值', text: `${fact.stateHash.slice(0, 12)}…，各级同意的须是同一份材料` },
      ];
    case 'closureApproved':
      return [
        {
          term: '依据',
          text: `认可佐证${String(fact.acceptedEvidence.length)}份，每条措施至少1份；申请人与审核人不是同一人`,
        },
        { term: '校验值', text: `${fact.stateHash.slice(0, 12)}…，与申请时一致` },
      ];
    case 'evidenceJudged':
      return fact.returned.length === 0 ? [] : rule('退回的佐证须重交');
    case 'extensionRequested': {
      const which = fact.measures.length === 0 ? '本问题' : `措施${fact.measures.join('、')}`;
      return [{ term: '范围', text: `${which}延期至${dayWords(fact.until)}` }, ...told('目前进展', fact.progress)];
    }
    case 'extensionGranted':
    case 'deadlineCorrected':
      return [{ term: '新时限', text: days(fact.measures) }];
    case 'resumed':
      return rule(`中止的${String(fact.workdays)}个工作日不计入，尚未到期的时限顺延`);
    case 'suspended':
      return rule('中止期间计时停止，不催办；督办办公室定期过问，以免久拖');
    case 'disputed':
      return rule('核实期间不催责任人，也不计逾期');
    case 'statusAsked':
      return rule('责任人答复后即告办结');
    case 'itemsMoved':
      return fact.to === 'askedToLeave' ? rule('提请出库不等于出库，复核后才算') : [];
    case 'itemsRechecked':
      return rule('复核人不是提请人；未出库的条目使问题不能销号');
    case 'handedOver':
      if (fact.corrects !== undefined)
        return rule('从一开始就应是更正后的人：此前误发的邮件留底，未办结事项的下一封起发给他；是责任人的，由他认领');
      return rule(fact.role === 'handler' ? '接手人须重新认领，原有催办转给接手人' : '此后的催办按现任职责发出');
    case 'personCorrected':
      return rule(
        `原来的登记留存，原署名划去；此后按更正后的姓名回避，代录、更正的人仍不能审核${fact.judgedAnew.length === 0 ? '' : `；已认可的${String(fact.judgedAnew.length)}份是按别人的材料认可的，须重新审核`}`,
      );
    case 'unitChanged':
      return rule('此后的督办单、约谈和统计按现在的部门；以前发出的不变');
    case 'policyAdopted':
      return rule('改用新政策只影响今后：已过日期的提请不再补提');
    case 'calendarAdopted':
      return rule('已定的时限不变，前后的提醒按新日历移动');
    case 'recurrenceConfirmed':
      return rule('再次发生的问题，催办从高一级开始');
    case 'lookBackHeld':
      return rule('回头看没有反弹即归档');
    case 'lookBackPartlyHeld':
      return rule('部分巩固的，按政策再看一次');
    case 'lookBackDrawn':
    case 'lookBackLeftOut':
      return [{ term: '抽取', text: `抽取编号${fact.drawId}，种子和名单在案，可重算核对` }];
    case 'rebounded':
      return rule(`反弹一律重新整改，新时限${dayWords(fact.deadline)}；上一轮的日期和数字不再变动`);
    case 'withdrawn':
      return rule('撤销的问题不再整改，也不计入完成率');
    case 'mergedInto':
      return rule(
        `并入后不再单独整改，不计入完成率${fact.carried === undefined ? '' : `；没办结的${carriedWords(fact.carried)}`}`,
      );
    case 'longTermEnded':
      return rule('长期坚持只有经决定才结束，此后等回头看');
    case 'undone':
      return rule('只有本人可以撤回，且其后无人办理；原事件和撤回都留存');
    case 'itemsEntered':
      return rule('在库的条目按月报进展，全部出库后才能申请销号');
    case 'acknowledged':
    case 'progressReported':
    case 'evidenceReceived':
    case 'satisfactionNoted':
    case 'proposalDecided':
    case 'extensionRefused':
    case 'disputeRejected':
    case 'suspensionReviewed':
    case 'attestationEndorsed':
    case 'evidenceCorrected':
      return [];
  }
}

function rule(text: string): Why[] {
  return [{ term: '规则', text }];
}

function told(term: string, text: string): Why[] {
  return text.trim() === '' ? [] : [{ term, text }];
}

function days(measures: readonly MovedMeasure[]): string {
  if (measures.length === 0) return '措施的时限不变';
  return measures
    .map(({ measure, deadline }) => `${measure === 0 ? '本问题' : `措施${String(measure)}`}${dayWords(deadline)}`)
    .join('、');
}
