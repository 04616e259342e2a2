import { Hono } from 'hono';
import { z } from 'zod';
import type { Ledger } from '../../prisma/client.ts';
import { recordFor } from '../acting/record-for.ts';
import type { EvidenceStore } from '../evidence-store.ts';
import { findPersonId, readIssue } from '../reading/index.ts';
import { issueAsked, type IssueRequests } from './issues.ts';
import { acting, bodyOf, day } from './requests.ts';
import type { RouteDescriptions } from './route-description.ts';

const record = z.strictObject({
  requestId: acting.requestId,
  /** Who said it. */
  for: z.string().min(1, '没有写明是谁说的'),
  by: z.string().min(1, '没有写明由谁代录'),
  channel: z.enum(['phone', 'chat', 'paper', 'meeting']),
  text: z.string().trim().min(1, '没有写内容').max(20_000),
  files: z
    .array(
      z.strictObject({
        fileName: z.string().min(1).max(255),
        mediaType: z.string().default('application/octet-stream'),
        /** Base64. */
        content: z.base64(),
      }),
    )
    .default([]),
  measure: z.number().int().min(0).optional(),
  acknowledge: z.enum(['yes', 'no']).default('no'),
  promise: day.optional(),
});

/** `POST /issues/:ref/records`: what somebody said by another way than mail, entered by the office (代录). */
export function recordRoutes({
  ledger,
  issues,
  files,
}: {
  ledger: Ledger;
  issues: IssueRequests;
  files?: Pick<EvidenceStore, 'keep'> | undefined;
}): Hono {
  const routes = new Hono();

  routes.post('/:ref/records', async (context) => {
    const { issueId, scope } = await issueAsked(ledger, context.req.param('ref'));
    const { for: who, by, files: given, ...rest } = await bodyOf(context, record);
    const recorded = await recordFor(
      { ledger, issues, files },
      {
        ...rest,
        issueId,
        personId: await findPersonId(ledger, who, scope),
        recordedBy: await findPersonId(ledger, by, scope),
        files: given.map(({ content, ...file }) => ({ ...file, bytes: Buffer.from(content, 'base64') })),
        source: 'commandLine',
      },
    );
    return context.json({ recorded, issue: await readIssue(ledger, issueId) });
  });

  return routes;
}

/** What the document of the API says of these routes. */
export const recordDescriptions: RouteDescriptions = {
  'POST /issues/:ref/records': { says: '代录：电话、微信、纸面、会上说的或交的', body: record },
};
