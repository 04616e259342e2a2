import { Validator } from '@seriousme/openapi-schema-validator';
import type { Client } from '@temporalio/client';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { apiDecisions } from '../../../client/access/api-decisions.ts';
import { openVisit } from '../../../client/access/visit.ts';
import { createApi } from '../../../client/api/index.ts';
import { requestDoors } from '../../../client/api/issue-requests.ts';
import { openApiDocument } from '../../../client/api/openapi.ts';
import { bodyOf, queryOf } from '../../../client/api/requests.ts';
import { routeDescriptions } from '../../../client/api/route-descriptions.ts';

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly required: boolean }[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: Readonly<Record<string, unknown>> }>>;
  };
}

const document = openApiDocument() as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
);
const bodyOfOperation = (path: string, method: string) =>
  document.paths[path]?.[method]?.requestBody?.content['application/json']?.schema;

describe('the document of the API', () => {
  it('is OpenAPI 3.1, as a validator has it', async () => {
    const { valid, errors } = await new Validator().validate(
      JSON.parse(JSON.stringify(document)) as Readonly<Record<string, unknown>>,
    );
    expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
  });

  it('tells of every route, and of none that there is not', () => {
    const none = undefined as never;
    const api = createApi({
      ...{ ledger: none, temporal: {} as Client, issues: none, rounds: none, drills: none, inbox: none },
      ...{ mailDomain: 'x.invalid', token: 'the token', verify: none, log: () => undefined },
    });
    const routes = api.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`);
    expect([...routeDescriptions.keys()].toSorted()).toEqual([...new Set(routes)].toSorted());
    expect([...routeDescriptions.keys()].toSorted()).toEqual([...apiDecisions.keys()].toSorted());
  });

  it('names each thing that can be asked of an issue, with its own fields and those of every request', () => {
    for (const [name, { schema }] of Object.entries(requestDoors)) {
      const body = bodyOfOperation(`/issues/{ref}/requests/${name}`, 'post');
      const { properties = {}, additionalProperties } = body as {
        properties?: Readonly<Record<string, unknown>>;
        additionalProperties?: unknown;
      };
      const own = Object.keys((schema as z.ZodObject).shape);
      expect([name, Object.keys(properties).toSorted(), additionalProperties]).toEqual([
        name,
        [...new Set([...own, 'by', 'recordedBy', 'requestId', 'mode'])].toSorted(),
        false,
      ]);
    }
  });

  it('says in Chinese what each does and who may use it, under a name of its own', () => {
    for (const { path, method, summary, description } of operations)
      expect([method, path, summary, description]).toEqual([
        method,
        path,
        expect.stringMatching(/\p{Script=Han}/u),
        expect.stringMatching(/可以用/),
      ]);
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('names what stands in a path and after it', () => {
    const { parameters } = document.paths['/issues']!['get']!;
    expect(parameters.map(({ name }) => name)).toContain('phase');
    const launch = document.paths['/rounds']!['post']!;
    expect(launch.parameters.find(({ name }) => name === 'fileName')).toMatchObject({ in: 'query', required: true });
    expect(launch.requestBody?.content).toHaveProperty('application/octet-stream');
  });

  it('is the same each time, with nothing made up in it', () => {
    expect(JSON.stringify(openApiDocument())).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
    const requestId = (
      bodyOfOperation('/issues/{ref}/closure', 'post')!['properties'] as Readonly<Record<string, object>>
    )['requestId'];
    expect(requestId).toMatchObject({ type: 'string', description: '请求编号' });
    expect(bodyOfOperation('/issues/{ref}/closure', 'post')!['required']).toEqual(['by']);
  });
});

it('a handler that reads by another schema than its route is described with is a defect', async () => {
  const described = z.object({ a: z.string() });
  const app = new Hono();
  app.use(async (c, next) => {
    c.set('visit', openVisit);
    c.set('described', { says: '试', body: described, query: described });
    await next();
  });
  const reads = (schema: z.ZodType) => {
    app.post('/body', async (c) => c.json(await bodyOf(c, schema)));
    app.get('/query', (c) => c.json(queryOf(c, schema)));
  };
  reads(z.object({ a: z.string() }));
  app.onError((error, c) => c.text(error.message, 500));
  const body = await app.request('/body', { method: 'POST', body: '{"a":"1"}' });
  const query = await app.request('/query?a=1');
  for (const answer of [body, query]) {
    expect(answer.status).toBe(500);
    expect(await answer.text()).toContain('another schema than it is described with');
  }
});
