import type { FeedbackSource } from './mechanism.ts';
import type { Passage } from './passages.ts';

/** What special checks look into, in the field's own words; each may go with an inspection and feed back by itself. */
const topic =
  '(?:选人用人|法治建设|依法行政|意识形态|机构编制|党风廉政建设|基层党建|党建|网络安全|保密|国家安全|统计|粮食购销|生态环保|巡[察视]整改|档案)(?:工作)?(?:责任制)?(?:落实(?:情况)?|情况)?';
const check = '(?:专项)?(?:检查|督查|巡察|审计|核查)';
const checks = new RegExp(`(${topic}(?:(?:、|和|及|以及|与)${topic})*)工?作?(${check})`, 'gu');
const plans = /《([^《》]{4,60}?整改(?:工作)?(?:落实)?(?:实施)?方案)》/gu;

/**
 * Who fed findings back: the inspection itself first, then the special checks (选人用人、法治建设…) that the introduction
 * or a plan of rectification names. A check the body makes of itself is no source: its sentence speaks of no feedback.
 */
export function readSources(passages: readonly Passage[]): FeedbackSource[] {
  const main: FeedbackSource[] = [];
  const special: FeedbackSource[] = [];
  for (const { plain, line, issue } of passages) {
    if (issue !== null) continue;
    if (/巡[察视][^。;]{0,80}反馈|反馈[^。;]{0,80}巡[察视]/u.test(plain))
      main.push({ title: /巡视组|巡视反馈/u.test(plain) ? '巡视反馈' : '巡察反馈', line });
    if (!/反馈/u.test(plain)) continue;
    const inPlans = [...plain.matchAll(plans)].map(([, title = '']) => title);
    const told = inPlans.length > 0 ? inPlans : [plain];
    for (const text of told) {
      for (const [, topics = '', kind = ''] of text.matchAll(checks)) {
        for (const each of topics.split(/、|以及|和|及|与/u)) {
          const title = `${each.replace(/工作(?!责任)/u, '')}${kind}`;
          if (!special.some((known) => known.title === title)) special.push({ title, line });
        }
      }
    }
  }
  return [...main.slice(0, 1), ...special];
}
