import { dayWords } from '../../reading/words.ts';
import type { RehearsedDay } from '../../rehearsal/rehearsal.ts';
import type { DiscardPreview } from '../../rounds/discard.ts';
import type { FormSeal } from '../form-seal.ts';
import { Heading } from '../parts/layout.tsx';
import { type SetUpFrame, SetUpPage } from './frame.tsx';

interface LaunchProps {
  readonly frame: SetUpFrame;
  readonly missing: readonly string[];
  readonly notes: readonly string[];
  readonly issues: number;
  /** The first day on which anything leaves if the round is launched now; undefined where nothing does. */
  readonly first: RehearsedDay | undefined;
  readonly seal: FormSeal;
}

/** The last look before the launch: what is missing, what to know, how many mails leave first; then the launch itself. */
export function SetUpLaunchPage({ frame, missing, notes, issues, first, seal }: LaunchProps) {
  const { id } = frame;
  return (
    <SetUpPage step="launch" frame={frame}>
      <div class="alone">
        <section class="part" aria-labelledby="h-launch">
          <Heading id="h-launch">{missing.length === 0 ? '可以交办' : '补齐后才能交办'}</Heading>
          {missing.length === 0 ? null : (
            <>
              <ul class="missing-list">
                {missing.map((message) => (
                  <li>{message}</li>
                ))}
              </ul>
              <p>
                <a class="button" href={`/rounds/${id}/set-up/people`}>
                  去补人员与分工
                </a>
              </p>
            </>
          )}
          {notes.map((note) => (
            <p class="note">{`请留意：${note}`}</p>
          ))}
          {missing.length > 0 ? null : (
            <form class="form" method="post" action={`/rounds/${id}/launch`}>
              <input type="hidden" name="seal" value={seal} />
              <p>
                {first === undefined
                  ? `${String(issues)}个问题交办出去，眼下没有要发的信。`
                  : `${String(issues)}个问题交办出去，头一批${String(first.mails)}封信${first.pages === 0 ? '' : `、${String(first.pages)}张打印件`}在${dayWords(first.day)}。`}
              </p>
              <p class="note">交办后从此逐项跟踪，不能退回筹备。</p>
              <div class="choice">
                <input type="checkbox" id="first-mail" name="firstMail" value="now" />
                <label for="first-mail">
                  交办通知立即发出
                  <span class="hint">不勾选，则在发信时间（工作日）内发出</span>
                </label>
              </div>
              <div class="choice">
                <input type="checkbox" id="sure" name="sure" value="yes" required />
                <label for="sure">问题、分工、政策都核对过了</label>
              </div>
              <button class="button primary wide" type="submit">
                {`交办${String(issues)}个问题`}
              </button>
            </form>
          )}
        </section>
      </div>
    </SetUpPage>
  );
}

/** What goes with a draft when it is taken back, and the button that does it. */
export function SetUpDiscardPage({
  frame,
  preview,
  seal,
}: {
  frame: SetUpFrame;
  preview: DiscardPreview;
  seal: FormSeal;
}) {
  const { issues, measures, items, assignments, bodies, policyVersions } = preview;
  const counts = [
    ['问题', issues],
    ['措施', measures],
    ['子台账条目', items],
    ['分工', assignments],
    ['被巡察单位', bodies],
    ['政策版本', policyVersions],
  ] as const;
  return (
    <SetUpPage step="discard" frame={frame}>
      <div class="alone">
        <section class="part" aria-labelledby="h-discard">
          <Heading id="h-discard">撤销筹备</Heading>
          <p>这一轮的筹备稿连同下列内容一起删除，不能恢复。通讯录里的人留着；还没有发过一封信。</p>
          <dl class="pairs">
            {counts.map(([name, count]) => (
              <>
                <dt>{name}</dt>
                <dd>{count}</dd>
              </>
            ))}
          </dl>
          <form class="form" method="post" action={`/rounds/${frame.id}/set-up/discard`}>
            <input type="hidden" name="seal" value={seal} />
            <div class="choice">
              <input type="checkbox" id="sure" name="sure" value="yes" required />
              <label for="sure">{`删除“${frame.name}”的筹备稿`}</label>
            </div>
            <button class="button" type="submit">
              撤销筹备
            </button>
          </form>
          <p>
            <a href={`/rounds/${frame.id}/set-up`}>不撤销，接着筹备</a>
          </p>
        </section>
      </div>
    </SetUpPage>
  );
}
