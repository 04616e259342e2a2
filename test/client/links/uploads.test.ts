import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createUploads } from '../../../client/links/uploads.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { MailWorld } from '../incoming-mail/mail-world.ts';
import { opened } from '../pages/browser.ts';
import { issuesWithLinks, pagesOfWorld, standing } from './linked-mails.ts';

/** The place of the issue of which evidence is owed. */
const owing = 1;

describe('files sent ahead of a link’s form', () => {
  let world: MailWorld;
  let links: Awaited<ReturnType<typeof issuesWithLinks>>;
  let app: ReturnType<typeof pagesOfWorld>;
  let folder: string;
  let path: string;

  beforeEach(async () => {
    world = await MailWorld.create();
    links = await issuesWithLinks(world);
    folder = temporaryFolder();
    app = pagesOfWorld(world, await createUploads(folder));
    path = await links.linkTo(owing);
  });
  afterEach(() => world.close());

  const bytes = Buffer.from(`%PDF-1.7\n${'台账'.repeat(2_000)}`);
  const tus = { 'tus-resumable': '1.0.0' };
  const named = (name: string) => `filename ${Buffer.from(name).toString('base64')}`;

  const begin = (at: string, length: number, name = '台账.pdf') =>
    app.request(`${at}/uploads`, {
      method: 'POST',
      headers: { ...tus, 'upload-length': String(length), 'upload-metadata': named(name) },
    });
  const send = (to: string, offset: number, piece: Uint8Array<ArrayBuffer>) =>
    app.request(to, {
      method: 'PATCH',
      headers: { ...tus, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
      body: piece,
    });
  const offsetOf = async (to: string) =>
    (await app.request(to, { method: 'HEAD', headers: tus })).headers.get('upload-offset');
  const piece = (from: number, to?: number) => new Uint8Array(bytes.subarray(from, to));

  /** Sends the whole file and gives its address. */
  async function sent(at: string, name?: string): Promise<string> {
    const to = (await begin(at, bytes.length, name)).headers.get('location') ?? '';
    expect((await send(to, 0, piece(0))).status).toBe(204);
    return to;
  }

  async function confirm(at: string, fields: Record<string, string>): Promise<Response> {
    const browser = await opened(app, at);
    const view = (html: string) => /name="view" value="([^"]+)"/.exec(html)?.[1] ?? '';
    const text = await (await browser.post(at, { act: 'submitEvidence', view: view(browser.text) })).text();
    const requestId = /name="requestId" value="([^"]+)"/.exec(text)?.[1] ?? '';
    return browser.post(`${at}/confirm`, {
      act: 'submitEvidence',
      view: view(text),
      requestId,
      measure: '1',
      ...fields,
    });
  }

  const idOf = (to: string) => to.split('/').at(-1)!;

  it('go on where a broken line left off, and are evidence once the code confirms them', async () => {
    const to = (await begin(path, bytes.length)).headers.get('location') ?? '';
    await send(to, 0, piece(0, 5_000));
    expect(await offsetOf(to)).toBe('5000');
    expect((await send(to, 4_000, piece(4_000))).status).toBe(409);
    await send(to, 5_000, piece(5_000));
    expect(await world.ledger.evidence.count()).toBe(0);
    expect((await confirm(path, { code: 'CS-02', upload: idOf(to) })).status).toBe(303);
    const { file, fileName } = await world.ledger.evidence.findFirstOrThrow({ include: { file: true } });
    expect([fileName, file.sizeBytes]).toEqual(['台账.pdf', bytes.length]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('change nothing by themselves, and are still there after a wrong code', async () => {
    const before = await standing(world);
    const to = await sent(path);
    const refused = await confirm(path, { code: 'CS-99', upload: idOf(to) });
    expect(refused.status).toBe(409);
    const text = await refused.text();
    expect(text).toContain('已传到，确认后才算交');
    expect(text).toContain(`name="upload" value="${idOf(to)}"`);
    expect(await standing(world)).toEqual(before);
  });

  it('do not exist for another link', async () => {
    const to = await sent(path);
    const other = await links.linkTo(owing);
    const foreign = `${other}/uploads/${idOf(to)}`;
    expect((await app.request(foreign, { method: 'HEAD', headers: tus })).status).toBe(404);
    expect((await app.request(foreign, { method: 'DELETE', headers: tus })).status).toBe(404);
    expect((await app.request(to)).status).toBe(404);
    expect((await confirm(other, { code: 'CS-02', upload: idOf(to) })).status).toBe(409);
    expect(await world.ledger.evidence.count()).toBe(0);
  });

  it('are taken by a link by which evidence may be handed in, and by no other', async () => {
    expect((await begin(await links.linkTo(0), 10)).status).toBe(403);
    expect((await begin('/a/aaaaaaaaaaaaaaaaaaaaaaaaaa', 10)).status).toBe(404);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('are at most 60 MB each and twenty at a time, and not written anywhere else', async () => {
    expect((await begin(path, 60 * 1024 * 1024 + 1)).status).toBe(413);
    for (const id of ['..%2F..%2Fsecret', '%2e%2e', '.json'])
      expect((await app.request(`${path}/uploads/${id}`, { method: 'HEAD', headers: tus })).status, id).toBe(404);
    for (let file = 0; file < 20; file += 1) expect((await begin(path, 10)).status).toBe(201);
    const refused = await begin(path, 10);
    expect([refused.status, await refused.text()]).toEqual([413, '一次最多20个文件']);
  });

  it('that were cut short are not handed in', async () => {
    const to = (await begin(path, bytes.length)).headers.get('location') ?? '';
    await send(to, 0, piece(0, 5_000));
    const refused = await confirm(path, { code: 'CS-02', upload: idOf(to) });
    expect(await refused.text()).toContain('请选择要交的佐证材料');
  });
});
