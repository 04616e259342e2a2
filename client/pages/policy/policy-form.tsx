import { obligationNames, punishmentNames, roleNames } from '../../../workflows/rules/names.ts';
import type { Policy, Rung } from '../../../workflows/rules/policy.ts';
import { editedNumbers, rungField, type Typed } from '../../policy/edited-policy.ts';
import { fieldNames } from '../../policy/field-names.ts';
import { letterWords } from '../../reading/words.ts';
import { laddersIn } from '../../set-up/ladder-preview.ts';
import type { FormSeal } from '../form-seal.ts';
import { Heading } from '../parts/layout.tsx';

interface PolicyFormProps {
  readonly policy: Policy;
  readonly version: number;
  readonly path: string;
  readonly typed: Typed;
  readonly seal: FormSeal;
}

/** Makes a new version of what is looked at; nothing goes by it until it is adopted. */
export function PolicyForm({ policy, version, path, typed, seal }: PolicyFormProps) {
  return (
    <section class="part" aria-labelledby="h-change">
      <Heading id="h-change" note="先存为新的一版，看了会动哪些提醒，再采用">
        改一改
      </Heading>
      <form class="form" method="post" action={path}>
        <input type="hidden" name="seal" value={seal} />
        <input type="hidden" name="version" value={String(version)} />
        <div class="sheet-fields">
          {editedNumbers.map((name) => (
            <div>
              <label for={name}>{fieldNames[name]}</label>
              <input
                type="number"
                id={name}
                name={name}
                min="0"
                max="250"
                required
                value={typed(name) ?? String(policy[name])}
              />
            </div>
          ))}
          <div>
            <label for="sendAt">{fieldNames.sendAt}</label>
            <input type="time" id="sendAt" name="sendAt" required value={typed('sendAt') ?? policy.sendAt} />
          </div>
        </div>
        <details class="folded">
          <summary>各类事项哪个工作日催谁</summary>
          <p class="hint">到期或开始应办以前的写负数；当天写0。</p>
          {laddersIn(policy).map((kind) => (
            <fieldset class="sheet-rows">
              <legend>{obligationNames[kind]}</legend>
              <div class="sheet-fields">
                {(policy.ladders[kind] ?? []).map((rung) => (
                  <RungDay rung={rung} field={rungField(kind, rung)} typed={typed} />
                ))}
              </div>
            </fieldset>
          ))}
        </details>
        <div>
          <label for="note">
            为什么改
            <span class="hint">留在各版的记录里</span>
          </label>
          <input type="text" id="note" name="note" required maxlength={500} value={typed('note') ?? ''} />
        </div>
        <button class="button" type="submit">
          存为新的一版，看会动什么
        </button>
      </form>
    </section>
  );
}

function RungDay({ rung, field, typed }: { rung: Rung; field: string; typed: Typed }) {
  const value = typed(field) ?? String(rung.workdays);
  return (
    <div>
      <label for={field}>{rungWords(rung)}</label>
      <input type="number" id={field} name={field} min="-250" max="250" required value={value} />
    </div>
  );
}

function rungWords({ from, letter, to, proposal, repeatEveryWorkdays }: Rung): string {
  const counted = from === 'due' ? '到期后第几天' : '开始应办后第几天';
  const repeats = repeatEveryWorkdays === undefined ? '' : `，以后每${String(repeatEveryWorkdays)}个工作日一次`;
  const what =
    proposal === undefined
      ? `${letterWords(letter)}${to.map((role) => roleNames[role]).join('、')}`
      : `提请${punishmentNames[proposal]}`;
  return `${counted}${what}${repeats}`;
}
