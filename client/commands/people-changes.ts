import type { AddressChanged } from '../address-changes.ts';
import { dayOf } from '../../workflows/rules/instants.ts';
import type { Delegated, DelegationReading } from '../rounds/delegate.ts';
import type { HandedOver } from '../rounds/hand-over.ts';
import type { Instance } from './instance.ts';
import { parts } from './issue-request-table.ts';
import { columns, type Output } from './output.ts';

export interface HandoverOptions {
  readonly role: string;
  readonly round?: string;
  readonly issue?: string;
  readonly reason: string;
  readonly by: string;
  readonly scope?: string;
  readonly preview?: true;
}

/** `people handover|correct FROM TO`: hands over what is open, or corrects whom it was given to; or shows what that would be. */
export async function peopleHandover(
  output: Output,
  instance: Instance,
  from: string,
  to: string,
  { preview, issue, ...options }: HandoverOptions,
  kind: 'handover' | 'correction' = 'handover',
): Promise<void> {
  const issues = issue === undefined ? {} : { issues: parts(issue) };
  const json = { ...options, ...issues, from, to, kind, mode: preview ? 'preview' : 'write' };
  const done = await instance.post<HandedOver>(['people', 'handovers'], { json });
  output.answer(done, () =>
    [
      `${done.written === 'preview' ? '（预览，未写入）' : ''}${kind === 'handover' ? '移交' : '更正'} ${String(done.issues.length)} 项：${from} → ${to}`,
      ...done.issues.map(({ code, title, measure, obligations }) => {
        const owed = obligations.map(({ words, dueOn }) => `${words}（${dueOn} 前）`).join('、');
        return `  ${code}${measure === null ? '' : ` 措施${String(measure)}`}  ${title}${owed === '' ? '' : `  欠着 ${owed}`}`;
      }),
      ...done.warnings.map((warning) => `  注意：${warning}`),
    ].join('\n'),
  );
}

export interface DelegateOptions {
  readonly from: string;
  readonly until: string;
  readonly reason: string;
  readonly by?: string;
  readonly scope?: string;
  readonly preview?: true;
}

/** `people delegate FROM TO`: records who stands in, or shows what that would touch. */
export async function peopleDelegate(
  output: Output,
  instance: Instance,
  from: string,
  to: string,
  { from: fromOn, until: untilOn, preview, ...said }: DelegateOptions,
): Promise<void> {
  const json = { from, to, fromOn, untilOn, ...said, mode: preview ? 'preview' : 'write' };
  const done = await instance.post<Delegated>(['people', 'delegations'], { json });
  output.answer(done, () =>
    [
      `${done.written === 'preview' ? '（预览，未写入）' : `已登记委托 ${done.id?.slice(0, 8) ?? ''}：`}${fromOn} 至 ${untilOn}，由${to}代${from}`,
      ...done.duties.map(({ code, words, dueOn }) => `  ${code}  ${words}，${dueOn} 前`),
      ...done.warnings.map((warning) => `  注意：${warning}`),
    ].join('\n'),
  );
}

const stateNames: Readonly<Record<DelegationReading['state'], string>> = {
  coming: '未到',
  running: '生效中',
  over: '已结束',
  revoked: '已撤销',
};

/** `people delegations`. */
export async function peopleDelegations(
  output: Output,
  instance: Instance,
  { scope }: { scope?: string },
): Promise<void> {
  const all = await instance.get<DelegationReading[]>(['people', 'delegations'], { scope });
  output.answer(all, () =>
    all.length === 0
      ? '没有委托'
      : columns(
          all.map(({ id, from, to, fromOn, untilOn, state, reason, ...authors }) => [
            id.slice(0, 8),
            stateNames[state],
            `${fromOn} 至 ${untilOn}`,
            `${from} → ${to}`,
            reason,
            authorWords(authors),
          ]),
        ),
  );
}

type Authors = Pick<DelegationReading, 'enteredBy' | 'enteredAt' | 'revokedBy' | 'revokedAt'>;

/** `2024-03-01 王某登记，2024-03-05 王某撤销`; who is not on record is left out. */
function authorWords({ enteredBy, enteredAt, revokedBy, revokedAt }: Authors): string {
  const entered = enteredAt === null ? [] : [`${dayOf(enteredAt)} ${enteredBy ?? ''}登记`];
  const revoked = revokedAt === null ? [] : [`${dayOf(revokedAt)} ${revokedBy ?? ''}撤销`];
  return [...entered, ...revoked].join('，');
}

/** `people revoke DELEGATION`. */
export async function peopleRevoke(
  output: Output,
  instance: Instance,
  id: string,
  { by }: { by?: string },
): Promise<void> {
  const path = ['people', 'delegations', id];
  const done = await instance.delete<{ id: string; revoked: 'now' | 'before' }>(path, { by });
  output.answer(done, () => (done.revoked === 'now' ? '已撤销委托' : '这项委托早已撤销或结束'));
}

export interface ReachableOptions {
  readonly email?: string;
  readonly reason: string;
  readonly by?: string;
  readonly preview?: true;
}

/** `people reachable PERSON`: notes that mail arrives again, or shows what that would change. */
export async function peopleReachable(
  output: Output,
  instance: Instance,
  person: string,
  { preview, ...said }: ReachableOptions,
): Promise<void> {
  const json = { ...said, mode: preview ? 'preview' : 'write' };
  const done = await instance.post<AddressChanged>(['people', person, 'reachable'], { json });
  const { written, name, wasEmail, wasUnreachable, email, pagesWaiting } = done;
  output.answer(done, () =>
    [
      `${written === 'preview' ? '（预览，未写入）' : '已登记：'}${name} ${wasEmail === email ? email : `${wasEmail ?? '没有邮箱'} → ${email}`}，以后的提醒发邮件`,
      ...(wasUnreachable === null ? [] : [`  原先送不到：${wasUnreachable}`]),
      ...(pagesWaiting === 0 ? [] : [`  已备好的打印件 ${String(pagesWaiting)} 份仍须打印送达`]),
    ].join('\n'),
  );
}
