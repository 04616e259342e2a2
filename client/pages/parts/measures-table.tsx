import type { MeasureReading, EvidenceReading } from '../../reading/measures.ts';
import type { Calendar } from '../../../workflows/rules/calendar.ts';
import { dayOf } from '../../../workflows/rules/instants.ts';
import { measureKindNames } from '../../../workflows/rules/names.ts';
import { shortDayWords } from '../../reading/words.ts';
import { Day, Lamp, sizeWords } from './small.tsx';

const stateWords = { received: '待本办审核', returned: '已退回', accepted: '本办已认可' } as const;

/** The measures (整改措施) with their evidence, who owes them and until when. */
export function MeasuresTable({
  measures,
  calendar,
}: {
  measures: readonly MeasureReading[];
  calendar?: Calendar | undefined;
}) {
  return (
    <table class="measures">
      <caption class="unseen">本轮整改措施、佐证、责任人和时限</caption>
      <thead>
        <tr>
          <th scope="col">序</th>
          <th scope="col">措施与佐证</th>
          <th scope="col">责任人</th>
          <th scope="col">时限</th>
        </tr>
      </thead>
      <tbody>
        {measures.map((measure) => (
          <tr>
            <td class="measure-number">{measure.number === 0 ? '—' : measure.number}</td>
            <td class="measure-text">
              <p>{measure.text}</p>
              {measure.kind === 'once' ? null : <p class="note">{measureKindNames[measure.kind]}</p>}
              <Evidence evidence={measure.evidence} />
              {measure.evidence.some(({ state }) => state !== 'returned') ? null : (
                <p class={measure.colour === 'red' ? 'lacking overdue' : 'lacking'}>
                  {measure.evidence.length > 0 ? '交来的佐证已退回，须重交。' : '尚无佐证。'}
                </p>
              )}
            </td>
            <td class="measure-who">
              {measure.handlers.length === 0 ? '未定' : measure.handlers.join('、')}
              {measure.unit === '' ? null : <span class="note">{measure.unit}</span>}
            </td>
            <td class="measure-due">
              <Lamp colour={measure.colour}>{measure.standing}</Lamp>
              <span class="dim">
                <Day day={measure.deadline} calendar={calendar} />
              </span>
              {measure.deadlinePhrase === '' ? null : <span class="note">{`原文：“${measure.deadlinePhrase}”`}</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function Evidence({ evidence }: { evidence: readonly EvidenceReading[] }) {
  if (evidence.length === 0) return null;
  return (
    <ul class="files">
      {evidence.map(({ id, fileName, sizeBytes, receivedAt, person, state, incomingMailId, concerns }) => (
        <li>
          <FileMark />
          <a href={`/evidence/${id}`}>{fileName}</a>
          <span>
            {`${sizeWords(sizeBytes)}　${shortDayWords(dayOf(receivedAt))}${person ?? ''}${incomingMailId === null ? '' : '邮件'}　${stateWords[state]}`}
          </span>
          <Concerns concerns={concerns} />
        </li>
      ))}
    </ul>
  );
}

/** What is to be looked at before the piece is accepted. */
export function Concerns({ concerns }: Pick<EvidenceReading, 'concerns'>) {
  return concerns.length === 0 ? null : <span class="concern">{`请留意：${concerns.join('；')}`}</span>;
}

/** The files that came with an event, by name and size. */
export function FileList({
  files,
}: {
  files: readonly { evidenceId: string; fileName: string; sizeBytes: number; measure: number | null }[];
}) {
  if (files.length === 0) return null;
  return (
    <ul class="files">
      {files.map(({ evidenceId, fileName, sizeBytes, measure }) => (
        <li>
          <FileMark />
          <a href={`/evidence/${evidenceId}`}>{fileName}</a>
          <span>{`${sizeWords(sizeBytes)}　${measure === null ? '未写明归哪条措施' : measure === 0 ? '归本问题' : `归措施${String(measure)}`}`}</span>
        </li>
      ))}
    </ul>
  );
}

function FileMark() {
  return (
    <svg class="file-mark" aria-hidden="true" viewBox="0 0 28 36">
      <path d="M1 1h18l8 8v26H1Z" />
      <path d="M19 1v8h8M6 16h16M6 22h16M6 28h10" />
    </svg>
  );
}
