import { drawNames } from '../reading/event-words.ts';
import type { PersonReading } from '../reading/role-holders.ts';
import type { DrawPreview } from '../rounds/draw-look-backs.ts';
import type { RecordedDraw } from '../rounds/draw-readings.ts';
import type { FormSeal } from './form-seal.ts';
import { Act, ActingPerson, FormKeys } from './parts/acts-fields.tsx';
import { Heading, Page, type PageProps } from './parts/layout.tsx';
import { Folded, Moment } from './parts/small.tsx';

interface DrawsProps extends Pick<PageProps, 'refusal' | 'done'> {
  readonly round: { readonly id: string; readonly name: string };
  /** What the next draw will be about, or why there is nothing to draw. */
  readonly next: DrawPreview | string;
  readonly draws: readonly RecordedDraw[];
  readonly office: readonly Pick<PersonReading, 'id' | 'name'>[];
  readonly seal: FormSeal;
}

/** The draws of a round's look-backs (抽取回头看): what is drawn from, what came of each, and that anybody can run it again. */
export function DrawsPage({ round, next, draws, office, seal, refusal, done }: DrawsProps) {
  return (
    <Page title={`抽取回头看 · ${round.name}`} refusal={refusal} done={done}>
      <p class="crumbs">
        <a href={`/rounds/${round.id}`}>{round.name}</a>
        <span aria-hidden="true">›</span>抽取回头看
      </p>
      <h1>抽取回头看</h1>
      <p class="lead">
        重大问题、所在部门曾有反弹的必看，其余按比例抽。次序由种子和编号推出，谁拿着种子和名单都能重抽出同样的结果；抽前只列范围，不列结果。
      </p>
      <section class="part draw-next" aria-labelledby="h-next-draw">
        <Heading id="h-next-draw" note="预览，未抽取">
          这次抽什么
        </Heading>
        {typeof next === 'string' ? <p class="quiet">{`${next}。`}</p> : <Next {...{ next, round, office, seal }} />}
      </section>
      <section class="part" aria-labelledby="h-draws">
        <Heading id="h-draws" count={draws.length} note="种子、范围、结果都留底">
          抽过的
        </Heading>
        {draws.length === 0 ? <p class="quiet">本轮还没有抽过。</p> : null}
        {draws.map((draw, place) => (
          <Drawn draw={draw} number={draws.length - place} />
        ))}
      </section>
    </Page>
  );
}

function Next({
  next: { unfinished, share, population, certain, byLot },
  round,
  office,
  seal,
}: Pick<DrawsProps, 'round' | 'office' | 'seal'> & { next: DrawPreview }) {
  const because = new Map(certain.map((one) => [one.code, drawNames[one.because]]));
  return (
    <>
      <p class="draw-sum">
        {`待抽取${String(population.length)}项：必看${String(certain.length)}项，其余${String(byLot.from)}项按${percent(share)}抽${String(byLot.drawn)}项。`}
      </p>
      {unfinished === null ? null : (
        <p class="lacking">{`上次抽取${unfinished}没有办完，再抽就是接着办完它，种子和结果以它为准。`}</p>
      )}
      <Folded summary={`看待抽取的${String(population.length)}项`}>
        <table>
          <caption class="unseen">待抽取的问题</caption>
          <thead>
            <tr>
              <th scope="col">编号</th>
              <th scope="col">责任部门</th>
              <th scope="col">怎么定</th>
            </tr>
          </thead>
          <tbody>
            {population.map(({ code, unit }) => (
              <tr>
                <th scope="row">{code}</th>
                <td>{unit === '' ? '未定' : unit}</td>
                <td>{because.get(code) ?? '抽取'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Folded>
      <Act title={unfinished === null ? '抽取' : '接着办完'} note="抽了就留底，不能重来" holders={office} open>
        <form class="form account-form" method="post" action={`/rounds/${round.id}/look-backs`}>
          <FormKeys seal={seal} />
          <div>
            <label for="seed">
              种子
              <span class="hint">不填由系统随机取；当众摇号的，填摇出的号码</span>
            </label>
            <input type="text" id="seed" name="seed" maxlength={200} autocomplete="off" />
          </div>
          <ActingPerson holders={office} id="draw-by" roleName="督办办公室" />
          <button class="button primary" type="submit">
            {unfinished === null ? '抽取' : '接着办完'}
          </button>
        </form>
      </Act>
    </>
  );
}

function Drawn({ draw, number }: { draw: RecordedDraw; number: number }) {
  const { drawId, seed, share, at, by, drawn, left, bodies, state, populationHash } = draw;
  return (
    <article class="draw" id={drawId}>
      <h3>{`第${String(number)}次`}</h3>
      <p class="note">
        <Moment at={at} />
        {by === '' ? '' : `　${by}`}
        {`　编号${drawId}`}
      </p>
      <dl class="pairs">
        <dt>种子</dt>
        <dd>
          <code>{seed}</code>
        </dd>
        <dt>范围</dt>
        <dd>
          {`${String(drawn.length + left.length)}项，其余按${percent(share)}抽`}
          <code class="hash">{`SHA-256 ${populationHash}`}</code>
        </dd>
        <dt>重抽一遍</dt>
        <dd class={state === 'same' ? undefined : 'differs'}>
          {state === 'same' ? '与留存的结果相同' : '与留存的结果不同，请告诉运维人员核对台账'}
        </dd>
        <dt>{`回头看${String(drawn.length)}项`}</dt>
        <dd>
          <ul>
            {drawn.map(({ code, body, because }) => (
              <li>
                <b>{code}</b>
                {`　${drawNames[because]}${bodies.length > 1 ? `　${body}` : ''}`}
              </li>
            ))}
          </ul>
        </dd>
        <dt>{`未抽中${String(left.length)}项`}</dt>
        <dd>{left.length === 0 ? '无' : left.join('、')}</dd>
      </dl>
    </article>
  );
}

function percent(share: number): string {
  return `${String(Math.round(share * 100))}%`;
}
