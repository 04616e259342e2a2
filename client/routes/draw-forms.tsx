import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { PagesDependencies } from '../pages/deps.ts';
import { DrawsPage } from '../pages/draws.tsx';
import { readWholeRound } from '../pages/round-seen.ts';
import { send, type Shown, told } from '../pages/shown.tsx';
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
  const { office, ...round } = await readWholeRound(c, ledger, id);
  const [next, draws] = await Promise.all([
    previewDraw(ledger, id).catch((error: unknown) => {
      if (error instanceof RefusedError) return error.message;
      throw error;
    }),
    readDraws(ledger, id),
  ]);
  const page = { round, next, draws, office, seal: c.var.seal, ...told(c, shown) };
  return send(c, <DrawsPage {...page} />, shown.status);
}
