import type { Context } from 'hono';
import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { isUnclaimed } from '../access/accounts.ts';
import { isDrill } from '../access/find-subject.ts';
import { seesAll, type Sight, sightOfLists } from '../access/sight.ts';
import { visitTo } from '../access/visit.ts';
import { readWatch } from '../health/health.ts';
import { levelNames } from '../notice-import/issue-level.ts';
import type { NoticeReading } from '../notice-import/notice-reading.ts';
import { openNotice } from '../notice-import/open-notice.ts';
import type { IssueFilter } from '../reading/issue-filter.ts';
import { type PageKey, readIssuePage } from '../reading/issue-list.ts';
import { readDrillSummaries, readOverview } from '../reading/overview.ts';
import { readReviews } from '../reading/reviews.ts';
import { readRoundStatus } from '../reading/round-status.ts';
import { readFound, readSearch } from '../reading/search.ts';
import { lightNames, phaseNames } from '../reading/words.ts';
import { readOwnOverview } from '../reading/own-overview.ts';
import { RefusedError } from '../refused-error.ts';
import { policyStateOf } from '../set-up/choose-policy.ts';
import { nextOpenStep } from '../set-up/steps.ts';
import type { PagesDependencies } from './deps.ts';
import { doneWords } from './done.ts';
import { IssuePage } from './issue.tsx';
import { IssuesPage } from './issues.tsx';
import { MailPage, type MailView, mailViews } from './mail.tsx';
import { readEarlierMails, readMailInLedger } from './mail-reading.ts';
import { NoticePage } from './notice.tsx';
import type { LevelOffered, NoticeChoice } from './notice-choice.ts';
import { OverviewPage } from './overview.tsx';
import { OwnOverviewPage } from './own-overview.tsx';
import { Visiting } from './parts/visiting.ts';
import { WelcomePage } from './welcome.tsx';
import { Page } from './parts/layout.tsx';
import type { SecrecyShown } from './parts/secrecy-form.tsx';
import { ReplyPage } from './reply.tsx';
import { readReplySource } from './reply-reading.ts';
import { RoundPage } from './round.tsx';
import { FoundPage, SearchPage } from './search.tsx';
import { ReviewsPage } from './reviews.tsx';
import { readSeenIssue } from './seen-issue.ts';
import { listSamples } from './samples.ts';

/** Pages as they are asked for, and again with a sentence when a form on them was refused. */
export interface Shown {
  readonly refusal?: string;
  readonly status?: ContentfulStatusCode;
}

/** The start page: the office's overview of a clock, a person's own, or, of whoever has not signed in, the ways to begin. */
export async function showOverview(c: Context, deps: PagesDependencies, shown: Shown = {}): Promise<Response> {
  const { real, drills } = c.var.visit.sight;
  const clockId = c.req.query('clock');
  const asksForDrill = drills === 'all' && clockId !== undefined && (await isDrill(deps.ledger, clockId));
  if (asksForDrill || real === 'all') return showClock(c, deps, shown);
  if (real === 'none') return showWelcome(c, deps, shown);
  const overview = await readOwnOverview(deps.ledger, real, new Date().toISOString());
  return send(c, <OwnOverviewPage overview={overview} {...told(c, shown)} />, shown.status);
}

async function showWelcome(c: Context, { ledger, samplesFolder }: PagesDependencies, shown: Shown) {
  const [isNew, drills, samples] = await Promise.all([
    isUnclaimed(ledger),
    readDrillSummaries(ledger),
    listSamples(samplesFolder),
  ]);
  const accounts = isNew ? ('none' as const) : ('some' as const);
  return send(c, <WelcomePage {...{ accounts, drills, samples, seal: c.var.seal, ...told(c, shown) }} />, shown.status);
}

async function showClock(c: Context, { ledger, samplesFolder, watchers, kept }: PagesDependencies, shown: Shown) {
  const clockId = c.req.query('clock');
  const [overview, samples] = await Promise.all([readOverview(ledger, { clockId, kept }), listSamples(samplesFolder)]);
  c.set('visit', visitTo(c.var.visit, overview.clockId));
  // The watchdog looks after the real clock; a drill has its own check.
  const watch = overview.clockId === 'real' ? (await readWatch(ledger)).filter(({ state }) => state !== 'ok') : [];
  const watches = watchers && `clock=${encodeURIComponent(overview.clockId)}`;
  const page = { overview, watch, samples, watches, seal: c.var.seal, ...told(c, shown) };
  return send(c, <OverviewPage {...page} />, shown.status);
}

export async function showRound(
  c: Context,
  { ledger, rounds, watchers }: PagesDependencies,
  id: string,
  shown: Shown = {},
) {
  const filter = { ...filterOf(c), roundId: id };
  const round = await readRoundStatus(ledger, id, c.var.visit.sight);
  const isDraft = round.state === 'draft';
  const [list, missing, notes, policy] = await Promise.all([
    readIssuePage(ledger, filter, pageOf(c)),
    isDraft ? rounds.missingForLaunch(id) : [],
    isDraft ? rounds.notesForLaunch(id) : [],
    isDraft ? policyStateOf(ledger, id) : ('proposed' as const),
  ]);
  const page = {
    round,
    list,
    filter,
    missing: missing.map(({ message }) => message),
    notes: notes.map(({ message }) => message),
    nextStep: nextOpenStep({ missing: missing.length, policy }),
    // A draft is changed by whoever has it before him.
    watches: isDraft ? undefined : watchers && `round=${encodeURIComponent(id)}`,
    ...told(c, shown),
  };
  return send(c, <RoundPage {...page} />, shown.status);
}

export async function showIssues(c: Context, { ledger }: PagesDependencies) {
  const asked = filterOf(c);
  const sight = shownOf(await sightOfLists(ledger, c.var.visit.sight));
  const filter = asked.roundId === undefined ? { ...asked, sight } : asked;
  return send(c, <IssuesPage list={await readIssuePage(ledger, filter, pageOf(c))} filter={filter} />);
}

export async function showReviews(c: Context, { ledger }: PagesDependencies) {
  const { clock, after } = c.req.query();
  const { sight } = c.var.visit;
  const drillId = clock !== undefined && sight.drills === 'all' && (await isDrill(ledger, clock)) ? clock : undefined;
  const listed = drillId === undefined ? await sightOfLists(ledger, sight) : sight;
  const list = await readReviews(ledger, { sight: listed, drillId, after: given(after) });
  return send(c, <ReviewsPage {...{ list, drillId }} begins={given(after) === undefined ? 'first' : 'later'} />);
}

export async function showSearch(c: Context, { ledger }: PagesDependencies) {
  const { text = '', of, at, after } = c.req.query();
  const sight = await sightOfLists(ledger, c.var.visit.sight);
  if (of !== 'evidence' && of !== 'mails') {
    return send(c, <SearchPage text={text.trim()} result={await readSearch(ledger, text, sight)} />);
  }
  const key = given(after) === undefined || Number.isNaN(Date.parse(at ?? '')) ? undefined : { at: at!, id: after! };
  const { words, found } = await readFound(ledger, of, text, key, sight);
  return send(c, <FoundPage text={text.trim()} words={words} found={found} />);
}

export async function showIssue(
  c: Context,
  { ledger, watchers }: PagesDependencies,
  ref: string,
  { secrecy, ...shown }: Shown & { readonly secrecy?: SecrecyShown | undefined } = {},
) {
  const { issue, calendar } = await readSeenIssue(c, ledger, ref);
  const watches = watchers && `issue=${encodeURIComponent(issue.id)}`;
  const page = { issue, calendar, secrecy, watches, seal: c.var.seal, ...told(c, shown) };
  return send(c, <IssuePage {...page} />, shown.status);
}

export async function showMail(
  c: Context,
  { ledger, practice }: PagesDependencies,
  messageId: string,
  shown: Shown = {},
) {
  const { acting } = c.var.visit;
  const known = await readMailInLedger(ledger, messageId);
  if (known === undefined || practice === undefined) throw new RefusedError('NoSuchMail', '演练信箱里没有这封信。');
  const mail = await practice.read(messageId);
  const page = {
    mail,
    replies: known.replies,
    canReply: acting.by === 'choice' || acting.personId === known.personId ? ('yes' as const) : ('no' as const),
    earlier: await readEarlierMails(ledger, mail.references),
    view: viewOf(c.req.query('view')),
    seal: c.var.seal,
    personId: known.personId,
    ...told(c, shown),
  };
  return send(c, <MailPage {...page} />, shown.status);
}

export async function showReply(c: Context, { ledger }: PagesDependencies, incomingId: string, shown: Shown = {}) {
  const reply = await readReplySource(ledger, incomingId);
  return send(c, <ReplyPage reply={reply} seal={c.var.seal} {...told(c, shown)} />, shown.status);
}

function viewOf(asked: string | undefined): MailView {
  return (Object.keys(mailViews) as MailView[]).find((view) => view === asked) ?? 'desk';
}

/** The notice stands among the kept files, so that what was read can be shown again and made a round of. */
export async function showNotice(c: Context, deps: PagesDependencies, choice: NoticeChoice, shown: Shown = {}) {
  const bytes = await keptBytes(deps, choice.sha256);
  const { level, fileName } = choice;
  const { reading } = deps.readNoticeWhole(bytes, fileName, level && { level });
  const page = { reading, lines: openNotice(bytes, fileName), choice, seal: c.var.seal, refusal: shown.refusal };
  return send(c, <NoticePage {...page} levels={levelsOf(deps, bytes, choice, reading)} />, shown.status);
}

/** How many issues each level would give, where more than one can be meant. */
function levelsOf(
  { readNoticeWhole }: PagesDependencies,
  bytes: Uint8Array,
  { fileName, level: chosen }: NoticeChoice,
  { problems }: NoticeReading,
): LevelOffered[] {
  const isOpen = problems.some(({ code }) => ['issue-level-uncertain', 'level-mixed', 'no-issues'].includes(code));
  if (!isOpen && chosen === undefined) return [];
  return Object.values(levelNames).map((level) => {
    const { issues } = readNoticeWhole(bytes, fileName, { level }).reading;
    return { level, issues: issues.length, measures: issues.reduce((sum, { measures }) => sum + measures.length, 0) };
  });
}

/** @throws RefusedError `NoSuchFile` */
export async function keptBytes({ files }: PagesDependencies, sha256: string): Promise<Uint8Array> {
  const { stream } = await files.open(sha256);
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

/** Sends a page; without its first line browsers would read it as one of the last century. */
export function send(
  c: Context,
  page: HtmlEscapedString | Promise<HtmlEscapedString>,
  status: ContentfulStatusCode = 200,
) {
  const visited = <Visiting.Provider value={c.var.visit}>{page}</Visiting.Provider>;
  return c.html(html`<!doctype html>${visited}`, status);
}

/** A page that only says why there is none. */
export function showRefusal(c: Context, message: string, status: ContentfulStatusCode) {
  return send(
    c,
    <Page title="没有办成" refusal={message}>
      <p>
        <a href="/">回概览</a>
      </p>
    </Page>,
    status,
  );
}

/** The filter as the address says it; words it does not know count as none. */
function filterOf(c: Context): IssueFilter {
  const { light, phase, text, unit, source, round, body } = c.req.query();
  const known = <Name extends string>(names: Readonly<Record<Name, string>>, value: string | undefined) =>
    value !== undefined && value in names ? (value as Name) : undefined;
  return {
    light: known(lightNames, light),
    phase: known(phaseNames, phase),
    text: text === undefined || text.trim() === '' ? undefined : text,
    unit: given(unit),
    source: given(source),
    roundId: given(round),
    bodyIds: given(body) === undefined ? undefined : [body!],
    sight: shownOf(c.var.visit.sight),
  };
}

/** Undefined where all is in sight, which lists are quickest with. */
function shownOf(sight: Sight): Sight | undefined {
  return seesAll(sight) ? undefined : sight;
}

/** Which page of a list the address asks for. */
function pageOf(c: Context): PageKey {
  const { after, before } = c.req.query();
  return { after: given(after), before: given(before) };
}

function given(value: string | undefined): string | undefined {
  return value === undefined || value === '' ? undefined : value;
}

export function told(c: Context, { refusal }: Shown) {
  return { refusal, done: refusal === undefined ? doneWords(c.req.query('done')) : undefined };
}
