import type { Client } from '@temporalio/client';
import type { Ledger } from '../../prisma/client.ts';

/** One part of the system and how it is. */
export interface HealthPart {
  readonly name: string;
  readonly state: 'ok' | 'attention' | 'down';
  readonly message: string;
}

export interface Health {
  readonly state: HealthPart['state'];
  readonly parts: readonly HealthPart[];
}

/** What is this late has been missed, not merely delayed. */
const graceMs = 15 * 60_000;

/** How the system is: its two stores, and whether anything that was due has been left lying (watchdog). */
export async function readHealth({ ledger, temporal }: { ledger: Ledger; temporal: Client }): Promise<Health> {
  const parts = await Promise.all([
    part('台账数据库', async () => {
      await ledger.$queryRaw`SELECT 1`;
    }),
    part('Temporal', async () => {
      await temporal.workflowService.getSystemInfo({});
    }),
    ...leftLying(ledger),
  ]);
  const worst = (['down', 'attention'] as const).find((state) => parts.some((one) => one.state === state));
  return { state: worst ?? 'ok', parts };
}

function leftLying(ledger: Ledger): Promise<HealthPart>[] {
  const before = { lt: new Date(Date.now() - graceMs) };
  const real = { clockId: 'real' };
  return [
    counted('问题流程', '个问题到时没有复看', () =>
      ledger.issue.count({ where: { lookAgainAt: before, round: { ...real, state: 'launched' } } }),
    ),
    counted('待发的行', '行提醒过了时间没有发出', () =>
      ledger.outboxRow.count({ where: { ...real, state: 'planned', earliestAt: before } }),
    ),
    counted('外发邮件', '封邮件没有送达（被拒收，或不知是否送达）', () =>
      ledger.mail.count({ where: { ...real, OR: [{ state: 'refused' }, { uncertain: { gt: 0 } }] } }),
    ),
    counted('收件', '封来信还没有处理完', () =>
      ledger.incomingMail.count({ where: { ...real, state: 'stored', receivedAt: before } }),
    ),
    counted('通讯录', '人的邮箱送不到', () =>
      ledger.person.count({ where: { scope: 'real', unreachable: { not: null } } }),
    ),
  ];
}

async function counted(name: string, what: string, count: () => Promise<number>): Promise<HealthPart> {
  let found = 0;
  const asked = await part(name, async () => {
    found = await count();
  });
  return found > 0 ? { name, state: 'attention', message: `有 ${String(found)} ${what}` } : asked;
}

async function part(name: string, ask: () => Promise<void>): Promise<HealthPart> {
  try {
    await ask();
    return { name, state: 'ok', message: '正常' };
  } catch (error) {
    const [firstLine = ''] = (error instanceof Error ? error.message : String(error)).trim().split('\n');
    return { name, state: 'down', message: `没有应答：${firstLine}` };
  }
}
