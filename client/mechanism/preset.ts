import type { NoticeProblem } from '../notice-import/notice-reading.ts';
import { excerpt } from '../notice-import/text-forms.ts';
import type { PresetName } from '../../workflows/rules/presets/index.ts';
import type { Mechanism, Phase, RecurringDuty, SubLedger } from './mechanism.ts';
import type { Passage } from './passages.ts';

interface Sign {
  readonly name: PresetName;
  readonly words: string;
  readonly line: number;
}

const lights =
  /三色(?:预警|管理|督办|灯|标识)|红黄绿|绿黄红|(?:亮|挂)(?:红|黄|绿)(?:灯|牌)|(?:红|黄)(?:灯|牌)(?:预警|警示|提醒)|(?:红|黄)色预警/u;
const chasing = /检查|调度|评估|通报|例会|督查|督办|督导|讲评|点评|研判|会商|碰头|汇报|推进会/u;
/** A weekly meeting that asks what became of last week's tasks runs like the cadence, though it belongs to one issue. */
const weeklyMeeting = /例会|调度|讲评|点评|碰头|会商|要结果/u;

/**
 * The ready-made policy that fits the notice's words best. What is said of the whole round comes before what is said of
 * one issue; where several are named, the others are reported, since a round starts from one.
 */
export function choosePreset(
  passages: readonly Passage[],
  found: Pick<Mechanism, 'phases' | 'subLedgers' | 'duties'>,
): { readonly preset: Mechanism['preset']; readonly problems: readonly NoticeProblem[] } {
  const ofRound = [...lightSigns(passages), ...cadenceSigns(found.duties, 'round'), ...phaseSigns(found.phases)];
  const signs = [...ofRound, ...subLedgerSigns(found.subLedgers)];
  const [chosen] = signs;
  const [borrowed] = cadenceSigns(found.duties, 'issues');
  if (chosen === undefined && borrowed !== undefined) {
    const because = `${words(borrowed)}；这是一个问题的整改措施，原文没有写明整个轮次的督办节奏，请确认。`;
    return { preset: { name: borrowed.name, because }, problems: [] };
  }
  if (chosen === undefined) {
    const because =
      '原文没有写到三色预警、整改阶段、提请出库的子台账，也没有写明每周的检查或例会，先用简明办法，可在办法中调整。';
    return { preset: { name: '简明', because }, problems: [] };
  }
  const others = signs.filter(({ name }) => name !== chosen.name);
  return {
    preset: { name: chosen.name, because: `${words(chosen)}。` },
    problems: others.map((other) => alsoNamed(other, chosen)),
  };
}

const words = ({ line, words: printed, name }: Sign): string => `第${line}行写到“${printed}”，与“${name}”办法相符`;

function lightSigns(passages: readonly Passage[]): Sign[] {
  const at = passages.find(({ plain, issue }) => issue === null && lights.test(plain));
  return at === undefined ? [] : [{ name: '三色预警', words: lights.exec(at.plain)?.[0] ?? '', line: at.line }];
}

function cadenceSigns(duties: readonly RecurringDuty[], whose: 'round' | 'issues'): Sign[] {
  const own = duties.filter(({ issue, title }) =>
    whose === 'round' ? issue === null && chasing.test(title) : issue !== null && weeklyMeeting.test(title),
  );
  const weekly = own.find(({ every }) => every === 'week');
  const first = weekly ?? (whose === 'round' ? own.find(({ every }) => every === 'month') : undefined);
  if (first === undefined) return [];
  const sameLine = own.filter(({ line, title }) => line === first.line && title.length <= 8).map(({ title }) => title);
  const words = sameLine.length > 1 ? sameLine.join('、') : excerpt(first.title, 40);
  return [{ name: '周检查·月调度·定期评估', words, line: first.line }];
}

function phaseSigns(phases: readonly Phase[]): Sign[] {
  const [first, second] = phases;
  if (first === undefined || second === undefined) return [];
  return [{ name: '三阶段', words: phases.map(({ title }) => title).join('、'), line: first.line }];
}

const subLedgerSigns = (ledgers: readonly SubLedger[]): Sign[] =>
  ledgers.slice(0, 1).map(({ itemName, line }) => ({ name: '黑点月报', words: `${itemName}入库、提请出库`, line }));

const alsoNamed = (other: Sign, chosen: Sign): NoticeProblem => ({
  code: 'several-mechanisms',
  line: other.line,
  message: `原文还写到“${other.words}”，可用“${other.name}”办法；现按“${chosen.name}”，请确认。`,
});
