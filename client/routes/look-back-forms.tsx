import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { isIsoDate } from '../../workflows/rules/instants.ts';
import { findingOf, outcomes, standings } from '../look-backs/finding-words.ts';
import { recordLookBackSheet } from '../look-backs/record-look-back-sheet.ts';
import type { PagesDependencies } from '../pages/deps.ts';
import { keptFile, keptPicture } from '../pages/kept-file.ts';
import { type FilledSheet, LookBackSheetPage } from '../pages/look-back-sheet.tsx';
import { readSeenIssue } from '../pages/seen-issue.ts';
import { send, type Shown, told } from '../pages/shown.tsx';
import { readPreview } from '../reading/evidence-previews.ts';
import { readLookBackSheet } from '../reading/look-back-sheet.ts';
import { storedIssue } from '../reading/stored.ts';
import { RefusedError } from '../refused-error.ts';
import { answered, by, type Form, formOf, parsed, requestId } from './form.ts';

const whoSchema = z.object({ by, requestId });
const deadlineSchema = z.string().refine(isIsoDate, '反弹的，请写明新的整改时限');

/** Fills in the sheet of a look-back (回头看检查单), with photos. */
export function lookBackForms(deps: PagesDependencies): Hono {
  const app = new Hono();
  const idOf = (c: Context, name: string) => c.var.subjectId ?? c.req.param(name) ?? '';

  app.get('/issues/:ref/look-back-sheet', (c) => showSheet(c, deps, idOf(c, 'ref')));

  app.post('/issues/:id/look-back-sheet', (c) => {
    const id = idOf(c, 'id');
    let filled: FilledSheet | undefined;
    return answered(
      c,
      (shown) => showSheet(c, deps, id, { ...shown, filled }),
      async () => {
        const form = await formOf(c);
        filled = sheetIn(form, await measuresOf(deps, id));
        const who = parsed(whoSchema, { by: form.by(), requestId: form.text('requestId') });
        const files = form.files('photos');
        const finding = findingOf(filled, files.length);
        const found = foundAs(filled);
        const photos = [];
        for (const file of files) photos.push({ fileName: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
        await recordLookBackSheet(deps, id, { ...who, finding, ...found, photos });
        return `/issues/${id}?done=${doneAs[filled.outcome ?? 'holds']}`;
      },
    );
  });

  app.get('/look-back-photos/:id', (c) => photo(c, deps, c.req.param('id')));

  return app;
}

const doneAs = { holds: 'archived', partly: 'partlyHeld', rebound: 'rebounded' } as const;

function foundAs({ outcome, deadline }: FilledSheet) {
  if (outcome === 'rebound') return { rebound: { deadline: parsed(deadlineSchema, deadline) } };
  return outcome === 'partly' ? ({ partly: 'partly' } as const) : {};
}

async function measuresOf({ ledger }: PagesDependencies, id: string): Promise<readonly number[]> {
  const row = await ledger.issue.findUnique({ where: { id }, select: { terms: true, progress: true } });
  const stored = row === null ? undefined : storedIssue(row);
  return (stored?.progress.measures ?? []).map(({ number }) => number);
}

function sheetIn(form: Form, measures: readonly number[]): FilledSheet {
  const lines = measures.map((measure) => ({
    measure,
    standing: named(standings, form.text(`standing-${String(measure)}`)),
    note: form.text(`note-${String(measure)}`),
  }));
  const outcome = named(outcomes, form.text('outcome'));
  return { lines, words: form.text('words'), outcome, deadline: form.text('deadline') };
}

function named<Name extends string>(names: Readonly<Record<Name, string>>, value: string): Name | undefined {
  return Object.hasOwn(names, value) ? (value as Name) : undefined;
}

async function showSheet(
  c: Context,
  { ledger, files }: PagesDependencies,
  ref: string,
  { filled, ...shown }: Shown & { readonly filled?: FilledSheet | undefined } = {},
): Promise<Response> {
  const { issue, calendar } = await readSeenIssue(c, ledger, ref);
  const sheet = await readLookBackSheet({ ledger, files }, issue, c.var.visit.acting);
  const page = { issue, sheet, filled, calendar, seal: c.var.seal };
  return send(c, <LookBackSheetPage {...page} {...told(c, shown)} />, shown.status);
}

/** A photo of a look-back, as the picture its bytes say it is; what browsers do not draw is downloaded. */
async function photo(c: Context, { ledger, files }: PagesDependencies, id: string): Promise<Response> {
  const row = await ledger.lookBackPhoto.findUnique({
    where: { id },
    select: { sha256: true, fileName: true, file: { select: { kind: true, sizeBytes: true } } },
  });
  if (row === null) throw new RefusedError('NoSuchFile', '没有这张照片。');
  const preview = await readPreview(files, { sha256: row.sha256, ...row.file });
  if (preview.kind === 'picture') return keptPicture(c, files, { ...row, mediaType: preview.mediaType });
  return keptFile(c, files, row);
}
