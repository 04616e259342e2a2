import { randomUUID } from 'node:crypto';
import { type Child, useContext } from 'hono/jsx';
import type { Acting } from '../../access/visit.ts';
import type { PersonReading } from '../../reading/role-holders.ts';
import type { FormSeal } from '../form-seal.ts';
import { Visiting } from './visiting.ts';

interface ActProps {
  readonly title: string;
  readonly note: string;
  readonly open?: true;
  /** Who may do it: for anybody else who is signed in it is not there. */
  readonly holders: readonly Pick<PersonReading, 'id'>[];
  readonly children?: Child;
}

/** A thing to do, folded until it is wanted; the one that is due stands open. */
export function Act({ title, note, open, holders, children }: ActProps) {
  if (!isHis(useContext(Visiting).acting, holders)) return null;
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

/** Whether whoever acts is one of these, or stands in for one of them (委托); the request's own rule has the last word. */
function isHis(acting: Acting, holders: readonly Pick<PersonReading, 'id'>[]): boolean {
  return acting.by === 'choice' || holders.some(({ id }) => acting.standsFor.includes(id));
}

/** Who acts: whoever is signed in, or in a drill one of those who hold the role; the ledger keeps the name. */
export function ActingPerson({
  holders,
  id,
  roleName,
  label = '以谁的名义',
}: {
  holders: readonly Pick<PersonReading, 'id' | 'name'>[];
  id: string;
  roleName: string;
  label?: string;
}) {
  const { acting } = useContext(Visiting);
  if (acting.by === 'viewer') return <p class="hint">{`以${acting.name}的名义登记`}</p>;
  if (holders.length === 0) return <p class="lacking">{`本问题还没有${roleName}，不能登记。`}</p>;
  return (
    <div>
      <label for={id}>{label}</label>
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
