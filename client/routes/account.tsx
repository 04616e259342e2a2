import { type Context, Hono } from 'hono';
import type { Access } from '../access/access.ts';
import type { NewSecondStep } from '../access/second-step.ts';
import type { Viewer } from '../access/sessions.ts';
import { lastTokenDay, listTokens, makeToken, revokeToken } from '../access/tokens.ts';
import { viewerOf } from '../access/visit.ts';
import { visitorOf } from '../access/visitor.ts';
import type { Ledger } from '../../prisma/client.ts';
import { NewSecondStepPage } from '../pages/access.tsx';
import { AccountPage } from '../pages/account.tsx';
import { doneWords } from '../pages/done.ts';
import { NewTokenPage } from '../pages/parts/account-tokens.tsx';
import { send, type Shown } from '../pages/shown.tsx';
import { RefusedError } from '../refused-error.ts';
import { answered, formOf, keep } from './form.ts';
import { options, passkeysOffered } from './passkey-options.ts';

/** One's own account: where one is signed in, what one signs in with, and the tokens of one's programs. */
export function accountForms({ ledger, access }: { readonly ledger: Ledger; readonly access: Access }): Hono {
  const { sessions, secondStep, passkeys } = access;
  const app = new Hono();

  const showAccount = async (c: Context, viewer: Viewer, { refusal, status }: Shown = {}) => {
    const now = new Date().toISOString();
    const [list, keys, tokens] = await Promise.all([
      sessions.list(viewer),
      passkeys.list(viewer.accountId),
      listTokens(ledger, viewer.accountId, now),
    ]);
    const offered = passkeysOffered(c, passkeys);
    const account = { viewer, sessions: list, passkeys: keys, offered, tokens, tokensUntil: lastTokenDay(now) };
    const done = doneWords(c.req.query('done'));
    return send(c, <AccountPage {...{ ...account, refusal, done, seal: c.var.seal }} />, status);
  };
  const own = (c: Context, show: (viewer: Viewer) => Response | Promise<Response>) => show(viewerOf(c));
  app.get('/account', (c) => own(c, (viewer) => showAccount(c, viewer)));
  app.post('/account/sessions/:id', (c) =>
    own(c, (viewer) =>
      answered(
        c,
        (shown) => showAccount(c, viewer, shown),
        async () => {
          await formOf(c);
          const id = c.req.param('id');
          await sessions.revoke(viewer, id === 'others' ? 'others' : { sessionId: id });
          return '/account?done=signedOutThere';
        },
      ),
    ),
  );
  app.post('/account/password', (c) =>
    own(c, (viewer) =>
      answered(
        c,
        (shown) => showAccount(c, viewer, shown),
        async () => {
          const form = await formOf(c);
          const given = { old: form.secret('old'), fresh: form.secret('fresh') };
          await sessions.changePassword(visitorOf(c), viewer, given);
          return '/account?done=passwordChanged';
        },
      ),
    ),
  );
  const showStep = (c: Context, step: NewSecondStep | undefined, { refusal, status }: Shown = {}) =>
    send(c, <NewSecondStepPage {...{ step, refusal, seal: c.var.seal }} />, status);
  app.post('/account/second-step/prepare', (c) =>
    own(c, async (viewer) => {
      const form = await formOf(c);
      let step: NewSecondStep;
      try {
        step = await secondStep.prepare(visitorOf(c), viewer, form.secret('password'));
      } catch (error) {
        if (error instanceof RefusedError) return showAccount(c, viewer, { refusal: error.message, status: 409 });
        throw error;
      }
      return showStep(c, step); // not by an address that could be opened again: the codes are shown once
    }),
  );
  app.post('/account/second-step/begin', (c) =>
    own(c, () =>
      answered(
        c,
        (shown) => showStep(c, undefined, shown),
        async () => {
          const form = await formOf(c);
          keep(c, await secondStep.begin(visitorOf(c), form.text('code')));
          return '/account?done=secondStepOn';
        },
      ),
    ),
  );
  app.post('/account/second-step/end', (c) =>
    own(c, (viewer) =>
      answered(
        c,
        (shown) => showAccount(c, viewer, shown),
        async () => {
          const form = await formOf(c);
          keep(c, await secondStep.end(visitorOf(c), viewer, form.secret('password')));
          return '/account?done=secondStepOff';
        },
      ),
    ),
  );
  app.post('/account/passkeys/options', (c) => own(c, (viewer) => options(c, () => passkeys.optionsToAdd(viewer))));
  app.post('/account/passkeys', (c) =>
    own(c, (viewer) =>
      answered(
        c,
        (shown) => showAccount(c, viewer, shown),
        async () => {
          const form = await formOf(c);
          await sessions.confirmPassword(visitorOf(c), viewer, form.secret('password'));
          await passkeys.add(viewer, { name: form.text('name'), answer: form.text('credential') });
          return '/account?done=passkeyAdded';
        },
      ),
    ),
  );
  app.post('/account/passkeys/:id', (c) =>
    own(c, (viewer) =>
      answered(
        c,
        (shown) => showAccount(c, viewer, shown),
        async () => {
          await formOf(c);
          await passkeys.remove(viewer.accountId, c.req.param('id'));
          return '/account?done=passkeyRemoved';
        },
      ),
    ),
  );
  app.post('/account/tokens', (c) =>
    own(c, async (viewer) => {
      let made: Awaited<ReturnType<typeof makeToken>> | undefined;
      const done = await answered(
        c,
        (shown) => showAccount(c, viewer, shown),
        async () => {
          const form = await formOf(c);
          await sessions.confirmPassword(visitorOf(c), viewer, form.secret('password'));
          const wanted = { name: form.text('name'), endsOn: form.text('endsOn') };
          made = await makeToken(ledger, { accountId: viewer.accountId, ...wanted, now: new Date().toISOString() });
          return '/account';
        },
      );
      // Not by an address that could be opened again: the token is shown once.
      return made === undefined ? done : send(c, <NewTokenPage {...made} />);
    }),
  );
  app.post('/account/tokens/:id', (c) =>
    own(c, (viewer) =>
      answered(
        c,
        (shown) => showAccount(c, viewer, shown),
        async () => {
          await formOf(c);
          const own = { accountId: viewer.accountId, tokenId: c.req.param('id') };
          await revokeToken(ledger, { ...own, now: new Date().toISOString() });
          return '/account?done=tokenRevoked';
        },
      ),
    ),
  );
  return app;
}
