import { obligationNames, roleNames } from '../../../workflows/rules/names.ts';
import type { IsoDate } from '../../../workflows/rules/instants.ts';
import type { ObligationKind, Policy } from '../../../workflows/rules/policy.ts';
import { laddersIn, type LadderPreview } from '../../set-up/ladder-preview.ts';
import type { FormSeal } from '../form-seal.ts';
import { Heading } from '../parts/layout.tsx';
import { type SetUpFrame, SetUpPage } from './frame.tsx';
import { LadderChart } from './ladder-chart.tsx';

/** A policy that may be chosen: the draft's own, or a preset. */
export interface PolicyOffered {
  readonly value: string;
  readonly title: string;
  readonly policy: Policy;
}

interface PolicyProps {
  readonly frame: SetUpFrame;
  readonly offered: readonly PolicyOffered[];
  readonly chosen: PolicyOffered;
  /** What of the chosen policy does not fit the days that issues have; undefined where all does. */
  readonly doubt: string | undefined;
  readonly kind: ObligationKind;
  readonly dueOn: IsoDate;
  readonly ladder: LadderPreview;
  readonly seal: FormSeal;
}

/** Which policy the round will go by, in words and as it climbs. */
export function SetUpPolicyPage({ frame, offered, chosen, doubt, kind, dueOn, ladder, seal }: PolicyProps) {
  const { id } = frame;
  const path = `/rounds/${id}/set-up/policy`;
  return (
    <SetUpPage step="policy" frame={frame}>
      <div class="columns">
        <div>
          <section class="part" aria-labelledby="h-ladder">
            <Heading id="h-ladder" note="例子：一直没人办，会怎样催">
              {`“${chosen.policy.name}”怎么催`}
            </Heading>
            <form class="filter" method="get" action={path}>
              <input type="hidden" name="policy" value={chosen.value} />
              <div class="grow">
                <label for="kind">哪种事项</label>
                <select id="kind" name="kind">
                  {laddersIn(chosen.policy).map((one) => (
                    <option value={one} selected={one === kind}>
                      {obligationNames[one]}
                    </option>
                  ))}
                </select>
              </div>
              <div>
                <label for="due">假定哪天到期</label>
                <input type="date" id="due" name="due" value={dueOn} required />
              </div>
              <button class="button" type="submit">
                看
              </button>
            </form>
            <LadderChart ladder={ladder} />
          </section>
        </div>
        <aside class="rail" aria-label="选政策">
          <section class="next" aria-labelledby="h-choose">
            <h2 id="h-choose">选政策</h2>
            <ul class="missing-list">
              {offered.map(({ value, title }) => (
                <li>
                  {value === chosen.value ? (
                    <b>{`${title}（在看）`}</b>
                  ) : (
                    <a href={`${path}?policy=${encodeURIComponent(value)}`}>{title}</a>
                  )}
                </li>
              ))}
            </ul>
            <PolicyWords policy={chosen.policy} />
            {doubt === undefined ? null : <p class="note">{doubt}</p>}
            <form class="form" method="post" action={path}>
              <input type="hidden" name="seal" value={seal} />
              <input type="hidden" name="policy" value={chosen.value} />
              <button class="button primary wide" type="submit">
                {`就用“${chosen.policy.name}”`}
              </button>
            </form>
          </section>
        </aside>
      </div>
    </SetUpPage>
  );
}

/** What a policy says, in a few lines. */
export function PolicyWords({ policy }: { policy: Policy }) {
  const levels = (policy.closure?.levels ?? []).map(
    ({ role, of }) => `${roleNames[role]}${of === 'major' ? '（只审重大问题）' : ''}`,
  );
  const duties = (policy.duties ?? []).map(({ title }) => title);
  const rows = [
    ['集中整改', `反馈后${String(policy.concentratedMonths)}个月；立行立改${String(policy.immediateWithinDays)}天内`],
    ['认领', `交办后${String(policy.acknowledgeWithinWorkdays)}个工作日内`],
    ['报进展', `每${String(policy.checkInEveryWorkdays)}个工作日`],
    ['黄灯', `离时限不到${String(policy.yellowWithinWorkdays)}个工作日`],
    ['发信', `工作日${policy.sendAt}，一人一天一封`],
    ['销号审核', levels.length === 0 ? roleNames.office : levels.join('，再')],
    ['回头看', `销号后${String(policy.lookBackAfterMonths)}个月`],
    ['轮次事项', duties.length === 0 ? '没有' : duties.join('、')],
  ] as const;
  return (
    <dl>
      {rows.map(([name, words]) => (
        <>
          <dt>{name}</dt>
          <dd>{words}</dd>
        </>
      ))}
    </dl>
  );
}
