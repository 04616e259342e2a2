import type { Connection } from '@temporalio/client';

const keyword = 2;
const int = 3;
const wanted: Readonly<Record<string, number>> = { RoundId: keyword, Phase: keyword, Cycle: int };

/**
 * Makes the search attributes of our workflows known to a Temporal server of the organisation's own; the embedded one
 * is started with them. A second call finds them.
 *
 * @throws Error with a sentence for people when the server does not let us
 */
export async function ensureSearchAttributes(connection: Connection, namespace: string): Promise<void> {
  try {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    const missing = Object.entries(wanted).filter(([name]) => customAttributes?.[name] === undefined);
    if (missing.length === 0) return;
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: Object.fromEntries(missing) });
  } catch (error) {
    const names = 'RoundId（Keyword）、Phase（Keyword）、Cycle（Int）';
    throw new Error(`Temporal 命名空间 ${namespace} 里缺少检索属性，请管理员添加：${names}`, { cause: error });
  }
}
