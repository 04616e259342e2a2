import { Hono } from 'hono';
import { createApiGate } from '../../client/api/gate.ts';
import type { Ledger } from '../../prisma/client.ts';

const token = 'a-token';

/** A part of the JSON API behind its own gate, as an instance has it under `/api`; by that instance's token, `a-token`. */
export function gatedApi(ledger: Ledger, parts: Readonly<Record<string, Hono>>): Hono {
  const api = new Hono();
  api.use(createApiGate({ ledger, token }));
  for (const [path, routes] of Object.entries(parts)) api.route(path, routes);
  return new Hono().route('/api', api);
}

/** Asks it for JSON. */
export async function askJson(api: Hono, path: string): Promise<unknown> {
  return (await api.request(`/api${path}`, { headers: { Authorization: `Bearer ${token}` } })).json();
}
