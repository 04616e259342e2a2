import type { AdoptionPreview } from '../../adoption/adopt-policy.ts';
import type { ListedPolicyVersion } from '../../adoption/policy-versions.ts';
import type { Typed } from '../../policy/edited-policy.ts';
import { dayOf, type IsoDate } from '../../../workflows/rules/instants.ts';
import { obligationNames } from '../../../workflows/rules/names.ts';
import type { ObligationKind, Policy } from '../../../workflows/rules/policy.ts';
import { laddersIn, type LadderPreview } from '../../set-up/ladder-preview.ts';
import type { PersonReading } from '../../reading/role-holders.ts';
import type { FormSeal } from '../form-seal.ts';
import { Heading, Page, type PageProps } from '../parts/layout.tsx';
import { Day } from '../parts/small.tsx';
import { LadderChart } from '../set-up/ladder-chart.tsx';
import { PolicyWords } from '../set-up/policy.tsx';
import { AdoptionForm } from './adoption.tsx';
import { PolicyForm } from './policy-form.tsx';

interface PolicyPageProps extends Pick<PageProps, 'refusal' | 'done'> {
  readonly round: { readonly id: string; readonly name: string };
  readonly office: readonly PersonReading[];
  readonly versions: readonly ListedPolicyVersion[];
  /** The version that is looked at. */
  readonly shown: ListedPolicyVersion;
  readonly policy: Policy;
  /** What adopting it would change; undefined where it is in force or was. */
  readonly preview: AdoptionPreview | undefined;
  readonly kind: ObligationKind;
  readonly dueOn: IsoDate;
  readonly ladder: LadderPreview;
  /** What was filled in before it was refused. */
  readonly typed: Typed;
  readonly seal: FormSeal;
}

/** The policy (办法) of a round that is under way: what it says, how it climbs, its versions, and the way to a new one. */
export function PolicyPage(props: PolicyPageProps) {
  const { round, office, versions, shown, policy, preview, kind, dueOn, ladder, typed, seal, refusal, done } = props;
  const path = `/rounds/${round.id}/policy`;
  const number = `第${String(shown.version)}版`;
  return (
    <Page title={`政策 ${round.name}`} refusal={refusal} done={done}>
      <p class="crumbs">
        <a href="/">概览</a>
        <span aria-hidden="true">›</span>
        <a href={`/rounds/${round.id}`}>{round.name}</a>
        <span aria-hidden="true">›</span>政策
      </p>
      <h1>{`“${policy.name}”${number}${stateWords[shown.state]}`}</h1>
      <div class="columns">
        <div>
          {preview === undefined ? null : <AdoptionForm preview={preview} office={office} path={path} seal={seal} />}
          <section class="part" aria-labelledby="h-ladder">
            <Heading id="h-ladder" note="例子：一直没人办，会怎样催">
              {`${number}怎么催`}
            </Heading>
            <form class="filter" method="get" action={path}>
              <input type="hidden" name="version" value={String(shown.version)} />
              <div class="grow">
                <label for="kind">哪种事项</label>
                <select id="kind" name="kind">
                  {laddersIn(policy).map((one) => (
                    <option value={one} selected={one === kind}>
                      {obligationNames[one]}
                    </option>
                  ))}
                </select>
              </div>
              <div>
                <label for="due">假定哪天到期</label>
                <input type="date" id="due" name="due" value={dueOn} required />
              </div>
              <button class="button" type="submit">
                看
              </button>
            </form>
            <LadderChart ladder={ladder} />
          </section>
          <PolicyForm policy={policy} version={shown.version} path={path} typed={typed} seal={seal} />
        </div>
        <aside class="rail" aria-label="这一版写什么，有哪些版本">
          <section class="next" aria-labelledby="h-says">
            <h2 id="h-says">{`${number}写什么`}</h2>
            <PolicyWords policy={policy} />
          </section>
          <Versions versions={versions} path={path} shown={shown.version} />
        </aside>
      </div>
    </Page>
  );
}

const stateWords = { current: '，现行', earlier: '，从前用过', notAdopted: '，还没有采用' } as const;

function Versions({
  versions,
  path,
  shown,
}: {
  versions: readonly ListedPolicyVersion[];
  path: string;
  shown: number;
}) {
  return (
    <section class="chart" aria-labelledby="h-versions">
      <Heading id="h-versions" count={versions.length}>
        各版
      </Heading>
      <ul class="missing-list">
        {versions.map(({ version, name, note, createdAt, state }) => (
          <li>
            {version === shown ? (
              <b>{`第${String(version)}版（在看）`}</b>
            ) : (
              <a href={`${path}?version=${String(version)}`}>{`第${String(version)}版`}</a>
            )}
            {`　${name}${stateWords[state]}`}
            <p class="note">
              <Day day={dayOf(createdAt)} />
              {note === '' ? '' : `　${note}`}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
