import { Parser } from 'htmlparser2';
import { type Archive, openArchive, RefusedArchive } from '../unzip.ts';
import type { Concern } from './concerns.ts';
import type { FileContent } from './file-content.ts';
import { type FileKind, isArchiveName, isRunnableName } from './kinds.ts';

/** Larger parts are not read: one that lists what a document refers to is small. */
const partBytesAtMost = 1024 * 1024;
const partsAtMost = 300;

/** What a zip archive is, an Office document among them, and what is in it, by its directory and smallest parts. */
export function zipContent(bytes: Uint8Array): FileContent {
  try {
    const archive = openArchive(bytes);
    const kind = kindOf(archive);
    if (kind === 'program') return { kind, concerns: [] };
    return kind === 'zip' ? plainArchive(archive) : { kind, concerns: documentConcerns(archive) };
  } catch (error) {
    if (error instanceof RefusedArchive) return { kind: 'zip', concerns: [], spoilt: spoiltWords(error) };
    throw error;
  }
}

function spoiltWords({ why, message }: RefusedArchive): string {
  if (why === 'damaged') return '已损坏，打不开；请检查原文件后重新发来';
  if (why === 'beyondLimits') return `不能作为佐证（${message}）；请拆开，分几次发来`;
  return `不能作为佐证（${message}）`;
}

function kindOf(archive: Archive): FileKind {
  const { entries } = archive;
  const has = (name: string) => entries.some((entry) => entry.name === name);
  const hasUnder = (folder: string) => entries.some(({ name }) => name.startsWith(folder));
  if (has('[content_types].xml')) {
    if (hasUnder('word/')) return 'docx';
    if (hasUnder('xl/')) return 'xlsx';
    if (hasUnder('ppt/')) return 'pptx';
  }
  if (has('ofd.xml')) return 'ofd';
  if (has('mimetype') && textOf(archive, 'mimetype').startsWith('application/vnd.oasis.opendocument'))
    return 'openDocument';
  const isJava = has('meta-inf/manifest.mf') && entries.some(({ name }) => name.endsWith('.class'));
  return isJava || has('androidmanifest.xml') ? 'program' : 'zip';
}

function plainArchive({ entries }: Archive): FileContent {
  const files = entries.filter(({ name }) => !name.endsWith('/'));
  if (files.length === 0) return { kind: 'zip', concerns: [], spoilt: '是空的压缩包，请重新发来' };
  const runnable = files.filter(({ name }) => isRunnableName(name));
  if (runnable.length === files.length)
    return {
      kind: 'zip',
      concerns: [],
      spoilt: '里面只有程序或脚本，不能作为佐证；请改发 PDF、图片、Word 或 Excel 文件',
    };
  return {
    kind: 'zip',
    concerns: [
      ...(files.some(({ isEncrypted }) => isEncrypted) ? (['encrypted'] as const) : []),
      ...(runnable.length > 0 ? (['runnableInside'] as const) : []),
      ...(files.some(({ name }) => isArchiveName(name)) ? (['archiveInside'] as const) : []),
    ],
  };
}

function documentConcerns(archive: Archive): Concern[] {
  const { entries } = archive;
  const named = (pattern: RegExp) => entries.some(({ name }) => pattern.test(name));
  const types = textOf(archive, '[content_types].xml');
  const relations = entries.filter(({ name }) => name.endsWith('.rels'));
  const isReadable = relations.length <= partsAtMost && relations.every((one) => one.unpackedBytes <= partBytesAtMost);
  const refersOut =
    named(/^xl\/externallinks\//) || (isReadable && relations.some(({ name }) => refersOutside(textOf(archive, name))));
  return [
    ...(entries.some(({ isEncrypted }) => isEncrypted) ? (['encrypted'] as const) : []),
    ...(named(/vbaproject\.bin$|^(?:basic|scripts)\//) || /vbaProject|macroEnabled/i.test(types)
      ? (['macros'] as const)
      : []),
    ...(named(/\/activex\//) ? (['activeContent'] as const) : []),
    ...(refersOut ? (['externalReferences'] as const) : []),
    ...(named(/\/embeddings\//) ? (['embeddedFiles'] as const) : []),
    ...(isReadable ? [] : (['notLookedInto'] as const)),
  ];
}

/** Whether a part of relations (ECMA-376 part 2, §9.3) names a target elsewhere that is fetched, not merely linked to. */
function refersOutside(relations: string): boolean {
  let found = false;
  const parser = new Parser(
    {
      onopentag(name, { TargetMode: mode = '', Type: type = '' }) {
        if (/(?:^|:)Relationship$/.test(name) && mode === 'External' && !/\/hyperlink$/.test(type)) found = true;
      },
    },
    { xmlMode: true },
  );
  parser.end(relations);
  return found;
}

/** The text of a small part; empty when there is none, when it is large or locked. */
function textOf(archive: Archive, name: string): string {
  const entry = archive.entries.find((one) => one.name === name);
  if (entry === undefined || entry.isEncrypted || entry.unpackedBytes > partBytesAtMost) return '';
  const bytes = archive.read(name) ?? new Uint8Array();
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}
