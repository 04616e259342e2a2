import type * as Zod from 'zod';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { fieldNames } from '../../../client/api/field-names.ts';
import { addMonths } from '../../../workflows/rules/instants.ts';
import { AskedIssue } from '../../support/asked-issue.ts';
import { IssueWorld } from '../../support/issue-world.ts';

/** Every field of every request's schema, as the API's modules declare them. */
const declared = vi.hoisted(() => new Set<string>());

vi.mock('zod', async (original) => {
  const real = await original<typeof Zod>();
  const noting =
    <Make extends (shape: never, ...rest: never[]) => unknown>(make: Make) =>
    (shape: object, ...rest: unknown[]) => {
      if (new Error().stack?.split('\n')[2]?.includes('/client/api/'))
        for (const key of Object.keys(shape)) declared.add(key);
      return make(shape as never, ...(rest as never[]));
    };
  const { strictObject, looseObject, object } = real.z;
  const z = {
    ...real.z,
    ...{ strictObject: noting(strictObject), looseObject: noting(looseObject), object: noting(object) },
  };
  return { ...real, z };
});

let world: IssueWorld;
let issue: AskedIssue;

beforeAll(async () => {
  world = await IssueWorld.create();
  await world.startWorker();
  const deadline = addMonths(await world.today(), 3);
  issue = await AskedIssue.launch(world, { deadline, measures: [{ number: 1, deadline }] });
}, 60_000);
afterAll(() => world.close());

describe('what is wrong with a request', () => {
  test('names every field of every schema in Chinese', () => {
    expect(declared.size).toBeGreaterThan(60);
    expect([...declared].filter((field) => fieldNames[field] === undefined)).toEqual([]);
    expect(Object.values(fieldNames).filter((name) => /[A-Za-z]/u.test(name))).toEqual([]);
  });

  /** Nothing, a thing of the wrong kind in every field, and a list of it: what people read has no Latin word of ours in it. */
  test.each([
    { what: 'nothing', wrong: {} },
    { what: 'a number for everything', wrong: everyField(-1) },
    { what: 'words for everything', wrong: everyField('') },
    { what: 'a list for everything', wrong: everyField([{ measure: '一', deadline: '2024-02-31' }]) },
    { what: 'a thing for everything', wrong: everyField({ handler: 7, unknown: 1 }) },
  ])('is told without the fields’ English names when there is $what', async ({ wrong }) => {
    const paths = issue.paths;
    const told: string[] = [];
    for (const { method, path } of paths) {
      const { status, body } = await issue.call(method, path, wrong);
      if (status === 400) told.push(String(body['message']));
      expect(status, `${method} ${path}`).not.toBe(500);
    }
    expect(told.length).toBeGreaterThan(20);
    const own = (sentence: string) =>
      sentence.replace(/只能写 [^；]*|里有不认识的内容(“[^”]*”)+/gu, '').replace(/--[a-z-]+/gu, '');
    expect(told.filter((sentence) => /[A-Za-z]{2,}/u.test(own(sentence)) && !sentence.includes('JSON'))).toEqual([]);
    expect(told.filter((sentence) => sentence.includes('其中一项'))).toEqual([]);
  });

  test('says which of several, and what it should be', async () => {
    const corrected = await issue.ask('correctDeadline', {
      by: '王某',
      measures: [
        { measure: 1, deadline: '2027-01-01' },
        { measure: 'x', deadline: '2024-02-31' },
      ],
    });
    expect(corrected.body['message']).toBe(
      '请求有误：“措施·第2项·措施序号”应为数字；“措施·第2项·整改时限”：不是有效日期（应为 2024-03-29 之类）；“理由”没有填写',
    );
  });
});

function everyField(value: unknown): object {
  return Object.fromEntries(Object.keys(fieldNames).map((field) => [field, value]));
}
