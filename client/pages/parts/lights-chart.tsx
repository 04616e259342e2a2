import type { LightCounts } from '../../reading/issue-counts.ts';
import type { UnitLights } from '../../reading/round-summary.ts';
import { FiguresTable, Folded, Lamp } from './small.tsx';
import { Heading } from './layout.tsx';

const nameWidth = 98;
const barWidth = 250;
const rowHeight = 30;
const shown = 12;

interface LightsProps {
  readonly units: readonly UnitLights[];
  /** Of all issues, each once, whatever units answer for it. */
  readonly lights: LightCounts;
  readonly note: string;
}

/** The open issues of each unit by light, drawn on the server, with the figures beneath. */
export function LightsChart({ units, lights, note }: LightsProps) {
  const rows = units.slice(0, shown);
  const most = Math.max(1, ...rows.map(({ open }) => open));
  const areShared = units.reduce((sum, { open }) => sum + open, 0) > lights.red + lights.yellow + lights.green;
  const height = rows.length * rowHeight + 4;
  return (
    <section class="chart" aria-labelledby="h-lights">
      <Heading id="h-lights" note={note}>
        灯号
      </Heading>
      {rows.length === 0 ? (
        <p class="quiet">没有在办的问题。</p>
      ) : (
        <svg
          class="plot"
          viewBox={`0 0 390 ${String(height)}`}
          role="img"
          aria-label={`红灯${String(lights.red)}项，黄灯${String(lights.yellow)}项，绿灯${String(lights.green)}项；各部门数字见下表`}
        >
          {rows.map((row, index) => (
            <UnitRow row={row} y={index * rowHeight + 4} scale={barWidth / most} />
          ))}
        </svg>
      )}
      <p class="legend">
        <Lamp colour="red">红 逾期 {lights.red}</Lamp>
        <Lamp colour="yellow">黄 临期 {lights.yellow}</Lamp>
        <Lamp colour="green">绿 {lights.green}</Lamp>
      </p>
      {areShared ? <p class="note">一个问题由几个部门负责的，各部门都列；图例按问题计，只计一次。</p> : null}
      <Folded summary="数字表">
        <FiguresTable
          caption="各责任部门在办问题的灯号"
          heads={['责任部门', '红', '黄', '绿', '合计']}
          rows={units.map(({ unit, lights: own, open }) => [unit, own.red, own.yellow, own.green, open])}
        />
      </Folded>
    </section>
  );
}

function UnitRow({ row, y, scale }: { row: UnitLights; y: number; scale: number }) {
  const colours = (['red', 'yellow', 'green'] as const).filter((colour) => row.lights[colour] > 0);
  const bars = colours.reduce<{ colour: string; x: number; width: number; count: number }[]>((drawn, colour) => {
    const last = drawn.at(-1);
    const x = last === undefined ? nameWidth : last.x + last.width + 2;
    return [...drawn, { colour, x, width: Math.max(row.lights[colour] * scale - 2, 4), count: row.lights[colour] }];
  }, []);
  return (
    <g>
      <text class="plot-name" x="0" y={y + 15}>
        {row.unit.length > 7 ? `${row.unit.slice(0, 6)}…` : row.unit}
      </text>
      {bars.map(({ colour, x, width, count }) => (
        <>
          <rect class={`bar-${colour}`} x={x + 0.5} y={y + 0.5} width={width} height="20" />
          {width < 26 ? null : (
            <text class={`bar-text bar-text-${colour}`} x={x + width / 2} y={y + 15} text-anchor="middle">
              {`${lampWords[colour] ?? ''} ${String(count)}`}
            </text>
          )}
        </>
      ))}
      <text class="plot-sum" x="389" y={y + 15} text-anchor="end">
        {row.open}
      </text>
    </g>
  );
}

const lampWords: Readonly<Record<string, string>> = { red: '红', yellow: '黄', green: '绿' };
