import { leadingMarker } from './markers.ts';
import { forMatching } from './text-forms.ts';

export type ChapterKind = 'organisation' | 'results' | 'longTerm' | 'nextSteps';

const words: Readonly<Record<ChapterKind, RegExp>> = {
  longTerm:
    /长期整改|长期坚持|长期推进|长期落实|长期任务|长期性|中长期|需要?(?:持续|长期)|持续(?:整改|推进|坚持)的?(?:整改)?(?:任务|事项|问题)/u,
  nextSteps:
    /下一?步|下一?阶段|今后|后续工作|后续整改|工作打算|努力方向|工作(?:安排|计划|思路)$|(?:巩固|深化|拓展)[^,。]{0,14}(?:成果|成效|实效)/u,
  results:
    /反馈[^,。]{0,8}(?:问题|意见)|整改(?:任务)?落实|落实整改任务|问题[^,。]{0,4}整改|整改任务|整改事项|(?:已|基本)(?:经)?完成|完成情况|(?:整改|工作)进展|整改成效|整改(?:具体|主要|工作)?情况|逐条逐项|立行立改|整改举措|整改措施|未完成|正在(?:整改|推进)/u,
  organisation:
    /主体责任|第一责任人|组织领导|(?:组织|领导)(?:落实|推进|推动|开展|实施|部署|情况|整改)|总体情况|基本情况|整体情况|总体概况|工作概况|高度重视|政治站位|思想认识|统筹(?:推进|部署)|整改责任/u,
};

/** Words that end a finding of the inspectors (…不到位), never a chapter's heading. */
const finding =
  /(?:问题|差距|薄弱|短板|弱化|缺失|缺位|滞后|偏差|不力|不严|不实|不够|不足|不强|不高|不深|不细|不准|不清|不牢|不紧|不全|不大|不多|不到位|不规范|不及时|不扎实|不健全|不完善|不彻底|不充分|不主动|不积极|不严格|不明显|不深入|不系统|欠缺|有待[^,。]{1,6}|打折扣|走过场|走形式)$/u;

/** True when a title names what the inspectors found, as issues do. */
export const namesFinding = (title: string): boolean =>
  finding.test(
    forMatching(title)
      .replace(/[\s。.;:]+$/u, '')
      .replace(/\([^)]*\)$/u, ''),
  );

/** All kinds of chapter whose vocabulary stands in a heading; none for a finding or for a long text. */
export function chapterKindsOf(title: string): ChapterKind[] {
  const plain = forMatching(title)
    .replaceAll(' ', '')
    .replace(/[。:;]+$/u, '');
  if (plain.length > 64 || plain.includes('。')) return [];
  if (namesFinding(plain) && !/反馈|整改/u.test(plain)) return [];
  if (namesFinding(plain) && /不到位|不力|不够|不实|不彻底/u.test(plain)) return [];
  return (['longTerm', 'nextSteps', 'results', 'organisation'] as const).filter((kind) => words[kind].test(plain));
}

/** The likeliest kind of a heading line, its marker left aside; null where no vocabulary fits. */
export function chapterKindOf(line: string): ChapterKind | null {
  const marker = leadingMarker(line);
  const title = line.slice(marker?.printed.length ?? 0);
  return title.length > 64 ? null : (chapterKindsOf(title)[0] ?? null);
}
