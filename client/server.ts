import { Hono } from 'hono';
import { namesThisMachine } from './access/from-here.ts';
import { isPageWithoutReferrer, isReading } from './pages/form-seal.ts';
import { type ApiDependencies, createApi } from './api/index.ts';

export interface ServerDependencies extends ApiDependencies {
  /** The pages, from `createPages`; without them the server has the API alone. */
  readonly pages?: Hono | undefined;
  /** Where people reach the pages, if not only on this machine. */
  readonly publicUrl?: string | undefined;
}

/** What a browser may load into our pages: our own files, and nothing inline that could run. A route may say less or more. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
].join('; ');

const headers: Readonly<Record<string, string>> = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'SAMEORIGIN',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** The web server: `/api`, the pages, and `/healthz` for whoever watches the process. It only composes. */
export function createServer(dependencies: ServerDependencies): Hono {
  const { publicUrl, pages, kept, log } = dependencies;
  const server = new Hono();

  server.onError((error, context) => {
    log(`${context.req.method} ${context.req.path}: ${error.stack ?? error.message}`);
    return context.text('程序出错，没有办成；详情见日志', 500);
  });
  server.notFound((context) =>
    context.req.path.startsWith('/api/')
      ? context.json({ code: 'NotFound', message: '没有这个地址' }, 404)
      : context.text('没有这一页', 404),
  );
  server.use(async (context, next) => {
    const host = context.req.header('host') ?? new URL(context.req.url).host;
    // A page elsewhere whose name was pointed at this machine (DNS rebinding) shows its own name here.
    if (!isOurHost(host, publicUrl)) return context.text('请用 http://127.0.0.1 打开', 403);
    if (comesFromElsewhere(context.req.raw, context.req.path, host))
      return context.text('请求来自别的网站，没有执行', 403);
    await next();
    if (!isReading(context.req.raw)) kept?.forget(undefined); // not all that is asked for here is told as a change
    for (const [name, value] of Object.entries(headers)) {
      if (!context.res.headers.has(name)) context.res.headers.set(name, value);
    }
    return undefined;
  });
  server.get('/healthz', (context) => context.json({ state: 'ok' }));
  server.route('/api', createApi(dependencies));
  if (pages) server.route('/', pages);
  return server;
}

function isOurHost(host: string, publicUrl: string | undefined): boolean {
  return namesThisMachine(host) || (publicUrl !== undefined && host === new URL(publicUrl).host);
}

/** A form that another site posts carries that site's origin. Browsers always send it; programs need not. */
function comesFromElsewhere(request: Request, path: string, host: string): boolean {
  const { headers: sent } = request;
  if (isReading(request)) return false;
  if (sent.get('sec-fetch-site') === 'cross-site') return true;
  const origin = sent.get('origin');
  if (origin === 'null' && isPageWithoutReferrer(sent, path)) return false;
  return origin !== null && (!URL.canParse(origin) || new URL(origin).host !== host);
}
