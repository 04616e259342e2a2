import type { Calendar } from '../../workflows/rules/calendar.ts';
import { lineName, outcomes, type Sheet, type SheetLine, standings } from '../look-backs/finding-words.ts';
import { photosAtMost } from '../look-backs/record-look-back-sheet.ts';
import type { IssueReading } from '../reading/issue.ts';
import type { LookBackSheetReading } from '../reading/look-back-sheet.ts';
import type { ReviewedMeasure } from '../reading/review.ts';
import { distanceWords, shortDayWords } from '../reading/words.ts';
import type { FormSeal } from './form-seal.ts';
import { reviewsPath } from './reviews.tsx';
import { ActingPerson, FormKeys } from './parts/acts-fields.tsx';
import { Barred } from './parts/barred.tsx';
import { Choices } from './parts/choices.tsx';
import { EarlierDecisions } from './parts/earlier-decisions.tsx';
import { Heading, Page, type PageProps } from './parts/layout.tsx';
import { MeasureSides } from './parts/measure-sides.tsx';
import { FoundText } from './parts/small.tsx';
import { Remarks } from './parts/standing.tsx';

/** A sheet as it was filled in, with the new deadline of a rebound. */
export interface FilledSheet extends Sheet {
  readonly deadline: string;
}

interface SheetProps extends Pick<PageProps, 'refusal' | 'done'> {
  readonly issue: IssueReading;
  readonly sheet: LookBackSheetReading;
  readonly calendar?: Calendar | undefined;
  readonly seal: FormSeal;
  /** What was filled in before it was refused. */
  readonly filled?: FilledSheet | undefined;
}

/** The sheet of a look-back (回头看检查单): each measure as it is now beside what was accepted for it, the finding, and photos. */
export function LookBackSheetPage({ issue, sheet, calendar, seal, filled, refusal, done }: SheetProps) {
  const { id, code, title, text, obligations } = issue;
  const due = obligations.find(({ kind }) => kind === 'lookBack');
  const may = sheet.state !== 'none' && sheet.notHim === null;
  const lines = sheet.measures.map((measure) => {
    const line = filled?.lines.find((one) => one.measure === measure.number);
    return <Line {...{ measure, calendar, line, form: may ? 'here' : 'none' }} />;
  });
  return (
    <Page title={`回头看 ${code} ${title}`} current="issues" refusal={refusal} done={done}>
      <p class="crumbs">
        <a href={reviewsPath(issue.clockId)}>待审核与回头看</a>
        <span aria-hidden="true">›</span>
        <a href={`/issues/${id}`}>{code}</a>
      </p>
      <h1>{`回头看检查单：${title}`}</h1>
      <p class="facts">
        <span>{`第${String(issue.cycle)}轮　${issue.phaseName}`}</span>
        {due === undefined ? null : (
          <span>
            <b>{`应于${shortDayWords(due.dueOn)}，${distanceWords(due.workdaysLeft)}`}</b>
          </span>
        )}
      </p>
      {sheet.because === '' ? null : <p class="lacking">{`${sheet.because}。`}</p>}
      <Barred separation={sheet} act="登记这次回头看" />
      <Remarks issue={issue} />
      <FoundText text={text} />
      {may ? (
        <form class="review" method="post" action={`/issues/${id}/look-back-sheet`} enctype="multipart/form-data">
          <FormKeys seal={seal} />
          {lines}
          <Record issue={issue} sheet={sheet} filled={filled} />
        </form>
      ) : (
        <div class="review">{lines}</div>
      )}
      <EarlierDecisions events={sheet.earlier} />
    </Page>
  );
}

interface LineProps {
  readonly measure: ReviewedMeasure;
  readonly calendar?: Calendar | undefined;
  readonly line: SheetLine | undefined;
  readonly form: 'here' | 'none';
}

function Line({ measure, calendar, line, form }: LineProps) {
  const { number, kind } = measure;
  return (
    <MeasureSides {...{ measure, calendar, evidence: '没有认可的佐证。' }}>
      {form === 'none' ? null : (
        <fieldset class="opinion">
          <legend>{`${lineName(number)}现在怎样`}</legend>
          <Choices name={`standing-${String(number)}`} choices={standings} chosen={line?.standing} />
          <label for={`note-${String(number)}`}>
            看到的情况
            <span class="hint">
              {kind === 'accountability'
                ? '这是追责问责措施，写在这里的话看得到本问题的人都看得到；不要写姓名和处分'
                : '不是仍在落实的必填'}
            </span>
          </label>
          <textarea id={`note-${String(number)}`} name={`note-${String(number)}`} rows={2}>
            {line?.note ?? ''}
          </textarea>
        </fieldset>
      )}
    </MeasureSides>
  );
}

function Record({
  issue,
  sheet,
  filled,
}: {
  issue: IssueReading;
  sheet: LookBackSheetReading;
  filled: FilledSheet | undefined;
}) {
  const choices = sheet.state === 'early' ? { rebound: outcomes.rebound } : outcomes;
  return (
    <section class="part" aria-labelledby="h-record">
      <Heading id="h-record" note="检查单和照片随这次回头看留底">
        结果
      </Heading>
      <div class="form sheet-form">
        <div>
          <label for="words">
            总的情况
            <span class="hint">看了什么地方、问了谁、抽查了多少、结果如何</span>
          </label>
          <textarea id="words" name="words" required rows={4}>
            {filled?.words ?? ''}
          </textarea>
        </div>
        <fieldset>
          <legend>照片</legend>
          <div class="pair fits">
            <div>
              <label for="photos-taken">现场拍照</label>
              <input id="photos-taken" type="file" name="photos" accept="image/*" capture="environment" />
            </div>
            <div>
              <label for="photos">选照片，可以几张</label>
              <input id="photos" type="file" name="photos" accept="image/*" multiple />
            </div>
          </div>
          <p class="hint">
            {`最多${String(photosAtMost)}张，一次不超过60 MB。`}
            {filled === undefined ? '' : '没有办成的，照片要重新选。'}
          </p>
        </fieldset>
        <fieldset>
          <legend>结论</legend>
          <Choices
            name="outcome"
            choices={choices}
            chosen={filled?.outcome}
            hints={{ holds: '归档', partly: '按政策的月数再看一次', rebound: '重新整改，另定时限' }}
          />
        </fieldset>
        <div>
          <label for="deadline">
            新的整改时限（含当日）
            <span class="hint">反弹的才填</span>
          </label>
          <input type="date" id="deadline" name="deadline" min={issue.today} value={filled?.deadline ?? ''} />
        </div>
        <ActingPerson holders={sheet.deciders} id="sheet-by" roleName={sheet.roleName} />
        <button class="button primary" type="submit">
          登记回头看
        </button>
      </div>
    </section>
  );
}
