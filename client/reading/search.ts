import { everything, lettersInSight, type Sight } from '../access/sight.ts';
import type { Ledger } from '../../prisma/client.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import type { IsoInstant } from '../../workflows/rules/instants.ts';
import { compared } from '../../workflows/rules/compared.ts';
import type { Light } from '../../workflows/rules/lights.ts';
import { all, colour, fitsBeside, type ListedIn, roundsListed, roundsTable } from './issue-filter.ts';
import { type HitKey, type HitPage, latestWithWords } from './latest-with-words.ts';
import { soughtIssues } from './sought-issues.ts';
import { excerptOf, soughtIn } from './sought-words.ts';
import { lightNames } from './words.ts';

/** Some of the hits of one kind, and whether there are more. */
export interface Hits<Hit> {
  readonly hits: readonly Hit[];
  readonly more: 'more' | 'none';
}

/** An issue that says what was sought in its code, title, unit or text. */
export interface FoundIssue {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly roundName: string;
  readonly unit: string;
  readonly colour: Light['colour'];
  readonly lightName: string;
  /** The notice's words around the first that was sought. */
  readonly excerpt: string;
}

/** A piece of evidence whose file is named so. */
export interface FoundEvidence {
  readonly id: string;
  readonly fileName: string;
  readonly issueId: string;
  readonly code: string;
  readonly title: string;
  readonly receivedAt: IsoInstant;
}

/** A mail of ours by its subject, or one that came in by its subject or its visible answer. */
export interface FoundMail {
  readonly id: string;
  readonly way: 'sent' | 'received';
  readonly subject: string;
  /** Who it went to or came from; empty where that is not known. */
  readonly person: string;
  readonly at: IsoInstant;
  readonly excerpt: string;
  /** Of a mail of ours; null for one that came in. */
  readonly messageId: string | null;
}

export interface SearchResult {
  readonly words: readonly string[];
  readonly issues: Hits<FoundIssue>;
  readonly evidence: Hits<FoundEvidence>;
  readonly mails: Hits<FoundMail>;
}

/** A kind of hits that has a page of its own. */
export type SearchedKind = 'evidence' | 'mails';

/** Hits of one kind. */
export type Found =
  | { readonly kind: 'evidence'; readonly hits: Hits<FoundEvidence> }
  | { readonly kind: 'mails'; readonly hits: Hits<FoundMail> };

const hitsOfAKind = 20;
const hitsOfAPage = 50;

/** What of the issues, evidence and mails in sight holds all the words that were written, apart by spaces. */
export async function readSearch(ledger: Ledger, text: string, sight: Sight = everything): Promise<SearchResult> {
  const words = soughtIn(text);
  if (words.length === 0) return { words, issues: nothing, evidence: nothing, mails: nothing };
  const [issues, evidence, mails] = await Promise.all([
    findIssues(ledger, words, sight),
    findEvidence(ledger, words, { most: hitsOfAKind }, sight),
    findMails(ledger, words, { most: hitsOfAKind }, sight),
  ]);
  return { words, issues, evidence, mails };
}

/** One page of all the evidence or all the mails, the latest first. */
export async function readFound(
  ledger: Ledger,
  kind: SearchedKind,
  text: string,
  after: HitKey | undefined,
  sight: Sight = everything,
): Promise<{ words: readonly string[]; found: Found }> {
  const words = soughtIn(text);
  const page = { most: hitsOfAPage, after };
  const none = words.length === 0;
  const found: Found =
    kind === 'evidence'
      ? { kind, hits: none ? nothing : await findEvidence(ledger, words, page, sight) }
      : { kind, hits: none ? nothing : await findMails(ledger, words, page, sight) };
  return { words, found };
}

const nothing = { hits: [], more: 'none' } as const;

/** Those of the latest round first. Of many, rounds are read in turn until there are enough. */
async function findIssues(ledger: Ledger, words: readonly string[], sight: Sight): Promise<Hits<FoundIssue>> {
  const [rounds, sought] = await Promise.all([roundsListed(ledger, { sight }), soughtIssues(ledger, words.join(' '))]);
  const latestFirst = rounds.toReversed();
  const parts = sought?.are === 'many' ? latestFirst.map((round) => [round]) : [latestFirst];
  const rows: (Omit<FoundIssue, 'excerpt' | 'lightName'> & { text: string })[] = [];
  for (const part of parts) {
    const most = hitsOfAKind + 1 - rows.length;
    if (most > 0)
      rows.push(
        ...(await issuesIn(
          ledger,
          part,
          all([...fitsBeside({ sight }), sought?.condition ?? Prisma.sql`false`]),
          most,
        )),
      );
  }
  return hitsOf(rows, hitsOfAKind, ({ text, ...issue }) => ({
    ...issue,
    lightName: lightNames[issue.colour],
    excerpt: excerptOf(text, words),
  }));
}

async function issuesIn(
  ledger: Ledger,
  rounds: readonly ListedIn[],
  fitting: Prisma.Sql,
  most: number,
): Promise<(Omit<FoundIssue, 'excerpt' | 'lightName'> & { text: string })[]> {
  return ledger.$queryRaw`
    SELECT i.id, i.code, i.title, i.unit, i.text, round.name AS "roundName", ${colour} AS colour
    FROM ${roundsTable(rounds)} JOIN "Issue" i ON i."roundId" = r.id JOIN "Round" round ON round.id = r.id
    WHERE ${fitting} ORDER BY r.place, i.number LIMIT ${most}`;
}

/** Of an issue that holds people to account (追责问责) it is found by the office alone: who else may read it has it on the issue's page. */
async function findEvidence(
  ledger: Ledger,
  words: readonly string[],
  { most, after }: HitPage,
  sight: Sight,
): Promise<Hits<FoundEvidence>> {
  const open = Prisma.sql`NOT EXISTS (SELECT FROM "Measure" s WHERE s."issueId" = i.id AND s.kind = 'accountability')
    OR i."roundId" IN (SELECT "roundId" FROM "Drill")`;
  const seen = all([...fitsBeside({ sight }), ...(sight.real === 'all' ? [] : [Prisma.sql`(${open})`])]);
  const names = { table: 'Evidence', at: 'receivedAt', text: '"fileName"' };
  const rows = await latestWithWords(
    names,
    words,
    { most, after },
    (found) =>
      ledger.$queryRaw<(Omit<FoundEvidence, 'receivedAt'> & { receivedAt: Date })[]>`
      SELECT e.id, e."fileName", e."issueId", i.code, i.title, e."receivedAt"
      FROM (${found}) e JOIN "Issue" i ON i.id = e."issueId" WHERE ${seen}
      ORDER BY e."receivedAt" DESC, e.id DESC LIMIT ${most + 1}`,
  );
  return hitsOf(rows, most, ({ receivedAt, ...row }) => ({ ...row, receivedAt: receivedAt.toISOString() }));
}

type MailRow = Omit<FoundMail, 'at' | 'excerpt'> & { at: Date; text: string };

/** Answers to mails that told no words of the finding (保密) are left out: what they say may. */
async function findMails(
  ledger: Ledger,
  words: readonly string[],
  page: HitPage,
  sight: Sight,
): Promise<Hits<FoundMail>> {
  const seen = lettersInSight(sight);
  const sent = { table: 'Mail', at: 'preparedAt', text: 'subject' };
  const received = { table: 'IncomingMail', at: 'receivedAt', text: String.raw`(subject || E'\n' || text)` };
  const { most } = page;
  const [ours, theirs] = await Promise.all([
    latestWithWords(
      sent,
      words,
      page,
      (found) =>
        ledger.$queryRaw<MailRow[]>`
        SELECT m.id, 'sent' AS way, m.subject, p.name AS person, m."preparedAt" AS at, '' AS text, m."messageId"
        FROM (${found}) m JOIN "Person" p ON p.id = m."personId" WHERE ${seen}
        ORDER BY m."preparedAt" DESC, m.id DESC LIMIT ${most + 1}`,
    ),
    latestWithWords(
      received,
      words,
      page,
      (found) =>
        ledger.$queryRaw<MailRow[]>`
        SELECT m.id, 'received' AS way, m.subject, coalesce(p.name, m."fromAddress") AS person, m."receivedAt" AS at, m.text,
          NULL AS "messageId"
        FROM (${found}) m LEFT JOIN "Mail" ours ON ours.id = m."mailId" LEFT JOIN "Person" p ON p.id = m."personId"
        WHERE ours.told IS DISTINCT FROM 'codeOnly' AND ${seen}
        ORDER BY m."receivedAt" DESC, m.id DESC LIMIT ${most + 1}`,
    ),
  ]);
  const rows = [...ours, ...theirs].sort(
    (one, other) => other.at.getTime() - one.at.getTime() || compared(other.id, one.id),
  );
  return hitsOf(rows, most, ({ at, text, ...row }) => ({
    ...row,
    at: at.toISOString(),
    excerpt: excerptOf(text, words),
  }));
}

/** One more was asked for than is shown, so that it is known whether there are more. */
function hitsOf<Row, Hit>(rows: readonly Row[], most: number, hit: (row: Row) => Hit): Hits<Hit> {
  return { hits: rows.slice(0, most).map(hit), more: rows.length > most ? 'more' : 'none' };
}
