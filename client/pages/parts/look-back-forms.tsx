import type { IssueReading } from '../../reading/issue.ts';
import type { PersonReading } from '../../reading/role-holders.ts';
import { distanceWords, shortDayWords } from '../../reading/words.ts';
import type { FormSeal } from '../form-seal.ts';
import { Act, ActingPerson, FormKeys } from './acts-fields.tsx';

interface LookBackProps {
  readonly issue: IssueReading;
  readonly holders: readonly PersonReading[];
  readonly seal: FormSeal;
}

/** Records a look-back (回头看): once it is due, that it holds, and at any time that it is back, which is rectified again by a new day. */
export function LookBackForms({ issue, holders, seal }: LookBackProps) {
  const due = issue.obligations.find(({ kind }) => kind === 'lookBack');
  return (
    <>
      <p class="to-sheet">
        <a href={`/issues/${issue.id}/look-back-sheet`}>填检查单，附照片</a>
      </p>
      {due === undefined ? null : (
        <Act
          title="登记回头看：没有反弹"
          note={`应于${shortDayWords(due.dueOn)}，${distanceWords(due.workdaysLeft)}`}
          holders={holders}
          open
        >
          <form class="form" method="post" action={`/issues/${issue.id}/look-back`}>
            <FormKeys seal={seal} />
            <input type="hidden" name="outcome" value="holds" />
            <Finding id="holds-finding" />
            <ActingPerson holders={holders} id="holds-by" roleName="巡察办" />
            <button class="button primary" type="submit">
              没有反弹，归档
            </button>
          </form>
        </Act>
      )}
      <Act title="登记回头看：反弹" note="一律重新整改，另定时限" holders={holders}>
        <form class="form" method="post" action={`/issues/${issue.id}/look-back`}>
          <FormKeys seal={seal} />
          <input type="hidden" name="outcome" value="rebound" />
          <Finding id="rebound-finding" />
          <div>
            <label for="rebound-deadline">新的整改时限（含当日）</label>
            <input type="date" id="rebound-deadline" name="deadline" required min={issue.today} />
          </div>
          <ActingPerson holders={holders} id="rebound-by" roleName="巡察办" />
          <button class="button" type="submit">
            反弹，重新整改
          </button>
        </form>
      </Act>
    </>
  );
}

function Finding({ id }: { id: string }) {
  return (
    <div>
      <label for={id}>
        看到的情况
        <span class="hint">抽查了什么、结果如何</span>
      </label>
      <textarea id={id} name="finding" required rows={3}></textarea>
    </div>
  );
}
