import { completionRates } from './completion-rate.ts';
import { requireCounts, type EvaluationFacts, type Kept } from './evaluation-facts.ts';
import { punishmentNames } from './names.ts';
import type { Punishment } from './policy.ts';

export interface EvaluationPart {
  /** With one decimal; null when nothing has happened that could be judged. */
  readonly points: number | null;
  readonly outOf: number;
  /** What the points follow from, with the figures. */
  readonly basis: string;
}

/** 好 · 较好 · 一般 · 差. */
export type EvaluationGrade = 'good' | 'fairlyGood' | 'ordinary' | 'poor';

export interface Evaluation {
  /** 组织领导. */
  readonly organisation: EvaluationPart;
  /** 责任落实. */
  readonly responsibility: EvaluationPart;
  /** 任务完成. */
  readonly completion: EvaluationPart;
  /** 群众满意度. */
  readonly satisfaction: EvaluationPart;
  /** Out of 100; null when there is no task to judge. */
  readonly total: number | null;
  readonly grade: EvaluationGrade | null;
  /** 二次整改. */
  readonly secondRectification: 'needed' | 'notNeeded';
  /** What a reader of the total must know. */
  readonly notes: readonly string[];
}

export const gradeWords: Readonly<Record<EvaluationGrade, string>> = {
  good: '好',
  fairlyGood: '较好',
  ordinary: '一般',
  poor: '差',
};

/** The points of each part, and inside a part the weight of each duty; what is not owed leaves its weight to the others. */
const scale = {
  organisation: { outOf: 15, plan: 5, weeklyChecks: 5, monthlyDispatches: 5, late: 0.5 },
  responsibility: { outOf: 15, acknowledgements: 5, commitments: 10 },
  completion: { outOf: 60, issues: 35, measures: 25, returnedClosure: 1, rebound: 3 },
  satisfaction: { outOf: 10, basicallySatisfied: 0.8 },
} as const;

/** Points that each measure against people takes from 责任落实. */
const deductions: Readonly<Record<Punishment, number>> = { reminderTalk: 1, talk: 2, notice: 3, accountability: 5 };

/**
 * Evaluates a round or a unit: 组织领导15、责任落实15、任务完成60、群众满意度10. More kept never costs points, and a
 * measure against people, a returned closure or a rebound never brings any.
 *
 * @throws RangeError when a figure is no count, or more was kept than owed
 */
export function evaluate(facts: EvaluationFacts): Evaluation {
  requireCounts(facts);
  const parts = {
    organisation: organisationOf(facts),
    responsibility: responsibilityOf(facts),
    completion: completionOf(facts),
    satisfaction: satisfactionOf(facts),
  };
  if (parts.completion.points === null) {
    return {
      ...parts,
      total: null,
      grade: null,
      secondRectification: 'notNeeded',
      notes: ['没有应完成的问题，不评总分和等次。'],
    };
  }
  const judged = Object.values(parts).filter(({ points }) => points !== null);
  const outOf = judged.reduce((sum, part) => sum + part.outOf, 0);
  const total = oneDecimal((judged.reduce((sum, { points }) => sum + (points ?? 0), 0) / outOf) * 100);
  const grade = gradeOf(total);
  const isLow = grade === 'ordinary' || grade === 'poor';
  const isOver = facts.concentratedPeriod === 'over';
  return {
    ...parts,
    total,
    grade,
    secondRectification: isLow && isOver ? 'needed' : 'notNeeded',
    notes: [
      ...(outOf === 100 ? [] : [`群众满意度没有评价，不计分；总分由其余${String(outOf)}分折算为百分制。`]),
      ...(isLow && !isOver ? ['集中整改期未满，不据此要求二次整改。'] : []),
    ],
  };
}

function organisationOf({ plan, weeklyChecks, monthlyDispatches }: EvaluationFacts): EvaluationPart {
  const { outOf, late, ...weights } = scale.organisation;
  const planShare = { onTime: 1, late, missing: 0, notOwed: null }[plan];
  const planWords = { onTime: '按时报送', late: '逾期报送', missing: '未报送', notOwed: '目前不需报送' }[plan];
  const share = weighted([
    [weights.plan, planShare],
    [weights.weeklyChecks, shareOf(weeklyChecks)],
    [weights.monthlyDispatches, shareOf(monthlyDispatches)],
  ]);
  const held = (owed: string, kept: string) => `应开展${owed}次、实际开展${kept}次`;
  const basis = [
    `整改方案${planWords}`,
    `周检查${keptWords(weeklyChecks, held)}`,
    `月调度${keptWords(monthlyDispatches, held)}`,
  ].join('；');
  return part((share ?? 1) * outOf, outOf, share === null ? `${basis}，按满分计` : basis);
}

function responsibilityOf({ acknowledgements, commitments, punishments }: EvaluationFacts): EvaluationPart {
  const { outOf, ...weights } = scale.responsibility;
  const share = weighted([
    [weights.acknowledgements, shareOf(acknowledgements)],
    [weights.commitments, shareOf(commitments)],
  ]);
  const measures = Object.keys(deductions) as Punishment[];
  const deducted = measures.reduce((sum, measure) => sum + punishments[measure] * deductions[measure], 0);
  const duties = [
    `问题认领${keptWords(acknowledgements, (owed, kept) => `应认领${owed}项、按时认领${kept}项`)}`,
    `到期承诺${keptWords(commitments, (owed, kept) => `应兑现${owed}项、实际兑现${kept}项`)}`,
  ].join('；');
  const basis = share === null ? `${duties}，按满分计` : duties;
  const counted = measures.map((measure) => `${punishmentNames[measure]}${String(punishments[measure])}次`);
  const taken = `${counted.join('、')}，扣${String(deducted)}分`;
  return part((share ?? 1) * outOf - deducted, outOf, `${basis}；${taken}`);
}

function completionOf(facts: EvaluationFacts): EvaluationPart {
  const { outOf, ...weights } = scale.completion;
  const { measures, issues, returnedClosures, rebounds } = facts;
  const rates = completionRates(issues);
  const rate = facts.completionRate === 'longTermCounted' ? rates.countingLongTerm : rates.longTermApart;
  const share = weighted([
    [weights.issues, rate.of === 0 ? null : rate.done / rate.of],
    [weights.measures, shareOf(measures)],
  ]);
  const deducted = returnedClosures * weights.returnedClosure + rebounds * weights.rebound;
  const basis = [
    rate.words.replace(/。$/u, ''),
    `到期措施${keptWords(measures, (owed, kept) => `${owed}项、佐证按时通过${kept}项`)}`,
    `销号退回${String(returnedClosures)}次、反弹${String(rebounds)}个，扣${String(deducted)}分`,
  ].join('；');
  return share === null ? { points: null, outOf, basis: `${basis}。` } : part(share * outOf - deducted, outOf, basis);
}

function satisfactionOf({ satisfaction }: EvaluationFacts): EvaluationPart {
  const { outOf, basicallySatisfied: basicallyWorth } = scale.satisfaction;
  const { satisfied, basicallySatisfied, unsatisfied } = satisfaction;
  const all = satisfied + basicallySatisfied + unsatisfied;
  if (all === 0) return { points: null, outOf, basis: '没有群众满意度评价，不计分。' };
  const counts = `满意${String(satisfied)}件、基本满意${String(basicallySatisfied)}件、不满意${String(unsatisfied)}件`;
  return part(
    ((satisfied + basicallySatisfied * basicallyWorth) / all) * outOf,
    outOf,
    `群众评价${String(all)}件：${counts}`,
  );
}

function gradeOf(total: number): EvaluationGrade {
  if (total >= 90) return 'good';
  if (total >= 80) return 'fairlyGood';
  return total >= 60 ? 'ordinary' : 'poor';
}

function part(points: number, outOf: number, basis: string): EvaluationPart {
  return { points: oneDecimal(Math.min(outOf, Math.max(0, points))), outOf, basis: `${basis}。` };
}

/** The mean of the shares that there are, by their weights; null when there is none. */
function weighted(shares: readonly (readonly [weight: number, share: number | null])[]): number | null {
  const known = shares.flatMap(([weight, share]) => (share === null ? [] : [{ weight, share }]));
  const weights = known.reduce((sum, { weight }) => sum + weight, 0);
  return weights === 0 ? null : known.reduce((sum, { weight, share }) => sum + weight * share, 0) / weights;
}

function shareOf({ kept, owed }: Kept): number | null {
  return owed === 0 ? null : kept / owed;
}

function keptWords({ kept, owed }: Kept, words: (owed: string, kept: string) => string): string {
  return owed === 0 ? '没有应办事项' : words(String(owed), String(kept));
}

function oneDecimal(value: number): number {
  return Math.round(value * 10) / 10;
}
