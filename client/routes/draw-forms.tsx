import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { seesWhole } from '../access/sight.ts';
import type { PagesDependencies } from '../pages/deps.ts';
import { DrawsPage } from '../pages/draws.tsx';
import { send, type Shown, told } from '../pages/shown.tsx';
import { readClocks } from '../reading/clocks.ts';
import { readRoleHolders } from '../reading/role-holders.ts';
import { RefusedError } from '../refused-error.ts';
import { drawRoundLookBacks, previewDraw } from '../rounds/draw-look-backs.ts';
import { readDraws } from '../rounds/draw-readings.ts';
import { answered, by, formOf, parsed, requestId } from './form.ts';

const drawing = z.object({ by, requestId, seed: z.string().max(200, '种子最长200个字') });

/** Draws the look-backs (抽取回头看) of a round. */
export function drawForms(deps: PagesDependencies): Hono {
  const app = new Hono();
  const idOf = (c: Context) => c.var.subjectId ?? c.req.param('id') ?? '';

  app.get('/rounds/:id/look-backs', (c) => showDraws(c, deps, idOf(c)));

  app.post('/rounds/:id/look-backs', (c) => {
    const id = idOf(c);
    return answered(
      c,
      (shown) => showDraws(c, deps, id, shown),
      async () => {
        const form = await formOf(c);
        const said = { by: form.by(), requestId: form.text('requestId'), seed: form.text('seed') };
        const { seed, ...who } = parsed(drawing, said);
        const { drawId, refused } = await drawRoundLookBacks(
          deps,
          id,
          { ...who, source: 'page' },
          {
            ...(seed !== '' && { seed }),
          },
        );
        return `/rounds/${id}/look-backs?done=${refused.length === 0 ? 'drawn' : 'drawnInPart'}#${drawId}`;
      },
    );
  });

  return app;
}

async function showDraws(c: Context, { ledger }: PagesDependencies, id: string, shown: Shown = {}): Promise<Response> {
  const round = await ledger.round.findUniqueOrThrow({
    where: { id },
    select: { id: true, name: true, clockId: true },
  });
  if (seesWhole(c.var.visit.sight, round) === 'part')
    throw new RefusedError('NotWhole', '抽取是全轮的事，您只看得到本轮的一部分；抽中的，在问题的经过里看。');
  const { clockId } = round;
  const now = (await readClocks(ledger)).now(clockId);
  const [next, draws, holders] = await Promise.all([
    previewDraw(ledger, id).catch((error: unknown) => {
      if (error instanceof RefusedError) return error.message;
      throw error;
    }),
    readDraws(ledger, id),
    readRoleHolders(ledger, [{ id, now }]),
  ]);
  const page = { round, next, draws, office: holders.holding(id, null, 'office'), seal: c.var.seal, ...told(c, shown) };
  return send(c, <DrawsPage {...page} />, shown.status);
}
