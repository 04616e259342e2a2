import { raw } from 'hono/html';
import { renderSVG } from 'uqr';
import type { NewSecondStep } from '../access/second-step.ts';
import { Field, Narrow, type Told, unlike } from './parts/access-fields.tsx';
import { Page } from './parts/layout.tsx';
import { PasskeySignIn, type PasskeysOffered } from './parts/passkeys.tsx';

/** 登录. */
export function SignInPage({
  next,
  email,
  passkeys,
  seal,
  refusal,
  done,
}: Told & { readonly next: string; readonly email: string; readonly passkeys: PasskeysOffered }) {
  return (
    <Page title="登录" refusal={refusal} done={done}>
      <Narrow title="登录" intro="收到督办邮件的，不用登录：直接回复邮件，或点邮件里的链接即可。">
        <form class="form" method="post" action="/sign-in">
          <input type="hidden" name="seal" value={seal} />
          <input type="hidden" name="next" value={next} />
          <Field name="email" label="单位邮箱" type="email" value={email} autocomplete="username" />
          <Field name="password" label="密码" type="password" autocomplete="current-password" />
          <button class="button primary wide" type="submit">
            登录
          </button>
        </form>
        <PasskeySignIn offered={passkeys} next={next} seal={seal} />
        <p class="hint">忘了密码、还没有账户的，请督办办公室发一封邀请到您登记的邮箱。</p>
      </Narrow>
    </Page>
  );
}

/** 登录的第二步. */
export function CodePage({ next, seal, refusal }: Told & { readonly next: string }) {
  return (
    <Page title="动态口令" refusal={refusal}>
      <Narrow title="动态口令" intro="密码正确。请填写手机上动态口令的6位数字；手机不在身边的，填写一个备用码。">
        <form class="form" method="post" action="/sign-in/code">
          <input type="hidden" name="seal" value={seal} />
          <input type="hidden" name="next" value={next} />
          <Field name="code" label="口令或备用码" autocomplete="one-time-code" />
          <button class="button primary wide" type="submit">
            登录
          </button>
        </form>
        <p>
          <a href="/sign-in">重新登录</a>
        </p>
      </Narrow>
    </Page>
  );
}

/** 启用动态口令: shown once, for the codes stand on it. */
export function NewSecondStepPage({ step, seal, refusal }: Told & { readonly step: NewSecondStep | undefined }) {
  return (
    <Page title="启用动态口令" refusal={refusal}>
      <Narrow title="启用动态口令" intro="登录时除密码外，再填写手机上每30秒换一次的6位数字。填好下面的口令才算启用。">
        {step === undefined ? null : (
          <>
            <h2>1. 用手机上的验证器扫描</h2>
            <figure class="code-picture" role="img" aria-label="动态口令的二维码">
              {raw(renderSVG(step.uri, { border: 2 }))}
            </figure>
            <p class="hint">
              不能扫描的，手工输入密钥：<code>{step.secret.replace(/(.{4})/g, '$1 ').trim()}</code>
            </p>
            <h2>2. 抄下备用码</h2>
            <p>手机丢失或换号时，每个备用码可以登录一次。只显示这一次，请抄写或打印后锁好。</p>
            <ul class="backup-codes">
              {step.backupCodes.map((code) => (
                <li>
                  <code>{code}</code>
                </li>
              ))}
            </ul>
            <h2>3. 填写手机上的口令</h2>
          </>
        )}
        <form class="form" method="post" action="/account/second-step/begin">
          <input type="hidden" name="seal" value={seal} />
          <Field name="code" label="6位口令" autocomplete="one-time-code" />
          <button class="button primary wide" type="submit">
            启用
          </button>
        </form>
        <p>
          <a href="/account">先不启用</a>
        </p>
      </Narrow>
    </Page>
  );
}

/** 建立督办办公室的第一个账户. */
export function SetUpPage({ token, given, seal, refusal }: Told & SetUpShown) {
  return (
    <Page title="建立账户" refusal={refusal}>
      <Narrow
        title="建立督办办公室的账户"
        intro="这台机器上还没有账户。第一个账户属于督办办公室：建立轮次、维护名册和政策、邀请其他人，都由它开始。"
      >
        <form class="form" method="post" action="/set-up">
          <input type="hidden" name="seal" value={seal} />
          {token === '' ? (
            <Field
              name="token"
              label="启动口令"
              hint="启动程序时显示在屏幕上，只有启动它的人看得到。"
              autocomplete="off"
            />
          ) : (
            <input type="hidden" name="token" value={token} />
          )}
          <Field name="name" label="姓名" value={given.name} autocomplete="name" />
          <Field name="email" label="单位邮箱" type="email" value={given.email} autocomplete="username" />
          <Field name="password" label="密码" type="password" hint={unlike} autocomplete="new-password" />
          <button class="button primary wide" type="submit">
            建立并登录
          </button>
        </form>
      </Narrow>
    </Page>
  );
}

interface SetUpShown {
  /** Empty when the address did not carry it: then it is asked for. */
  readonly token: string;
  readonly given: { readonly name: string; readonly email: string };
}

/** 受邀设置密码. */
export function InvitationPage({ path, invited, seal, refusal }: Told & InvitationShown) {
  const { name, email, purpose } = invited;
  const title = purpose === 'opens' ? '开通账户' : '重设密码';
  return (
    <Page title={title} refusal={refusal}>
      <Narrow
        title={title}
        intro={
          purpose === 'opens'
            ? `${name}：督办办公室为您开通账户，请设置密码。`
            : `${name}：设置新密码以后，原来的密码作废，已登录的地方都要重新登录。`
        }
      >
        <form class="form" method="post" action={path}>
          <input type="hidden" name="seal" value={seal} />
          <Field name="email" label="单位邮箱" type="email" value={email} autocomplete="username" readonly />
          <Field name="password" label="新密码" type="password" hint={unlike} autocomplete="new-password" />
          <button class="button primary wide" type="submit">
            {title}
          </button>
        </form>
      </Narrow>
    </Page>
  );
}

interface InvitationShown {
  readonly path: string;
  readonly invited: { readonly name: string; readonly email: string; readonly purpose: 'opens' | 'setsAnew' };
}
