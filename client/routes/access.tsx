import { type Context, Hono } from 'hono';
import {
  acceptInvitation,
  claimInstance,
  invitationOver,
  isOpen,
  isUnclaimed,
  readInvitation,
} from '../access/accounts.ts';
import type { Access } from '../access/access.ts';
import { localPath } from '../access/local-path.ts';
import { visitorOf } from '../access/visitor.ts';
import { isToken } from '../api/token.ts';
import type { Ledger } from '../../prisma/client.ts';
import { CodePage, InvitationPage, SetUpPage, SignInPage } from '../pages/access.tsx';
import { doneWords } from '../pages/done.ts';
import { send, type Shown } from '../pages/shown.tsx';
import { RefusedError } from '../refused-error.ts';
import { answered, formOf, keep } from './form.ts';
import { options, passkeysOffered } from './passkey-options.ts';

interface AccessForms {
  readonly ledger: Ledger;
  readonly access: Access;
}

/** Signing in and out, the first account, and invitations. */
export function accessForms({ ledger, access }: AccessForms): Hono {
  const { sessions, secondStep, passkeys, setUpToken } = access;
  const app = new Hono();

  const showSignIn = async (
    c: Context,
    { refusal, status, next, email = '' }: Shown & { next: string; email?: string },
  ) => {
    if (await isUnclaimed(ledger)) return c.redirect('/set-up', 303);
    return send(
      c,
      <SignInPage
        {...{
          next,
          email,
          passkeys: passkeysOffered(c, passkeys),
          refusal,
          seal: c.var.seal,
          done: doneWords(c.req.query('done')),
        }}
      />,
      status,
    );
  };
  app.get('/sign-in', (c) => showSignIn(c, { next: localPath(c.req.query('next')) }));
  app.post('/sign-in', async (c) => {
    const form = await formOf(c);
    const next = localPath(form.text('next'));
    const email = form.text('email');
    return answered(
      c,
      (shown) => showSignIn(c, { ...shown, next, email }),
      async () => {
        const signed = await sessions.signIn(visitorOf(c), { email, password: form.secret('password') });
        keep(c, signed);
        return signed.next === 'in' ? next : `/sign-in/code?next=${encodeURIComponent(next)}`;
      },
    );
  });
  app.post('/sign-in/passkey/options', (c) => options(c, () => passkeys.optionsToSignIn(c.var.browserKey)));
  app.post('/sign-in/passkey', async (c) => {
    let next = '/';
    return answered(
      c,
      (shown) => showSignIn(c, { ...shown, next }),
      async () => {
        const form = await formOf(c);
        next = localPath(form.text('next'));
        const given = { browser: c.var.browserKey, answer: form.text('credential') };
        keep(c, await passkeys.signIn(visitorOf(c), given));
        return next;
      },
    );
  });
  app.get('/sign-in/code', (c) => send(c, <CodePage next={localPath(c.req.query('next'))} seal={c.var.seal} />));
  app.post('/sign-in/code', async (c) => {
    const form = await formOf(c);
    const next = localPath(form.text('next'));
    return answered(
      c,
      ({ refusal, status }) => send(c, <CodePage {...{ next, refusal, seal: c.var.seal }} />, status),
      async () => {
        keep(c, await secondStep.confirm(visitorOf(c), form.text('code')));
        return next;
      },
    );
  });
  app.post('/sign-out', async (c) => {
    await formOf(c);
    keep(c, await sessions.signOut(visitorOf(c)));
    return c.redirect('/sign-in?done=signedOut', 303);
  });

  const showSetUp = async (
    c: Context,
    { refusal, status, token, given = { name: '', email: '' } }: Shown & SetUpShown,
  ) => {
    if (!(await isUnclaimed(ledger))) return c.redirect('/sign-in', 303);
    return send(c, <SetUpPage {...{ token, given, refusal, seal: c.var.seal }} />, status);
  };
  app.get('/set-up', (c) => showSetUp(c, { token: c.req.query('token') ?? '' }));
  app.post('/set-up', async (c) => {
    const form = await formOf(c);
    const token = form.text('token');
    const given = { name: form.text('name'), email: form.text('email') };
    return answered(
      c,
      (shown) => showSetUp(c, { ...shown, token: isToken(token, setUpToken) ? token : '', given }),
      async () => {
        if (!isToken(token, setUpToken))
          throw new RefusedError('TokenWrong', '启动口令不对，请照启动程序时屏幕上显示的填写。');
        if (given.name === '') throw new RefusedError('FormIncomplete', '请填写姓名。');
        const password = form.secret('password');
        await claimInstance(ledger, { ...given, password });
        keep(c, await sessions.signIn(visitorOf(c), { email: given.email, password }));
        return '/';
      },
    );
  });

  const showInvitation = async (c: Context, token: string, { refusal, status }: Shown = {}) => {
    const found = await readInvitation(ledger, token, new Date().toISOString());
    if (found === undefined) throw new RefusedError('NoSuchInvitation', refusal ?? invitationOver);
    const { email, person } = found;
    const invited = { name: person.name, email, purpose: isOpen(person.account) ? 'setsAnew' : 'opens' } as const;
    c.header('Referrer-Policy', 'same-origin');
    return send(c, <InvitationPage {...{ path: c.req.path, invited, refusal, seal: c.var.seal }} />, status);
  };
  app.get('/invitations/:token', (c) => showInvitation(c, c.req.param('token')));
  app.post('/invitations/:token', async (c) => {
    const token = c.req.param('token');
    const form = await formOf(c);
    return answered(
      c,
      (shown) => showInvitation(c, token, shown),
      async () => {
        const password = form.secret('password');
        const { email } = await acceptInvitation(ledger, { token, password, now: new Date().toISOString() });
        keep(c, await sessions.signIn(visitorOf(c), { email, password }));
        return '/';
      },
    );
  });
  return app;
}

interface SetUpShown {
  readonly token: string;
  readonly given?: { readonly name: string; readonly email: string };
}
