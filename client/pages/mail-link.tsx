import type { Child } from 'hono/jsx';
import { dayOf } from '../../workflows/rules/instants.ts';
import { roleNames } from '../../workflows/rules/names.ts';
import type { LinkAct, LinkState } from '../links/link-state.ts';
import type { LinkedDuty, LinkedLine } from '../links/linked-line.ts';
import { dutyWords, letterWords } from '../reading/words.ts';
import type { UploadedFile } from '../links/uploads.ts';
import { assets } from './parts/layout.tsx';
import { Day, sizeWords } from './parts/small.tsx';

export interface LinkKeys {
  readonly seal: string;
  readonly requestId: string;
  readonly view: string;
}

const actNames: Readonly<Record<LinkAct, string>> = {
  acknowledge: '认领',
  report: '报进展',
  submitEvidence: '交佐证材料',
  requestExtension: '申请延期',
  proposeClosure: '申请销号',
};

const doneWords: Readonly<Record<LinkAct | 'freshMail', string>> = {
  freshMail: '最新事项会发到您登记的邮箱，一天至多一封；工作时间以外要的，到下一个工作时间发。',
  acknowledge: '已登记认领。',
  report: '进展已登记。',
  submitEvidence: '佐证材料已收下。',
  requestExtension: '延期申请已提交，决定后另行答复。',
  proposeClosure: '销号申请已提交审核。',
};

/** What a link shows: what is owed, by when, what comes next; and, for whoever owes it, what can be done here. */
export function LinkedLinePage(props: {
  readonly line: LinkedLine;
  readonly keys: LinkKeys;
  readonly token: string;
  readonly refusal: string | undefined;
  readonly done: LinkAct | 'freshMail' | undefined;
}) {
  const { line, keys, token, refusal, done } = props;
  const { state } = line;
  return (
    <Sheet title={line.code} refusal={refusal} done={done === undefined ? undefined : doneWords[done]}>
      {state.kind === 'void' ? null : <Owed line={line} />}
      <State line={line} />
      {done !== undefined || state.kind === 'acts' || state.kind === 'shows' ? null : (
        <AskFreshMail keys={keys} token={token} />
      )}
      {state.kind !== 'acts' ? null : (
        <form class="form" method="post" action={`/a/${token}`}>
          <Keys keys={keys} />
          <fieldset>
            <legend>要办的事</legend>
            {state.acts.map((act, index) => (
              <label class="choice">
                <input type="radio" name="act" value={act} checked={index === 0} />
                <span>{actNames[act]}</span>
              </label>
            ))}
          </fieldset>
          <p class="note">下一页填写内容并确认，这一步不登记任何事。</p>
          <button class="button primary" type="submit">
            下一步
          </button>
        </form>
      )}
    </Sheet>
  );
}

/** The second step: what the act needs, and the code to be typed by whoever means it. */
export function LinkedActPage(props: {
  readonly line: LinkedLine;
  readonly act: LinkAct;
  readonly keys: LinkKeys;
  readonly token: string;
  readonly refusal: string | undefined;
  readonly text: (name: string) => string;
  /** What has arrived already, when what was confirmed was refused. */
  readonly uploaded: readonly UploadedFile[];
  /** Whether a script may send the files ahead of the form. */
  readonly sending: 'ahead' | 'withForm';
}) {
  const { line, act, keys, token, refusal, text, uploaded, sending } = props;
  const ahead = act === 'submitEvidence' && sending === 'ahead' ? { 'data-uploads': `/a/${token}/uploads` } : {};
  const scripts = act === 'submitEvidence' && sending === 'ahead' ? ['tus.js', 'upload.js'] : [];
  return (
    <Sheet title={`${actNames[act]} ${line.code}`} refusal={refusal} scripts={scripts}>
      <Owed line={line} />
      <form class="form" method="post" action={`/a/${token}/confirm`} enctype="multipart/form-data" {...ahead}>
        <Keys keys={keys} />
        <input type="hidden" name="act" value={act} />
        <Fields line={line} act={act} text={text} uploaded={uploaded} />
        <div>
          <label for="code">请填写编号以确认</label>
          <span class="hint" id="code-hint">
            {`${line.personName}：照抄上面这一项的编号，就以您的名义${actNames[act]}。`}
          </span>
          <input id="code" name="code" type="text" autocomplete="off" aria-describedby="code-hint" required />
        </div>
        <button class="button primary" type="submit">
          {`确认${actNames[act]}`}
        </button>
      </form>
      <p>
        <a href={`/a/${token}`}>不办，返回</a>
      </p>
    </Sheet>
  );
}

interface FieldsProps {
  readonly line: LinkedLine;
  readonly act: LinkAct;
  readonly text: (name: string) => string;
  readonly uploaded: readonly UploadedFile[];
}

function Fields({ line, act, text, uploaded }: FieldsProps) {
  switch (act) {
    case 'acknowledge':
    case 'proposeClosure':
      return null;
    case 'report':
      return <Words name="text" label="进展" hint="三五句话即可。" value={text('text')} />;
    case 'requestExtension':
      return (
        <>
          <div>
            <label for="until">申请延到</label>
            <input id="until" name="until" type="date" value={text('until')} required />
          </div>
          <Words name="text" label="理由" hint="为什么不能按期完成。" value={text('text')} />
          <Words name="progress" label="目前进展" hint="已经做到哪一步。" value={text('progress')} />
        </>
      );
    case 'submitEvidence':
      return (
        <>
          <div>
            <label for="measure">对应哪条措施</label>
            <select id="measure" name="measure" required>
              {line.measures.map(({ number, text: words }) => (
                <option value={String(number)} selected={text('measure') === String(number)}>
                  {`${number === 0 ? '整个问题' : `措施${String(number)}`}${words === null ? '' : `　${words}`}`}
                </option>
              ))}
            </select>
          </div>
          <div class="drop">
            <label for="files">佐证材料</label>
            <span class="hint" id="files-hint">
              可以选几个文件，也可以拖到这里；用手机可以直接拍照。每个不超过60 MB。
            </span>
            <input
              id="files"
              name="files"
              type="file"
              multiple
              required={uploaded.length === 0}
              aria-describedby="files-hint"
            />
            <ul class="uploads" aria-live="polite">
              {uploaded.map(({ id, fileName, sizeBytes }) => (
                <li>
                  <span>{fileName}</span>
                  <span class="note">{`${sizeWords(sizeBytes)}　已传到，确认后才算交`}</span>
                  <input type="hidden" name="upload" value={id} />
                </li>
              ))}
            </ul>
          </div>
        </>
      );
  }
}

function Words({ name, label, hint, value }: { name: string; label: string; hint: string; value: string }) {
  return (
    <div>
      <label for={name}>{label}</label>
      <span class="hint">{hint}</span>
      <textarea id={name} name={name} rows={4} required>
        {value}
      </textarea>
    </div>
  );
}

/** A duty of the round is dealt with on the round's page or by an answer to the mail. */
export function LinkedDutyPage({ duty }: { duty: LinkedDuty }) {
  return (
    <Sheet title={duty.title}>
      <h1>{duty.title}</h1>
      <p class="lead">
        应于 <Day day={duty.dueOn} />
      </p>
      {duty.owed === 'closed' ? (
        <p>这一项已经办结，不必再办。</p>
      ) : (
        <p>
          办理：回复原邮件，或打开<a href={`/rounds/${duty.roundId}`}>轮次页</a>。打开本页不登记任何事。
        </p>
      )}
    </Sheet>
  );
}

export function LinkOfNothingPage() {
  return (
    <Sheet title="链接无效">
      <h1>这个链接打不开任何事项</h1>
      <p class="lead">链接可能抄得不全，或这封邮件已经由打印件代替。</p>
      <FreshMail />
    </Sheet>
  );
}

function Owed({ line: { code, title, kind, measures, dueOn, next } }: { line: LinkedLine }) {
  return (
    <>
      <h1>{title === null ? code : `${code}　${title}`}</h1>
      {title === null ? <p class="note">按保密要求，本页只写编号、要办的事和时限。</p> : null}
      {kind === null || dueOn === null ? null : (
        <dl class="pairs">
          <dt>编号</dt>
          <dd>{code}</dd>
          <dt>要办</dt>
          <dd>
            {measures.length > 0
              ? measures.map(({ number, text }) => (
                  <p>{`${dutyWords(kind, number)}${text === null ? '' : `：${text}`}`}</p>
                ))
              : dutyWords(kind)}
          </dd>
          <dt>应于</dt>
          <dd>
            <Day day={dueOn} />
          </dd>
          <dt>不办理</dt>
          <dd>
            {next === null ? (
              '眼下没有排定的提醒。'
            ) : (
              <>
                <Day day={next.on} />
                {`发${letterWords(next.letter)}${next.role === null ? '' : `给${roleNames[next.role]}`}`}
              </>
            )}
          </dd>
        </dl>
      )}
    </>
  );
}

function State({ line: { state, issueId, now } }: { line: LinkedLine }) {
  const known = stateWords(state);
  return (
    <>
      {known.map((sentence) => (
        <p>{sentence}</p>
      ))}
      {state.kind === 'shows' ? (
        <p>
          <a href={`/issues/${issueId}`}>打开这个问题的页面</a>
        </p>
      ) : null}
      <p class="note">
        截至 <Day day={dayOf(now)} />
        。打开本页不登记任何事。
      </p>
    </>
  );
}

function stateWords(state: LinkState): string[] {
  switch (state.kind) {
    case 'acts':
      return [];
    case 'shows':
      return state.because === 'informed'
        ? ['这一项告知您，请督促办理，您不必在这里办。']
        : ['审核、决定类事项不能凭邮件链接办理，请到这个问题的页面上办。'];
    case 'usedUp':
      return [
        '这一项已经办结，或不再需要办理。',
        '这个问题后面要办的事会另发邮件；这封邮件也还可以直接回复，报进展、交材料。',
      ];
    case 'void':
      return ['这一项已经移交他人办理，这个链接不再有效，不再显示内容。'];
    case 'expired':
      return ['邮件里的事项都已了结，满30天后链接失效。'];
  }
}

/** A link may be in wrong hands, so a new mail goes to nobody but the registered address; and a scanner types no code. */
function AskFreshMail({ keys, token }: { keys: LinkKeys; token: string }) {
  return (
    <form class="form" method="post" action={`/a/${token}/fresh-mail`}>
      <Keys keys={keys} />
      <div>
        <label for="fresh-code">要最新事项，请填写原邮件里这一项的编号</label>
        <span class="hint" id="fresh-hint">
          您现在还要办什么、应于何时，会发到您登记的邮箱，不在这里显示。
        </span>
        <input id="fresh-code" name="code" type="text" autocomplete="off" aria-describedby="fresh-hint" required />
      </div>
      <button class="button" type="submit">
        发到登记的邮箱
      </button>
    </form>
  );
}

/** A link may be in wrong hands, so a new one goes to nobody but the registered address. */
function FreshMail() {
  return <p>需要新的链接，请与督办办公室联系；仍由您办理的事项，下一封督办邮件会发到您登记的邮箱，里面有新的链接。</p>;
}

function Keys({ keys: { seal, requestId, view } }: { keys: LinkKeys }) {
  return (
    <>
      <input type="hidden" name="seal" value={seal} />
      <input type="hidden" name="requestId" value={requestId} />
      <input type="hidden" name="view" value={view} />
    </>
  );
}

/** A page without navigation: whoever comes by a mail's link has come for one thing. */
function Sheet(props: {
  readonly title: string;
  readonly refusal?: string | undefined;
  readonly done?: string | undefined;
  readonly scripts?: readonly string[];
  readonly children?: Child;
}) {
  const { title, refusal, done, scripts = [], children } = props;
  return (
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex,nofollow,noarchive" />
        <title>{`${title} · 整改督办`}</title>
        <link rel="stylesheet" href={assets.get('page.css')!.path} />
        <link rel="icon" href="data:," />
        {scripts.map((name) => (
          <script type="module" src={assets.get(name)!.path}></script>
        ))}
      </head>
      <body>
        <main class="sheet alone" id="main">
          {refusal === undefined ? null : (
            <div class="told refused" role="alert">
              <strong>没有办成。</strong>
              <p>{refusal}</p>
            </div>
          )}
          {done === undefined ? null : (
            <div class="told" role="status">
              <p>{done}</p>
            </div>
          )}
          {children}
        </main>
      </body>
    </html>
  );
}
