import { roleNames } from '../../../workflows/rules/names.ts';
import { Directory } from '../../rounds/directory.ts';
import { type DraftSheet, issueRoles, wholeRoles, wordsFor } from '../../set-up/draft-sheet.ts';
import { issueField, type Typed, wholeField } from '../../set-up/typed-rows.ts';
import type { FormSeal } from '../form-seal.ts';
import { ActingPerson } from '../parts/acts-fields.tsx';
import { AssignmentPreview, type AssignmentShown } from '../parts/assignment-preview.tsx';
import { Heading } from '../parts/layout.tsx';
import { PeopleImportForm, type PeopleImportProps } from '../parts/people-import-form.tsx';
import { Folded } from '../parts/small.tsx';
import { Onward, type SetUpFrame, SetUpPage } from './frame.tsx';

interface PeopleProps {
  readonly frame: SetUpFrame;
  readonly sheet: DraftSheet;
  readonly typed: Typed;
  /** What is missing before the launch, each a sentence. */
  readonly missing: readonly string[];
  readonly office: PeopleImportProps['office'];
  readonly lastImport: PeopleImportProps['lastImport'];
  /** A table that was uploaded and has not been written yet. */
  readonly assignment?: AssignmentShown | undefined;
  readonly seal: FormSeal;
}

const directoryId = 'directory';

/** Who there is, and who is responsible for what: by forms, or by tables that the office has already. */
export function SetUpPeoplePage({ frame, sheet, typed, assignment, missing, office, lastImport, seal }: PeopleProps) {
  const { id } = frame;
  const names = new Directory(sheet.directory);
  return (
    <SetUpPage step="people" frame={frame}>
      <div class="columns">
        <div>
          {assignment === undefined ? null : <AssignmentPreview id={id} shown={assignment} seal={seal} />}
          <datalist id={directoryId}>
            {sheet.directory.map((person) => (
              <option value={wordsFor(person, names)}>{[person.unit, person.position].join(' ')}</option>
            ))}
          </datalist>
          <section class="part" aria-labelledby="h-directory">
            <Heading id="h-directory" count={sheet.directory.length} note="先有人，才好分工">
              人员
            </Heading>
            <div class="ways people-ways">
              <PersonForm id={id} typed={typed} office={office} seal={seal} />
              <PeopleImportForm id={id} office={office} lastImport={lastImport} seal={seal} />
            </div>
            <Folded summary={`名单（${String(sheet.directory.length)}人）`}>
              <ul class="who-list">
                {sheet.directory.map(({ name, unit, position, email }) => (
                  <li>
                    <b>{name}</b>
                    <span class="dim">{[unit, position].filter((words) => words !== '').join('　')}</span>
                    <p class="note">{email ?? '没有邮箱，打印送达'}</p>
                  </li>
                ))}
              </ul>
            </Folded>
          </section>
          <AssignmentForm id={id} sheet={sheet} typed={typed} seal={seal} />
        </div>
        <aside class="rail" aria-label="还缺的，与已有的分工表">
          <section class="next" aria-labelledby="h-missing">
            <h2 id="h-missing">{missing.length === 0 ? '分工齐了' : '还缺'}</h2>
            <ul class="missing-list">
              {missing.map((message) => (
                <li>{message}</li>
              ))}
            </ul>
            <Onward id={id} to="policy" />
          </section>
          <section class="chart" aria-labelledby="h-table">
            <Heading id="h-table">已有分工表</Heading>
            <AssignmentFileForm id={id} seal={seal} />
          </section>
        </aside>
      </div>
    </SetUpPage>
  );
}

type FormProps = Pick<PeopleProps, 'seal' | 'typed'> & { readonly id: string };

function AssignmentForm({ id, sheet, typed, seal }: FormProps & { readonly sheet: DraftSheet }) {
  return (
    <form class="form part" method="post" action={`/rounds/${id}/set-up/people`}>
      <input type="hidden" name="seal" value={seal} />
      <Heading id="h-whole" note="几个人用顿号隔开">
        全轮
      </Heading>
      <p class="note">写姓名；重名的写“姓名（单位）”或邮箱。全轮的责任领导、责任人，管没有单独写明的问题。</p>
      <div class="sheet-fields">
        {wholeRoles.map((role) => {
          const field = wholeField(role);
          return <NameField field={field} label={roleNames[role]} value={typed(field) ?? sheet.whole[role]} />;
        })}
      </div>
      <button class="button primary" type="submit">
        保存分工
      </button>
      <Heading id="h-each" count={sheet.issues.length} note="只改要改的，没有动的不变">
        逐个问题
      </Heading>
      <ol class="sheet-rows">
        {sheet.issues.map((issue) => {
          const unit = issueField('unit', issue);
          return (
            <li>
              <fieldset>
                <legend>
                  <span class="code">{issue.code}</span> {issue.title}
                </legend>
                <div class="sheet-fields">
                  {issueRoles.map((role) => {
                    const field = issueField(role, issue);
                    return (
                      <NameField
                        field={field}
                        label={roleNames[role]}
                        value={typed(field) ?? issue.people[role]}
                        otherwise={issue.otherwise[role]}
                      />
                    );
                  })}
                  <div>
                    <label for={unit}>责任部门</label>
                    <input type="text" id={unit} name={unit} value={typed(unit) ?? issue.unit} maxlength={100} />
                  </div>
                </div>
              </fieldset>
            </li>
          );
        })}
      </ol>
      <button class="button primary" type="submit">
        保存分工
      </button>
    </form>
  );
}

/** A field that takes names as a table's cell does, and offers those of the directory. */
function NameField({
  field,
  label,
  value,
  otherwise = '',
}: {
  field: string;
  label: string;
  value: string;
  /** Who holds the role where nobody is named here. */
  otherwise?: string;
}) {
  return (
    <div>
      <label for={field}>{label}</label>
      <input
        type="text"
        id={field}
        name={field}
        value={value}
        list={directoryId}
        placeholder={otherwise === '' ? undefined : otherwise}
        maxlength={500}
        autocomplete="off"
      />
    </div>
  );
}

const personFields = [
  ['name', '姓名', 'text'],
  ['email', '邮箱（没有就空着，打印送达）', 'email'],
  ['unit', '单位', 'text'],
  ['position', '职务', 'text'],
] as const;

function PersonForm({ id, typed, office, seal }: FormProps & Pick<PeopleProps, 'office'>) {
  return (
    <form class="form" method="post" action={`/rounds/${id}/set-up/person`}>
      <input type="hidden" name="seal" value={seal} />
      <h3>添加一个人</h3>
      <div class="sheet-fields">
        {personFields.map(([name, label, type]) => (
          <div>
            <label for={`person-${name}`}>{label}</label>
            <input
              type={type}
              id={`person-${name}`}
              name={`person-${name}`}
              value={typed(`person-${name}`) ?? ''}
              required={name === 'name'}
              maxlength={200}
            />
          </div>
        ))}
      </div>
      {office.length === 0 ? null : <ActingPerson holders={office} id="person-by" roleName="督办办公室" />}
      <button class="button" type="submit">
        添加
      </button>
    </form>
  );
}

function AssignmentFileForm({ id, seal }: { id: string; seal: FormSeal }) {
  return (
    <form class="form" method="post" action={`/rounds/${id}/assignments`} enctype="multipart/form-data">
      <input type="hidden" name="seal" value={seal} />
      <div>
        <label for="assignments-file">
          责任分工
          <span class="hint">
            .csv，列：编号、责任人、责任领导、组长、督办办公室、巡察办、责任部门、配合部门、整改时限、重要程度、措施类别；编号写
            * 表示全轮
          </span>
        </label>
        <input type="file" id="assignments-file" name="file" accept=".csv" required />
      </div>
      <button class="button" type="submit" name="mode" value="preview">
        看会改什么
      </button>
    </form>
  );
}
