import type { AdoptionPreview } from '../../adoption/adopt-policy.ts';
import type { ComingLine, LineChanges } from '../../adoption/line-changes.ts';
import type { PolicyChange } from '../../policy/policy-changes.ts';
import { dayWords, shortRoleNames } from '../../reading/words.ts';
import type { PersonReading } from '../../reading/role-holders.ts';
import type { FormSeal } from '../form-seal.ts';
import { ActingPerson, FormKeys } from '../parts/acts-fields.tsx';
import { Heading } from '../parts/layout.tsx';
import { FiguresTable, Folded } from '../parts/small.tsx';

interface AdoptionProps {
  readonly preview: AdoptionPreview;
  readonly office: readonly PersonReading[];
  readonly path: string;
  readonly seal: FormSeal;
}

/** What adopting a version would change, and the way to do it. */
export function AdoptionForm({ preview, office, path, seal }: AdoptionProps) {
  const { version, settings, issues, proposalsSilenced, people, duties, outlook } = preview;
  const kinds = outlook.kinds.filter(
    ({ before, after }) => before.times !== after.times || before.lines !== after.lines,
  );
  return (
    <section class="part" aria-labelledby="h-adopt">
      <Heading id="h-adopt" note="预览，还没有采用">
        {`采用第${String(version)}版会动什么`}
      </Heading>
      <ul class="texts">
        {settings.map((setting) => (
          <li>{settingWords(setting)}</li>
        ))}
      </ul>
      <p>{`${String(issues)}个在办问题改按这一版。${changeWords('问题', preview)}${changeWords('轮次事项', duties)}`}</p>
      {proposalsSilenced === 0 ? null : <p>{`日期已过、不再提请的${String(proposalsSilenced)}项。`}</p>}
      <LinesChanged changes={preview} />
      {kinds.length === 0 ? (
        <p class="note">{`若一直无人办理，到${dayWords(outlook.through)}应办次数和提醒条数都不变。`}</p>
      ) : (
        <Folded summary={`若一直无人办理，到${dayWords(outlook.through)}各类事项怎么变`}>
          <FiguresTable
            caption="各类事项的次数和提醒条数"
            heads={['事项', '次数', '采用后', '提醒', '采用后']}
            rows={kinds.map(
              ({ name, before, after }) => [name, before.times, after.times, before.lines, after.lines] as const,
            )}
          />
        </Folded>
      )}
      {people.length === 0 ? null : (
        <Folded summary={`各人今后收到的提醒（${String(people.length)}人有变化）`}>
          <FiguresTable
            caption="各人今后收到的提醒条数"
            heads={['人员', '现在', '采用后']}
            rows={people.map(({ name, before, after }) => [name, before, after] as const)}
          />
        </Folded>
      )}
      <form class="form" method="post" action={`${path}/adoption`}>
        <FormKeys seal={seal} />
        <input type="hidden" name="version" value={String(version)} />
        <p class="note">从现在起按这一版催；已过的日期不补发、不补提请，问题的时限不变。采用留下采用人和时间。</p>
        <ActingPerson holders={office} id="adopt-by" roleName="督办办公室" />
        <button class="button primary" type="submit">
          {`采用第${String(version)}版`}
        </button>
      </form>
    </section>
  );
}

/** Of a longer list the first are named; the command line has them all. */
const linesShown = 20;

function LinesChanged({ changes: { vanish, move, appear } }: { changes: LineChanges }) {
  const lines = [
    ...move.map(({ from, to }) => `改期　${lineWords(from)}，改到${dayWords(to.plannedOn)}`),
    ...vanish.map((line) => `取消　${lineWords(line)}`),
    ...appear.map((line) => `新增　${lineWords(line)}`),
  ];
  if (lines.length === 0) return null;
  const rest = lines.length - linesShown;
  return (
    <Folded summary={`逐条看（${String(lines.length)}条）`}>
      <ul class="texts">
        {lines.slice(0, linesShown).map((words) => (
          <li>{words}</li>
        ))}
      </ul>
      {rest <= 0 ? null : (
        <p class="note">{`还有${String(rest)}条，命令行 policy adopt --preview --json 里有全部。`}</p>
      )}
    </Folded>
  );
}

function lineWords({ code, words, role, plannedOn }: ComingLine): string {
  return `${dayWords(plannedOn)} ${code} ${words}，给${shortRoleNames[role]}`;
}

function changeWords(what: string, { vanish, move, appear, alter }: LineChanges): string {
  const counts = [
    ['取消', vanish],
    ['改期', move],
    ['新增', appear],
    ['改时间或语气', alter],
  ] as const;
  const changed = counts.filter(([, lines]) => lines.length > 0);
  const words = changed.map(([name, lines]) => `${name}${String(lines.length)}条`).join('，');
  return `${what}的提醒${words === '' ? '不变' : words}。`;
}

/** What is longer than a word or two is only named. */
function settingWords({ field, before, after }: PolicyChange): string {
  if (before === undefined || before === null) return `${field}：新增`;
  if (after === undefined || after === null) return `${field}：取消`;
  const [from, to] = [JSON.stringify(before), JSON.stringify(after)];
  return from.length + to.length > 60 ? `${field}：有改动` : `${field}：由${from}改为${to}`;
}
