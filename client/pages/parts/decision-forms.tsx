import type { IssueReading } from '../../reading/issue.ts';
import type { EvidenceReading } from '../../reading/measures.ts';
import { measureName } from '../../reading/words.ts';
import type { FormSeal } from '../form-seal.ts';
import { ActingPerson, type Deciders, FormKeys } from './acts-fields.tsx';
import { Concerns } from './measures-table.tsx';

interface DecisionProps extends Deciders {
  readonly issue: IssueReading;
  readonly seal: FormSeal;
}

/** Approves the closure (销号审核): each piece of evidence is ticked by the one who has looked at it. */
export function DecisionForm({
  issue: { id, measures, progress, closureState },
  holders,
  roleName,
  seal,
}: DecisionProps) {
  return (
    <form class="form" method="post" action={`/issues/${id}/closure-decision`}>
      <FormKeys seal={seal} />
      <input type="hidden" name="decision" value="approved" />
      <input type="hidden" name="stateHash" value={closureState ?? ''} />
      <fieldset>
        <legend>认可哪些佐证（每条措施至少一份）</legend>
        {measures.map(({ number, evidence }) =>
          evidence
            .filter(({ state }) => state !== 'returned')
            .map((one) => <EvidenceChoice evidence={one} measure={number} />),
        )}
      </fieldset>
      <ActingPerson holders={holders} id="decide-by" roleName={roleName} />
      <button class="button primary wide" type="submit">
        {progress?.closure?.outcome === 'longTerm' ? '同意转入长期坚持' : '同意销号'}
      </button>
    </form>
  );
}

function EvidenceChoice({
  evidence: { id, fileName, person, concerns },
  measure,
}: {
  evidence: EvidenceReading;
  measure: number;
}) {
  return (
    <div class="choice">
      <input type="checkbox" id={`accept-${id}`} name="acceptedEvidence" value={id} />
      <label for={`accept-${id}`}>
        {measure === 0 ? '' : `措施${String(measure)}　`}
        {fileName}
        <span class="hint">
          {person === null ? '' : `${person}交　`}
          <a href={`/evidence/${id}`}>下载查看</a>
        </span>
        <Concerns concerns={concerns} />
      </label>
    </div>
  );
}

/** Returns the closure with a reason, and says which measures need other evidence. */
export function ReturnForm({ issue: { id, measures }, holders, roleName, seal }: DecisionProps) {
  return (
    <form class="form" method="post" action={`/issues/${id}/closure-decision`}>
      <FormKeys seal={seal} />
      <input type="hidden" name="decision" value="returned" />
      <div>
        <label for="return-reason">
          理由
          <span class="hint">原样写进给责任人的邮件</span>
        </label>
        <textarea id="return-reason" name="reason" required rows={3}></textarea>
      </div>
      <fieldset>
        <legend>哪几条的佐证要重交</legend>
        {measures.map(({ number }) => (
          <div class="choice">
            <input type="checkbox" id={`return-${String(number)}`} name="measures" value={String(number)} />
            <label for={`return-${String(number)}`}>{measureName(number)}</label>
          </div>
        ))}
      </fieldset>
      <ActingPerson holders={holders} id="return-by" roleName={roleName} />
      <button class="button" type="submit">
        退回
      </button>
    </form>
  );
}
