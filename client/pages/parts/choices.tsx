interface ChoicesProps<Name extends string> {
  readonly name: string;
  readonly choices: Readonly<Partial<Record<Name, string>>>;
  readonly chosen: Name | undefined;
  /** What follows from a choice. */
  readonly hints?: Readonly<Record<Name, string>>;
}

/** One of several, which has to be chosen. */
export function Choices<Name extends string>({ name, choices, chosen, hints }: ChoicesProps<Name>) {
  const all = Object.entries(choices) as [Name, string][];
  return (
    <>
      {all.map(([value, words]) => (
        <div class="choice">
          <input type="radio" id={`${name}-${value}`} name={name} value={value} required checked={chosen === value} />
          <label for={`${name}-${value}`}>
            {words}
            {hints === undefined ? null : <span class="hint">{hints[value]}</span>}
          </label>
        </div>
      ))}
    </>
  );
}
