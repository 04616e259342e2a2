import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ImportedMail } from '../incoming-mail/import-mail.ts';
import { readMail, type MailReading, unreadableMail } from '../incoming-mail/read-mail.ts';
import { visibleAnswer } from '../incoming-mail/reply-text.ts';
import { MisuseError } from '../misuse-error.ts';
import { RefusedError } from '../refused-error.ts';
import { fileGiven } from './files.ts';
import type { Instance } from './instance.ts';
import { columns, type Output } from './output.ts';

/** `mail read FILE`, or `--batch DIR`, whose answers are JSON lines in any case. @throws MisuseError */
export async function mailRead(
  output: Output,
  path: string | undefined,
  { batch }: { readonly batch?: string },
): Promise<void> {
  if (batch !== undefined) {
    if (path !== undefined) throw new MisuseError('--batch 与文件只能写一个');
    for (const file of filesIn(batch)) {
      output.raw(`${JSON.stringify({ file, ...(await readingOf(join(batch, file))) })}\n`);
    }
    return;
  }
  if (path === undefined) throw new MisuseError('没有写要读的邮件，如 mail read 来信.eml');
  const reading = await readMail(fileGiven(path).bytes);
  output.answer(reading, () => inWords(reading));
}

/** What became of one file; `refused` where it was not taken. */
type FileImported = { readonly file: string } & (ImportedMail | { readonly refused: string });

/**
 * `mail import FILE|DIR`: hands mails that were saved as files to the running instance, those of a folder in name order.
 *
 * @throws RefusedError `SomeRefused` after its answer
 */
export async function mailImport(
  output: Output,
  instance: Instance,
  path: string,
  { preview }: { readonly preview?: true },
): Promise<void> {
  const files = statSync(path, { throwIfNoEntry: false })?.isDirectory()
    ? filesIn(path).map((file) => join(path, file))
    : [path];
  const query = { mode: preview === true ? 'preview' : 'write' };
  const done: FileImported[] = [];
  for (const [index, file] of files.entries()) {
    done.push({ file: basename(file), ...(await importedFrom(instance, file, query)) });
    if (files.length > 1) output.note(`${String(index + 1)}/${String(files.length)} ${basename(file)}`);
  }
  output.answer(done, () => columns(done.map((one) => [one.file, ...importedWords(one)])));
  const refused = done.filter((one) => 'refused' in one).length;
  if (refused > 0) throw new RefusedError('SomeRefused', `${String(refused)}个文件没有收`);
}

async function importedFrom(
  instance: Instance,
  file: string,
  query: { readonly mode: string },
): Promise<ImportedMail | { readonly refused: string }> {
  try {
    const { bytes, fileName } = fileGiven(file);
    return await instance.post<ImportedMail>(['incoming-answers'], { query: { ...query, fileName }, bytes });
  } catch (error) {
    const isItsOwn = error instanceof RefusedError && ['NotAMail', 'MailTooLarge'].includes(error.code);
    if (isItsOwn || error instanceof MisuseError) return { refused: error.message };
    throw error;
  }
}

const takenWords: Readonly<Record<ImportedMail['taken'], string>> = {
  now: '已收下',
  before: '早已收过',
  preview: '（预览，未收）',
};

function importedWords(one: FileImported): string[] {
  return 'refused' in one
    ? ['没有收', '', '', one.refused]
    : [takenWords[one.taken], one.number, one.from, one.outcome];
}

/** `mail reply-text` of standard input, or `--batch DIR`. @throws MisuseError */
export function mailReplyText(output: Output, { batch }: { readonly batch?: string }): void {
  if (batch === undefined) {
    const text = visibleAnswer(decoded(readFileSync(process.stdin.fd)));
    output.answer({ text }, () => text);
    return;
  }
  for (const file of filesIn(batch)) {
    output.raw(`${JSON.stringify({ file, text: answerIn(join(batch, file)) })}\n`);
  }
}

/** The base names of the files in a folder, in order. @throws MisuseError */
function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map(({ name }) => name)
      .sort();
  } catch (error) {
    throw new MisuseError(`${folder}：不是能读的文件夹`, { cause: error });
  }
}

/** In a batch, a file that cannot be read is answered for as a mail that cannot. */
async function readingOf(path: string): Promise<MailReading> {
  try {
    return await readMail(fileGiven(path).bytes);
  } catch {
    return unreadableMail;
  }
}

function answerIn(path: string): string {
  try {
    return visibleAnswer(decoded(fileGiven(path).bytes));
  } catch {
    return '';
  }
}

/** Old programs on Windows write GB 18030. */
function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

const kindWords: Readonly<Record<MailReading['kind'], string>> = {
  reply: '答复',
  automatic: '自动回复',
  bounce: '退信',
  forward: '转发',
  unreadable: '读不出',
};

function inWords(reading: MailReading): string {
  const { kind, from, subject, text, attachments, automaticBecause, bounce } = reading;
  return [
    `${kindWords[kind]}${automaticBecause === null ? '' : `（${automaticBecause}）`}`,
    ...(kind === 'unreadable' ? [] : [`发件人：${from}`, `主题：${subject}`, '', text]),
    ...attachments.map(({ fileName, sizeBytes }) => `附件：${fileName}（${String(sizeBytes)} 字节）`),
    ...bounce.map(({ recipient, permanent }) => `退信：${recipient}（${permanent ? '地址已失效' : '暂时退回'}）`),
  ].join('\n');
}
