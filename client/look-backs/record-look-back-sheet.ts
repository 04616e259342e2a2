import { businessNow } from '../../prisma/business-time.ts';
import type { Ledger } from '../../prisma/client.ts';
import type { IssueRequest } from '../../workflows/rules/requests/index.ts';
import { mayAct } from '../acting/may-act.ts';
import { contentOf } from '../evidence-check/judge-file.ts';
import type { FileKind } from '../evidence-check/kinds.ts';
import type { EvidenceStore } from '../evidence-store.ts';
import type { Issues } from '../issues.ts';
import { RefusedError } from '../refused-error.ts';

interface Doors {
  readonly ledger: Ledger;
  readonly files: Pick<EvidenceStore, 'keep'>;
  readonly issues: Pick<Issues, 'recordLookBack'>;
}

/** A photo as it was handed in. */
export interface Photo {
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

type Recorded = IssueRequest<'recordLookBack'> & {
  readonly by: string;
  readonly requestId: string;
  readonly photos: readonly Photo[];
};

export const photosAtMost = 30;
const pictures: readonly FileKind[] = ['jpeg', 'png', 'gif', 'webp', 'bmp', 'tiff', 'heic'];

/**
 * Records a look-back (回头看) with its photos: these are kept first, so that the event never speaks of photos that are lost. A
 * second run with the same request finds what the first has kept and recorded; a look-back that is refused leaves no photos.
 *
 * @throws RefusedError `NotAPhoto`, `TooManyPhotos`, and as `Issues.recordLookBack` does
 */
export async function recordLookBackSheet(
  { ledger, files, issues }: Doors,
  issueId: string,
  { photos, ...request }: Recorded,
): Promise<void> {
  const { requestId, by } = request;
  const isRecorded = async () => (await ledger.issueEvent.count({ where: { issueId, requestId } })) > 0;
  if (await isRecorded()) return;
  requirePhotos(photos);
  const { roundId, round } = await ledger.issue.findUniqueOrThrow({
    where: { id: issueId },
    select: { roundId: true, round: { select: { clockId: true } } },
  });
  const now = await businessNow(ledger, round.clockId);
  // Whoever may not look back leaves no files behind.
  await mayAct(ledger, 'recordLookBack', { issueId, roundId, now, by });
  const rows = [];
  for (const [place, { fileName, bytes }] of photos.entries()) {
    const { sha256 } = await files.keep(bytes, 'application/octet-stream');
    const id = `${requestId}-${String(place + 1)}`;
    rows.push({ id, issueId, requestId, sha256, fileName, personId: by, keptAt: now });
  }
  await ledger.lookBackPhoto.createMany({ data: rows, skipDuplicates: true });
  try {
    await issues.recordLookBack(issueId, { ...request, source: 'page' });
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    // Sent twice, the second is refused because the first has ended the issue.
    if (await isRecorded()) return;
    await ledger.lookBackPhoto.deleteMany({ where: { issueId, requestId } });
    throw error;
  }
}

function requirePhotos(photos: readonly Photo[]): void {
  if (photos.length > photosAtMost)
    throw new RefusedError('TooManyPhotos', `一次最多交${String(photosAtMost)}张照片，请挑选以后再交`);
  const others = photos.filter(({ bytes }) => !pictures.includes(contentOf(bytes).kind));
  if (others.length > 0)
    throw new RefusedError(
      'NotAPhoto',
      others.map(({ fileName }) => `“${fileName}”不是照片，请选 JPEG、PNG 等图片`).join('\n'),
    );
}
