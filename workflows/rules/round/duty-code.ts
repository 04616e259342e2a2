import { obligationIdParts, stems } from '../obligation-ids.ts';
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
 * A batch's first unit reads `GM-督办1`, its second `GM-督办1-2`.
 *
 * @throws RangeError for an id that is none of a round's duties
 */
export function dutyCode(codePrefix: string, obligationId: string): string {
  const parts = obligationIdParts(obligationId);
  const word = parts && wordOf(parts.kind);
  if (parts === undefined || word === undefined) throw new RangeError(`Not a duty of a round: ${obligationId}`);
  const { kind, measure, ordinal } = parts;
  const number = String(ordinal);
  if (kind === 'supervisionBatch') {
    return `${codePrefix}-${word}${String(measure ?? 1)}${ordinal === 1 ? '' : `-${number}`}`;
  }
  return `${codePrefix}-${word}${measure === undefined || measure === 1 ? '' : `${String(measure)}-`}${number}`;
}

/** The duty's obligation by its code, with or without the prefix; undefined for text that is no such code. */
export function dutyOfCode(code: string): { readonly codePrefix: string; readonly obligationId: string } | undefined {
  const [, dashed, plain, word = '', first = '', second] =
    codePattern.exec(code.normalize('NFKC').trim().toUpperCase()) ?? [];
  const codePrefix = dashed ?? plain ?? '';
  const kind = kindOf(word);
  if (kind === undefined) return undefined;
  const [one, other] = [String(Number(first)), second === undefined ? undefined : String(Number(second))];
  const stem = stems[kind];
  if (kind === 'supervisionBatch') return { codePrefix, obligationId: `${stem}-${one}-${other ?? '1'}` };
  if (isNumbered(kind)) {
    return { codePrefix, obligationId: other === undefined ? `${stem}-1-${one}` : `${stem}-${one}-${other}` };
  }
  return other === undefined ? { codePrefix, obligationId: `${stem}-${one}` } : undefined;
}

const codePattern =
  /^(?:([\p{L}\d]+)\s*[-—–]\s*|([A-Z][A-Z\d]*)\s*)?(\p{Script=Han}{2})\s*(\d{1,4})(?:\s*[-—–]\s*(\d{1,4}))?$/u;

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
