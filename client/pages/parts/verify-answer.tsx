import { ActingPerson } from './acts-fields.tsx';
import { dayOf } from '../../../workflows/rules/instants.ts';
import { dayWords } from '../../reading/words.ts';
import type { FormSeal } from '../form-seal.ts';
import type { ReplySource } from '../reply-reading.ts';
import { Heading } from './layout.tsx';

/** Where the office says whose an answer is that does not count by itself (来信核实); what it said before stands above. */
export function VerifyAnswer({ reply, seal }: { reply: ReplySource; seal: FormSeal }) {
  const { toVerify, decisions } = reply;
  return (
    <>
      {decisions.map(({ act, person, reason, by, at }) => (
        <p class="note">
          {`${dayWords(dayOf(at))}，${by}${act === 'accepted' ? `核实后按${person ?? '本人'}的答复采纳` : '定为不予采纳'}：${reason}`}
        </p>
      ))}
      {toVerify === null ? null : (
        <section class="chart" aria-labelledby="h-decide" id="decide">
          <Heading id="h-decide" note="请先打电话等办法问过本人">
            核实
          </Heading>
          {toVerify.office.length === 0 ? (
            <p class="lacking">还没有可以核实的人：须是督办办公室的人，且不是收信人本人。</p>
          ) : (
            <>
              <AcceptForm reply={reply} toVerify={toVerify} seal={seal} />
              {toVerify.isSetAside === 'yes' ? null : <SetAsideForm reply={reply} toVerify={toVerify} seal={seal} />}
            </>
          )}
        </section>
      )}
    </>
  );
}

interface FormProps {
  readonly reply: ReplySource;
  readonly toVerify: NonNullable<ReplySource['toVerify']>;
  readonly seal: FormSeal;
}

function AcceptForm({ reply: { id }, toVerify: { person, codes, office }, seal }: FormProps) {
  const isKnown = person !== null;
  // What has to be said stands first; what nearly nobody needs, last.
  const fields = (
    <>
      <div>
        <label for="decide-person">
          {isKnown ? '是别人的答复' : '谁的答复'}
          <span class="hint">
            {isKnown ? `不是${person}本人的才写：姓名或登记的邮箱，再写编号` : '姓名或登记的邮箱'}
          </span>
        </label>
        <input type="text" id="decide-person" name="person" required={!isKnown} />
      </div>
      <div>
        <label for="decide-issues">
          说的是哪些问题
          <span class="hint">编号，几个的用顿号隔开{isKnown ? `；${person}本人的不用写` : ''}</span>
        </label>
        <input type="text" id="decide-issues" name="issues" required={!isKnown} />
      </div>
    </>
  );
  return (
    <details class="act" open>
      <summary>
        <b>采纳，算本人的答复</b>
        <span>
          {isKnown ? `算${person}的答复，问的是${listed(codes)}；本人会收到回执` : '须写明是谁的答复、说的是哪些问题'}
        </span>
      </summary>
      <form class="form" method="post" action={`/mailbox/replies/${id}/decision`}>
        <input type="hidden" name="seal" value={seal} />
        <input type="hidden" name="act" value="accepted" />
        {isKnown ? null : fields}
        <Reason id="accept" hint="怎样核实的，例如：电话问过本人，是从家里的邮箱发的" />
        <By id="accept" office={office} />
        {isKnown ? fields : null}
        <button class="button primary wide" type="submit">
          采纳
        </button>
      </form>
    </details>
  );
}

/** `GM-01、GM-02`, and of many the first ones and their number. */
function listed(codes: readonly string[]): string {
  return codes.length <= 4 ? codes.join('、') : `${codes.slice(0, 3).join('、')}等${String(codes.length)}项`;
}

function SetAsideForm({ reply: { id }, toVerify: { office }, seal }: FormProps) {
  return (
    <details class="act">
      <summary>
        <b>不予采纳</b>
        <span>原信留存，不计入进展；以后查明了还可以采纳</span>
      </summary>
      <form class="form" method="post" action={`/mailbox/replies/${id}/decision`}>
        <input type="hidden" name="seal" value={seal} />
        <input type="hidden" name="act" value="setAside" />
        <Reason id="set-aside" hint="例如：不是本人写的；已请本人从登记邮箱重发" />
        <By id="set-aside" office={office} />
        <button class="button" type="submit">
          不予采纳
        </button>
      </form>
    </details>
  );
}

function Reason({ id, hint }: { id: string; hint: string }) {
  return (
    <div>
      <label for={`${id}-reason`}>
        理由
        <span class="hint">{hint}</span>
      </label>
      <textarea id={`${id}-reason`} name="reason" required rows={2}></textarea>
    </div>
  );
}

function By({ id, office }: { id: string; office: FormProps['toVerify']['office'] }) {
  return <ActingPerson id={`${id}-by`} holders={office} roleName="督办办公室" label="由谁核实" />;
}
