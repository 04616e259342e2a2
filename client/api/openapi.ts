import { z } from 'zod';
import { requestActs } from '../acting/may-act.ts';
import { apiDecisions } from '../access/api-decisions.ts';
import { fieldNames } from './field-names.ts';
import { asked } from './issue-request-routes.ts';
import { isGeneralRequest, requestDoors } from './issue-requests.ts';
import type { RouteDescription } from './route-description.ts';
import { routeDescriptions } from './route-descriptions.ts';

type Json = Readonly<Record<string, unknown>>;

const requestsRoute = 'POST /issues/:ref/requests/:name';

/** What the first word of a path is about. */
const tags: Readonly<Record<string, string>> = {
  ...{ issues: '问题', rounds: '轮次', people: '人员', leaders: '领导', calendar: '日历', prints: '打印件' },
  ...{ 'mail-domains': '保密', 'incoming-answers': '来信', drills: '演练' },
};

/** What stands in a path, as people write it. */
const pathNames: Readonly<Record<string, string>> = {
  ...{ body: '被巡察单位的名称或编号', comment: '群众意见的编号', domain: '邮箱域名', duty: '轮次义务的编号或名称' },
  ...{ earlier: '从前问题的编号', id: '编号', number: '第几号', person: '姓名、邮箱或编号', ref: '编号或名称' },
  ...{ source: '反馈来源', version: '版本' },
};

/** Who may use a route, beside whoever has the instance's own token. */
const users = {
  signedIn: '有令牌的都可以用。',
  office: '只有督办办公室可以用。',
  inSight: '有令牌的都可以用：只答复看得到的，只办职责以内的。',
} as const;

let made: Json | undefined;

/** The document of the API (OpenAPI 3.1), made from the schemas by which its routes read and the table of who may use them. */
export function openApiDocument(): Json {
  return (made ??= {
    openapi: '3.1.0',
    info: {
      title: '回头看',
      version: '0.1.0',
      description:
        '整改督办的接口。令牌在“我的账户”建，写在头里：`Authorization: Bearer 令牌`；以个人令牌办的，办理人（by）就是令牌的主人，可以不写。',
    },
    servers: [{ url: '/api' }],
    security: [{ token: [] }],
    tags: [...new Set(Object.values(tags)), '系统'].map((name) => ({ name })),
    paths: pathsOf([...routeDescriptions].flatMap(([route, description]) => operationsOf(route, description))),
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: '个人令牌，或本机的口令' } },
      schemas: { Refusal: refusal },
      responses: Object.fromEntries(Object.entries(refusals).map(([status, why]) => [`E${status}`, refused(why)])),
    },
  });
}

const refusal = {
  type: 'object',
  required: ['code', 'message'],
  properties: {
    code: { type: 'string', description: '不变的代号，给程序看' },
    message: { type: 'string', description: '为什么没有办成，给人看' },
    problems: { type: 'array', items: { type: 'object' }, description: '导入、交办时的全部问题' },
  },
} as const;

const refusals = {
  400: '请求写错了',
  401: '没有令牌，或令牌不对、作废、到期',
  403: '这个令牌不能办',
  409: '眼下不能办，或没有这一项',
} as const;

function refused(description: string): Json {
  return { description, content: { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } } };
}

interface Operation {
  readonly path: string;
  readonly method: string;
  readonly operation: Json;
}

/** A request has an operation for each thing that can be asked for, all of them of one route. */
function operationsOf(route: string, description: RouteDescription): Operation[] {
  if (route !== requestsRoute) return [operationOf(route, route, description)];
  return Object.keys(requestDoors)
    .filter(isGeneralRequest)
    .map((name) => {
      const { schema } = requestDoors[name];
      const body = schema instanceof z.ZodObject ? asked.safeExtend(schema.shape).strict() : asked;
      return operationOf(route, route.replace(':name', name), { says: requestActs(name), body });
    });
}

function operationOf(
  route: string,
  address: string,
  { says, query, body, file, made: is }: RouteDescription,
): Operation {
  const [method = '', path = ''] = address.split(' ');
  const decision = apiDecisions.get(route);
  const [, first = ''] = path.split('/');
  const named = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  const content =
    file === undefined
      ? body && { 'application/json': { schema: jsonOf(body) } }
      : { 'application/octet-stream': { schema: { type: 'string', format: 'binary', description: file } } };
  return {
    path: path.replace(/:(\w+)/g, '{$1}'),
    method: method.toLowerCase(),
    operation: {
      operationId: address.replace(/[^A-Za-z0-9]+(\w?)/g, (_, letter: string) => letter.toUpperCase()),
      tags: [tags[first] ?? '系统'],
      summary: says,
      ...(decision && { description: users[decision.for] }),
      parameters: [
        ...named.map((name) => ({
          ...{ name, in: 'path', required: true, schema: { type: 'string' }, description: pathNames[name] ?? name },
        })),
        ...(query === undefined ? [] : parametersOf(query)),
      ],
      ...(content && { requestBody: { required: true, content } }),
      responses: {
        [is === 'made' ? '201' : '200']: { description: '办成了', content: { 'application/json': { schema: {} } } },
        ...Object.fromEntries(
          Object.keys(refusals).map((status) => [status, { $ref: `#/components/responses/E${status}` }]),
        ),
      },
    },
  };
}

function pathsOf(operations: readonly Operation[]): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const { path, method, operation } of operations) (paths[path] ??= {})[method] = operation;
  return paths;
}

function parametersOf(query: z.ZodType): Json[] {
  const { properties = {}, required = [] } = jsonOf(query) as {
    properties?: Readonly<Record<string, Json>>;
    required?: readonly string[];
  };
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    ...{ name, in: 'query', required: required.includes(name), schema },
    ...(description !== undefined && { description }),
  }));
}

/** As it is written, with the fields' names as people read them. */
function jsonOf(schema: z.ZodType): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema: { properties = {} } }) => {
      for (const [name, property] of Object.entries(properties)) {
        const words = fieldNames[name];
        if (typeof property === 'object' && words !== undefined) property.description ??= words;
      }
    },
  });
  return json;
}
