import type { LeadersReading } from '../reading/leaders.ts';
import { Heading, Page } from './parts/layout.tsx';
import { Day, Lamp } from './parts/small.tsx';

/** Who leads what in the rounds of a clock: heads of groups first, nobody is ranked. */
export function LeadersPage({ reading: { leaders, today } }: { reading: LeadersReading }) {
  return (
    <Page title="领导" current="leaders">
      <p class="eyebrow">
        <Day day={today} />
      </p>
      <h1>谁分管什么</h1>
      <section class="part leaders" aria-labelledby="h-leaders">
        <Heading id="h-leaders" note="每人一页：等他办的、红灯和原因">
          组长与责任领导
        </Heading>
        {leaders.length === 0 ? (
          <p class="quiet">还没有指定组长和责任领导。交办前在轮次页导入分工，这里就会列出。</p>
        ) : (
          <ul>
            {leaders.map(({ personId, name, unit, position, roles, red, standIn }) => (
              <li>
                <a href={`/leaders/${personId}`}>
                  <b>{name}</b>
                  <span class="dim">{[unit, position].filter((part) => part !== '').join('　')}</span>
                </a>
                <p class="note">
                  {roles.join('；')}
                  {standIn === null ? '' : `；现由${standIn}代办`}
                </p>
                {red === 0 ? (
                  <span class="dim reds">没有红灯</span>
                ) : (
                  <span class="reds">
                    <Lamp colour="red">{`红灯${String(red)}项`}</Lamp>
                  </span>
                )}
              </li>
            ))}
          </ul>
        )}
      </section>
    </Page>
  );
}
