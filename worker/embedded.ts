import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { heartbeat } from '@temporalio/activity';
import { Client, Connection } from '@temporalio/client';
import { createMailActivities, expireLeases } from '../activities/deliver-due.ts';
import { createDrillActivities } from '../activities/drill.ts';
import { createLedgerActivities } from '../activities/ledger.ts';
import { postfixTransport } from '../activities/mail/postfix/transport.ts';
import { readSigningKey } from '../activities/mail/dkim.ts';
import { type MailTransport, smtpTransport } from '../activities/mail/transport.ts';
import { createRoundActivities } from '../activities/round.ts';
import { createAccess } from '../client/access/access.ts';
import { isUnclaimed } from '../client/access/accounts.ts';
import { Drills } from '../client/drills.ts';
import { createEvidenceStore } from '../client/evidence-store.ts';
import { startInboundDoor } from '../client/incoming-mail/door.ts';
import { createInbox } from '../client/incoming-mail/inbox.ts';
import { Issues } from '../client/issues.ts';
import { ensurePostOffice, rowsPlanned as callPostOffice } from '../client/post-office.ts';
import { createUploads } from '../client/links/uploads.ts';
import { createKeptReadings } from '../client/live/kept-readings.ts';
import { createWatchers } from '../client/live/watchers.ts';
import { readNoticeWhole } from '../client/mechanism/read-notice-whole.ts';
import { createPages } from '../client/pages/index.tsx';
import { acceptedPath, startPracticeMailbox } from '../client/practice/mailbox.ts';
import { readPracticeMail } from '../client/practice/mailbox-reading.ts';
import { createPractice } from '../client/practice/practice.ts';
import { RoundDuties } from '../client/round-duties.ts';
import { Rounds } from '../client/rounds.ts';
import { ensureToken } from '../client/api/token.ts';
import { createServer } from '../client/server.ts';
import { verify } from '../client/verify.ts';
import { type Config, readConfig } from '../config.ts';
import { type Change, createAnnouncer, listenToChanges } from '../prisma/changes.ts';
import { openLedger } from '../prisma/client.ts';
import { projectMissingLights } from '../prisma/projected-lights.ts';
import { createDrillDoors } from './drill-doors.ts';
import { startChildren } from './embedded/children-up.ts';
import { choosePort } from './embedded/free-port.ts';
import { openFurtherDoors } from './embedded/further-doors.ts';
import { openLog } from './embedded/log-file.ts';
import { ensureSearchAttributes } from './search-attributes.ts';
import { quietTemporal, startWorkers } from './worker.ts';

/** Undone in reverse order when the instance ends. */
type Undo = () => Promise<unknown>;

const preferred = { web: 8787, smtp: 2525, practice: 2526 } as const;
const endsWithinMs = 9_000;

/**
 * Starts everything on this machine: Temporal and PostgreSQL as children (or the configured ones), the worker, the
 * web server, the inbound door and the practice mailbox. Prints progress and, when it serves, one line with its
 * address; ends all of it on SIGTERM and Ctrl-C.
 */
async function start(config: Config, undo: Undo[]): Promise<{ failure: Promise<string> }> {
  const say = (line: string): void => console.log(`· ${line}`);
  const signing = config.dkim && readSigningKey(config.dkim.keyFile, config.mailDomain, config.dkim.selector);
  if (signing !== undefined) say(`发出的邮件有 DKIM 签名：d=${signing.domain} s=${signing.selector}`);
  else if (config.smtpUrl !== undefined) say('发出的邮件没有 DKIM 签名：没有设 MAIL_DKIM_KEY');
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const children = await startChildren(config, say);
  undo.push(() => children.stop());
  const log = openLog(join(config.dataDir, 'logs/huitoukan.log'));
  quietTemporal(log);

  const ledger = openLedger(children.databaseUrl, 16);
  undo.push(() => ledger.$disconnect());
  const lit = await projectMissingLights(ledger);
  if (lit > 0) say(`已为${String(lit)}个问题补算灯号`);
  const connection = await Connection.connect({ address: children.temporalAddress });
  undo.push(() => connection.close());
  if (config.temporalAddress !== undefined) await ensureSearchAttributes(connection, config.temporalNamespace);
  const temporal = new Client({ connection, namespace: config.temporalNamespace });

  const { dataDir, mailDomain, authservId } = config;
  const practiceFolder = join(dataDir, 'practice');
  const leaseOwner = randomUUID();
  if (config.databaseUrl === undefined) await expireLeases(ledger, leaseOwner); // nobody else can be sending
  const issues = new Issues({ ledger, temporal });
  const rounds = new Rounds({ ledger, temporal });
  const roundDuties = new RoundDuties({ ledger, temporal });
  const drills = new Drills({ ledger, temporal, rounds, acceptedFile: acceptedPath(practiceFolder) });
  const rowsPlanned = callPostOffice({ ledger, temporal });
  const evidenceFolder = join(dataDir, 'evidence');
  const evidenceStore = createEvidenceStore({ folder: evidenceFolder, ledger });

  const inbox = createInbox({ ledger, issues, roundDuties, evidenceStore, rowsPlanned, authservId });
  const smtpPort = await choosePort(preferred.smtp, {
    purpose: '收信',
    explicit: config.smtpPort,
    remember: { dataDir, name: 'smtp' },
    log: say,
  });
  const onStored = () => inbox.handleStored();
  const door = await startInboundDoor({ port: smtpPort, ledger, mailDomain, onStored });
  undo.push(() => door.close());
  for (const further of await openFurtherDoors(config, { ledger, onStored, log, say }))
    undo.push(() => further.close());
  const practice = createPractice({
    ledger,
    issues,
    roundDuties,
    door: { host: '127.0.0.1', port: door.port },
    mailDomain,
  });
  const practicePort = await choosePort(preferred.practice, {
    purpose: '演练邮箱',
    explicit: config.practicePort,
    log: say,
  });
  const mailbox = await startPracticeMailbox({
    port: practicePort,
    folder: practiceFolder,
    onAccepted: (mail) => practice.accepted(mail),
  });
  undo.push(() => mailbox.close());
  inbox.start();
  undo.push(() => inbox.close());

  const port = await choosePort(preferred.web, { purpose: '网页', explicit: config.port, log: say });
  const url = `http://127.0.0.1:${String(port)}`;
  const practiceTransport = smtpTransport(`smtp://127.0.0.1:${String(mailbox.port)}`, 'practiceMailbox');
  const realTransport =
    config.smtpUrl === undefined ? practiceTransport : worldTransport(config.smtpUrl, config.postfix);
  const alive = (): void => heartbeat();
  const kept = createKeptReadings();
  const announcer = createAnnouncer(ledger);
  const announce = (change: Change): void => {
    kept.forget(change);
    announcer.announce(change);
  };
  const workers = await startWorkers({
    address: children.temporalAddress,
    namespace: config.temporalNamespace,
    activities: {
      ...createLedgerActivities({ ledger, rowsPlanned, announce }),
      ...createRoundActivities({ ledger, temporal, heartbeat: alive }),
      ...createDrillActivities({ ledger, doors: createDrillDoors({ temporal, practice }), heartbeat: alive }),
    },
    mailActivities: createMailActivities({
      ledger,
      transportFor: (clockId) => (clockId === 'real' ? realTransport : practiceTransport),
      secret: keptSecret(join(dataDir, 'secret')),
      mailDomain,
      signing,
      rates: config.mailRates,
      publicUrl: config.publicUrl ?? url,
      leaseOwner,
      heartbeat: alive,
      log,
    }),
  });
  undo.push(() => workers.stop());
  await ensurePostOffice(temporal, { kind: 'real' }, new Date().toISOString());
  drills
    .resume()
    .catch((error: unknown) => log(`演练没有接着走：${error instanceof Error ? error.message : String(error)}`));
  say(`工作进程、收信（127.0.0.1:${String(door.port)}）、演练邮箱已就绪`);

  const watchers = createWatchers();
  const changes = await listenToChanges(children.databaseUrl, (change) => {
    kept.forget(change);
    watchers.tell(change);
  });
  undo.push(() => changes.stop());
  const setUpToken = randomBytes(24).toString('base64url');
  const sessionSecret = keptSecret(join(dataDir, 'session-secret'));
  const pages = createPages({
    access: createAccess({ ledger, secret: sessionSecret, publicUrl: config.publicUrl ?? url, setUpToken }),
    watchers,
    kept,
    ledger,
    rounds,
    drills,
    issues,
    duties: roundDuties,
    inbox,
    rowsPlanned,
    files: evidenceStore,
    uploads: await createUploads(join(dataDir, 'uploads')),
    readNoticeWhole,
    practice: {
      read: (messageId) => readPracticeMail(practiceFolder, messageId),
      replyAs: (reply) => practice.replyAs(reply),
    },
    log: (error) => log(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  });
  const app = createServer({
    pages,
    kept,
    ledger,
    temporal,
    issues,
    rounds,
    drills,
    inbox,
    mailDomain,
    authservId,
    files: evidenceStore,
    token: ensureToken(dataDir),
    verify: () => verify(ledger, evidenceFolder),
    publicUrl: config.publicUrl,
    log,
  });
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port });
  await once(server, 'listening');
  undo.push(
    () =>
      new Promise(
        (resolve) => (server.close(resolve), 'closeAllConnections' in server && server.closeAllConnections()),
      ),
  );
  const instanceFile = join(dataDir, 'instance.json');
  writeFileSync(
    instanceFile,
    JSON.stringify({
      url,
      pid: process.pid,
      smtpPort: door.port,
      practicePort: mailbox.port,
      temporalAddress: children.temporalAddress,
    }),
    { mode: 0o600 },
  );
  undo.push(() => Promise.resolve(rmSync(instanceFile, { force: true })));
  // On the screen of whoever started it and nowhere else: who knows it makes the office's account.
  if (await isUnclaimed(ledger)) say(`还没有账户，请打开 ${url}/set-up?token=${setUpToken} 建立督办办公室的账户`);
  console.log(`回头看已就绪：${url}`);
  return {
    failure: Promise.race([
      children.failure,
      workers.ended.then(
        () => '工作进程停止了',
        (error: Error) => `工作进程出错：${error.message}`,
      ),
    ]),
  };
}

function worldTransport(smtpUrl: string, postfix: Config['postfix']): MailTransport {
  return postfix === undefined ? smtpTransport(smtpUrl, 'world') : postfixTransport(smtpUrl, postfix);
}

/** A random secret that is made once and kept, readable by its owner only. */
function keptSecret(file: string): string {
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 });
  chmodSync(file, 0o600);
  return readFileSync(file, 'utf8').trim();
}

/** Ends what was started, the last first; after nine seconds the rest is left to the exit hooks of the children. */
async function end(undo: readonly Undo[], exitCode: number): Promise<void> {
  setTimeout(() => process.exit(exitCode === 0 ? 1 : exitCode), endsWithinMs).unref();
  for (const step of [...undo].reverse()) {
    await step().catch((error: unknown) =>
      console.error(`停止时出错：${error instanceof Error ? error.message : String(error)}`),
    );
  }
  process.exit(exitCode);
}

const undo: Undo[] = [];
let ending: Promise<void> | undefined;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    console.log('· 正在停止……');
    ending ??= end(undo, 0);
  });
}
try {
  const { failure } = await start(readConfig(), undo);
  const reason = await failure;
  if (ending === undefined) {
    console.error(`回头看停止运行：${reason}`);
    ending = end(undo, 1);
  }
} catch (error) {
  if (ending === undefined) {
    console.error(error instanceof Error ? error.message : String(error));
    ending = end(undo, 1);
  }
}
await ending;
