import type { LeaderReading, LeadersReading } from '../reading/index.ts';
import { dayWords, distanceWords, shortDayWords } from '../reading/words.ts';
import type { Instance } from './instance.ts';
import { columns, type Output } from './output.ts';

/** `leader list`: who leads what, with the open reds. */
export async function leaderList(output: Output, instance: Instance): Promise<void> {
  const { leaders } = await instance.get<LeadersReading>(['leaders']);
  output.answer(leaders, () =>
    leaders.length === 0
      ? '还没有指定组长和责任领导'
      : columns(
          leaders.map(({ name, unit, roles, red, standIn }) => [
            name,
            unit,
            roles.join('；'),
            red === 0 ? '没有红灯' : `红灯${String(red)}项`,
            standIn === null ? '' : `由${standIn}代办`,
          ]),
        ),
  );
}

/** `leader show NAME`: what his page tells. */
export async function leaderShow(output: Output, instance: Instance, ref: string): Promise<void> {
  const leader = await instance.get<LeaderReading>(['leaders', ref]);
  output.answer(leader, () => leaderWords(leader).join('\n'));
}

function leaderWords({ person, today, title, roles, standIns, ...leader }: LeaderReading): string[] {
  const { waiting, red, yellow, climbing, units, climbingDays } = leader;
  return [
    `${person.name}　${dayWords(today)}`,
    title,
    ...roles.map((role) => `  ${role}`),
    ...standIns.map(
      ({ direction, name, fromOn, untilOn }) =>
        `  ${direction === 'by' ? `由${name}代办` : `代${name}办理`}（委托，${shortDayWords(fromOn)}至${shortDayWords(untilOn)}）`,
    ),
    ...part(
      '等您办的',
      waiting.map(
        ({ code, title: issue, what, dueOn, workdaysLeft, state, bits, onBehalfOf }) =>
          `${code} ${issue}　${what}，应于${shortDayWords(dueOn)}，${state === 'overdue' && workdaysLeft === 0 ? '已逾期' : distanceWords(workdaysLeft)}；${bits.join('，')}${instead(onBehalfOf)}`,
      ),
    ),
    ...part(
      '为什么是红灯',
      red.flatMap(({ code, title: issue, light, redSince, overdue, onBehalfOf }) => [
        `${code} ${issue}　${light.sentence}${redSince === null ? '' : `${shortDayWords(redSince)}起红灯`}${instead(onBehalfOf)}`,
        ...overdue.map(
          ({ roleName, persons, what, dueOn }) =>
            `  ${roleName}${persons.join('、') || '（尚未指定）'}：${what}，应于${shortDayWords(dueOn)}`,
        ),
      ]),
    ),
    ...part(
      '黄灯',
      yellow.map(
        ({ code, title: issue, light, onBehalfOf }) => `${code} ${issue}　${light.reason}${instead(onBehalfOf)}`,
      ),
    ),
    ...part(
      `今后${String(climbingDays)}天会到您这里`,
      climbing.map(
        ({ day, code, what, cancelledBy, as }) => `${day}　${code ?? '全轮'}　${what}（${as}）；${cancelledBy}`,
      ),
    ),
    ...part(
      '各部门与计划',
      units.map(
        ({ unit, lights, done, of, percent, behind }) =>
          `${unit}　红${String(lights.red)} 黄${String(lights.yellow)} 绿${String(lights.green)}　销号${String(done)}/${String(of)}${percent === null ? '' : `（${percent.toFixed(1)}%）`}${behind === 0 ? '' : `　过期未销号${String(behind)}项`}`,
      ),
    ),
  ];
}

function part(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [heading, ...lines.map((line) => `  ${line}`)];
}

function instead(onBehalfOf: string | null): string {
  return onBehalfOf === null ? '' : `（代${onBehalfOf}）`;
}
