import type { Mechanism } from './mechanism.ts';
import type { Passage } from './passages.ts';

const authority =
  '(?:(?:[省市县区州旗镇街][\\p{Script=Han}、]{0,14}?|上级[\\p{Script=Han}]{0,8}?|[\\p{Script=Han}]{2,12}?)(?:编委会|编委办?|编办|委员会|常委会|党委|政府|人大|委办|[省市县区]委|部门|上级|[局厅部院]|办公室|领导小组|专班|中心)(?:(?:常务|专题|党组|办公)?会议?)?|上级)';
const decide =
  '(?:进一步)?(?:研定|研究|审定|审批|批复|批准|审议|核定|核准|答复|回复|确定|明确|同意|审核|验收|裁定|判决|出台|批示)';
const waits = new RegExp(`(?<![接招期对款亟优看有])(?:等待|尚待|待)(${authority})${decide}`, 'u');
const handedIn = new RegExp(
  `(?:上报|报送|呈报|报请|提请|报)(${authority})[^。;]{0,24}?(?<![接招期对款亟优看有])待(?:其)?${decide}`,
  'u',
);

/** Issues that wait for another authority to decide (待市编委会研定); 有待加强 waits for nobody. */
export function readWaiting(passages: readonly Passage[]): Mechanism['waiting'] {
  return onceAnIssue(
    passages.flatMap(({ plain, line, issue }) => {
      const name = waits.exec(plain)?.[1] ?? handedIn.exec(plain)?.[1];
      return issue === null || name === undefined ? [] : [{ issue, authority: name, line }];
    }),
  );
}

const moved = new RegExp(
  '(?:职责|职能|事权|机构|工作|单位|业务)[^,。;]{0,16}(?:划转|划归|划入|转隶|并入|移交|整合到|整合至|合并到)(?:至|到|给|入|由)?(?<by>[\\p{Script=Han}]{2,24}?(?:领导小组|委员会|办公室|中心|[局委办部队院站组]))(?=$|[,。;、(统承管负])',
  'u',
);
const abolished =
  /(?:因|随着?|由于|根据)[^,。;]{0,16}机构(?:改革|调整|撤并|撤销)[^。;]{0,80}(?:不再承担|不再保留|已撤销|已划出|职责已)/u;

/** Issues whose duty a reorganisation took away (职责划转至…); assets and persons that are moved are no reorganisation. */
export function readOvertaken(passages: readonly Passage[]): Mechanism['overtaken'] {
  return onceAnIssue(
    passages.flatMap(({ plain, line, issue }): Mechanism['overtaken'] => {
      if (issue === null) return [];
      const by = moved.exec(plain)?.groups?.['by'];
      const isReorganised = by !== undefined && /机构|改革|调整|划转|划归|划入|转隶|并入/u.test(plain);
      if (isReorganised) return [{ issue, by, line }];
      return abolished.test(plain) ? [{ issue, by: null, line }] : [];
    }),
  );
}

const onceAnIssue = <T extends { readonly issue: number }>(all: readonly T[]): T[] =>
  all.filter(({ issue }, index) => all.findIndex((other) => other.issue === issue) === index);
