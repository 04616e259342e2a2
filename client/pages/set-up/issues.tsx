import { weightNames } from '../../../workflows/rules/names.ts';
import type { IssueWeight } from '../../../workflows/rules/terms.ts';
import { kindNames } from '../../reading/words.ts';
import type { DraftSheet, SheetIssue } from '../../set-up/draft-sheet.ts';
import { issueField, type Typed } from '../../set-up/typed-rows.ts';
import type { FormSeal } from '../form-seal.ts';
import { Heading } from '../parts/layout.tsx';
import { Onward, type SetUpFrame, SetUpPage } from './frame.tsx';

interface IssuesProps {
  readonly frame: SetUpFrame;
  readonly sheet: DraftSheet;
  /** What was typed when the form was refused. */
  readonly typed: Typed;
  readonly seal: FormSeal;
}

/** What was read from the notice, issue by issue, with what may be put right before the launch. */
export function SetUpIssuesPage({ frame, sheet, typed, seal }: IssuesProps) {
  const { issues } = sheet;
  return (
    <SetUpPage step="issues" frame={frame}>
      <form class="form part" method="post" action={`/rounds/${frame.id}/set-up/issues`}>
        <input type="hidden" name="seal" value={seal} />
        <Heading id="h-issues" count={issues.length} note="只改要改的，没有动的不变">
          反馈问题
        </Heading>
        <p class="note">
          整改时限写日期，也可写“立行立改”“长期坚持”“2027年3月底前”；改了时限，该问题各条措施随之改。重大问题按政策多一级审核，必须回头看。
        </p>
        <ol class="sheet-rows">
          {issues.map((issue) => (
            <IssueRow issue={issue} typed={typed} />
          ))}
        </ol>
        <button class="button primary" type="submit">
          保存改动
        </button>
      </form>
      <Onward id={frame.id} to="people" />
    </SetUpPage>
  );
}

function IssueRow({ issue, typed }: { issue: SheetIssue; typed: Typed }) {
  const { code, title, deadline, deadlineNote, kind, weight, measures } = issue;
  const [due, weighs] = [issueField('deadline', issue), issueField('weight', issue)];
  return (
    <li>
      <fieldset>
        <legend>
          <span class="code">{code}</span> {title}
        </legend>
        <p class="note">{[kindNames[kind], `措施${String(measures)}条`, deadlineNote].filter(Boolean).join('　')}</p>
        <div class="sheet-fields">
          <div>
            <label for={due}>整改时限</label>
            <input type="text" id={due} name={due} value={typed(due) ?? deadline} maxlength={60} required />
          </div>
          <div>
            <label for={weighs}>重要程度</label>
            <select id={weighs} name={weighs}>
              {(Object.keys(weightNames) as IssueWeight[]).map((one) => (
                <option value={weightNames[one]} selected={(typed(weighs) ?? weightNames[weight]) === weightNames[one]}>
                  {weightNames[one]}
                </option>
              ))}
            </select>
          </div>
        </div>
      </fieldset>
    </li>
  );
}
