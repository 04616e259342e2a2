import { Hono } from 'hono';
import { z } from 'zod';
import type { Drills } from '../drills.ts';
import { bytesOf, queryOf, upload } from './requests.ts';
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
