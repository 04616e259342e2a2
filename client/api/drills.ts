import { Hono } from 'hono';
import { z } from 'zod';
import type { Drills } from '../drills.ts';
import { bytesOf, queryOf, upload } from './requests.ts';
import type { RouteDescriptions } from './route-description.ts';
import { readUpload } from './rounds.ts';

const request = z.object({
  ...upload,
  staff: z.enum(['diligent', 'mixed', 'silent']).default('mixed'),
  seed: z.string().min(1).max(100).optional(),
  secondsPerDay: z.coerce.number().min(0).default(0),
  lastDays: z.coerce.number().int().min(1).optional(),
});

/** Drills (演练): started with an uploaded notice, watched, and asked for their result. */
export function drillRoutes({ drills }: { drills: Pick<Drills, 'start' | 'progress' | 'result'> }): Hono {
  const routes = new Hono();

  routes.post('/', async (context) => {
    const { fileName, ...options } = queryOf(context, request);
    const bytes = await bytesOf(context);
    return context.json(await drills.start({ ...options, ...readUpload({ bytes, fileName }) }), 201);
  });

  routes.get('/:id', async (context) => context.json(await drills.progress(context.req.param('id'))));

  routes.get('/:id/result', async (context) => context.json(await drills.result(context.req.param('id'))));

  return routes;
}

/** What the document of the API says of these routes. */
export const drillDescriptions: RouteDescriptions = {
  'POST /drills': { says: '用一份通报开始一次演练', query: request, file: '通报', made: 'made' },
  'GET /drills/:id': { says: '演练走到哪里' },
  'GET /drills/:id/result': { says: '演练的结果' },
};
