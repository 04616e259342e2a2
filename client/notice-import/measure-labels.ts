import { forMatching } from './text-forms.ts';

const label =
  '(?:(?:巡察|问题)?整改(?:工作)?(?:落实|进展|完成|推进)?(?:的)?(?:情况|成效|结果|成果|措施|举措|进展|效果|落实)(?:(?:及|和|与|、)(?:整改)?(?:成效|情况|措施|效果|结果|进展))?|落实情况|完成情况|采取(?:的)?措施|工作成效)';
const labelled = new RegExp(`(?:^|[。;:!?\\n ])(?:${label}(?= ?:)|[【\\[(]${label}[】\\])])`, 'u');
const alone = new RegExp(`^[【\\[(]?${label}[】\\])]?:?$`, 'u');
const atStart = new RegExp(
  `^(?:[【\\[(](?:${label}|[^】\\])]{0,4}(?:问题|表现)[^】\\])]{0,4})[】\\])]|${label} ?:|(?:反馈|存在|具体|主要)?(?:问题|表现|问题表现|问题描述|反馈意见)(?:表现)? ?:|(?:责任(?:领导|部门|单位|人|股室|科室)|牵头(?:领导|部门|单位)|配合(?:部门|单位)|(?:整改|完成)时限|整改目标|整改状态) ?:)`,
  'u',
);

/** Where, in an issue's text, the label begins after which its rectification is told (整改成效：…), or -1. */
export function rectificationLabelAt(text: string): number {
  const plain = forMatching(text);
  const match = labelled.exec(plain);
  if (match !== null) return match.index;
  return alone.test(plain.trim()) ? 0 : -1;
}

/** True for a paragraph that begins with a label of an issue's parts, or is nothing else. */
export const issueLabelAtStart = (text: string): boolean =>
  atStart.test(forMatching(text)) || alone.test(forMatching(text).trim());

/** True when the label says that measures follow (整改措施), as against what came of them (整改成效). */
export const namesMeasures = (text: string): boolean => /(?:措施|举措)/u.test(forMatching(text).slice(0, 12));

/** True for a line that is such a label and nothing else. */
export const isIssueLabel = (text: string): boolean => alone.test(forMatching(text).trim());
