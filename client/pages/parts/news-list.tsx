import type { NewsItem } from '../../reading/traffic.ts';
import { timeWords } from '../../reading/words.ts';

/** What people did today, each with its moment and a link to its issue. */
export function NewsList({ news }: { news: readonly NewsItem[] }) {
  return (
    <ul class="news">
      {news.map(({ at, issueId, code, person, what }) => (
        <li>
          <time datetime={at}>{timeWords(at)}</time>
          <span>
            <a href={`/issues/${issueId}`}>{code}</a>
            {` ${person}${what}`}
          </span>
        </li>
      ))}
    </ul>
  );
}
