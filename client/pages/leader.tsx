import type { LeaderReading } from '../reading/leader.ts';
import { shortDayWords } from '../reading/words.ts';
import type { FormSeal } from './form-seal.ts';
import { Climbing, UnitRows } from './parts/leader-ahead.tsx';
import { RedCases, Waiting, YellowRows } from './parts/leader-cases.tsx';
import { Page } from './parts/layout.tsx';
import { Day, Lamp } from './parts/small.tsx';

interface LeaderProps {
  readonly leader: LeaderReading;
  readonly seal: FormSeal;
  readonly refusal?: string | undefined;
  readonly done?: string | undefined;
}

/** One leader's week: what waits for him alone, why it is red, what climbs to him, and how his units stand. */
export function LeaderPage({ leader, seal, refusal, done }: LeaderProps) {
  const { person, today, title, roles, waiting, red, yellow, green, climbing, climbingDays, units } = leader;
  const form = { seal, personId: person.id };
  return (
    <Page title={`${title} · ${person.name}`} current="leaders" refusal={refusal} done={done}>
      <p class="crumbs">
        <a href={`/leaders?clock=${encodeURIComponent(leader.clockId)}`}>领导</a>
        <span aria-hidden="true">›</span>
        {person.name}
      </p>
      <p class="eyebrow">
        <Day day={today} />
      </p>
      <h1>{title}</h1>
      <p class="note">{roles.length === 0 ? '眼下不担任组长、责任领导等职责' : roles.join('；')}</p>
      <StandIns leader={leader} />
      <Counts counts={leader.counts} />
      <div class="columns">
        <div>
          <Waiting waiting={waiting} {...form} />
          <RedCases red={red} {...form} />
          <YellowRows yellow={yellow} {...form} />
          {green.length === 0 ? null : (
            <p class="more">{`其余${String(green.length)}项绿灯，不需要您处理：${green.join('、')}。`}</p>
          )}
        </div>
        <aside class="rail" aria-label="今后几天与各部门进度">
          <Climbing climbing={climbing} days={climbingDays} />
          <UnitRows units={units} />
        </aside>
      </div>
    </Page>
  );
}

function StandIns({ leader: { standIns } }: { leader: LeaderReading }) {
  if (standIns.length === 0) return null;
  return (
    <ul class="stand-ins">
      {standIns.map(({ direction, name, fromOn, untilOn, state }) => (
        <li>
          {state === 'running' ? '' : '将'}
          {direction === 'by' ? `由${name}代办` : `代${name}办理`}
          {`（委托，${shortDayWords(fromOn)}至${shortDayWords(untilOn)}）`}
          {direction === 'by' ? '；其间来信发给代理人，您仍可自己办' : '；代办的各项写明“代”'}
        </li>
      ))}
    </ul>
  );
}

function Counts({ counts: { red, yellow, green, done, of } }: Pick<LeaderReading, 'counts'>) {
  return (
    <dl class="sum">
      {(
        [
          ['red', '红', red],
          ['yellow', '黄', yellow],
          ['green', '绿', green],
        ] as const
      ).map(([colour, name, count]) => (
        <div>
          <dt>
            <Lamp colour={colour}>{name}</Lamp>
          </dt>
          <dd>
            {count}
            <small>项</small>
          </dd>
        </div>
      ))}
      <div>
        <dt>已销号</dt>
        <dd>
          {done}
          <small>{`/${String(of)}`}</small>
        </dd>
      </div>
    </dl>
  );
}
