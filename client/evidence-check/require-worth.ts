import { RefusedError } from '../refused-error.ts';
import { judgeFile } from './judge-file.ts';

/** @throws RefusedError `NotEvidence`, with the reason and what to do, when a file can prove nothing */
export function requireWorth(bytes: Uint8Array, fileName: string): void {
  const { refusal } = judgeFile(bytes, fileName);
  if (refusal !== null) throw new RefusedError('NotEvidence', `“${fileName}”${refusal}`);
}
