import type { NoticeReading } from '../notice-import/notice-reading.ts';
import { bodyInHeading } from '../notice-import/outline.ts';
import { sameName } from './body-names.ts';

/** The inspected bodies (被巡察单位) that one notice is about. */
export interface NoticeBodies {
  /** The one the notice names in its title first, then those its headings name (村、社区), in the order in which they come. */
  readonly names: readonly string[];
  /** Place in `names` of the issue at this place of the reading. */
  readonly of: (index: number) => number;
}

/** Villages and other bodies inside one notice are bodies, not aspects. @param main what the notice is about as a whole */
export function bodiesIn({ issues }: NoticeReading, main: string): NoticeBodies {
  const names = [main];
  const places = issues.map(({ group }) => {
    const name = group === null ? undefined : bodyInHeading(group);
    if (name === undefined || name === '') return 0;
    // “局党组” as a heading is the body the notice is about.
    if (main.endsWith(name)) return 0;
    const known = names.findIndex((one) => sameName(one, name));
    return known >= 0 ? known : names.push(name) - 1;
  });
  return { names, of: (index) => places[index] ?? 0 };
}
