import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { type Invitation, invite } from '../access/accounts.ts';
import type { Access } from '../access/access.ts';
import { closeAccount } from '../access/closing.ts';
import { viewerOf } from '../access/visit.ts';
import type { Ledger } from '../../prisma/client.ts';
import { doneWords } from '../pages/done.ts';
import { InvitedPage, PeopleListPage } from '../pages/people.tsx';
import { send, type Shown } from '../pages/shown.tsx';
import { readPeople } from '../reading/people.ts';
import { answered, formOf, parsed } from './form.ts';

const confirmed = z.literal('yes', '请先勾选确认停用');
const standing = z.enum(['office', 'person'], '请选择账户');

/** The directory, and the invitations of the office to have an account, and the end of one. */
export function peopleForms({ ledger, access }: { readonly ledger: Ledger; readonly access: Access }): Hono {
  const app = new Hono();

  const showPeople = async (c: Context, { refusal, status }: Shown = {}) => {
    const { text = '', after = '' } = c.req.query();
    const asked = { text: text.trim(), after: after === '' ? undefined : after, now: new Date().toISOString() };
    const page = await readPeople(ledger, asked);
    const shown = { page, text: asked.text, ownAccountId: viewerOf(c).accountId, done: doneWords(c.req.query('done')) };
    return send(c, <PeopleListPage {...{ ...shown, seal: c.var.seal, refusal }} />, status);
  };

  app.get('/people', (c) => showPeople(c));
  app.post('/people/:id/invitations', async (c) => {
    let invitation: Invitation | undefined;
    const done = await answered(
      c,
      (shown) => showPeople(c, shown),
      async () => {
        const form = await formOf(c);
        invitation = await invite(ledger, {
          ...{ personId: c.req.param('id'), standing: parsed(standing, form.text('standing')) },
          ...{ by: viewerOf(c).accountId, now: new Date().toISOString() },
        });
        return '/people';
      },
    );
    if (invitation === undefined) return done;
    // Not by an address that could be opened again: the link is shown once.
    const address = `${access.publicUrl}/invitations/${invitation.token}`;
    return send(c, <InvitedPage invitation={invitation} address={address} />);
  });

  app.post('/people/:id/closing', (c) =>
    answered(
      c,
      (shown) => showPeople(c, shown),
      async () => {
        const form = await formOf(c);
        parsed(confirmed, form.text('confirmed'));
        const [personId, by] = [c.req.param('id'), viewerOf(c).accountId];
        await closeAccount(ledger, { personId, by, now: new Date().toISOString() });
        return '/people?done=accountClosed';
      },
    ),
  );

  return app;
}
