import type { Child } from 'hono/jsx';
import type {
  Found,
  FoundEvidence,
  FoundIssue,
  FoundMail,
  Hits,
  SearchedKind,
  SearchResult,
} from '../reading/search.ts';
import type { HitKey } from '../reading/latest-with-words.ts';
import { Heading, Page } from './parts/layout.tsx';
import { Lamp, Marked, Moment } from './parts/small.tsx';

/** What was found, by kind: the issues, the evidence, the mails. */
export function SearchPage({ text, result }: { text: string; result: SearchResult }) {
  const { words, issues, evidence, mails } = result;
  const isEmpty = [issues, evidence, mails].every(({ hits }) => hits.length === 0);
  return (
    <Page title={text === '' ? '查找' : `查找“${text}”`}>
      <h1>查找</h1>
      <SearchForm text={text} />
      {words.length === 0 ? (
        <p class="quiet">写上要找的词，几个词用空格隔开，都有的才列出。</p>
      ) : isEmpty ? (
        <p class="quiet">{`问题、佐证、邮件里都没有“${text}”。`}</p>
      ) : (
        <>
          <Group id="issues" name="问题" hits={issues} all={`/issues?${new URLSearchParams({ text }).toString()}`}>
            <IssueHits hits={issues.hits} words={words} />
          </Group>
          <Group id="evidence" name="佐证" hits={evidence} all={addressOf(text, 'evidence')}>
            <EvidenceHits hits={evidence.hits} words={words} />
          </Group>
          <Group id="mails" name="邮件" hits={mails} all={addressOf(text, 'mails')}>
            <MailHits hits={mails.hits} words={words} />
          </Group>
        </>
      )}
    </Page>
  );
}

interface FoundProps {
  readonly text: string;
  readonly words: readonly string[];
  readonly found: Found;
}

/** All hits of one kind, a page at a time. */
export function FoundPage({ text, words, found }: FoundProps) {
  const name = found.kind === 'evidence' ? '佐证' : '邮件';
  const next = nextOf(found);
  return (
    <Page title={`查找“${text}”：${name}`}>
      <p class="crumbs">
        <a href={`/search?${new URLSearchParams({ text }).toString()}`}>{`查找“${text}”`}</a>
        <span aria-hidden="true">›</span>
        {name}
      </p>
      <h1>{name}</h1>
      {found.hits.hits.length === 0 ? (
        <p class="quiet">没有更多了。</p>
      ) : found.kind === 'evidence' ? (
        <EvidenceHits hits={found.hits.hits} words={words} />
      ) : (
        <MailHits hits={found.hits.hits} words={words} />
      )}
      {next === undefined ? null : (
        <nav class="pages" aria-label="翻页">
          <a rel="next" href={addressOf(text, found.kind, next)}>
            更早的
          </a>
        </nav>
      )}
    </Page>
  );
}

function nextOf(found: Found): HitKey | undefined {
  if (found.hits.more === 'none') return undefined;
  const last = found.kind === 'evidence' ? found.hits.hits.at(-1) : found.hits.hits.at(-1);
  if (last === undefined) return undefined;
  return { id: last.id, at: 'at' in last ? last.at : last.receivedAt };
}

function addressOf(text: string, of: SearchedKind, after?: HitKey): string {
  return `/search?${new URLSearchParams({ text, of, ...(after && { at: after.at, after: after.id }) }).toString()}`;
}

function SearchForm({ text }: { text: string }) {
  return (
    <form class="filter" method="get" action="/search" aria-label="查找">
      <div class="grow">
        <label for="search-text">编号、标题、部门、原文，佐证文件名，邮件</label>
        <input id="search-text" type="search" name="text" value={text} />
      </div>
      <button class="button" type="submit">
        查找
      </button>
    </form>
  );
}

interface GroupProps {
  readonly id: string;
  readonly name: string;
  readonly hits: Hits<unknown>;
  /** The address of all of them. */
  readonly all: string;
  readonly children?: Child;
}

function Group({ id, name, hits: { hits, more }, all, children }: GroupProps) {
  if (hits.length === 0) return null;
  return (
    <section class="part" aria-labelledby={`h-${id}`}>
      <Heading id={`h-${id}`} note={more === 'more' ? `先列${String(hits.length)}条` : `${String(hits.length)}条`}>
        {name}
      </Heading>
      {children}
      {more === 'more' ? (
        <p class="more">
          <a href={all}>{`全部${name}`}</a>
        </p>
      ) : null}
    </section>
  );
}

function IssueHits({ hits, words }: { hits: readonly FoundIssue[]; words: readonly string[] }) {
  return (
    <ul class="hits">
      {hits.map(({ id, code, title, roundName, unit, colour, lightName, excerpt }) => (
        <li>
          <p>
            <a class="code" href={`/issues/${id}`}>
              <Marked text={code} words={words} />
            </a>{' '}
            <a href={`/issues/${id}`}>
              <Marked text={title} words={words} />
            </a>
          </p>
          <p class="note">
            <Marked text={excerpt} words={words} />
          </p>
          <p class="bits">
            <Lamp colour={colour}>{lightName}</Lamp>
            {unit === '' ? null : (
              <span>
                <Marked text={unit} words={words} />
              </span>
            )}
            <span>{roundName}</span>
          </p>
        </li>
      ))}
    </ul>
  );
}

function EvidenceHits({ hits, words }: { hits: readonly FoundEvidence[]; words: readonly string[] }) {
  return (
    <ul class="hits">
      {hits.map(({ id, fileName, issueId, code, title, receivedAt }) => (
        <li>
          <p>
            <a href={`/evidence/${id}`}>
              <Marked text={fileName} words={words} />
            </a>
          </p>
          <p class="bits">
            <a href={`/issues/${issueId}`}>{`${code} ${title}`}</a>
            <span>
              <Moment at={receivedAt} />
            </span>
          </p>
        </li>
      ))}
    </ul>
  );
}

function MailHits({ hits, words }: { hits: readonly FoundMail[]; words: readonly string[] }) {
  return (
    <ul class="hits">
      {hits.map(({ id, way, subject, person, at, excerpt, messageId }) => {
        const path = messageId === null ? `replies/${id}` : encodeURIComponent(messageId);
        return (
          <li>
            <p>
              <a href={`/mailbox/${path}`}>
                <Marked text={subject === '' ? '（无主题）' : subject} words={words} />
              </a>
            </p>
            {excerpt === '' ? null : (
              <p class="note">
                <Marked text={excerpt} words={words} />
              </p>
            )}
            <p class="bits">
              <span>{`${way === 'sent' ? '发给' : '来自'}${person}`}</span>
              <span>
                <Moment at={at} />
              </span>
            </p>
          </li>
        );
      })}
    </ul>
  );
}
