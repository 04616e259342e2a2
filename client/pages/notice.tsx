import { isIsoDate } from '../../workflows/rules/instants.ts';
import type { NoticeReading } from '../notice-import/notice-reading.ts';
import type { SourceLine } from '../notice-import/paragraphs.ts';
import { dayWords } from '../reading/words.ts';
import type { FormSeal } from './form-seal.ts';
import type { LevelOffered, NoticeChoice } from './notice-choice.ts';
import { Heading, Page } from './parts/layout.tsx';
import { NoticeProblems } from './parts/notice-problems.tsx';
import { Folded } from './parts/small.tsx';
import { StaffFields } from './parts/start-forms.tsx';

interface NoticeProps {
  readonly reading: NoticeReading;
  /** The notice itself, as it was read. */
  readonly lines: readonly SourceLine[];
  readonly choice: NoticeChoice;
  /** Empty where one level alone can be meant. */
  readonly levels: readonly LevelOffered[];
  readonly seal: FormSeal;
  readonly refusal?: string | undefined;
}

/** What was read from a notice, with everything that must be looked at, before anything is made of it. */
export function NoticePage({ reading, lines, choice, levels, seal, refusal }: NoticeProps) {
  const { round, issues, aspects, problems, claims } = reading;
  const feedbackOn = choice.feedbackOn ?? round.feedbackOn;
  const bodyName = choice.bodyName ?? round.bodyName;
  const measures = issues.reduce((sum, issue) => sum + issue.measures.length, 0);
  const longTerm = issues.filter((issue) => issue.longTerm).length;
  return (
    <Page title={`读到${String(issues.length)}个问题`} refusal={refusal}>
      <p class="crumbs">
        <a href="/">概览</a>
        <span aria-hidden="true">›</span>新建轮次
      </p>
      <h1>{`读到${String(aspects.length)}个方面、${String(issues.length)}个问题、${String(measures)}条措施`}</h1>
      <p class="facts">
        <span>
          通报 <b>{choice.fileName}</b>
        </span>
        <span>
          被巡察单位 <b>{bodyName ?? '没有读到'}</b>
        </span>
        <span>
          反馈日 <b>{feedbackOn !== null && isIsoDate(feedbackOn) ? dayWords(feedbackOn) : '没有读到'}</b>
        </span>
        <span>{`其中长期坚持${String(longTerm)}个`}</span>
      </p>
      <div class="columns">
        <div>
          <section class="part" aria-labelledby="h-problems">
            <Heading id="h-problems" count={problems.length} note="都是原文里的疑问，不替您改">
              请您过目
            </Heading>
            <NoticeProblems reading={reading} lines={lines} choice={choice} levels={levels} />
            {claims.length === 0 ? null : (
              <Folded summary={`通报自己写的数（${String(claims.length)}处）`}>
                <table>
                  <caption class="unseen">通报写的数与读到的数</caption>
                  <thead>
                    <tr>
                      <th scope="col">项目</th>
                      <th scope="col" class="figure">
                        通报写
                      </th>
                      <th scope="col" class="figure">
                        读到
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {claims.map(({ what, claimed, found }) => (
                      <tr>
                        <th scope="row">{what}</th>
                        <td class="figure">{claimed}</td>
                        <td class="figure">{found ?? '—'}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </Folded>
            )}
          </section>
          <section class="part" aria-labelledby="h-read">
            <Heading id="h-read" count={issues.length}>
              读到的问题
            </Heading>
            <ol class="read-issues">
              {issues.map(({ number, title, measures: texts, longTerm: isLongTerm, line }) => (
                <li>
                  <span class="code">{number}</span>
                  <div>
                    <p class="what-title">{title}</p>
                    <p class="note">{`第${String(line)}行　措施${String(texts.length)}条${isLongTerm ? '　长期坚持' : ''}`}</p>
                    {texts.length === 0 ? null : (
                      <Folded summary="看措施">
                        <ol class="texts">
                          {texts.map((text) => (
                            <li>{text}</li>
                          ))}
                        </ol>
                      </Folded>
                    )}
                  </div>
                </li>
              ))}
            </ol>
          </section>
        </div>
        <aside class="rail" aria-label="用这份通报">
          <section class="next" aria-labelledby="h-create">
            <h2 id="h-create">建真实轮次</h2>
            <form class="form" method="post" action="/rounds">
              <NoticeFields seal={seal} choice={choice} />
              <div>
                <label for="round-name">轮次名称</label>
                <input
                  type="text"
                  id="round-name"
                  name="name"
                  value={choice.name ?? (bodyName === null ? '' : `${bodyName}巡察整改`)}
                  required
                />
              </div>
              <div>
                <label for="round-body">
                  被巡察单位
                  <span class="hint">邮件、通报里怎么称呼它；不填就用轮次名称</span>
                </label>
                <input type="text" id="round-body" name="bodyName" value={bodyName ?? ''} maxlength={100} />
              </div>
              <div class="pair">
                <div>
                  <label for="round-feedback">反馈日</label>
                  <input type="date" id="round-feedback" name="feedbackOn" value={feedbackOn ?? ''} required />
                </div>
                <div>
                  <label for="round-prefix">
                    编号前缀
                    <span class="hint">可不填</span>
                  </label>
                  <input
                    type="text"
                    id="round-prefix"
                    name="codePrefix"
                    value={choice.codePrefix ?? ''}
                    maxlength={10}
                  />
                </div>
              </div>
              <button class="button primary wide" type="submit">
                建成筹备中的轮次
              </button>
              <p class="note">只建筹备稿，一封信也不发；人员和分工齐了再交办。</p>
            </form>
          </section>
          <section class="chart" aria-labelledby="h-drill">
            <Heading id="h-drill">或者先演练</Heading>
            <form class="form" method="post" action="/drills" enctype="multipart/form-data">
              <NoticeFields seal={seal} choice={choice} />
              <StaffFields />
              <button class="button wide" type="submit">
                用这份通报演练
              </button>
            </form>
          </section>
        </aside>
      </div>
    </Page>
  );
}

function NoticeFields({ seal, choice: { sha256, fileName, level } }: Pick<NoticeProps, 'seal' | 'choice'>) {
  return (
    <>
      <input type="hidden" name="seal" value={seal} />
      <input type="hidden" name="sha256" value={sha256} />
      <input type="hidden" name="fileName" value={fileName} />
      {level === undefined ? null : <input type="hidden" name="level" value={level} />}
    </>
  );
}
