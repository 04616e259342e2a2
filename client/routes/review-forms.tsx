import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { closureStateOf } from '../../workflows/rules/closure.ts';
import { piecesOf } from '../../workflows/rules/progress.ts';
import type { PagesDependencies } from '../pages/deps.ts';
import { keptPicture } from '../pages/kept-file.ts';
import { ReviewPage } from '../pages/review.tsx';
import { readSeenIssue } from '../pages/seen-issue.ts';
import { send, type Shown, told } from '../pages/shown.tsx';
import { readPreview } from '../reading/evidence-previews.ts';
import { readReview } from '../reading/review.ts';
import { storedIssue } from '../reading/stored.ts';
import { RefusedError } from '../refused-error.ts';
import { decideClosure } from './decide-closure.ts';
import { answered, by, type Form, formOf, parsed, requestId } from './form.ts';
import { closureDecisionOf, type SaidOfMeasures } from './review-decision.ts';

const whoSchema = z.object({ by, requestId });

/** Reviews a closure (销号审核) measure by measure, with the evidence in sight. */
export function reviewForms(deps: PagesDependencies): Hono {
  const app = new Hono();
  const idOf = (c: Context, name: string) => c.var.subjectId ?? c.req.param(name) ?? '';

  app.get('/issues/:ref/review', (c) => showReview(c, deps, idOf(c, 'ref')));

  app.post('/issues/:id/review', (c) => {
    const id = idOf(c, 'id');
    let said: SaidOfMeasures | undefined;
    return answered(
      c,
      (shown) => showReview(c, deps, id, { ...shown, said }),
      async () => {
        const form = await formOf(c);
        const progress = await progressOf(deps, id);
        said = saidIn(form, progress);
        const who = parsed(whoSchema, { by: form.by(), requestId: form.text('requestId') });
        // What is returned has been seen as well: a piece that came since is not returned unseen.
        const present = progress && closureStateOf(id, progress);
        if (present !== null && present !== undefined && present !== said.stateHash)
          throw new RefusedError('StateChanged', '材料有变化，下面已是现在的材料；请核对后再提交，填写的意见还在。');
        return decideClosure(deps, id, { ...who, decision: closureDecisionOf(said) });
      },
    );
  });

  app.get('/evidence/:id/preview', (c) => picture(c, deps, c.req.param('id')));

  return app;
}

async function showReview(
  c: Context,
  { ledger, files, watchers }: PagesDependencies,
  ref: string,
  { said, ...shown }: Shown & { readonly said?: SaidOfMeasures | undefined } = {},
): Promise<Response> {
  const { issue, calendar } = await readSeenIssue(c, ledger, ref);
  const page = {
    ...{ issue, said, calendar, seal: c.var.seal },
    review: await readReview({ ledger, files }, issue, c.var.visit.acting),
    watches: watchers && `issue=${encodeURIComponent(issue.id)}`,
    ...told(c, shown),
  };
  return send(c, <ReviewPage {...page} />, shown.status);
}

async function progressOf({ ledger }: PagesDependencies, id: string) {
  const row = await ledger.issue.findUnique({ where: { id }, select: { terms: true, progress: true } });
  return row === null ? undefined : storedIssue(row)?.progress;
}

/** What the form says of every measure that is to be judged. */
function saidIn(form: Form, progress: Awaited<ReturnType<typeof progressOf>>): SaidOfMeasures {
  const left = new Set(progress?.closure?.remainder?.map(({ measure }) => measure));
  const ticked = new Set(form.texts('acceptedEvidence'));
  const verdicts = (progress?.measures ?? [])
    .filter(({ number }) => !left.has(number))
    .map((measure) => {
      const verdict = form.text(`verdict-${String(measure.number)}`);
      const ids = piecesOf({ measures: [measure] }).map(({ evidenceId }) => evidenceId);
      return {
        measure: measure.number,
        verdict: verdict === 'accepted' || verdict === 'returned' ? verdict : undefined,
        reason: form.text(`reason-${String(measure.number)}`),
        evidence: ids.filter((id) => ticked.has(id)),
      } as const;
    });
  return { stateHash: form.text('stateHash'), verdicts };
}

/** A piece of evidence as a picture, where it is one that nothing can hide in. */
async function picture(c: Context, { ledger, files }: PagesDependencies, id: string): Promise<Response> {
  const row = await ledger.evidence.findUnique({
    where: { id },
    select: { sha256: true, file: { select: { kind: true, sizeBytes: true } } },
  });
  if (row === null) throw new RefusedError('NoSuchFile', '没有这份佐证材料。');
  const preview = await readPreview(files, { sha256: row.sha256, ...row.file });
  if (preview.kind !== 'picture') throw new RefusedError('NotAPicture', '这份材料不能在网页里看，请下载查看。');
  return keptPicture(c, files, { sha256: row.sha256, mediaType: preview.mediaType });
}
