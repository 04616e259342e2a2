import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { z } from 'zod';
import type { Ledger } from '../../prisma/client.ts';
import { issuesInSight, roundsInSight, type Sight } from '../access/sight.ts';
import type { Mechanism } from '../mechanism/mechanism.ts';
import { readNoticeWhole } from '../mechanism/read-notice-whole.ts';
import type { NoticeReading } from '../notice-import/notice-reading.ts';
import { findPersonId, readRoundStatus } from '../reading/index.ts';
import { proposeLinks } from '../recurrence/links.ts';
import { previewDiscard } from '../rounds/discard.ts';
import type { Rounds } from '../rounds.ts';
import { bodyOf, bytesOf, day, importMode, queryOf, refOf, upload } from './requests.ts';
import type { RouteDescriptions } from './route-description.ts';

const words = z.string().min(1).max(2000);

const people = z.strictObject({
  handler: words.optional(),
  responsibleLeader: words.optional(),
  groupHead: words.optional(),
  office: words.optional(),
  reviewer: words.optional(),
});

/** `AssignRow`s, as the command line reads them from a .csv or makes them of its options. */
const assignments = z.strictObject({
  fileName: z.string().default(''),
  /** Needed once the round has been launched: the person who has it entered, and why. */
  by: words.optional(),
  reason: words.optional(),
  rows: z
    .array(
      z.strictObject({
        line: z.number().int().min(0).default(0),
        issues: z.string(),
        body: words.optional(),
        people: people.default({}),
        unit: words.optional(),
        assistingUnits: words.optional(),
        deadline: words.optional(),
        weight: words.optional(),
        secrecy: words.optional(),
        measureKind: words.optional(),
      }),
    )
    .min(1),
});

/** At which level the issues of a notice stand. */
export const noticeLevel = z.enum(['一、', '（一）', '1.', '（1）']);

const creation = z.object({
  ...upload,
  code: words.optional(),
  name: words.optional(),
  feedback: day.optional(),
  level: noticeLevel.optional(),
});

const writing = z.object({ mode: importMode });
const launching = z.strictObject({ firstMail: z.enum(['inHours', 'now']).default('inHours') });

/** A notice as it was uploaded, read. @throws UnreadableNotice */
export function readUpload(
  { bytes, fileName }: { bytes: Uint8Array; fileName: string },
  level?: NoticeReading['level'],
): { reading: NoticeReading; mechanism: Mechanism; fileName: string; sha256: string } {
  return {
    ...readNoticeWhole(bytes, fileName, level == null ? {} : { level }),
    fileName,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
}

/** Rounds (轮次): made from an uploaded notice, assigned, launched, looked at. `:ref` is an id, its beginning, or a name. */
export function roundRoutes({ ledger, rounds }: { ledger: Ledger; rounds: Rounds }): Hono {
  const routes = new Hono();

  routes.get('/', async (context) => context.json(await listRounds(ledger, context.var.visit.sight)));

  routes.post('/', async (context) => {
    const { code, name, feedback, level, fileName } = queryOf(context, creation);
    const notice = readUpload({ bytes: await bytesOf(context), fileName }, level);
    const made = await rounds.createFromReading({ ...notice, codePrefix: code, name, feedbackOn: feedback });
    const recurrences = await proposeLinks(ledger, made.roundId);
    return context.json({ ...made, recurrences }, 201);
  });

  routes.get('/:ref', async (context) => {
    const { id } = await rounds.find(refOf(context));
    return context.json(await readRoundStatus(ledger, id, context.var.visit.sight));
  });

  routes.delete('/:ref', async (context) => {
    const { id, name } = await rounds.find(context.req.param('ref'));
    if (queryOf(context, writing).mode === 'preview') {
      return context.json(await previewDiscard(ledger, id));
    }
    await rounds.discard(id);
    return context.json({ discarded: id, name });
  });

  routes.get('/:ref/missing', async (context) => {
    const { id } = await rounds.find(context.req.param('ref'));
    return context.json(await rounds.missingForLaunch(id));
  });

  routes.get('/:ref/notes', async (context) => {
    const { id } = await rounds.find(context.req.param('ref'));
    return context.json(await rounds.notesForLaunch(id));
  });

  routes.post('/:ref/assignments', async (context) => {
    const { id: roundId } = await rounds.find(context.req.param('ref'));
    const { mode } = queryOf(context, writing);
    const { by, reason = '', ...assignment } = await bodyOf(context, assignments);
    const { clockId } = await ledger.round.findUniqueOrThrow({ where: { id: roundId }, select: { clockId: true } });
    const reassigning =
      by === undefined ? by : { by: await findPersonId(ledger, by, clockId), reason, source: 'commandLine' };
    return context.json(await rounds.assign({ ...assignment, roundId, mode, reassigning }));
  });

  routes.put('/:ref/launch', async (context) => {
    const { id } = await rounds.find(context.req.param('ref'));
    const { firstMail } = await bodyOf(context, launching);
    await rounds.launch(id, { firstMail });
    return context.json(await readRoundStatus(ledger, id));
  });

  return routes;
}

/** A round (轮次) in one row, whatever its clock; of one that is seen in part, the issues that are seen are counted. */
export interface ListedRound {
  readonly id: string;
  readonly name: string;
  readonly codePrefix: string;
  readonly state: 'draft' | 'launched' | 'ended';
  readonly clockId: string;
  readonly issues: number;
  readonly archived: number;
}

async function listRounds(ledger: Ledger, sight: Sight): Promise<ListedRound[]> {
  const [rounds, phases] = await Promise.all([
    ledger.round.findMany({
      where: roundsInSight(sight),
      select: { id: true, name: true, codePrefix: true, state: true, clockId: true },
      orderBy: { createdAt: 'asc' },
    }),
    ledger.issue.groupBy({ by: ['roundId', 'phase'], where: issuesInSight(sight), _count: true }),
  ]);
  return rounds.map((round) => {
    const those = phases.filter(({ roundId }) => roundId === round.id);
    return {
      ...round,
      issues: those.reduce((sum, { _count }) => sum + _count, 0),
      archived: those.find(({ phase }) => phase === 'archived')?._count ?? 0,
    };
  });
}

/** What the document of the API says of these routes. */
export const roundDescriptions: RouteDescriptions = {
  'GET /rounds': { says: '看得到的轮次' },
  'POST /rounds': { says: '用一份通报建立一轮的草稿', query: creation, file: '通报', made: 'made' },
  'GET /rounds/:ref': { says: '一轮的进度' },
  'DELETE /rounds/:ref': { says: '放弃草稿', query: writing },
  'GET /rounds/:ref/missing': { says: '交办以前还缺什么' },
  'GET /rounds/:ref/notes': { says: '交办以前请留意什么' },
  'POST /rounds/:ref/assignments': { says: '分工；交办以后就是移交', query: writing, body: assignments },
  'PUT /rounds/:ref/launch': { says: '交办', body: launching },
};
