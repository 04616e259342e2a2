import { obligationIdParts, stemOf } from '../obligation-ids.ts';
import type { ObligationKind, RoundObligationKind } from '../policy.ts';

/** Short enough for a first line of an answer. */
const words: Readonly<Record<RoundObligationKind, string>> = {
  rectificationPlan: '方案',
  planApproval: '审定',
  weeklyCheck: '周检',
  monthlyDispatch: '调度',
  periodicDuty: '定期',
  evaluation: '评估',
  progressReport: '报告',
  supervisionBatch: '督办',
  publicComment: '意见',
  lookBackDraw: '抽取',
};

/**
 * What people call a duty of the round: `GM-周检3`, and of the second weekly check that a policy has `GM-周检2-3`.
 * A batch's first unit reads `GM-督办1`, its second `GM-督办1-2`. What the second of several bodies owes itself reads
 * `GM-单位2方案1`.
 *
 * @throws RangeError for an id that is none of a round's duties
 */
export function dutyCode(codePrefix: string, obligationId: string): string {
  const parts = obligationIdParts(obligationId);
  const word = parts && wordOf(parts.kind);
  if (parts === undefined || word === undefined) throw new RangeError(`Not a duty of a round: ${obligationId}`);
  const { kind, body, measure, ordinal } = parts;
  const number = String(ordinal);
  if (kind === 'supervisionBatch') {
    return `${codePrefix}-${word}${String(measure ?? 1)}${ordinal === 1 ? '' : `-${number}`}`;
  }
  const whose = body === undefined ? '' : `单位${String(body)}`;
  return `${codePrefix}-${whose}${word}${measure === undefined || measure === 1 ? '' : `${String(measure)}-`}${number}`;
}

/** The duty's obligation by its code, with or without the prefix; undefined for text that is no such code. */
export function dutyOfCode(code: string): { readonly codePrefix: string; readonly obligationId: string } | undefined {
  const [, dashed, plain, owner, word = '', first = '', second] =
    codePattern.exec(code.normalize('NFKC').trim().toUpperCase()) ?? [];
  const codePrefix = dashed ?? plain ?? '';
  const kind = kindOf(word);
  if (kind === undefined) return undefined;
  const body = owner === undefined ? undefined : Number(owner);
  const [one, other] = [Number(first), second === undefined ? undefined : Number(second)];
  const idOf = (measure: number | undefined, ordinal: number) => ({
    codePrefix,
    obligationId: `${stemOf({ kind, body, measure })}-${String(ordinal)}`,
  });
  if (kind === 'supervisionBatch') return body === undefined ? idOf(one, other ?? 1) : undefined;
  if (isNumbered(kind)) return other === undefined ? idOf(1, one) : idOf(one, other);
  return other === undefined ? idOf(undefined, one) : undefined;
}

const codePattern =
  /^(?:([\p{L}\d]+)\s*[-—–]\s*|([A-Z][A-Z\d]*)\s*)?(?:单位\s*(\d{1,3})\s*[-—–]?\s*)?(\p{Script=Han}{2})\s*(\d{1,4})(?:\s*[-—–]\s*(\d{1,4}))?$/u;

/** Of the other kinds a round has one row only, so that no number of a duty stands in their ids. */
function isNumbered(kind: RoundObligationKind): boolean {
  return kind !== 'planApproval' && kind !== 'publicComment' && kind !== 'lookBackDraw';
}

function wordOf(kind: ObligationKind): string | undefined {
  return (words as Partial<Record<ObligationKind, string>>)[kind];
}

function kindOf(word: string): RoundObligationKind | undefined {
  return (Object.keys(words) as RoundObligationKind[]).find((kind) => words[kind] === word);
}
