import { type Context, Hono } from 'hono';
import { randomUUID } from 'node:crypto';
import { actByLink } from '../links/act-by-link.ts';
import { sendFreshMail } from '../links/fresh-mail.ts';
import type { LinkAct } from '../links/link-state.ts';
import type { UploadedFile } from '../links/uploads.ts';
import { findLinked, type LinkedLine } from '../links/linked-line.ts';
import type { PagesDependencies } from '../pages/deps.ts';
import { isSame, viewSealOf } from '../pages/form-seal.ts';
import { LinkedActPage, LinkedDutyPage, LinkedLinePage, LinkOfNothingPage } from '../pages/mail-link.tsx';
import { send } from '../pages/shown.tsx';
import { RefusedError } from '../refused-error.ts';
import { type Form, formOf } from './form.ts';

const acts: readonly LinkAct[] = ['acknowledge', 'report', 'submitEvidence', 'requestExtension', 'proposeClosure'];

/**
 * The pages behind the links in mails. Opening one shows; the first form leads to a second page, and only the item's code
 * typed there acts: scanners of mail open every link, and some post every form.
 */
export function mailLinks(deps: PagesDependencies): Hono {
  const app = new Hono();

  app.use('/a/*', async (c, next) => {
    await next();
    c.res.headers.set('Referrer-Policy', 'no-referrer');
    c.res.headers.set('X-Robots-Tag', 'noindex, nofollow, noarchive');
    c.res.headers.set('Cache-Control', 'no-store');
  });

  app.get('/a/:token', (c) => showLink(c, deps));

  // The first step: says which act is meant, and is answered with the page that asks for it. It changes nothing.
  app.post('/a/:token', (c) =>
    withLine(c, deps, async (line) => {
      const form = await formOf(c);
      const act = actIn(form);
      requireView(c, form, ['choose', form.text('requestId')]);
      return showAct(c, deps, line, act);
    }),
  );

  app.post('/a/:token/fresh-mail', (c) =>
    withLine(c, deps, async (line) => {
      const form = await formOf(c);
      requireView(c, form, ['choose', form.text('requestId')]);
      await sendFreshMail(deps, line, form.text('code'));
      return c.redirect(`/a/${tokenOf(c)}?done=freshMail`, 303);
    }),
  );

  // Files travel while the person fills in the rest; what has arrived is evidence only when he confirms.
  for (const path of ['/a/:token/uploads', '/a/:token/uploads/:id'])
    app.on(['POST', 'GET', 'PATCH', 'DELETE'], path, (c) => upload(c, deps));

  app.post('/a/:token/confirm', (c) =>
    withLine(c, deps, async (line) => {
      const form = await formOf(c);
      const act = actIn(form);
      const requestId = form.text('requestId');
      requireView(c, form, [act, requestId]);
      // A form that is sent twice finds its own event, even if what it met is no longer owed.
      const done = await deps.ledger.issueEvent.findFirst({ where: { issueId: line.issueId, requestId } });
      const ids = form.texts('upload');
      const uploaded = (await deps.uploads?.find(tokenOf(c), ids)) ?? [];
      try {
        if (done === null) await actByLink(deps, line, act, wordsOf(form, uploaded));
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error;
        return showAct(c, deps, line, act, { refusal: error.message, form, uploaded });
      }
      await deps.uploads?.remove(tokenOf(c), ids);
      return c.redirect(`/a/${tokenOf(c)}?done=${act}`, 303);
    }),
  );

  return app;
}

async function withLine(
  c: Context,
  { ledger }: PagesDependencies,
  act: (line: LinkedLine) => Promise<Response>,
): Promise<Response> {
  const linked = await findLinked(ledger, tokenOf(c));
  if (linked.about !== 'issue') return c.redirect(`/a/${tokenOf(c)}`, 303);
  try {
    return await act(linked.line);
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return showLine(c, linked.line, error.message);
  }
}

async function showLink(c: Context, { ledger }: PagesDependencies): Promise<Response> {
  const linked = await findLinked(ledger, tokenOf(c));
  if (linked.about === 'nothing') return send(c, <LinkOfNothingPage />, 404);
  if (linked.about === 'duty') return send(c, <LinkedDutyPage duty={linked.duty} />);
  return showLine(c, linked.line);
}

function showLine(c: Context, line: LinkedLine, refusal?: string) {
  const requestId = newRequestId();
  const keys = { seal: c.var.seal, requestId, view: viewOf(c, ['choose', requestId]) };
  const done = [...acts, 'freshMail' as const].find((one) => one === c.req.query('done'));
  const page = { line, keys, token: tokenOf(c), refusal, done };
  return send(c, <LinkedLinePage {...page} />, refusal === undefined ? 200 : 409);
}

/** Again with what was written when it was refused; the request stays the same, since nothing was done by it. */
function showAct(
  c: Context,
  { uploads }: PagesDependencies,
  line: LinkedLine,
  act: LinkAct,
  again?: { readonly refusal: string; readonly form: Form; readonly uploaded: readonly UploadedFile[] },
) {
  const requestId = newRequestId();
  const keys = { seal: c.var.seal, requestId, view: viewOf(c, [act, requestId]) };
  const text = (name: string) => again?.form.text(name) ?? '';
  const page = {
    ...{ line, act, keys, token: tokenOf(c), refusal: again?.refusal, text },
    ...{ uploaded: again?.uploaded ?? [], sending: uploads === undefined ? ('withForm' as const) : ('ahead' as const) },
  };
  return send(c, <LinkedActPage {...page} />, again === undefined ? 200 : 409);
}

function wordsOf(form: Form, uploaded: readonly UploadedFile[]) {
  return {
    code: form.text('code'),
    text: form.text('text'),
    progress: form.text('progress'),
    until: form.text('until'),
    measure: form.text('measure'),
    requestId: form.text('requestId'),
    files: [
      ...form.files('files').map((file) => ({
        fileName: file.name,
        mediaType: file.type || 'application/octet-stream',
        bytes: async () => new Uint8Array(await file.arrayBuffer()),
      })),
      ...uploaded,
    ],
  };
}

/** For whoever may hand in evidence by this link now, and nobody else. */
async function upload(c: Context, { ledger, uploads }: PagesDependencies): Promise<Response> {
  const linked = uploads && (await findLinked(ledger, tokenOf(c)));
  // hono finds HEAD, which asks how far a file is, under GET, by which it could be read.
  if (linked?.about !== 'issue' || c.req.raw.method === 'GET') return c.text('没有这个地址', 404);
  const { state } = linked.line;
  if (state.kind !== 'acts' || !state.acts.includes('submitEvidence')) return c.text('这个链接现在不能交材料', 403);
  return uploads!.answer(c.req.raw);
}

/** @throws RefusedError `NoSuchAct` */
function actIn(form: Form): LinkAct {
  const act = acts.find((one) => one === form.text('act'));
  if (act === undefined) throw new RefusedError('NoSuchAct', '请选择要办的事。');
  return act;
}

/** @throws RefusedError `ForeignForm` when the form is not of a view of this page in this browser */
function requireView(c: Context, form: Form, view: readonly string[]): void {
  if (!isSame(viewOf(c, view), form.text('view')))
    throw new RefusedError('ForeignForm', '页面放得太久了，请从邮件里的链接重新打开再办。');
}

function viewOf(c: Context, view: readonly string[]): string {
  return viewSealOf(c.var.browserKey, [tokenOf(c), ...view].join('/'));
}

function tokenOf(c: Context): string {
  return (c.req.param('token') ?? '').toLowerCase();
}

function newRequestId(): string {
  return `link-${randomUUID()}`;
}
