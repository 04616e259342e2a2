import type { TokenReading } from '../../access/tokens.ts';
import type { IsoDate } from '../../../workflows/rules/instants.ts';
import { Field } from './access-fields.tsx';
import { Heading, Page } from './layout.tsx';
import { Day } from './small.tsx';
import { type WayIn, WaysIn } from './ways-in.tsx';

interface TokensProps {
  readonly tokens: readonly TokenReading[];
  readonly until: IsoDate;
  readonly seal: string;
}

/** 个人令牌: what programs of one's own show to the JSON API. */
export function TokensPart({ tokens, until, seal }: TokensProps) {
  return (
    <section class="part" aria-labelledby="h-tokens">
      <Heading id="h-tokens" note="程序凭它以您的名义查看、办理，不会多于您自己看得到、办得了的">
        个人令牌
      </Heading>
      <WaysIn ways={tokens.map(wayIn)} path="/account/tokens" end="作废" none="没有令牌。" seal={seal} />
      <details class="act">
        <summary>
          <b>建一个令牌</b>
        </summary>
        <form class="form account-form" method="post" action="/account/tokens">
          <input type="hidden" name="seal" value={seal} />
          <Field id="token-name" name="name" label="给什么用" hint="如：每周汇总报表" autocomplete="off" />
          <Field
            id="token-ends"
            name="endsOn"
            label="用到哪天（含）"
            type="date"
            hint="最多一年，到期自动失效"
            autocomplete="off"
            max={until}
          />
          <Field id="token-password" name="password" label="密码" type="password" autocomplete="current-password" />
          <button class="button" type="submit">
            建立，取得令牌
          </button>
        </form>
      </details>
    </section>
  );
}

function wayIn({ endsOn, state, ...token }: TokenReading): WayIn {
  const also = (
    <>
      ，用到
      <Day day={endsOn} />
      {state === 'ended' ? '（已到期）' : null}
    </>
  );
  return { ...token, also };
}

/** A token: it is shown this once. */
export function NewTokenPage({
  token,
  name,
  endsOn,
}: {
  readonly token: string;
  readonly name: string;
  readonly endsOn: IsoDate;
}) {
  return (
    <Page title="个人令牌">
      <div class="narrow">
        <h1>{`令牌：${name}`}</h1>
        <p>
          只显示这一次，请放进要用它的程序，不要写进邮件、文档。有它的人能以您的名义办理；泄露了的，在账户页作废。用到
          <Day day={endsOn} />。
        </p>
        <p>
          <label for="token">令牌</label>
          <input id="token" type="text" readonly value={token} />
        </p>
        <p class="note">
          请求时写在头里：<code>Authorization: Bearer 令牌</code>
        </p>
        <p>
          <a href="/account">回我的账户</a>
        </p>
      </div>
    </Page>
  );
}
