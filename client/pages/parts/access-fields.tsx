import type { Child } from 'hono/jsx';
import { passwordLength } from '../../access/auth.ts';

/** What every page of signing in is told. */
export interface Told {
  readonly seal: string;
  readonly refusal?: string | undefined;
  readonly done?: string | undefined;
}

/** How a password should be. */
export const unlike = `至少${String(passwordLength.min)}位；几个词连起来就好记难猜，不要有自己的姓名或邮箱名。`;

/** A page of one form. */
export function Narrow({
  title,
  intro,
  children,
}: {
  readonly title: string;
  readonly intro: string;
  readonly children?: Child;
}) {
  return (
    <div class="narrow">
      <h1>{title}</h1>
      <p>{intro}</p>
      {children}
    </div>
  );
}

interface FieldProps {
  /** The name unless another form of the page has a field of that name. */
  readonly id?: string;
  readonly name: string;
  readonly label: string;
  readonly type?: 'text' | 'email' | 'password' | 'date';
  readonly value?: string;
  readonly hint?: string;
  readonly autocomplete: string;
  readonly readonly?: true;
  /** The last day that may be chosen. */
  readonly max?: string;
}

/** A field that must be filled in. */
export function Field({
  name,
  id = name,
  label,
  type = 'text',
  value = '',
  hint,
  autocomplete,
  readonly,
  max,
}: FieldProps) {
  const described = hint === undefined ? {} : { 'aria-describedby': `${id}-hint` };
  return (
    <div>
      <label for={id}>{label}</label>
      <input id={id} required readonly={readonly} max={max} {...{ name, type, value, autocomplete }} {...described} />
      {hint === undefined ? null : (
        <span class="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
    </div>
  );
}
