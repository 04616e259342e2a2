import type { Health } from '../health/health.ts';
import type { Verification } from '../verify.ts';
import { RefusedError } from '../refused-error.ts';
import type { Instance } from './instance.ts';
import { columns, type Output } from './output.ts';

/** `health`: how the running instance is. @throws RefusedError `Unhealthy` after its answer, when a part does not work */
export async function health(output: Output, instance: Instance, scope: 'sample' | 'all'): Promise<void> {
  const found = await instance.get<Health>(['health'], { scope });
  const names = { ok: '正常', attention: '注意', down: '故障' } as const;
  output.answer(found, () => columns(found.checks.map(({ state, name, message }) => [names[state], name, message])));
  if (!found.healthy) throw new RefusedError('Unhealthy', '有部件不工作，或有该办的没有办');
}

/**
 * `verify`: replays the events of every issue, looks at what they name, and at what stands there that nothing accounts for.
 *
 * @throws RefusedError `Altered` after its answer, when a row differs
 */
export async function verifyLedger(output: Output, instance: Instance): Promise<void> {
  const found = await instance.get<Verification>(['verify']);
  output.answer(found, () =>
    [
      `重放了 ${String(found.issues)} 个问题的 ${String(found.events)} 条记录、${String(found.rounds)} 个轮次的 ${String(found.roundEvents)} 条记录，核对了 ${String(found.evidence)} 处佐证、${String(found.notes)} 处文字、${String(found.deliveries)} 项发送、${String(found.letters)} 份函件、${String(found.files)} 份文件，${found.differences.length === 0 ? '与台账完全一致' : `有 ${String(found.differences.length)} 处不一致：`}`,
      ...found.differences.map(
        ({ row, field, stored, replayed }) =>
          `  ${row} 的 ${field}：台账是 ${JSON.stringify(stored)}，重放得 ${JSON.stringify(replayed)}`,
      ),
    ].join('\n'),
  );
  if (found.differences.length > 0) throw new RefusedError('Altered', '台账与事件记录不一致');
}
