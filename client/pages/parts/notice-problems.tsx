import { groupBy } from '../../../workflows/rules/group-by.ts';
import { bodyNameChoices } from '../../notice-import/body-name-choices.ts';
import { daysNamed } from '../../notice-import/days-named.ts';
import type { NoticeReading } from '../../notice-import/notice-reading.ts';
import type { SourceLine } from '../../notice-import/paragraphs.ts';
import { dayWords } from '../../reading/words.ts';
import { type LevelOffered, type NoticeChoice, noticePath } from '../notice-choice.ts';
import { Folded } from './small.tsx';

interface ProblemsProps {
  readonly reading: NoticeReading;
  readonly lines: readonly SourceLine[];
  readonly choice: NoticeChoice;
  readonly levels: readonly LevelOffered[];
}

/** How many days of the notice are offered for the feedback day. */
const daysOffered = 8;

/** Everything about a notice that a person should look at, each beside the line it is about, with what can be chosen. */
export function NoticeProblems({ reading, lines, choice, levels }: ProblemsProps) {
  const { problems, round } = reading;
  const names = bodyNameChoices(round);
  const isDayAsked = problems.some(({ code }) => ['missing-feedback', 'several-feedbacks'].includes(code));
  return (
    <>
      {problems.length === 0 ? (
        <p class="quiet">没有疑问。</p>
      ) : (
        <ul class="problems">
          {[...groupBy(problems, ({ line }) => line)].map(([line, those]) => (
            <li>
              <span class="code">{`第${String(line)}行`}</span>
              <div>
                {those.map(({ message }) => (
                  <p>{message}</p>
                ))}
                <Quoted line={line} lines={lines} />
              </div>
            </li>
          ))}
        </ul>
      )}
      {isDayAsked ? (
        <Choices
          title="反馈日是哪一天"
          note="通报里写到的日子；都不是，就在“建真实轮次”里填。"
          choices={daysNamed(lines, daysOffered).map(({ day, line, words }) => ({
            words: dayWords(day),
            note: `第${String(line)}行“…${words}…”`,
            path: noticePath(choice, { feedbackOn: day }),
            state: choice.feedbackOn === day ? 'chosen' : 'offered',
          }))}
        />
      ) : null}
      <Choices
        title="问题列在哪一级"
        note="换一种读法，页面重读一遍；合适了再建。"
        choices={levels.map(({ level, issues, measures }) => ({
          words: `“${level}”一级`,
          note: `读到${String(issues)}个问题、${String(measures)}条措施`,
          path: noticePath(choice, { level }),
          state: reading.level === level ? 'chosen' : 'offered',
        }))}
      />
      {names.length < 2 ? null : (
        <Choices
          title="被巡察单位怎么称呼"
          note="通报里的写法和它的简称。"
          choices={names.map((name) => ({
            words: name,
            note: '',
            path: noticePath(choice, { bodyName: name }),
            state: (choice.bodyName ?? names[0]) === name ? 'chosen' : 'offered',
          }))}
        />
      )}
    </>
  );
}

interface Choice {
  readonly words: string;
  readonly note: string;
  readonly path: string;
  readonly state: 'chosen' | 'offered';
}

/** Plain choices: each is an address that fills the form, and nothing is written before the round is made. */
function Choices({ title, note, choices }: { title: string; note: string; choices: readonly Choice[] }) {
  if (choices.length === 0) return null;
  return (
    <section class="offers" aria-label={title}>
      <h3>{title}</h3>
      <p class="note">{note}</p>
      <ul>
        {choices.map(({ words, note: about, path, state }) => (
          <li>
            {state === 'chosen' ? <b>{`${words}（现在用的）`}</b> : <a href={path}>{`改用${words}`}</a>}
            <span class="note">{about}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Longer lines are cut: a paragraph of a notice can fill a page. */
const longestQuote = 140;
const linesAround = 2;

/** The line that problems are about, and folded beneath it those around. */
function Quoted({ line, lines }: { line: number; lines: readonly SourceLine[] }) {
  const place = lines.findIndex((one) => one.line === line);
  const found = lines[place];
  if (found === undefined) return null;
  const around = lines.slice(Math.max(0, place - linesAround), place + linesAround + 1);
  return (
    <>
      <blockquote class="quoted">{excerpt(found.text)}</blockquote>
      <Folded summary="看上下文">
        <ol class="source-lines">
          {around.map((one) => (
            <li>
              <span class="code">{one.line}</span>
              {one === found ? <mark>{one.text}</mark> : <span>{one.text}</span>}
            </li>
          ))}
        </ol>
      </Folded>
    </>
  );
}

function excerpt(text: string): string {
  return text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text;
}
