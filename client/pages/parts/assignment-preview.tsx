import type { Assigned } from '../../rounds/assign.ts';
import type { FormSeal } from '../form-seal.ts';
import { Heading } from './layout.tsx';

/** What an uploaded assignment would change, and the file that is written when it is confirmed. */
export interface AssignmentShown {
  readonly assigned: Assigned;
  readonly sha256: string;
  readonly fileName: string;
}

/** Shows what an assignment (责任分工) would change before anything is written. */
export function AssignmentPreview({ id, shown, seal }: { id: string; shown: AssignmentShown; seal: FormSeal }) {
  const { assigned, sha256, fileName } = shown;
  const { people, changes, notes } = assigned;
  const isSame = people.length + changes.length === 0;
  return (
    <section class="part" aria-labelledby="h-assignment">
      <Heading id="h-assignment" note="还没有写入">
        分工预览：{fileName}
      </Heading>
      {isSame ? <p>与现在的分工完全相同。</p> : null}
      <ul>
        {[...people, ...changes].map((sentence) => (
          <li>{sentence}</li>
        ))}
      </ul>
      {notes.map((note) => (
        <p class="note">请核对：{note}</p>
      ))}
      <form class="form" method="post" action={`/rounds/${id}/assignments`}>
        <input type="hidden" name="seal" value={seal} />
        <input type="hidden" name="sha256" value={sha256} />
        <input type="hidden" name="fileName" value={fileName} />
        <button class="button primary" type="submit">
          确认导入
        </button>
      </form>
    </section>
  );
}
