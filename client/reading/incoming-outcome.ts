import type { BouncedRecipient } from '../incoming-mail/bounce/bounced-recipient.ts';
import type { BounceEffect, IncomingVerdict, ItemVerdict } from '../incoming-mail/verdict.ts';
import { unverifiedWords } from './unverified.ts';

/** What became of a mail that came in, in a sentence, and item by item. */
export interface IncomingOutcome {
  readonly outcome: string;
  readonly items: readonly ItemVerdict[];
}

const bounceEffect: Readonly<Record<BounceEffect, string>> = {
  noted: '只记录在案，提醒和邮箱都不变',
  addressGone: '这个地址从此不再发信，未办结的事项改为打印送达',
  addressCorrected: '这封信没有送到，邮箱已另行更正，未办结的事项改为打印送达',
};

function bouncedWords({ recipient, status, permanent }: BouncedRecipient): string {
  const why = permanent ? '地址不存在或不再收信' : '暂时或因内容没有送到';
  return [recipient, why, status].filter((part) => part !== '').join(' ');
}

/** @param state the incoming mail's */
export function outcomeOf(state: string, verdict: IncomingVerdict | null): IncomingOutcome {
  if (verdict === null) return { outcome: state === 'stored' ? '已收到，正在处理' : '已收到', items: [] };
  switch (verdict.kind) {
    case 'reply':
      return {
        outcome: verdict.problems.length === 0 ? '已登记' : `已登记；还要问清：${verdict.problems.join('；')}`,
        items: verdict.items,
      };
    case 'automatic':
      return { outcome: `自动回复，不计入进展：${verdict.because}`, items: [] };
    case 'bounce': {
      const { because, bounce, effect = 'noted' } = verdict;
      return { outcome: ['退信：' + because, ...bounce.map(bouncedWords), bounceEffect[effect]].join('；'), items: [] };
    }
    case 'unverified':
      return { outcome: `待核实，没有计入进展：${unverifiedWords[verdict.because]}`, items: [] };
    case 'unreadable':
      return { outcome: `读不出来：${verdict.because}`, items: [] };
    case 'problem':
      return { outcome: `处理时出错，还会再试：${verdict.problem}`, items: [] };
  }
}
