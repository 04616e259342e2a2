import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { compress } from 'hono/compress';
import { readOverview } from '../reading/overview.ts';
import { listPracticeMails } from '../practice/mailbox-reading.ts';
import { RefusedError } from '../refused-error.ts';
import { UnreadableNotice } from '../notice-import/notice-reading.ts';
import { accessForms } from '../routes/access.tsx';
import { accountForms } from '../routes/account.tsx';
import { answerForms } from '../routes/answer-forms.tsx';
import { commentForms } from '../routes/comment-forms.tsx';
import { drawForms } from '../routes/draw-forms.tsx';
import { issueForms } from '../routes/issue-forms.tsx';
import { lookBackForms } from '../routes/look-back-forms.tsx';
import { leaderForms } from '../routes/leader-forms.tsx';
import { createGate, nameable, noGate } from '../routes/gate.ts';
import { findPrint } from '../prints/read-prints.ts';
import { changeStream } from '../routes/changes.ts';
import { mailLinks } from '../routes/mail-links.tsx';
import { mailForms } from '../routes/mail-forms.tsx';
import { peopleForms } from '../routes/people-forms.tsx';
import { policyForms } from '../routes/policy-forms.tsx';
import { printForms } from '../routes/print-forms.tsx';
import { requestForms } from '../routes/request-forms.tsx';
import { reviewForms } from '../routes/review-forms.tsx';
import { secrecyForms } from '../routes/secrecy-forms.tsx';
import { roundForms } from '../routes/round-forms.tsx';
import { setUpForms } from '../routes/set-up-forms.tsx';
import type { PagesDependencies } from './deps.ts';
import { doneWords } from './done.ts';
import { DrillPage } from './drill.tsx';
import { sealed } from './form-seal.ts';
import { showLeader, showLeaders } from './leader-shown.tsx';
import { MailboxPage } from './mailbox.tsx';
import { readMailboxChoice } from './mail-reading.ts';
import { keptFile } from './kept-file.ts';
import { noticeChoice } from './notice-choice.ts';
import { letterBody, mailFile } from './mail-source.ts';
import { assets } from './parts/layout.tsx';
import {
  send,
  showIssue,
  showIssues,
  showMail,
  showNotice,
  showOverview,
  showRefusal,
  showReply,
  showReviews,
  showRound,
  showSearch,
} from './shown.tsx';

/** Larger than any evidence a mail may carry. */
const formBytesAtMost = 60 * 1024 * 1024;
const mailsAtOnce = 50;

const policy = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "frame-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * The pages, as an app to be mounted at the root. What is got never acts; what is posted carries the page's seal, acts
 * once, and is answered with the page that shows it.
 */
export function createPages(deps: PagesDependencies): Hono {
  const { ledger } = deps;
  const app = new Hono();

  app.use(async (c, next) => {
    await next();
    c.res.headers.set('X-Content-Type-Options', 'nosniff');
    if (!c.res.headers.has('Referrer-Policy')) c.res.headers.set('Referrer-Policy', 'same-origin');
    if (!c.res.headers.has('Content-Security-Policy')) c.res.headers.set('Content-Security-Policy', policy);
    if (!c.res.headers.has('Cache-Control')) c.res.headers.set('Cache-Control', 'no-store');
  });
  app.use(compress());
  for (const { path, body, type } of assets.values()) {
    app.get(path, (c) =>
      c.body(body, 200, { 'Content-Type': type, 'Cache-Control': 'public, max-age=31536000, immutable' }),
    );
  }
  app.use(sealed);
  app.use(nameable);
  app.use(deps.access === undefined ? noGate : createGate({ ledger, access: deps.access }));
  app.use(
    bodyLimit({ maxSize: formBytesAtMost, onError: (c) => showRefusal(c, '文件太大，一次不能超过60 MB。', 413) }),
  );

  app.get('/', (c) => showOverview(c, deps));
  app.get('/issues', (c) => showIssues(c, deps));
  app.get('/reviews', (c) => showReviews(c, deps));
  app.get('/search', (c) => showSearch(c, deps));
  app.get('/issues/:ref', (c) => showIssue(c, deps, c.var.subjectId ?? c.req.param('ref')));
  app.get('/leaders', (c) => showLeaders(c, deps));
  app.get('/leaders/:ref', (c) => showLeader(c, deps, c.var.subjectId ?? c.req.param('ref')));
  app.get('/rounds/:id', (c) => showRound(c, deps, c.var.subjectId ?? c.req.param('id')));
  app.get('/notices/:sha256', (c) =>
    showNotice(c, deps, noticeChoice({ ...c.req.query(), sha256: c.req.param('sha256') })),
  );
  app.get('/drills/:id', async (c) => {
    const drill = await deps.drills.progress(c.req.param('id'));
    const overview = await readOverview(ledger, { clockId: drill.drillId, kept: deps.kept });
    return send(c, <DrillPage drill={drill} overview={overview} done={doneWords(c.req.query('done'))} />);
  });
  app.get('/mailbox', (c) => mailbox(c, deps));
  app.get('/mailbox/replies/:id', (c) => showReply(c, deps, c.req.param('id')));
  app.get('/mailbox/:messageId', (c) => showMail(c, deps, c.req.param('messageId')));
  app.get('/mailbox/:messageId/body', (c) => letterBody(c, deps, c.req.param('messageId')));
  app.get('/mailbox/:messageId/source.eml', (c) => mailFile(c, deps, c.req.param('messageId')));
  app.get('/prints/:id', async (c) => printedPage(c, await findPrint(ledger, c.req.param('id'))));
  app.get('/evidence/:id', (c) => evidence(c, deps, c.req.param('id')));

  app.route('/', issueForms(deps));
  app.route('/', reviewForms(deps));
  app.route('/', lookBackForms(deps));
  app.route('/', requestForms(deps));
  app.route('/', secrecyForms(deps));
  app.route('/', leaderForms(deps));
  app.route('/', roundForms(deps));
  app.route('/', drawForms(deps));
  app.route('/', commentForms(deps));
  app.route('/', setUpForms(deps));
  app.route('/', policyForms(deps));
  app.route('/', mailForms(deps));
  app.route('/', answerForms(deps));
  app.route('/', printForms(deps));
  app.route('/', mailLinks(deps));
  if (deps.watchers !== undefined) app.route('/', changeStream(deps.watchers));
  if (deps.access !== undefined) {
    app.route('/', accessForms({ ledger, access: deps.access }));
    app.route('/', accountForms({ ledger, access: deps.access }));
    app.route('/', peopleForms({ ledger, access: deps.access }));
  }

  // Mounted below a server, an app's own `notFound` is not asked; the API answers for itself.
  app.all('*', (c, next) => (c.req.path.startsWith('/api/') ? next() : showRefusal(c, '没有这个页面。', 404)));
  app.onError((error, c) => {
    if (error instanceof RefusedError)
      return showRefusal(c, error.message, error.code.match(/^(Unknown|NoSuch)/) ? 404 : 409);
    if (error instanceof UnreadableNotice) return showRefusal(c, error.message, 400);
    deps.log(error);
    return showRefusal(c, '程序出错了，已记入日志。请稍后再试；再出现，请把时间告诉运维人员。', 500);
  });
  return app;
}

async function mailbox(c: Context, { ledger }: PagesDependencies): Promise<Response> {
  const { clock, person, after } = c.req.query();
  const wanted = { clockId: clock === '' ? undefined : clock, personId: person === '' ? undefined : person };
  const choice = await readMailboxChoice(ledger, wanted, c.var.visit.sight);
  const mails = await listPracticeMails(ledger, {
    clockId: choice.clockId,
    limit: mailsAtOnce,
    ...(choice.personId !== undefined && { personId: choice.personId }),
    ...(after !== undefined && after !== '' && { after }),
  });
  const last = mails.length < mailsAtOnce ? undefined : mails.at(-1)?.mailId;
  const next = new URLSearchParams({ clock: choice.clockId, person: choice.personId ?? '', after: last ?? '' });
  return send(
    c,
    <MailboxPage mails={mails} choice={choice} more={last === undefined ? undefined : `/mailbox?${next.toString()}`} />,
  );
}

/** A page (打印件) as it is to be printed: it stands for itself, and may neither run nor ask for anything. */
function printedPage(c: Context, { raw }: { raw: Uint8Array }): Response {
  c.header(
    'Content-Security-Policy',
    "sandbox allow-modals; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
  );
  return c.body(Buffer.from(raw).toString(), 200, { 'Content-Type': 'text/html; charset=utf-8' });
}

async function evidence(c: Context, { ledger, files }: PagesDependencies, id: string): Promise<Response> {
  const row = await ledger.evidence.findUnique({ where: { id }, select: { sha256: true, fileName: true } });
  if (row === null) throw new RefusedError('NoSuchFile', '没有这份佐证材料。');
  return keptFile(c, files, row);
}
