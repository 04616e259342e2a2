import type { Child } from 'hono/jsx';
import { dayWords } from '../../reading/words.ts';
import type { IssueReading } from '../../reading/issue.ts';
import type { PersonReading } from '../../reading/role-holders.ts';
import type { FormSeal } from '../form-seal.ts';
import { Act, ActingPerson, type Deciders, FormKeys } from './acts-fields.tsx';
import { Concerns } from './measures-table.tsx';

interface RequestFormsProps {
  readonly issue: IssueReading;
  readonly holders: readonly PersonReading[];
  /** Who decides on an extension: the next may be another level's (延期逐级). */
  readonly extension: Deciders;
  readonly seal: FormSeal;
}

/** What else the office can decide about the issue now: each form stands only while there is something to decide. */
export function RequestForms({ issue, holders, extension: deciders, seal }: RequestFormsProps) {
  const { id, extension, dispute, suspension, items, undoable, phase, measures } = issue;
  const form = { id, holders, seal };
  const judges = issue.people.flatMap(({ role, persons }) => (role === 'office' || role === 'reviewer' ? persons : []));
  const doer = [{ id: issue.progress?.undoable?.by ?? '' }];
  const asked = items.filter(({ state }) => state === 'askedToLeave');
  const received = measures.flatMap(({ number, evidence }) =>
    evidence.filter(({ state }) => state === 'received').map((one) => ({ ...one, number })),
  );
  const judging = (phase === 'rectification' || phase === 'assignment') && received.length > 0;
  return (
    <div id="requests">
      {extension.pending === null ? null : (
        <Act
          title="决定延期申请"
          note={`${extension.pending.by}申请延至${dayWords(extension.pending.until)}`}
          holders={deciders.holders}
          open
        >
          <RequestForm {...form} {...deciders} request="decideExtension">
            <Choice name="decision" legend="决定" options={{ granted: '同意延期', refused: '不同意' }} />
            <Words name="reason" label="理由" />
          </RequestForm>
        </Act>
      )}
      {dispute === null ? null : (
        <Act title="核实异议" note={`${dispute.by}${dayWords(dispute.on)}提出`} holders={holders} open>
          <RequestForm {...form} request="decideDispute">
            <Choice
              name="decision"
              legend="结论"
              options={{ upheld: '异议成立，撤销问题', rejected: '异议不成立，继续整改' }}
            />
            <Words name="reason" label="核实情况" />
          </RequestForm>
        </Act>
      )}
      {judging ? (
        <Act title="审核佐证" note={`${String(received.length)}份待审核，不待销号`} holders={judges}>
          <RequestForm {...form} request="judgeEvidence">
            <fieldset>
              <legend>审核哪几份</legend>
              {received.map(({ id: evidenceId, fileName, number, concerns }) => (
                <div class="choice">
                  <input type="checkbox" id={`judge-${evidenceId}`} name="evidence" value={evidenceId} />
                  <label for={`judge-${evidenceId}`}>
                    {number === 0 ? '' : `措施${String(number)}　`}
                    {fileName}
                    <Concerns concerns={concerns} />
                  </label>
                </div>
              ))}
            </fieldset>
            <Choice name="decision" legend="结论" options={{ accepted: '认可', returned: '退回，须重交' }} />
            <Words name="reason" label="理由（退回时必填）" />
          </RequestForm>
        </Act>
      ) : null}
      {asked.length === 0 ? null : (
        <Act title="出库复核" note={`${String(asked.length)}项提请出库；由提请人以外的人复核`} holders={judges} open>
          <RequestForm {...form} request="recheckItems">
            <fieldset>
              <legend>可以出库的（不勾的退回整治）</legend>
              {asked.map(({ id: itemId, name, number }) => (
                <div class="choice">
                  <input type="hidden" name="asked" value={itemId} />
                  <input type="checkbox" id={`left-${itemId}`} name="left" value={itemId} />
                  <label for={`left-${itemId}`}>{`${String(number)}　${name}`}</label>
                </div>
              ))}
            </fieldset>
            <Words name="finding" label="复核看到的情况" />
          </RequestForm>
        </Act>
      )}
      {suspension === null ? null : (
        <Act title="恢复整改" note={`已中止${String(suspension.workdays)}个工作日，未到的时限顺延`} holders={holders}>
          <RequestForm {...form} request="resumeIssue">
            <Words name="reason" label="理由" />
          </RequestForm>
        </Act>
      )}
      {undoable === null ? null : (
        <Act
          title="撤回上一步"
          note={`事件${String(undoable.sequence)}，只有${undoable.by}本人可以撤回`}
          holders={doer}
        >
          <RequestForm {...form} request="undoLastStep">
            <Words name="reason" label="理由" />
          </RequestForm>
        </Act>
      )}
    </div>
  );
}

function RequestForm({
  id,
  holders,
  roleName = '督办办公室',
  seal,
  request,
  children,
}: {
  id: string;
  holders: readonly PersonReading[];
  roleName?: string;
  seal: FormSeal;
  request: string;
  children?: Child;
}) {
  return (
    <form class="form" method="post" action={`/issues/${id}/requests/${request}`}>
      <FormKeys seal={seal} />
      {children}
      <ActingPerson holders={holders} id={`${request}-by`} roleName={roleName} />
      <button class="button primary" type="submit">
        登记
      </button>
    </form>
  );
}

function Choice({
  name,
  legend,
  options,
}: {
  name: string;
  legend: string;
  options: Readonly<Record<string, string>>;
}) {
  return (
    <fieldset>
      <legend>{legend}</legend>
      {Object.entries(options).map(([value, label]) => (
        <div class="choice">
          <input type="radio" id={`${name}-${value}`} name={name} value={value} required />
          <label for={`${name}-${value}`}>{label}</label>
        </div>
      ))}
    </fieldset>
  );
}

function Words({ name, label }: { name: string; label: string }) {
  return (
    <label>
      {label}
      <textarea name={name} rows={2}></textarea>
    </label>
  );
}
