import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { misuseSentence } from '../../../client/api/field-names.ts';
import { requestDoors } from '../../../client/api/issue-requests.ts';

const doors = Object.entries(requestDoors).map(([name, { schema }]) => ({ name, schema }));
const fieldsOf = (schema: z.ZodType) => (schema instanceof z.ZodObject ? Object.keys(schema.shape) : []);
const everyField = (schema: z.ZodType, value: unknown) =>
  Object.fromEntries(fieldsOf(schema).map((field) => [field, value]));

/** The sentence without what people may type: the values that are allowed. */
const withoutValues = (sentence: string) => sentence.replace(/只能写 [^；]*/gu, '');

describe('a request that is written wrongly', () => {
  test.each(doors)('$name names no field by its name in the code', ({ schema }) => {
    const wrong = [{ no: 'such' }, 7, [{}], [{ no: 'such' }], '', null];
    for (const value of wrong) {
      const read = schema.safeParse(everyField(schema, value));
      if (read.success) continue;
      const sentence = withoutValues(misuseSentence(read.error)).replaceAll('“no”', '');
      expect(sentence).not.toMatch(/[A-Za-z]/u);
      expect(sentence).not.toContain('其中一项');
    }
  });

  test('says what is missing, what may be written and what is not known', () => {
    const read = requestDoors.decideExtension.schema.safeParse({ decision: 'perhaps', colour: 'red' });
    expect(misuseSentence(read.error!)).toBe(
      '“决定”只能写 granted、refused；“理由”没有填写；里有不认识的内容“colour”，请去掉或核对写法',
    );
  });
});
