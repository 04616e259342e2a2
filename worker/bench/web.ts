/**
 * Run by `bench web`: `web.ts FOLDER ISSUES` fills a PostgreSQL of its own in the folder, serves the pages over it, and
 * prints, as JSON, how long list, issue, overview and search take, each beside the rows of the same page read by one
 * statement without a server, and what the pages weigh.
 */
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { Client, Connection } from '@temporalio/client';
import pg from 'pg';
import { createAccess } from '../../client/access/access.ts';
import { claimInstance } from '../../client/access/accounts.ts';
import { Drills } from '../../client/drills.ts';
import { createEvidenceStore } from '../../client/evidence-store.ts';
import { createInbox } from '../../client/incoming-mail/inbox.ts';
import { Issues } from '../../client/issues.ts';
import { createKeptReadings } from '../../client/live/kept-readings.ts';
import { readNoticeWhole } from '../../client/mechanism/read-notice-whole.ts';
import { createPages } from '../../client/pages/index.tsx';
import { RoundDuties } from '../../client/round-duties.ts';
import { Rounds } from '../../client/rounds.ts';
import { openLedger } from '../../prisma/client.ts';
import { migrate } from '../../prisma/migrate.ts';
import { startPostgres } from '../embedded/postgres.ts';
import { fillWeb } from './web-ledger.ts';

/** How long a page took, in milliseconds, beside its floor; and what it weighs. */
export interface PageFigures {
  readonly name: string;
  readonly p50: number;
  readonly p99: number;
  /** One statement for the rows that the page shows, on the same database in the same run. */
  readonly floor: { readonly p50: number; readonly p99: number };
  readonly kilobytes: number;
}

const times = 100;
const warmUps = 5;

const [dataDir = '', issues = ''] = process.argv.slice(2);
const note = (line: string) => console.error(line);

const postgres = await startPostgres({ dataDir, log: note });
try {
  await migrate(postgres.url);
  const ledger = openLedger(postgres.url, 16);
  note(`写入 ${issues} 个问题……`);
  await fillWeb(ledger, Number(issues), note);
  const { url, cookie, close } = await served(ledger);
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  const figures: PageFigures[] = [];
  for (const page of pagesOf(Number(issues))) {
    note(`${page.name}……`);
    figures.push(await measured({ url, cookie }, client, page));
  }
  console.log(JSON.stringify({ pages: figures }));
  await client.end();
  await close();
  await ledger.$disconnect();
} finally {
  await postgres.stop();
}

/** The pages as an instance serves them to the office, which has signed in; no request that is measured asks a workflow. */
async function served(ledger: ReturnType<typeof openLedger>) {
  const temporal = new Client({ connection: Connection.lazy({ address: '127.0.0.1:9' }) });
  const issuesAsked = new Issues({ ledger, temporal });
  const rounds = new Rounds({ ledger, temporal });
  const evidenceStore = createEvidenceStore({ folder: join(dataDir, 'evidence'), ledger });
  const rowsPlanned = () => Promise.resolve();
  const roundDuties = new RoundDuties({ ledger, temporal });
  const publicUrl = 'http://127.0.0.1';
  const access = createAccess({ ledger, secret: 'bench', publicUrl, setUpToken: '' });
  const account = { email: 'office@bench.invalid', password: 'only for this measurement' };
  await claimInstance(ledger, { name: '督办办公室', ...account });
  const visitor = { cookie: '', userAgent: '', address: '127.0.0.1' };
  const { cookies } = await access.sessions.signIn(visitor, account);
  const cookie = cookies.map((one) => one.split(';')[0]).join('; ');
  const pages = createPages({
    access,
    ...{ ledger, rounds, duties: roundDuties, issues: issuesAsked, files: evidenceStore, readNoticeWhole, rowsPlanned },
    drills: new Drills({ ledger, temporal, rounds, acceptedFile: join(dataDir, 'accepted') }),
    inbox: createInbox({ ledger, issues: issuesAsked, roundDuties, evidenceStore, rowsPlanned }),
    kept: createKeptReadings(),
    log: (error) => note(String(error)),
  });
  const server = serve({ fetch: pages.fetch, hostname: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = () => new Promise((resolve) => server.close(resolve));
  return { url: `${publicUrl}:${String(port)}`, cookie, close };
}

interface MeasuredPage {
  readonly name: string;
  /** Another address for each request, as people do. */
  readonly path: (time: number) => string;
  readonly floor: (time: number) => readonly [sql: string, ...values: unknown[]];
}

function pagesOf(count: number): MeasuredPage[] {
  const issueOf = (time: number) => (time * 7919) % count;
  const words = ['整改', '公车', '接待线索', '结算资料', '党费'];
  const rows = `SELECT i.*, b.name, array(SELECT p.name FROM "Assignment" a JOIN "Person" p ON p.id = a."personId"
    WHERE a."issueId" = i.id AND a.role = 'handler') FROM "Issue" i LEFT JOIN "Body" b ON b.id = i."bodyId"`;
  const listed = (where: string) =>
    `${rows} WHERE i.id IN (SELECT id FROM "Issue" WHERE ${where} ORDER BY number LIMIT 50)`;
  const afterOf = (time: number) => [`w${String(Math.floor(issueOf(time) / 5000))}`, (issueOf(time) % 5000) + 1];
  const today = new Date().toISOString().slice(0, 10);
  return [
    { name: '列表首页', path: () => '/issues', floor: () => [listed(`"roundId" = 'w0'`)] },
    {
      name: '列表中间一页',
      path: (time) => `/issues?after=i${String(issueOf(time))}`,
      floor: (time) => [listed('"roundId" = $1 AND number > $2'), ...afterOf(time)],
    },
    {
      name: '列表只看红灯',
      path: (time) => `/issues?light=red&after=i${String(issueOf(time))}`,
      floor: (time) => [listed(`"roundId" = $1 AND number > $2 AND "redFrom" <= '${today}'`), ...afterOf(time)],
    },
    {
      name: '轮次页',
      path: (time) => `/rounds/w${String(time % Math.ceil(count / 5000))}`,
      floor: () => [listed(`"roundId" = 'w0'`)],
    },
    {
      name: '问题页',
      path: (time) => `/issues/i${String(issueOf(time))}`,
      floor: (time) => [`${rows} WHERE i.id = $1`, `i${String(issueOf(time))}`],
    },
    {
      name: '概览',
      path: () => '/',
      floor: () => [
        `SELECT "roundId", phase, unit, count(*), count(*) FILTER (WHERE "redFrom" <= '${today}') FROM "Issue" GROUP BY 1, 2, 3`,
      ],
    },
    {
      name: '查找',
      path: (time) => `/search?text=${encodeURIComponent(words[time % words.length]!)}`,
      floor: (time) => [
        `SELECT i.code, i.title FROM "IssueWords" w JOIN "Issue" i ON i.id = w."issueId" WHERE bigrams(words) @> bigrams($1) LIMIT 20`,
        words[time % words.length],
      ],
    },
  ];
}

/** Where the pages are, and by which cookie they know the office. */
interface Office {
  readonly url: string;
  readonly cookie: string;
}

async function measured(
  { url, cookie }: Office,
  client: pg.Client,
  { name, path, floor }: MeasuredPage,
): Promise<PageFigures> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let bytes = 0;
  const page = await timed(async (time) => {
    bytes = Math.max(bytes, await fetched(`${url}${path(time)}`, cookie, agent));
  });
  const bare = await timed(async (time) => {
    const [text, ...values] = floor(time);
    await client.query({ text, values });
  });
  agent.destroy();
  return { name, ...page, floor: bare, kilobytes: Math.round(bytes / 102.4) / 10 };
}

/** @throws Error when a page is no page */
async function fetched(url: string, cookie: string, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { agent, headers: { 'accept-encoding': 'gzip', cookie } }, (response) => {
      let bytes = 0;
      response.on('data', (part: Buffer) => (bytes += part.length));
      response.on('end', () =>
        response.statusCode === 200 ? resolve(bytes) : reject(new Error(`${url}: ${String(response.statusCode)}`)),
      );
    }).on('error', reject);
  });
}

async function timed(act: (time: number) => Promise<unknown>): Promise<{ p50: number; p99: number }> {
  for (let time = 0; time < warmUps; time += 1) await act(time);
  const took: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const startedAt = performance.now();
    await act(time);
    took.push(performance.now() - startedAt);
  }
  took.sort((one, other) => one - other);
  const of = (share: number) => Math.round(took[Math.min(times - 1, Math.floor(times * share))]! * 10) / 10;
  return { p50: of(0.5), p99: of(0.99) };
}
