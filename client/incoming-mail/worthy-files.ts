import { judgeFile } from '../evidence-check/judge-file.ts';
import type { MailFile } from './open-mail.ts';

/**
 * Parts the files that may be evidence from those that cannot be (programs, web pages, what is broken): these stay with
 * the mail, and a sentence for each says why and what to do.
 */
export function worthyFiles(files: readonly MailFile[]): { worthy: MailFile[]; refusals: string[] } {
  const judged = files.map((file) => ({ file, refusal: judgeFile(file.bytes, file.fileName).refusal }));
  return {
    worthy: judged.filter(({ refusal }) => refusal === null).map(({ file }) => file),
    refusals: judged.flatMap(({ file, refusal }) =>
      refusal === null ? [] : [`附件“${file.fileName}”${refusal}。原件已随来信存档，未计入。`],
    ),
  };
}
