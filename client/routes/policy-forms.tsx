import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { isIsoDate } from '../../workflows/rules/instants.ts';
import { adoptPolicy, previewAdoption } from '../adoption/adopt-policy.ts';
import { policyOf, policyVersions, savePolicy } from '../adoption/policy-versions.ts';
import { latestCalendar } from '../calendar/publish-calendar.ts';
import type { PagesDependencies } from '../pages/deps.ts';
import { PolicyPage } from '../pages/policy/policy.tsx';
import { readWholeRound } from '../pages/round-seen.ts';
import { send, type Shown, told } from '../pages/shown.tsx';
import { editedPolicy, type Typed } from '../policy/edited-policy.ts';
import { policyChanges } from '../policy/policy-changes.ts';
import { policyJson } from '../policy/policy-json.ts';
import { validatePolicy } from '../policy/validate-policy.ts';
import { RefusedError } from '../refused-error.ts';
import { ladderPreview, laddersIn } from '../set-up/ladder-preview.ts';
import { answered, by, formOf, parsed } from './form.ts';

const versionSchema = z.coerce.number('没有这一版').int('没有这一版').min(1, '没有这一版');
const noteSchema = z.string().min(1, '请写明为什么改').max(500, '请写在500字以内');

/** The policy of a round under way: looked at, changed into a new version, adopted after its preview. */
export function policyForms(deps: PagesDependencies): Hono {
  const { ledger } = deps;
  const app = new Hono();
  const idOf = (c: Context) => c.var.subjectId ?? c.req.param('id') ?? '';

  app.get('/rounds/:id/policy', (c) => showPolicy(c, deps, idOf(c), { version: c.req.query('version') }));

  app.post('/rounds/:id/policy', (c) => {
    const id = idOf(c);
    let version: string | undefined;
    let typed: Typed = () => undefined;
    return answered(
      c,
      (shown) => showPolicy(c, deps, id, { ...shown, version, typed }),
      async () => {
        const form = await formOf(c);
        version = form.text('version');
        typed = (field) => form.texts(field)[0];
        const note = parsed(noteSchema, form.text('note'));
        const before = await policyOf(ledger, id, parsed(versionSchema, version));
        const read = validatePolicy(policyJson(editedPolicy(before, typed) as typeof before));
        if ('problems' in read)
          throw new RefusedError('PolicyUnfit', read.problems.map(({ message }) => message).join('\n'));
        if (policyChanges(before, read.policy).length === 0)
          throw new RefusedError('Unchanged', '没有改动，什么都没有存。');
        const saved = await savePolicy(ledger, id, read.policy, { note });
        return `/rounds/${id}/policy?version=${String(saved.version)}&done=policySaved`;
      },
    );
  });

  app.post('/rounds/:id/policy/adoption', (c) => {
    const id = idOf(c);
    let version: string | undefined;
    return answered(
      c,
      (shown) => showPolicy(c, deps, id, { ...shown, version }),
      async () => {
        const form = await formOf(c);
        version = form.text('version');
        const said = { by: parsed(by, form.by()), source: 'page' };
        const doors = { ledger, issues: deps.issues, rounds: deps.duties };
        const { state, outcomes } = await adoptPolicy(doors, id, parsed(versionSchema, version), said);
        if (state === 'partly') {
          const refused = outcomes.flatMap(({ code, message }) => (message === undefined ? [] : `${code}：${message}`));
          throw new RefusedError('AdoptedInPart', ['有几项没有采用，再按一次接着办：', ...refused].join('\n'));
        }
        return `/rounds/${id}/policy?done=policyAdopted`;
      },
    );
  });

  return app;
}

interface PolicyShown extends Shown {
  readonly version?: string | undefined;
  readonly typed?: Typed;
}

/** Of a draft the policy is chosen in its set-up. */
async function showPolicy(
  c: Context,
  { ledger }: PagesDependencies,
  id: string,
  { version, typed = () => undefined, ...shown }: PolicyShown = {},
): Promise<Response> {
  const { state } = await ledger.round.findUniqueOrThrow({ where: { id }, select: { state: true } });
  if (state === 'draft') return c.redirect(`/rounds/${id}/set-up/policy`, 303);
  const { office, ...round } = await readWholeRound(c, ledger, id);
  const versions = await policyVersions(ledger, id);
  const wanted = versions.find((one) => String(one.version) === version);
  const looked = wanted ?? versions.find(({ state }) => state === 'current')!;
  const policy = await policyOf(ledger, id, looked.version);
  const asked = c.req.query();
  const kind = laddersIn(policy).find((one) => one === asked['kind']) ?? 'evidence';
  const due = asked['due'] ?? '';
  const dueOn = isIsoDate(due) ? due : round.today;
  const page = {
    ...{ round, office, versions, policy, kind, dueOn, typed, shown: looked, seal: c.var.seal },
    preview: looked.state === 'notAdopted' ? await previewAdoption(ledger, id, looked.version) : undefined,
    ladder: ladderPreview(policy, await latestCalendar(ledger), { kind, dueOn }),
    ...told(c, shown),
  };
  return send(c, <PolicyPage {...page} />, shown.status);
}
