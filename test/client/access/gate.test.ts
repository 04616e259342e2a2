import { beforeAll, describe, expect, it } from 'vitest';
import { type RouteDecision, routeDecisions, type Subject } from '../../../client/access/route-decisions.ts';
import { createWatchers } from '../../../client/live/watchers.ts';
import { testLedger } from '../../support/servers.ts';
import { pagesOver } from '../pages/told-world.ts';
import { accessOver, cookiesOf, everybodysCookies, twoRounds, type World, worlds } from './two-rounds.ts';

const ledger = await testLedger();
const { app } = pagesOver(ledger, undefined, createWatchers(), accessOver(ledger));

interface Asking {
  readonly account?: 'wang' | 'chen' | 'li' | 'sun' | 'zhao' | 'zhou';
  readonly from: 'here' | 'elsewhere' | 'a proxy here' | 'here by another name';
}

const askings: readonly Asking[] = [
  { from: 'here' },
  { from: 'elsewhere' },
  { from: 'a proxy here' },
  { from: 'here by another name' },
  ...(['wang', 'chen', 'li', 'sun', 'zhao', 'zhou'] as const).flatMap((account) => [
    { account, from: 'elsewhere' as const },
    { account, from: 'here' as const },
  ]),
];

let cookies: ReadonlyMap<string, string>;
beforeAll(async () => {
  await twoRounds(ledger);
  cookies = await everybodysCookies(ledger);
}, 60_000);

/** Something that is asked for: of one of the worlds, open or secret, or of its confidential issue; or nothing that there is. */
interface Target {
  readonly world: World | 'none';
  readonly words: 'open' | 'secret' | 'confidential';
}
const targets: readonly Target[] = [
  ...worlds.flatMap((world) => (['open', 'secret'] as const).map((words) => ({ world, words }))),
  { world: 'own', words: 'confidential' },
  { world: 'foreign', words: 'confidential' },
  { world: 'none', words: 'open' },
];

/** What stands in the address for it, by what the route is about. */
const refOf: Readonly<Record<Subject, (target: Target) => string>> = {
  issue: ({ world, words }) => `${world}-${words === 'confidential' ? '5' : '1'}`,
  round: ({ world }) => world,
  leader: ({ world }) => ({ own: 'chen', foreign: 'zhou', drill: 'drill-chen', none: 'nobody' })[world],
  evidence: ({ world, words }) => `${world}-file-${{ open: '1', secret: '2', confidential: '5' }[words]}`,
  photo: ({ world, words }) => `${world}-photo${words === 'confidential' ? '-5' : ''}`,
  mail: ({ world }) => `${world}-mail@huitoukan.invalid`,
  reply: ({ world }) => `${world}-reply`,
  print: ({ world }) => `${world}print`.padEnd(32, '0'),
  drill: ({ world }) => world,
  watched: ({ world, words }) => `${world}-${words === 'confidential' ? '5' : '1'}`,
  home: () => '',
  lists: () => '',
  drills: () => '',
};

type Outcome = 'through' | 'sign-in' | 'sign in first' | 'not there' | 'may not';

/** As the decision has it, from who holds what. */
function expected(decision: RouteDecision, method: string, asking: Asking, target: Target): Outcome {
  const asks = method === 'GET' ? 'sign-in' : 'sign in first';
  const { account, from } = asking;
  switch (decision.for) {
    case 'everybody':
      return 'through';
    case 'signedIn':
      return account === undefined ? asks : 'through';
    case 'office':
      if (account === undefined) return asks;
      return account === 'wang' ? 'through' : method === 'GET' ? 'not there' : 'may not';
    case 'inSight': {
      if (account === undefined && from !== 'here') return asks;
      if (!sees(decision.about, asking, target)) return account === undefined ? asks : 'not there';
      if (target.world === 'drill' || ['home', 'lists', 'drills'].includes(decision.about)) return 'through';
      if (decision.may === 'office') return account === 'wang' ? 'through' : 'may not';
      if (decision.may === 'himself') return account === readerOf(target) ? 'through' : 'may not';
      return 'through';
    }
  }
}

const readerOf = ({ world }: Target) => (world === 'own' ? 'chen' : 'zhou');

function sees(about: Subject, { account, from }: Asking, target: Target): boolean {
  const drills = from === 'here' || account === 'wang';
  if (about === 'home') return true;
  if (about === 'lists') return drills || account !== undefined;
  if (about === 'drills') return drills;
  if (about === 'drill') return drills && target.world === 'drill';
  if (target.world === 'none') return false;
  if (target.world === 'drill') return drills;
  if (account === 'wang') return true;
  if (['leader', 'mail', 'reply', 'print'].includes(about)) return account === readerOf(target);
  // 陈 handles it, 李 is named its reviewer: 赵, who has that role for the round, does not see it.
  if (target.words === 'confidential' && about !== 'round')
    return target.world === 'own' ? account === 'chen' || account === 'li' : account === 'zhou';
  const inRound = target.world === 'own' ? ['chen', 'li', 'sun', 'zhao'] : ['zhou'];
  if (account === undefined || !inRound.includes(account)) return false;
  // 孙 has the open measure alone, 赵 reads all of the round and judges nothing.
  return about !== 'evidence' || target.words !== 'secret' || !['sun', 'zhao'].includes(account);
}

async function ask(method: string, path: string, { account, from }: Asking): Promise<Outcome> {
  const headers = new Headers({ host: from === 'here by another name' ? 'office.example' : 'localhost:8787' });
  if (account !== undefined) headers.set('cookie', cookies.get(account)!);
  if (from === 'a proxy here') headers.set('x-forwarded-for', '192.0.2.7');
  const remoteAddress = from === 'elsewhere' ? '192.0.2.7' : '127.0.0.1';
  const body = method === 'POST' ? new URLSearchParams({}) : null;
  const answer = await app.request(path, { method, headers, body }, { incoming: { socket: { remoteAddress } } });
  const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream') === true;
  const text = isStream ? '' : await answer.text();
  if (isStream) await answer.body?.cancel();
  if (answer.status === 303 && answer.headers.get('location')?.startsWith('/sign-in?next=') === true) {
    expect(answer.headers.get('location')).toBe(`/sign-in?next=${encodeURIComponent(path)}`);
    return 'sign-in';
  }
  if (answer.status === 401) return 'sign in first';
  // What is let through without a page's seal stops there: nothing is done, and it is seen that it arrived.
  if (text.includes('不是从本站的页面交来的')) return 'through';
  if (answer.status === 403) return 'may not';
  if (answer.status === 404)
    return path.startsWith('/a/') || path.startsWith('/invitations/') ? 'through' : 'not there';
  expect([path, answer.status]).toEqual([path, expect.toSatisfy((status: number) => status < 500)]);
  return 'through';
}

const filled = (path: string, about: Subject | undefined, target: Target) => {
  const ref = about === undefined ? 'some' : refOf[about](target);
  const named = path.replace(/:name\b/, path.startsWith('/leaders') ? 'askStatus' : 'resumeIssue');
  const address = named.replace(/:(?:ref|id|messageId|token|sha256)/, encodeURIComponent(ref));
  return about === 'watched' ? `${address}?issue=${ref}` : address;
};

const routes = app.routes.filter(({ method }) => method !== 'ALL');

it('every route of the pages has a decision, and every decision a route', () => {
  const names = routes.map(({ method, path }) => `${method} ${path}`);
  expect([...new Set(names)].toSorted()).toEqual([...routeDecisions.keys()].toSorted());
});

describe('every route answers whoever its decision says', () => {
  it.each(routes.map(({ method, path }) => [method, path] as const))(
    '%s %s',
    async (method, path) => {
      const decision = routeDecisions.get(`${method} ${path}`);
      const about = decision?.for === 'inSight' ? decision.about : undefined;
      for (const target of about === undefined ? targets.slice(-1) : targets) {
        for (const asking of askings) {
          const address = filled(path, about, target);
          if (decision?.for === 'signedIn' && asking.account !== undefined && method === 'POST') continue;
          const outcome = await ask(method, address, asking);
          const wanted = decision && expected(decision, method, asking, target);
          expect({ ...asking, address, outcome }).toEqual({ ...asking, address, outcome: wanted });
        }
      }
    },
    60_000,
  );
});

describe('what is out of sight', () => {
  const text = async (path: string, account: NonNullable<Asking['account']>, method = 'GET') => {
    const headers = { cookie: cookies.get(account)!, host: 'localhost' };
    const answer = await app.request(path, { method, headers });
    return { status: answer.status, text: await answer.text(), type: answer.headers.get('content-type') };
  };

  it('is answered letter by letter like what does not exist', async () => {
    for (const about of ['issue', 'round', 'leader', 'evidence', 'photo', 'mail', 'reply', 'print'] as const) {
      const path = routes.find(({ method, path: one }) => {
        const decision = routeDecisions.get(`${method} ${one}`);
        return method === 'GET' && decision?.for === 'inSight' && decision.about === about;
      })!.path;
      const [there, nowhere] = (['own', 'none'] as const).map((world) => refOf[about]({ world, words: 'open' }));
      const [hidden, missing] = [
        await text(path.replace(/:\w+/, encodeURIComponent(there!)), 'zhou'),
        await text(path.replace(/:\w+/, encodeURIComponent(nowhere!)), 'zhou'),
      ];
      expect([about, hidden.status]).toEqual([about, 404]);
      expect({ ...hidden, text: hidden.text.replaceAll(`“${there!}”`, '…') }).toEqual({
        ...missing,
        text: missing.text.replaceAll(`“${nowhere!}”`, '…'),
      });
    }
  });

  it('stays so however the address is written', async () => {
    for (const path of [
      '/issues/own%2D1',
      '/issues/OWN-01',
      '/issues/own-01',
      '/issues/%20own-1',
      '/rounds/own%E8%BD%AE%E6%AC%A1',
    ])
      expect([path, (await text(path, 'zhou')).status]).toEqual([path, 404]);
    for (const path of ['/issues/own-1', '/evidence/own-file-1'])
      expect([path, (await text(path, 'zhou', 'HEAD')).status]).toEqual([path, 404]);
    for (const path of ['//issues/own-1', '/issues/own-1/', '/./issues/../issues/own-1'])
      expect([path, (await text(path, 'zhou')).text.includes('own采购')]).toEqual([path, false]);
  });
});

it('an account that was closed, or a session that was ended, sees nothing from then on', async () => {
  const own = await cookiesOf(ledger, 'chen@unit.example');
  const status = async () =>
    (await app.request('/issues/own-1', { headers: { cookie: own, host: 'localhost' } })).status;
  expect(await status()).toBe(200);
  await ledger.account.update({ where: { email: 'chen@unit.example' }, data: { closedAt: new Date() } });
  expect(await status()).toBe(303);
  await ledger.account.update({ where: { email: 'chen@unit.example' }, data: { closedAt: null } });
  expect(await status()).toBe(200);
  await ledger.accountSession.deleteMany({ where: { account: { email: 'chen@unit.example' } } });
  expect(await status()).toBe(303);
});
