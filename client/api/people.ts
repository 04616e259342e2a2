import { Hono } from 'hono';
import { z } from 'zod';
import type { Ledger } from '../../prisma/client.ts';
import { changeAddress } from '../address-changes.ts';
import type { Issues } from '../issues.ts';
import { readDirectoryImports } from '../directory-imports.ts';
import { readPeople } from '../people-import.ts';
import { findIssueId, findPersonId } from '../reading/index.ts';
import type { Rounds } from '../rounds.ts';
import { delegate, listDelegations, revokeDelegation } from '../rounds/delegate.ts';
import { handOver } from '../rounds/hand-over.ts';
import { bodyOf, bytesOf, day, importMode, queryOf, upload } from './requests.ts';
import type { RouteDescriptions } from './route-description.ts';

const person = z.string().min(1, '没有写明是谁');
/** Who of the office does it; whether he has to be named, the ledger knows. */
export const author = person.optional();
/** A drill's id, where a drill's people are meant. */
const scope = z.string().min(1).default('real');

const handover = z.strictObject({
  from: person,
  to: person,
  role: z.enum(['handler', 'responsibleLeader', 'groupHead', 'office', 'reviewer']),
  round: z.string().optional(),
  issues: z.array(z.string().min(1)).optional(),
  reason: z.string().min(1, '没有写理由'),
  by: person,
  scope,
  mode: importMode,
  kind: z.enum(['handover', 'correction']).default('handover'),
});

const delegation = z.strictObject({
  from: person,
  to: person,
  fromOn: day,
  untilOn: day,
  reason: z.string().min(1, '没有写理由'),
  by: author,
  scope,
  mode: importMode,
});

const importing = z.object({ ...upload, mode: importMode, by: author });
const whichScope = z.object({ scope });
const revoking = z.object({ by: author });

const reachable = z.strictObject({
  email: z.string().min(1, '没有写邮箱').optional(),
  reason: z.string().trim().min(1, '没有写理由'),
  by: author,
  mode: importMode,
});

/** `GET /people`, `POST /people?fileName=…&mode=preview` with a .csv as its body; handovers and delegations. */
export function peopleRoutes({
  ledger,
  rounds,
  issues,
}: {
  ledger: Ledger;
  rounds: Rounds;
  issues: Pick<Issues, 'askPermitted'>;
}): Hono {
  const routes = new Hono();

  routes.get('/', async (context) => {
    const people = await ledger.person.findMany({
      where: { scope: 'real' },
      select: { id: true, name: true, email: true, unit: true, position: true, unreachable: true },
      orderBy: [{ unit: 'asc' }, { name: 'asc' }],
    });
    return context.json(people);
  });

  routes.post('/', async (context) => {
    const { fileName, mode, by } = queryOf(context, importing);
    const bytes = await bytesOf(context);
    return context.json(
      await rounds.importPeople(readPeople(bytes, fileName), { mode, by, file: { fileName, bytes } }),
    );
  });

  routes.post('/:person/reachable', async (context) => {
    const order = await bodyOf(context, reachable);
    return context.json(await changeAddress(ledger, { person: context.req.param('person'), ...order }));
  });

  routes.get('/imports', async (context) => context.json(await readDirectoryImports(ledger)));

  routes.post('/handovers', async (context) => {
    const { from, to, by, round, issues: refs, scope: of, ...rest } = await bodyOf(context, handover);
    const request = {
      ...rest,
      from: await findPersonId(ledger, from, of),
      to: await findPersonId(ledger, to, of),
      by: await findPersonId(ledger, by, of),
      source: 'commandLine',
      roundId: round === undefined ? undefined : (await rounds.find(round)).id,
      issueIds: refs && (await Promise.all(refs.map((ref) => findIssueId(ledger, ref)))),
    };
    return context.json(await handOver({ ledger, issues }, request));
  });

  routes.get('/delegations', async (context) =>
    context.json(await listDelegations(ledger, queryOf(context, whichScope).scope)),
  );

  routes.post('/delegations', async (context) => {
    const { from, to, scope: of, ...rest } = await bodyOf(context, delegation);
    const people = { from: await findPersonId(ledger, from, of), to: await findPersonId(ledger, to, of) };
    return context.json(await delegate(ledger, { ...rest, ...people }));
  });

  routes.delete('/delegations/:id', async (context) =>
    context.json(await revokeDelegation(ledger, context.req.param('id'), queryOf(context, revoking).by)),
  );

  return routes;
}

/** What the document of the API says of these routes. */
export const peopleDescriptions: RouteDescriptions = {
  'GET /people': { says: '名册' },
  'POST /people': { says: '导入名册', query: importing, file: '名册（.csv）' },
  'GET /people/imports': { says: '历次导入的名册' },
  'POST /people/:person/reachable': { says: '更正邮箱，或登记原邮箱又可用', body: reachable },
  'POST /people/handovers': { says: '移交职责，或更正写错的移交', body: handover },
  'GET /people/delegations': { says: '委托一览', query: whichScope },
  'POST /people/delegations': { says: '登记委托', body: delegation },
  'DELETE /people/delegations/:id': { says: '撤销委托', query: revoking },
};
