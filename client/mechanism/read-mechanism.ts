import type { NoticeReading } from '../notice-import/notice-reading.ts';
import type { SourceLine } from '../notice-import/paragraphs.ts';
import { readAccountability } from './accountability.ts';
import { readConcentratedMonths } from './concentrated-period.ts';
import { readDisputed } from './disputed.ts';
import { readDuties } from './duties.ts';
import type { Mechanism } from './mechanism.ts';
import { readOvertaken, readWaiting } from './other-authorities.ts';
import { passagesOf } from './passages.ts';
import { readPhases } from './phases.ts';
import { choosePreset } from './preset.ts';
import { readSources } from './sources.ts';
import { readSubLedgers } from './sub-ledgers.ts';
import { readSupervisionBatches } from './supervision-batches.ts';

/**
 * Reads how a notice says its round was run; pure. `lines` are those `openNotice` gave, `reading` is what
 * `readNoticeParagraphs` made of them: the issues are referred to by their place in it.
 */
export function readMechanism(lines: readonly SourceLine[], reading: NoticeReading): Mechanism {
  const passages = passagesOf(lines, reading.issues);
  const period = readConcentratedMonths(passages);
  const { phases, problems: phaseProblems } = readPhases(passages);
  const { subLedgers, problems: subLedgerProblems } = readSubLedgers(passages);
  const { disputed, problems: disputeProblems } = readDisputed(passages);
  const duties = readDuties(passages);
  const { preset, problems: presetProblems } = choosePreset(passages, { phases, subLedgers, duties });
  const problems = [period.problems, phaseProblems, subLedgerProblems, disputeProblems, presetProblems].flat();
  return {
    preset,
    concentratedMonths: period.months,
    phases,
    sources: readSources(passages),
    subLedgers,
    supervisionBatches: readSupervisionBatches(passages),
    duties,
    accountability: readAccountability(passages),
    disputed,
    waiting: readWaiting(passages),
    overtaken: readOvertaken(passages),
    problems: problems.toSorted((a, b) => a.line - b.line),
  };
}
