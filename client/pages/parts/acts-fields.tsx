import { randomUUID } from 'node:crypto';
import type { Child } from 'hono/jsx';
import type { PersonReading } from '../../reading/role-holders.ts';
import type { FormSeal } from '../form-seal.ts';

/** A thing to do, folded until it is wanted; the one that is due stands open. */
export function Act({ title, note, open, children }: { title: string; note: string; open?: true; children?: Child }) {
  return (
    <details class="act" open={open}>
      <summary>
        <b>{title}</b>
        <span>{note}</span>
      </summary>
      {children}
    </details>
  );
}

/** Who may decide something now: the holders of the role whose turn it is. */
export interface Deciders {
  readonly holders: readonly PersonReading[];
  readonly roleName: string;
}

/** Who acts, for the time being chosen from those who hold the role; the ledger keeps the name. */
export function ActingPerson({
  holders,
  id,
  roleName,
}: {
  holders: readonly Pick<PersonReading, 'id' | 'name'>[];
  id: string;
  roleName: string;
}) {
  if (holders.length === 0) return <p class="lacking">{`本问题还没有${roleName}，不能登记。`}</p>;
  return (
    <div>
      <label for={id}>以谁的名义</label>
      <select id={id} name="by" required>
        {holders.map(({ id: personId, name }) => (
          <option value={personId}>{`${name}（${roleName}）`}</option>
        ))}
      </select>
    </div>
  );
}

/** A form is handled once, however often it is sent. */
export function FormKeys({ seal }: { seal: FormSeal }) {
  return (
    <>
      <input type="hidden" name="seal" value={seal} />
      <input type="hidden" name="requestId" value={`page-${randomUUID()}`} />
    </>
  );
}
