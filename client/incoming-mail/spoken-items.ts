import type { Settling, Telling } from './settling.ts';
import type { SpokenItems } from './spoken-requests.ts';

/** 开始整治: of the items named, those that have only entered are worked on from now on; the others are left as they are. */
export async function beginWork(
  settling: Settling,
  issueId: string,
  named: SpokenItems,
  { understood, refused, questions, ask, said }: Telling,
): Promise<void> {
  if (named !== 'all' && named.length === 0) {
    questions.push('没有看清开始整治的是哪几项，请用数字写明，如“开始整治 3、5号”。');
    return;
  }
  const { meant, own, unknown } = await itemsNamed(settling, { issueId, ...said('beginWork'), named });
  if (unknown.length > 0) refused.push(`未能登记开始整治：子台账没有第${unknown.join('、')}项。`);
  const entered = meant.filter(({ id, state }) => own.has(id) || state === 'entered');
  const others = meant.filter((item) => !entered.includes(item));
  if (others.length > 0) understood.push(`第${numbersOf(others)}项此前已登记开始整治。`);
  if (entered.length === 0) return;
  const beginning = { ...said('beginWork'), itemIds: idsOf(entered), to: 'inWork' as const };
  const done = `第${numbersOf(entered)}项已登记开始整治。`;
  await ask(() => settling.issues.ask('moveItems', issueId, beginning), done, '未能登记开始整治');
}

/** 提请出库: of the items named, those that are worked on ask to leave; of the others it is said why they do not. */
export async function askToLeave(
  settling: Settling,
  issueId: string,
  named: SpokenItems,
  { understood, refused, questions, ask, said }: Telling,
): Promise<void> {
  const { meant, own, unknown } = await itemsNamed(settling, { issueId, ...said('askToLeave'), named });
  if (unknown.length > 0) refused.push(`提请出库未受理：子台账没有第${unknown.join('、')}项。`);
  const leaving = meant.filter(({ id, state }) => own.has(id) || state === 'inWork');
  const idle = meant.filter(({ id, state }) => !own.has(id) && state === 'entered');
  const asked = meant.filter((item) => !leaving.includes(item) && !idle.includes(item));
  if (idle.length > 0) {
    const numbers = numbersOf(idle);
    const how = `请先回信“开始整治 ${numbers}号”，或在同一封信里先写明，再提请出库`;
    refused.push(`提请出库未受理：第${numbers}项还没有登记开始整治，${how}。`);
  }
  if (asked.length > 0 && named !== 'all') understood.push(`第${numbersOf(asked)}项此前已提请出库或已出库。`);
  if (leaving.length > 0) {
    const request = { ...said('askToLeave'), itemIds: idsOf(leaving), to: 'askedToLeave' as const };
    const done = `第${numbersOf(leaving)}项已提请出库，待复核。`;
    await ask(() => settling.issues.ask('moveItems', issueId, request), done, '提请出库未受理');
  } else if (meant.length + unknown.length === 0 && named !== 'all') {
    questions.push('未写明提请出库的是哪几项，请回信写明，如“提请出库 3、5、7号”。');
  }
}

type Item = Awaited<ReturnType<typeof itemsNamed>>['meant'][number];

function numbersOf(items: readonly Item[]): string {
  return items.map(({ number }) => String(number)).join('、');
}

function idsOf(items: readonly Item[]): string[] {
  return items.map(({ id }) => id);
}

/** The items by the numbers that people call them by; what an earlier run has asked for stays its own. */
async function itemsNamed(
  { ledger }: Settling,
  { issueId, requestId, named }: { readonly issueId: string; readonly requestId: string; readonly named: SpokenItems },
) {
  const items = await ledger.ledgerItem.findMany({
    where: { issueId },
    orderBy: { number: 'asc' },
    select: { id: true, number: true, state: true },
  });
  const before = await ledger.issueEvent.findFirst({ where: { issueId, requestId }, select: { detail: true } });
  const numbers = new Set(items.map(({ number }) => number));
  return {
    meant: named === 'all' ? items : items.filter(({ number }) => named.includes(number)),
    own: new Set((before?.detail as { itemIds?: readonly string[] } | null)?.itemIds),
    unknown: named === 'all' ? [] : named.filter((number) => !numbers.has(number)),
  };
}
