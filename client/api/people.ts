import { Hono } from 'hono';
import { z } from 'zod';
import type { Ledger } from '../../prisma/client.ts';
import { readPeople } from '../people-import.ts';
import type { Rounds } from '../rounds.ts';
import { fileOf } from './requests.ts';

export const importMode = z.enum(['write', 'preview']).default('write');

/** `GET /people`, `POST /people?fileName=…&mode=preview` with a .csv as its body. */
export function peopleRoutes({ ledger, rounds }: { ledger: Ledger; rounds: Rounds }): Hono {
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
    const { bytes, fileName } = await fileOf(context);
    const mode = importMode.parse(context.req.query('mode'));
    return context.json(await rounds.importPeople(readPeople(bytes, fileName), mode));
  });

  return routes;
}
