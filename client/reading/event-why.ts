import { obligationWords, shortRoleNames, dayWords, sourceWords } from './words.ts';

/** One term of an explanation and what it says. */
export interface Why {
  readonly term: string;
  readonly text: string;
}

interface ToldEvent {
  readonly type: string;
  readonly by: string | null;
  readonly source: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Why an event stands in the ledger, and what it means for what follows. */
export function eventWhy({ type, by, source, detail }: ToldEvent): Why[] {
  const door = by === null ? '系统按规则记录，无人操作' : `${sourceWords(source) ?? '页面'}收到，按本人身份记录`;
  const told = meaning(type, detail);
  return [...told, { term: '由谁', text: door }];
}

function meaning(type: string, detail: Readonly<Record<string, unknown>>): Why[] {
  switch (type) {
    case 'obligationOpened': {
      const role = shortRoleNames[detail['role'] as keyof typeof shortRoleNames];
      const owed = obligationWords(
        words(detail['kind']),
        typeof detail['measure'] === 'number' ? detail['measure'] : null,
      );
      return [{ term: '义务', text: `${role}应于${dayWords(words(detail['dueOn']))}前办结：${owed}` }];
    }
    case 'obligationOverdue':
      return [{ term: '规则', text: '时限含当日，当日24时仍未办结即逾期' }];
    case 'obligationLapsed':
      return [{ term: '规则', text: '到下一次应报之日仍未答复，不再追报本次，转催下一次' }];
    case 'proposalRaised':
      return [{ term: '规则', text: '督促阶梯到此一级只提请决定：约谈须由督办办公室决定，系统不会自行发出' }];
    case 'closureProposed':
      return [{ term: '校验值', text: `${words(detail['stateHash']).slice(0, 12)}…，审核的须是这一份材料` }];
    case 'closureReturned': {
      const measures = Array.isArray(detail['measures']) ? detail['measures'].filter((one) => one !== 0) : [];
      const which = measures.length === 0 ? '未指定措施' : `措施${measures.join('、')}的佐证须重交`;
      return [{ term: '退回范围', text: which }];
    }
    case 'closureApproved': {
      const accepted = Array.isArray(detail['acceptedEvidence']) ? detail['acceptedEvidence'].length : 0;
      return [
        { term: '依据', text: `认可佐证${String(accepted)}份，每条措施至少1份；申请人与审核人不是同一人` },
        { term: '校验值', text: `${words(detail['stateHash']).slice(0, 12)}…，与申请时一致` },
      ];
    }
    case 'lookBackHeld':
      return [{ term: '规则', text: '回头看没有反弹即归档' }];
    case 'rebounded':
      return [
        {
          term: '规则',
          text: `反弹一律重新整改，新时限${dayWords(words(detail['deadline']))}；上一轮的日期和数字不再变动`,
        },
      ];
    default:
      return [];
  }
}

function words(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
