/** A person as the directory (通讯录) knows him. */
export interface Listed {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly unit: string;
  readonly position: string;
}

export interface NamesRead {
  readonly people: readonly Listed[];
  /** What names nobody, or more than one, in a sentence each. */
  readonly problems: readonly string[];
}

/** Resolves names as people write them in a cell. Nobody is guessed: who is not named exactly is a problem. */
export class Directory {
  readonly #people: readonly Listed[];

  constructor(people: readonly Listed[]) {
    this.#people = people;
  }

  /** Names separated by 、，；/ or spaces; each a name, an e-mail address, 姓名（部门） or 部门（姓名）. */
  named(cell: string): NamesRead {
    const words = cell.normalize('NFKC').trim();
    const whole = words.replace(/\s/gu, '');
    // Two-character names are often spread with a space (王 五).
    const parts = this.#people.some(({ name }) => plain(name) === whole)
      ? [whole]
      : words.replace(/\s+(?=\()/gu, '').split(/[、,;/|\s]+/u);
    const people: Listed[] = [];
    const problems: string[] = [];
    for (const part of parts.filter((text) => text !== '')) {
      const found = this.#candidates(part);
      const [only] = found;
      if (only !== undefined && found.length === 1) {
        if (!people.includes(only)) people.push(only);
      } else if (found.length === 0) problems.push(`“${part}”不在通讯录里`);
      else
        problems.push(
          `“${part}”有 ${String(found.length)} 位：${found.map(shown).join('、')}，请写成“姓名（单位）”或写邮箱`,
        );
    }
    return { people, problems };
  }

  #candidates(part: string): readonly Listed[] {
    if (part.includes('@')) return this.#people.filter(({ email }) => email === part.toLowerCase());
    const named = this.#people.filter(({ id, name }) => plain(name) === part || id === part);
    if (named.length > 0) return named;
    const [, outside, inside] = /^([^()]+)\(([^()]+)\)$/u.exec(part) ?? [];
    if (outside === undefined || inside === undefined) return [];
    const both = (name: string, unit: string) =>
      this.#people.filter((person) => plain(person.name) === name && plain(person.unit) === unit);
    return [...both(outside, inside), ...both(inside, outside)];
  }
}

function shown({ name, unit, email }: Listed): string {
  const about = [unit, email ?? '无邮箱'].filter((text) => text !== '').join('，');
  return `${name}（${about}）`;
}

function plain(text: string): string {
  return text.normalize('NFKC').replace(/\s/gu, '');
}
