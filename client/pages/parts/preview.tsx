import { dayOf } from '../../../workflows/rules/instants.ts';
import type { EvidenceReading } from '../../reading/measures.ts';
import { shortDayWords } from '../../reading/words.ts';
import type { Preview } from '../../evidence-check/preview.ts';
import type { Child } from 'hono/jsx';
import { Concerns } from './measures-table.tsx';
import { sizeWords } from './small.tsx';

interface PieceProps {
  readonly piece: EvidenceReading & { readonly preview: Preview };
  /** What is said of it beside its name. */
  readonly remarks: readonly string[];
  readonly children?: Child;
}

/** A piece of evidence as far as it can be seen without opening it, with what is known of it beneath. */
export function Piece({ piece, remarks, children }: PieceProps) {
  const { id, fileName, sizeBytes, receivedAt, person, incomingMailId, concerns, preview } = piece;
  const by = `${person ?? ''}${incomingMailId === null ? '' : '邮件'}`;
  return (
    <figure class="piece">
      <Shown preview={preview} source={`/evidence/${id}/preview`} name={fileName} />
      <figcaption>
        <a href={`/evidence/${id}`}>{fileName}</a>
        <span class="note">
          {[sizeWords(sizeBytes), `${shortDayWords(dayOf(receivedAt))}${by}`, ...remarks].join('　')}
        </span>
        <Concerns concerns={concerns} />
        {children}
      </figcaption>
    </figure>
  );
}

/** @param source where the picture is served from */
function Shown({ preview, source, name }: { preview: Preview; source: string; name: string }) {
  switch (preview.kind) {
    case 'picture':
      return (
        <a class="picture" href={source}>
          <img src={source} alt={`图片：${name}，点开看原大`} loading="lazy" />
        </a>
      );
    case 'text':
      return (
        <div class="opening">
          <pre>{preview.opening}</pre>
          {preview.rest === 'more' ? <p class="note">只列开头，全文请下载查看。</p> : null}
        </div>
      );
    case 'none':
      return <p class="opening dim">{preview.because}</p>;
  }
}
