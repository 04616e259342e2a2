import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';

/** A file that has arrived whole by a link's page, and is evidence of nothing yet. */
export interface UploadedFile {
  readonly id: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly bytes: () => Promise<Uint8Array>;
}

/**
 * Files on their way by the page of a mail's link, in pieces that go on where a broken line left off (tus 1.0.0). They wait a
 * day for the person to confirm; until then nothing of them stands in the ledger.
 */
export interface Uploads {
  /** Answers a request of the protocol to `/a/TOKEN/uploads…`; another link's files do not exist for it. */
  answer(request: Request): Promise<Response>;
  /** Those of these files that have arrived whole for the link, in this order. */
  find(token: string, ids: readonly string[]): Promise<UploadedFile[]>;
  /** Forgets the link's files with these ids; one that is not there is no error. */
  remove(token: string, ids: readonly string[]): Promise<void>;
}

/** As the form without scripts takes it. */
const uploadBytesAtMost = 60 * 1024 * 1024;
const filesOfALinkAtMost = 20;
const keptForMs = 24 * 3_600_000;

/** @param folder made when it is not there */
export async function createUploads(folder: string): Promise<Uploads> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const store = new FileStore({ directory: folder, expirationPeriodInMilliseconds: keptForMs });
  const server = new Server({
    ...{ path: '/a', datastore: store, maxSize: uploadBytesAtMost, allowedOrigins: () => false },
    generateUrl: (request, { id }) => `${new URL(request.url).pathname}/${id}`,
    getFileIdFromRequest: (request, id) => (id !== undefined && isOf(prefixIn(request.url), id) ? id : undefined),
    namingFunction: (request) => `${prefixIn(request.url)}${randomBytes(16).toString('hex')}`,
    onUploadCreate: async (request) => {
      await store.deleteExpired();
      const known = (await readdir(folder)).filter((name) => isOf(prefixIn(request.url), name));
      if (known.length < filesOfALinkAtMost) return {};
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- what the library asks for
      throw { status_code: 413, body: `一次最多${String(filesOfALinkAtMost)}个文件` };
    },
  });
  const wholeFile = async (id: string): Promise<UploadedFile[]> => {
    const upload = await store.getUpload(id).catch(() => undefined);
    if (upload?.size === undefined || upload.offset !== upload.size) return [];
    const { filename, filetype } = upload.metadata ?? {};
    return [
      {
        ...{ id, fileName: filename ?? '材料', mediaType: filetype ?? 'application/octet-stream' },
        sizeBytes: upload.size,
        bytes: async () => new Uint8Array(await readFile(join(folder, id))),
      },
    ];
  };
  return {
    answer: (request) => server.handleWeb(request),
    async find(token, ids) {
      return (await Promise.all(ownOf(token, ids).map(wholeFile))).flat();
    },
    async remove(token, ids) {
      for (const id of ownOf(token, ids)) await store.remove(id).catch(() => undefined);
    },
  };
}

/** A link's files bear its hash: the token itself stands in no folder. */
function prefixOf(token: string): string {
  return `${createHash('sha256').update(token.toLowerCase()).digest('hex').slice(0, 32)}-`;
}

function prefixIn(url: string): string {
  return prefixOf(/\/a\/([^/]+)\/uploads/.exec(new URL(url, 'http://here.invalid').pathname)?.[1] ?? '');
}

/** Those of the ids that are the link's, each once. */
function ownOf(token: string, ids: readonly string[]): string[] {
  return [...new Set(ids)].filter((id) => isOf(prefixOf(token), id));
}

function isOf(prefix: string, id: string): boolean {
  return id.startsWith(prefix) && /^[0-9a-f]{32}-[0-9a-f]{32}$/.test(id);
}
