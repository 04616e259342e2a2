import type { FormSeal } from '../form-seal.ts';
import type { Sample } from '../samples.ts';

interface StartProps {
  readonly samples: readonly Sample[];
  readonly seal: FormSeal;
}

/** The way into a drill: the sample notice is chosen, one press suffices. */
export function DrillForm({ samples, seal }: StartProps) {
  return (
    <form class="form" method="post" action="/drills" enctype="multipart/form-data">
      <input type="hidden" name="seal" value={seal} />
      <fieldset>
        <legend>用哪份通报</legend>
        {samples.map(({ fileName, title }, index) => (
          <div class="choice">
            <input type="radio" id={`sample-${String(index)}`} name="sample" value={fileName} checked={index === 0} />
            <label for={`sample-${String(index)}`}>
              {title}
              <span class="hint">{`随程序附带的样例，${fileName}`}</span>
            </label>
          </div>
        ))}
        <div class="choice">
          <input type="radio" id="sample-own" name="sample" value="" checked={samples.length === 0} />
          <label for="sample-own">
            自己的一份
            <span class="hint">文本、网页或 Word（.docx）</span>
          </label>
        </div>
        <label class="unseen" for="drill-notice">
          选择通报文件
        </label>
        <input type="file" id="drill-notice" name="notice" accept=".txt,.html,.htm,.docx" />
      </fieldset>
      <StaffFields />
      <button class="button primary wide" type="submit">
        开始演练
      </button>
    </form>
  );
}

/** Who plays, and how fast; the same wherever a drill is begun. */
export function StaffFields() {
  return (
    <div class="pair">
      <div>
        <label for="staff">演练人员</label>
        <select id="staff" name="staff">
          <option value="mixed" selected>
            有快有慢，也有反弹
          </option>
          <option value="diligent">都按时答复</option>
          <option value="silent">都不答复</option>
        </select>
      </div>
      <div>
        <label for="seconds-per-day">演练一天用几秒</label>
        <input
          type="number"
          id="seconds-per-day"
          name="secondsPerDay"
          value="1"
          min="0"
          max="3600"
          step="any"
          required
        />
      </div>
    </div>
  );
}

/** The way to a real round: upload the notice or paste it, look at what was read, then people, then launch. */
export function RealRoundForm({ seal }: { seal: FormSeal }) {
  return (
    <form class="form" method="post" action="/notices" enctype="multipart/form-data">
      <input type="hidden" name="seal" value={seal} />
      <div>
        <label for="notice">
          巡察反馈或整改通报
          <span class="hint">文本、网页或 Word（.docx），先读给您看，再建轮次</span>
        </label>
        <input type="file" id="notice" name="notice" accept=".txt,.html,.htm,.docx" />
      </div>
      <div>
        <label for="notice-text">
          或者粘贴全文
          <span class="hint">从网页、公文里全选复制过来就行</span>
        </label>
        <textarea id="notice-text" name="noticeText" rows={4}></textarea>
      </div>
      <button class="button wide" type="submit">
        读这份通报
      </button>
    </form>
  );
}
