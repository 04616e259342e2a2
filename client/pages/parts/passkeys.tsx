import type { PasskeyReading } from '../../access/passkeys.ts';
import { Field } from './access-fields.tsx';
import { assets, Heading } from './layout.tsx';
import { WaysIn } from './ways-in.tsx';

/** Where a browser can use passkeys: `here`, or only under another address of ours. */
export type PasskeysOffered = { readonly at: 'here' | 'elsewhere'; readonly origin: string };

interface PasskeysProps {
  readonly passkeys: readonly PasskeyReading[];
  readonly offered: PasskeysOffered;
  readonly seal: string;
}

/** 通行密钥 of one's account. */
export function PasskeysPart({ passkeys, offered, seal }: PasskeysProps) {
  return (
    <section class="part" aria-labelledby="h-passkeys">
      <Heading id="h-passkeys" note="用这台设备的指纹、面容或开机密码登录，不用密码和动态口令">
        通行密钥
      </Heading>
      <WaysIn ways={passkeys} path="/account/passkeys" end="去掉" none="没有通行密钥。" seal={seal} />
      {offered.at === 'elsewhere' ? (
        <p class="hint">
          要添加，请用 <a href={`${offered.origin}/account`}>{offered.origin}</a> 打开这一页。
        </p>
      ) : (
        <AddForm offered={offered} seal={seal} />
      )}
    </section>
  );
}

function AddForm({ offered, seal }: { readonly offered: PasskeysOffered; readonly seal: string }) {
  return (
    <>
      <form
        class="form account-form"
        method="post"
        action="/account/passkeys"
        hidden
        data-passkey="create"
        data-options="/account/passkeys/options"
        data-origin={offered.origin}
      >
        <input type="hidden" name="seal" value={seal} />
        <input type="hidden" name="credential" value="" />
        <Field id="passkey-name" name="name" label="哪台设备" hint="如：办公室电脑" autocomplete="off" />
        <Field id="passkey-password" name="password" label="密码" type="password" autocomplete="current-password" />
        <button class="button" type="submit">
          添加通行密钥
        </button>
        <p class="hint" role="alert"></p>
      </form>
      <p class="hint" data-without-passkey>
        这个浏览器没有运行脚本，或不支持通行密钥；请照常用密码登录。
      </p>
      <PasskeyScript />
    </>
  );
}

/** 用通行密钥登录, beside the password. */
export function PasskeySignIn({
  offered,
  next,
  seal,
}: {
  readonly offered: PasskeysOffered;
  readonly next: string;
  readonly seal: string;
}) {
  if (offered.at === 'elsewhere') return null;
  return (
    <>
      <form
        class="form"
        method="post"
        action="/sign-in/passkey"
        hidden
        data-passkey="get"
        data-options="/sign-in/passkey/options"
        data-origin={offered.origin}
      >
        <input type="hidden" name="seal" value={seal} />
        <input type="hidden" name="next" value={next} />
        <input type="hidden" name="credential" value="" />
        <button class="button wide" type="submit">
          用通行密钥登录
        </button>
        <p class="hint" role="alert"></p>
      </form>
      <PasskeyScript />
    </>
  );
}

function PasskeyScript() {
  return <script type="module" src={assets.get('passkey.js')!.path}></script>;
}
