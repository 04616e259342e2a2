import { useContext } from 'hono/jsx';
import { punishmentNames } from '../../../workflows/rules/names.ts';
import type { ObligationKind } from '../../../workflows/rules/policy.ts';
import { hasEnded, measuresWithoutEvidence, type Proposal } from '../../../workflows/rules/progress.ts';
import type { IssueReading } from '../../reading/issue.ts';
import type { PersonReading } from '../../reading/role-holders.ts';
import { distanceWords, obligationOf, shortDayWords, shortRoleNames } from '../../reading/words.ts';
import type { FormSeal } from '../form-seal.ts';
import { Act, ActingPerson, type Deciders, FormKeys } from './acts-fields.tsx';
import { DecisionForm, ReturnForm } from './decision-forms.tsx';
import { Heading } from './layout.tsx';
import { LookBackForms } from './look-back-forms.tsx';
import { RequestForms } from './request-forms.tsx';
import { isOfOffice, Visiting } from './visiting.ts';

interface ActsProps {
  readonly issue: IssueReading;
  readonly seal: FormSeal;
}

/** What the office can do with the issue now, and what it cannot, with what is missing for it. */
export function Acts({ issue, seal }: ActsProps) {
  const { progress, phase, people } = issue;
  if (progress === null) return null;
  const holders = (role: string) => people.find((one) => one.role === role)?.persons ?? [];
  const deciders = (kind: ObligationKind): Deciders => {
    const role = issue.obligations.find((owed) => owed.kind === kind)?.role ?? 'office';
    return { holders: holders(role), roleName: shortRoleNames[role] };
  };
  const cannot = refusals(issue);
  const { extension, dispute, suspension, undoable } = issue;
  const asked = extension.pending ?? dispute ?? suspension ?? undoable;
  const canDo = phase === 'closureReview' || progress.proposals.length > 0 || phase === 'lookBack' || asked !== null;
  return (
    <section class="acts" aria-labelledby="h-acts">
      <Heading id="h-acts">可以办的事</Heading>
      {canDo ? null : <NothingToDecide />}
      {phase === 'closureReview' ? (
        <div id="decide">
          <p class="to-sheet">
            <a href={`/issues/${issue.id}/review`}>对照佐证逐条审核</a>
          </p>
          <Act title="审核销号" note={reviewNote(issue)} holders={deciders('closureDecision').holders} open>
            <DecisionForm issue={issue} {...deciders('closureDecision')} seal={seal} />
          </Act>
          <Act title="退回销号申请" note="须写明理由和要重交的措施" holders={deciders('closureDecision').holders}>
            <ReturnForm issue={issue} {...deciders('closureDecision')} seal={seal} />
          </Act>
        </div>
      ) : null}
      <RequestForms issue={issue} holders={holders('office')} extension={deciders('extensionDecision')} seal={seal} />
      <div id="proposals">
        {progress.proposals.map((proposal) => (
          <Act
            title={`决定提请：是否${punishmentNames[proposal.measure]}`}
            note={`${obligationOf(proposal.obligationId)}逾期未办结，系统按规则提请`}
            holders={holders('office')}
            open
          >
            <ProposalForm issueId={issue.id} proposal={proposal} holders={holders('office')} seal={seal} />
          </Act>
        ))}
      </div>
      {phase === 'lookBack' ? (
        <div id="look-back">
          <LookBackForms issue={issue} holders={holders('reviewer')} seal={seal} />
        </div>
      ) : null}
      {cannot.length === 0 ? null : (
        <>
          <h3 class="cannot-head">现在还不能办</h3>
          <ul class="cannot">
            {cannot.map(({ what, why }) => (
              <li>
                <b>{what}</b>
                <p>{why}</p>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

/** The office decides on these pages; whoever handles or leads answers his mails. */
function NothingToDecide() {
  return (
    <p class="quiet">
      {isOfOffice(useContext(Visiting))
        ? '眼下没有等本办办的事。责任人回信后，这里会出现审核。'
        : '眼下没有要您在这里决定的事。报进展、交材料、申请销号，直接回复督办邮件即可。'}
    </p>
  );
}

function ProposalForm({
  issueId,
  proposal,
  holders,
  seal,
}: {
  issueId: string;
  proposal: Proposal;
  holders: readonly PersonReading[];
  seal: FormSeal;
}) {
  const key = proposal.id.replaceAll('/', '-');
  return (
    <form class="form" method="post" action={`/issues/${issueId}/proposal-decision`}>
      <FormKeys seal={seal} />
      <input type="hidden" name="proposalId" value={proposal.id} />
      <fieldset>
        <legend>决定</legend>
        <div class="choice">
          <input type="radio" id={`${key}-accepted`} name="decision" value="accepted" required />
          <label for={`${key}-accepted`}>采纳，由本办{punishmentNames[proposal.measure]}</label>
        </div>
        <div class="choice">
          <input type="radio" id={`${key}-declined`} name="decision" value="declined" required />
          <label for={`${key}-declined`}>不采纳，继续催办</label>
        </div>
      </fieldset>
      <div>
        <label for={`${key}-reason`}>理由</label>
        <textarea id={`${key}-reason`} name="reason" required rows={2}></textarea>
      </div>
      <ActingPerson holders={holders} id={`${key}-by`} roleName="督办办公室" />
      <button class="button primary" type="submit">
        决定
      </button>
    </form>
  );
}

function reviewNote({ obligations, progress }: IssueReading): string {
  const due = obligations.find(({ kind }) => kind === 'closureDecision');
  const by = progress?.closure?.outcome === 'longTerm' ? '申请转入长期坚持' : '申请销号';
  return due ? `${by}，应于${shortDayWords(due.dueOn)}审结，${distanceWords(due.workdaysLeft)}` : by;
}

function refusals({ progress, phase, obligations }: IssueReading): { what: string; why: string }[] {
  if (progress === null || hasEnded(progress)) return [];
  const missing = measuresWithoutEvidence(progress);
  const isOpen = phase === 'assignment' || phase === 'rectification';
  return [
    ...(isOpen
      ? [
          {
            what: '销号',
            why:
              missing.length > 0
                ? `${missing.map(({ number }) => (number === 0 ? '还没有佐证材料' : `措施${String(number)}还没有佐证材料`)).join('，')}；收齐后由责任人申请`
                : '佐证已交齐，等责任人申请',
          },
        ]
      : []),
    ...(phase === 'lookBack' || phase === 'longTerm' ? [] : [{ what: '登记回头看', why: '销号以后才有回头看' }]),
    ...(phase === 'lookBack' && !obligations.some(({ kind }) => kind === 'lookBack')
      ? [{ what: '登记没有反弹', why: '回头看的时间还没有到；已经反弹的，现在就可以登记' }]
      : []),
    ...(phase === 'longTerm' ? [{ what: '归档', why: '长期坚持的问题按期确认情况，不归档' }] : []),
  ];
}
