import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Child, useContext } from 'hono/jsx';
import { Visiting } from './visiting.ts';

const script = 'text/javascript; charset=utf-8';
const assetsFolder = join(import.meta.dirname, '../assets');

/** The files pages ask for, by the names under which they do. */
export const assets = new Map(
  [
    { name: 'page.css', type: 'text/css; charset=utf-8', file: join(assetsFolder, 'page.css') },
    ...['live.js', 'upload.js', 'passkey.js'].map((name) => ({ name, type: script, file: join(assetsFolder, name) })),
    { name: 'tus.js', type: script, file: createRequire(import.meta.url).resolve('tus-js-client/dist/tus.min.js') },
  ].map(({ name, type, file }) => {
    const body = readFileSync(file, 'utf8');
    const version = createHash('sha256').update(body).digest('hex').slice(0, 12);
    return [name, { body, type, path: `/assets/${version}/${name}` }] as const;
  }),
);

export interface PageProps {
  /** Stands before “回头看” in the window's title. */
  readonly title: string;
  readonly current?: 'overview' | 'issues' | 'leaders' | 'mailbox' | 'people' | undefined;
  /** Why something asked for was not done: a sentence, or several. */
  readonly refusal?: string | undefined;
  /** What has just been done. */
  readonly done?: string | undefined;
  /** What the page shows and is renewed by, as `/changes` asks for it: `issue=…`; undefined where nobody tells. */
  readonly watches?: string | undefined;
  readonly children?: Child;
}

/** The frame of every page: head, navigation, what came of the last request, and the page itself. */
export function Page({ title, current, refusal, done, watches, children }: PageProps) {
  const { viewer, signIn } = useContext(Visiting);
  const here = (name: PageProps['current']) => (name === current ? { 'aria-current': 'page' as const } : {});
  return (
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="same-origin" />
        <title>{`${title} · 回头看`}</title>
        <link rel="stylesheet" href={assets.get('page.css')!.path} />
        <link rel="icon" href="data:," />
        <script type="module" src={assets.get('live.js')!.path}></script>
      </head>
      <body>
        <Shapes />
        <a class="skip" href="#main">
          跳到正文
        </a>
        <header class="masthead">
          <div class="masthead-in">
            <a class="brand" href="/">
              回头看
            </a>
            <p class="brand-note">整改督办</p>
            <nav class="nav" aria-label="主导航">
              <a href="/" {...here('overview')}>
                概览
              </a>
              <a href="/issues" {...here('issues')}>
                问题
              </a>
              <a href="/leaders" {...here('leaders')}>
                领导
              </a>
              <a href="/mailbox" {...here('mailbox')}>
                {viewer === undefined || viewer.standing === 'office' ? '演练信箱' : '我的信'}
              </a>
              {viewer?.standing === 'office' ? (
                <a href="/people" {...here('people')}>
                  人员
                </a>
              ) : null}
              {viewer === undefined ? null : <a href="/account">{viewer.name}</a>}
              {viewer === undefined && signIn === 'offered' ? <a href="/sign-in">登录</a> : null}
            </nav>
            <form class="find" role="search" action="/search" method="get">
              <label class="unseen" for="find">
                查找问题、佐证和邮件
              </label>
              <input id="find" name="text" type="search" placeholder="问题、佐证、邮件" />
              <button class="button" type="submit">
                查找
              </button>
            </form>
          </div>
        </header>
        <main class="sheet" id="main">
          {refusal === undefined ? null : (
            <div class="told refused" role="alert">
              <strong>没有办成。</strong>
              {refusal.split('\n').map((line) => (
                <p>{line}</p>
              ))}
            </div>
          )}
          {done === undefined ? null : (
            <div class="told" role="status">
              <p>{done}</p>
            </div>
          )}
          {watches === undefined ? (
            children
          ) : (
            <>
              <p class="told" id="stale" role="status" hidden>
                本页有新的情况。<a href="">刷新来看</a>
              </p>
              <div id="live" data-changes={`/changes?${watches}`}>
                {children}
              </div>
            </>
          )}
        </main>
      </body>
    </html>
  );
}

/** The shapes of the lights, drawn once. */
function Shapes() {
  return (
    <svg class="shapes" aria-hidden="true">
      <symbol id="shape-red" viewBox="0 0 16 16">
        <rect x="2" y="2" width="12" height="12" />
      </symbol>
      <symbol id="shape-yellow" viewBox="0 0 16 16">
        <path d="M8 1.8 14.8 14.2H1.2Z" stroke-linejoin="round" />
      </symbol>
      <symbol id="shape-green" viewBox="0 0 16 16">
        <circle cx="8" cy="8" r="6.4" />
      </symbol>
      <symbol id="shape-none" viewBox="0 0 16 16">
        <circle cx="8" cy="8" r="5.8" />
      </symbol>
    </svg>
  );
}

/** A heading with a remark at the end of its line. */
export function Heading({
  id,
  note,
  count,
  children,
}: {
  id: string;
  note?: string | undefined;
  count?: number | undefined;
  children?: Child;
}) {
  return (
    <div class="heading">
      <h2 id={id}>
        {children}
        {count === undefined ? null : <span class="count">{count}</span>}
      </h2>
      {note === undefined ? null : <p class="note">{note}</p>}
    </div>
  );
}
