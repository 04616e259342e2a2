import type { DiscardPreview } from '../rounds/discard.ts';
import type { Instance } from './instance.ts';
import type { Output } from './output.ts';

/** Takes a draft away; a round that has been launched stays. With `--preview`, says only what goes with it. */
export async function roundDiscard(
  output: Output,
  instance: Instance,
  round: string,
  { preview }: { readonly preview?: true },
): Promise<void> {
  if (preview === true) {
    const found = await instance.delete<DiscardPreview>(['rounds', round], { mode: 'preview' });
    output.answer(found, () => discardWords(found));
    return;
  }
  const discarded = await instance.delete<{ discarded: string; name: string }>(['rounds', round]);
  output.answer(discarded, () => `草稿“${discarded.name}”已删除`);
}

function discardWords({ round, bodies, issues, measures, items, assignments, policyVersions }: DiscardPreview): string {
  const counted = [
    [bodies, '个被巡察单位'],
    [issues, '个问题'],
    [measures, '条措施'],
    [items, '个子台账条目'],
    [assignments, '条分工'],
    [policyVersions, '版办法'],
  ] as const;
  const goes = counted.filter(([count]) => count > 0).map(([count, what]) => `${String(count)}${what}`);
  return `（预览，未删除）草稿“${round}”${goes.length === 0 ? '里没有内容' : `连同${goes.join('、')}`}，删除后不能恢复`;
}
