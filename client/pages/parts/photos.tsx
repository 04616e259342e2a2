import type { PhotoReading } from '../../reading/event-entries.ts';

/** The photos of a look-back, each with the way to it whole. */
export function Photos({ photos }: { photos: readonly PhotoReading[] }) {
  if (photos.length === 0) return null;
  return (
    <ul class="photos">
      {photos.map(({ id, fileName, shown }) => (
        <li>
          <a href={`/look-back-photos/${id}`}>
            {shown === 'drawn' ? (
              <img src={`/look-back-photos/${id}`} alt={`照片：${fileName}，点开看原大`} loading="lazy" />
            ) : (
              fileName
            )}
          </a>
        </li>
      ))}
    </ul>
  );
}
