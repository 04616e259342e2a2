import { useContext } from 'hono/jsx';
import type { IssueReading } from '../../reading/issue.ts';
import type { SecrecyPreview } from '../../secrecy/preview-secrecy.ts';
import type { FormSeal } from '../form-seal.ts';
import { FormKeys } from './acts-fields.tsx';
import { Visiting } from './visiting.ts';

/** What a decision on an issue's secrecy would bring, and the reason that was given for it. */
export interface SecrecyShown {
  readonly preview: SecrecyPreview;
  readonly reason: string;
}

const words = {
  confidential: { title: '设为保密', note: '只有督办办公室和邮件发得到的人看得到，邮件不写内容' },
  ordinary: { title: '解除保密', note: '按分工都看得到，邮件按域名写内容' },
} as const;

/** Where the office makes an issue in earnest confidential (保密问题) or ordinary again: first who would see it, then the decision. */
export function SecrecyForm({
  issue: { id, clockId, secrecy },
  shown,
  seal,
}: {
  issue: IssueReading;
  shown?: SecrecyShown | undefined;
  seal: FormSeal;
}) {
  const { viewer, acting } = useContext(Visiting);
  if (viewer?.standing !== 'office' || acting.by !== 'viewer' || clockId !== 'real') return null;
  const wanted = secrecy === 'confidential' ? 'ordinary' : 'confidential';
  const { title, note } = words[wanted];
  return (
    <section class="acts" id="secrecy" aria-label="保密">
      <details class="act" open={shown !== undefined}>
        <summary>
          <b>{title}</b>
          <span>{note}</span>
        </summary>
        <form class="form" method="post" action={`/issues/${id}/secrecy`}>
          <FormKeys seal={seal} />
          <input type="hidden" name="secrecy" value={wanted} />
          {shown === undefined ? null : <Preview {...shown.preview} />}
          <div>
            <label for="secrecy-reason">理由</label>
            <textarea id="secrecy-reason" name="reason" required rows={2}>
              {shown?.reason ?? ''}
            </textarea>
          </div>
          <p class="hint">{`以${acting.name}的名义登记`}</p>
          {shown === undefined ? (
            <button class="button" type="submit">
              先看谁看得到
            </button>
          ) : (
            <button class="button primary" type="submit" name="confirmed" value="yes">
              {`确认${title}`}
            </button>
          )}
        </form>
      </details>
    </section>
  );
}

function Preview({ sees, noLonger }: SecrecyPreview) {
  return (
    <div role="status">
      <p>
        <b>还没有登记。</b>此后看得到的：{namesOf(sees)}
      </p>
      {noLonger.length === 0 ? null : <p>不再看得到的：{namesOf(noLonger)}</p>}
    </div>
  );
}

function namesOf(people: SecrecyPreview['sees']): string {
  return people.map(({ name, unit }) => (unit === '' ? name : `${name}（${unit}）`)).join('、');
}
