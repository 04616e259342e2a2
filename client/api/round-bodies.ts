import { Hono } from 'hono';
import { z } from 'zod';
import type { Ledger } from '../../prisma/client.ts';
import { readSources } from '../reading/sources.ts';
import { proposeLinks } from '../recurrence/links.ts';
import { addBody, listBodies, putUnderBody, putUnderSource, removeBody, renameBody } from '../rounds/bodies.ts';
import { importNotice } from '../rounds/import-notice.ts';
import type { Rounds } from '../rounds.ts';
import { bodyOf, bytesOf, day, queryOf, upload } from './requests.ts';
import type { RouteDescriptions } from './route-description.ts';
import { noticeLevel, readUpload } from './rounds.ts';

const words = z.string().max(2000);
const named = z.strictObject({ name: words });
const naming = z.strictObject({ issues: words });
const importing = z.object({
  ...upload,
  body: words.optional(),
  source: words.optional(),
  code: words.optional(),
  feedback: day.optional(),
  level: noticeLevel.optional(),
});

/** The bodies (被巡察单位) and feedback sources (反馈来源) of a draft, and further notices for it. To stand under `/rounds`. */
export function roundBodyRoutes({ ledger, rounds }: { ledger: Ledger; rounds: Pick<Rounds, 'find'> }): Hono {
  const routes = new Hono();
  const roundOf = async (ref: string) => (await rounds.find(ref)).id;

  routes.get('/:ref/bodies', async (context) => {
    return context.json(await listBodies(ledger, await roundOf(context.req.param('ref'))));
  });

  routes.post('/:ref/bodies', async (context) => {
    const roundId = await roundOf(context.req.param('ref'));
    const { name } = await bodyOf(context, named);
    await addBody(ledger, roundId, name);
    return context.json(await listBodies(ledger, roundId), 201);
  });

  routes.put('/:ref/bodies/:body', async (context) => {
    const roundId = await roundOf(context.req.param('ref'));
    const { name } = await bodyOf(context, named);
    await renameBody(ledger, roundId, context.req.param('body'), name);
    return context.json(await listBodies(ledger, roundId));
  });

  routes.delete('/:ref/bodies/:body', async (context) => {
    const roundId = await roundOf(context.req.param('ref'));
    await removeBody(ledger, roundId, context.req.param('body'));
    return context.json(await listBodies(ledger, roundId));
  });

  routes.put('/:ref/bodies/:body/issues', async (context) => {
    const roundId = await roundOf(context.req.param('ref'));
    const { issues } = await bodyOf(context, naming);
    await putUnderBody(ledger, roundId, context.req.param('body'), issues);
    return context.json(await listBodies(ledger, roundId));
  });

  routes.get('/:ref/sources', async (context) => {
    return context.json(await readSources(ledger, await roundOf(context.req.param('ref'))));
  });

  routes.put('/:ref/sources/:source/issues', async (context) => {
    const roundId = await roundOf(context.req.param('ref'));
    const { issues } = await bodyOf(context, naming);
    await putUnderSource(ledger, roundId, context.req.param('source'), issues);
    return context.json(await readSources(ledger, roundId));
  });

  routes.post('/:ref/notices', async (context) => {
    const roundId = await roundOf(context.req.param('ref'));
    const { code, feedback, level, fileName, ...said } = queryOf(context, importing);
    const { sha256: _sha256, ...notice } = readUpload({ bytes: await bytesOf(context), fileName }, level);
    const imported = await importNotice(ledger, {
      ...notice,
      ...said,
      roundId,
      codePrefix: code,
      feedbackOn: feedback,
    });
    const recurrences = await proposeLinks(ledger, roundId);
    return context.json({ ...imported, recurrences }, 201);
  });

  return routes;
}

/** What the document of the API says of these routes. */
export const roundBodyDescriptions: RouteDescriptions = {
  'GET /rounds/:ref/bodies': { says: '一轮的被巡察单位' },
  'POST /rounds/:ref/bodies': { says: '增加被巡察单位', body: named, made: 'made' },
  'PUT /rounds/:ref/bodies/:body': { says: '被巡察单位改名', body: named },
  'DELETE /rounds/:ref/bodies/:body': { says: '去掉没有问题的被巡察单位' },
  'PUT /rounds/:ref/bodies/:body/issues': { says: '把问题归入被巡察单位', body: naming },
  'GET /rounds/:ref/sources': { says: '一轮的反馈来源' },
  'PUT /rounds/:ref/sources/:source/issues': { says: '把问题归入反馈来源', body: naming },
  'POST /rounds/:ref/notices': { says: '并入另一份通报', query: importing, file: '通报', made: 'made' },
};
