import { Hono } from 'hono';
import { z } from 'zod';
import type { Ledger } from '../../prisma/client.ts';
import type { RoundAdoption } from '../adoption/adopt.ts';
import { adoptPolicy, previewAdoption } from '../adoption/adopt-policy.ts';
import { policyOf, policyVersions, savePolicy } from '../adoption/policy-versions.ts';
import type { Issues } from '../issues.ts';
import { policyJson } from '../policy/policy-json.ts';
import { validatePolicy } from '../policy/validate-policy.ts';
import { findPersonId } from '../reading/index.ts';
import { ImportRefused } from '../rounds/import-refused.ts';
import type { Rounds } from '../rounds.ts';
import { bodyOf } from './requests.ts';
import type { RouteDescriptions } from './route-description.ts';

const saving = z.strictObject({
  policy: z.unknown(),
  note: z.string().trim().min(1, '没有写为什么改').max(500),
  fileName: z.string().default(''),
});
const adoption = z.strictObject({ by: z.string().min(1, '没有写明是谁') });
const versionNumber = z.coerce.number().int().min(1);

/** A round's policy (办法): its versions, kept, previewed and adopted. To stand under `/rounds`. */
export function policyRoutes({
  ledger,
  rounds,
  issues,
  roundDuties,
}: {
  readonly ledger: Ledger;
  readonly rounds: Pick<Rounds, 'find'>;
  readonly issues: Pick<Issues, 'ask'>;
  readonly roundDuties: RoundAdoption;
}): Hono {
  const routes = new Hono();

  routes.get('/:ref/policies', async (context) => {
    const { id, name } = await rounds.find(context.req.param('ref'));
    return context.json({ roundId: id, roundName: name, versions: await policyVersions(ledger, id) });
  });

  routes.get('/:ref/policies/:version', async (context) => {
    const { id } = await rounds.find(context.req.param('ref'));
    const wanted = context.req.param('version');
    const version = wanted === 'current' ? undefined : versionNumber.parse(wanted);
    return context.json(policyJson(await policyOf(ledger, id, version)));
  });

  routes.post('/:ref/policies', async (context) => {
    const { id } = await rounds.find(context.req.param('ref'));
    const { policy, note, fileName } = await bodyOf(context, saving);
    const read = validatePolicy(policy);
    if ('problems' in read) {
      throw new ImportRefused(
        fileName,
        read.problems.map((problem) => ({ ...problem, line: 0 })),
      );
    }
    const { version } = await savePolicy(ledger, id, read.policy, { note });
    return context.json({ roundId: id, version, warnings: read.warnings }, 201);
  });

  routes.get('/:ref/policies/:version/preview', async (context) => {
    const { id } = await rounds.find(context.req.param('ref'));
    return context.json(await previewAdoption(ledger, id, versionNumber.parse(context.req.param('version'))));
  });

  routes.put('/:ref/policies/:version/adoption', async (context) => {
    const { id } = await rounds.find(context.req.param('ref'));
    const { clockId } = await ledger.round.findUniqueOrThrow({ where: { id }, select: { clockId: true } });
    const { by } = await bodyOf(context, adoption);
    const said = { by: await findPersonId(ledger, by, clockId), source: 'commandLine' };
    const version = versionNumber.parse(context.req.param('version'));
    return context.json(await adoptPolicy({ ledger, issues, rounds: roundDuties }, id, version, said));
  });

  return routes;
}

/** What the document of the API says of these routes. */
export const policyDescriptions: RouteDescriptions = {
  'GET /rounds/:ref/policies': { says: '一轮办法的各个版本' },
  'GET /rounds/:ref/policies/:version': { says: '一版办法（`current` 是现行的）' },
  'POST /rounds/:ref/policies': { says: '存一版办法，还不采用', body: saving, made: 'made' },
  'GET /rounds/:ref/policies/:version/preview': { says: '采用以前：哪些提醒会动' },
  'PUT /rounds/:ref/policies/:version/adoption': { says: '采用一版办法', body: adoption },
};
