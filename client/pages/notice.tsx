import type { NoticeReading } from '../notice-import/notice-reading.ts';
import { dayWords } from '../reading/words.ts';
import type { FormSeal } from './form-seal.ts';
import { Heading, Page } from './parts/layout.tsx';
import { Folded } from './parts/small.tsx';
import { StaffFields } from './parts/start-forms.tsx';

interface NoticeProps {
  readonly reading: NoticeReading;
  readonly sha256: string;
  readonly fileName: string;
  readonly seal: FormSeal;
  readonly refusal?: string | undefined;
}

/** What was read from a notice, with everything that must be looked at, before anything is made of it. */
export function NoticePage({ reading, sha256, fileName, seal, refusal }: NoticeProps) {
  const { round, issues, aspects, problems, claims } = reading;
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
          通报 <b>{fileName}</b>
        </span>
        <span>
          被巡察单位 <b>{round.bodyName ?? '没有读到'}</b>
        </span>
        <span>
          反馈日 <b>{round.feedbackOn === null ? '没有读到' : dayWords(round.feedbackOn)}</b>
        </span>
        <span>{`其中长期坚持${String(longTerm)}个`}</span>
      </p>
      <div class="columns">
        <div>
          <section class="part" aria-labelledby="h-problems">
            <Heading id="h-problems" count={problems.length} note="都是原文里的疑问，不替您改">
              请您过目
            </Heading>
            {problems.length === 0 ? (
              <p class="quiet">没有疑问。</p>
            ) : (
              <ul class="problems">
                {problems.map(({ line, message }) => (
                  <li>
                    <span class="code">{`第${String(line)}行`}</span>
                    <span>{message}</span>
                  </li>
                ))}
              </ul>
            )}
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
              <NoticeFields seal={seal} sha256={sha256} fileName={fileName} />
              <div>
                <label for="round-name">轮次名称</label>
                <input
                  type="text"
                  id="round-name"
                  name="name"
                  value={round.bodyName === null ? '' : `${round.bodyName}巡察整改`}
                  required
                />
              </div>
              <div class="pair">
                <div>
                  <label for="round-feedback">反馈日</label>
                  <input type="date" id="round-feedback" name="feedbackOn" value={round.feedbackOn ?? ''} required />
                </div>
                <div>
                  <label for="round-prefix">
                    编号前缀
                    <span class="hint">可不填</span>
                  </label>
                  <input type="text" id="round-prefix" name="codePrefix" maxlength={10} />
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
              <NoticeFields seal={seal} sha256={sha256} fileName={fileName} />
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

function NoticeFields({ seal, sha256, fileName }: Pick<NoticeProps, 'seal' | 'sha256' | 'fileName'>) {
  return (
    <>
      <input type="hidden" name="seal" value={seal} />
      <input type="hidden" name="sha256" value={sha256} />
      <input type="hidden" name="fileName" value={fileName} />
    </>
  );
}
