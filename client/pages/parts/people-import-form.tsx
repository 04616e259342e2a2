import type { DirectoryImportReading } from '../../directory-imports.ts';
import type { PersonReading } from '../../reading/role-holders.ts';
import type { FormSeal } from '../form-seal.ts';
import { ActingPerson } from './acts-fields.tsx';
import { Moment } from './small.tsx';

export interface PeopleImportProps {
  /** The draft on whose page it stands. */
  readonly id: string;
  /** Who of the office may sign; as long as nobody is, nobody has to. */
  readonly office: readonly Pick<PersonReading, 'id' | 'name'>[];
  readonly lastImport: DirectoryImportReading | undefined;
  readonly seal: FormSeal;
}

/** Imports a list of people, in the name of somebody of the office; beside it, who did so last. */
export function PeopleImportForm({ id, office, lastImport, seal }: PeopleImportProps) {
  return (
    <form class="form" method="post" action={`/rounds/${id}/people`} enctype="multipart/form-data">
      <input type="hidden" name="seal" value={seal} />
      <div>
        <label for="people-file">
          人员名单
          <span class="hint">.csv，列：姓名、邮箱、单位、职务</span>
        </label>
        <input type="file" id="people-file" name="file" accept=".csv" />
      </div>
      <div>
        <label for="people-pasted">
          或者粘贴名单
          <span class="hint">从 Excel、WPS 里连表头一起复制过来就行</span>
        </label>
        <textarea id="people-pasted" name="pasted" rows={3}></textarea>
      </div>
      {office.length === 0 ? null : <ActingPerson holders={office} id="people-by" roleName="督办办公室" />}
      {lastImport === undefined ? null : (
        <p class="note">
          {`上次导入：${[lastImport.fileName, lastImport.by ?? ''].filter((words) => words !== '').join('，')}，`}
          <Moment at={lastImport.at} />
        </p>
      )}
      <button class="button" type="submit">
        导入人员
      </button>
    </form>
  );
}
