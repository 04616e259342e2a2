import type { PasskeyReading } from '../access/passkeys.ts';
import type { SessionReading, Viewer } from '../access/sessions.ts';
import type { TokenReading } from '../access/tokens.ts';
import type { IsoDate } from '../../workflows/rules/instants.ts';
import { Field, type Told, unlike } from './parts/access-fields.tsx';
import { TokensPart } from './parts/account-tokens.tsx';
import { Heading, Page } from './parts/layout.tsx';
import { PasskeysPart, type PasskeysOffered } from './parts/passkeys.tsx';
import { Moment } from './parts/small.tsx';

interface AccountShown {
  readonly viewer: Viewer;
  readonly sessions: readonly SessionReading[];
  readonly passkeys: readonly PasskeyReading[];
  readonly offered: PasskeysOffered;
  readonly tokens: readonly TokenReading[];
  /** The last day a token made today may name. */
  readonly tokensUntil: IsoDate;
}

/** 我的账户: where one is signed in, what one signs in with, and the tokens of one's programs. */
export function AccountPage({
  viewer,
  sessions,
  passkeys,
  offered,
  tokens,
  tokensUntil,
  seal,
  refusal,
  done,
}: Told & AccountShown) {
  const others = sessions.filter(({ isThis }) => isThis === 'no').length;
  return (
    <Page title="我的账户" refusal={refusal} done={done}>
      <h1>我的账户</h1>
      <p class="facts">
        <span>
          <b>{viewer.name}</b>
        </span>
        <span>{viewer.email}</span>
        {viewer.standing === 'office' ? <span>督办办公室</span> : null}
      </p>
      <section class="part" aria-labelledby="h-sessions">
        <Heading id="h-sessions" note="不是自己的，请退出它并修改密码">
          登录在哪些地方
        </Heading>
        <ul class="sessions">
          {sessions.map(({ id, userAgent, address, since, lastSeen, isThis }) => (
            <li>
              <div class="where">
                <b>{browserName(userAgent)}</b>
                {`，来自${address}`}
                <span class="hint">
                  登录于
                  <Moment at={since.toISOString()} />
                  ，最近使用
                  <Moment at={lastSeen.toISOString()} />
                </span>
              </div>
              {isThis === 'yes' ? <span>就是这里</span> : <RevokeForm id={id} seal={seal} />}
            </li>
          ))}
        </ul>
        {others === 0 ? null : (
          <form class="form" method="post" action="/account/sessions/others">
            <input type="hidden" name="seal" value={seal} />
            <button class="button" type="submit">{`退出其他${String(others)}处`}</button>
          </form>
        )}
      </section>
      <section class="part" aria-labelledby="h-password">
        <Heading id="h-password">修改密码</Heading>
        <form class="form account-form" method="post" action="/account/password">
          <input type="hidden" name="seal" value={seal} />
          <Field name="old" label="原来的密码" type="password" autocomplete="current-password" />
          <Field name="fresh" label="新密码" type="password" hint={unlike} autocomplete="new-password" />
          <button class="button" type="submit">
            修改密码，退出其他地方
          </button>
        </form>
      </section>
      <SecondStepPart viewer={viewer} seal={seal} />
      <PasskeysPart passkeys={passkeys} offered={offered} seal={seal} />
      <TokensPart tokens={tokens} until={tokensUntil} seal={seal} />
      <form class="form" method="post" action="/sign-out">
        <input type="hidden" name="seal" value={seal} />
        <button class="button" type="submit">
          退出登录
        </button>
      </form>
    </Page>
  );
}

function SecondStepPart({ viewer, seal }: { readonly viewer: Viewer; readonly seal: string }) {
  const isOn = viewer.secondStep === 'on';
  return (
    <section class="part" aria-labelledby="h-second-step">
      <Heading id="h-second-step" note={isOn ? '已启用' : '没有启用'}>
        动态口令
      </Heading>
      <form class="form account-form" method="post" action={`/account/second-step/${isOn ? 'end' : 'prepare'}`}>
        <input type="hidden" name="seal" value={seal} />
        <Field id="second-step-password" name="password" label="密码" type="password" autocomplete="current-password" />
        <button class="button" type="submit">
          {isOn ? '停用动态口令' : '启用动态口令'}
        </button>
      </form>
    </section>
  );
}

function RevokeForm({ id, seal }: { readonly id: string; readonly seal: string }) {
  return (
    <form method="post" action={`/account/sessions/${encodeURIComponent(id)}`}>
      <input type="hidden" name="seal" value={seal} />
      <button class="button" type="submit">
        退出
      </button>
    </form>
  );
}

/** As people call it; of what names itself otherwise, its own words. */
function browserName(userAgent: string): string {
  const known = [
    ['微信', /MicroMessenger/],
    ['企业微信', /wxwork/],
    ['360浏览器', /360SE|QIHU/i],
    ['Edge', /Edg\//],
    ['Firefox', /Firefox\//],
    ['Chrome', /Chrome\//],
    ['Safari', /Safari\//],
  ] as const;
  const [name] = known.find(([, pattern]) => pattern.test(userAgent)) ?? [
    userAgent === '' ? '不明' : userAgent.slice(0, 40),
  ];
  const on = /iPhone|iPad/.test(userAgent) ? '，苹果手机或平板' : /Android/.test(userAgent) ? '，安卓手机' : '';
  return `${name}${on}`;
}
