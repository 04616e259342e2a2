import { z } from 'zod';
import { isIsoDate } from '../../workflows/rules/instants.ts';
import { roleNames } from '../../workflows/rules/names.ts';
import type { Role } from '../../workflows/rules/policy.ts';

// Every message says what is allowed, and nothing else: whoever shows it adds the field before and the value after it.

/** A whole number between two, both inclusive. */
export function whole(least: number, most: number) {
  const error = `应是${String(least)}至${String(most)}的整数`;
  return z.int({ error }).min(least, { error }).max(most, { error });
}

/** A share, from none to all. */
export const share = (() => {
  const error = '应是0至1之间的数，如 0.3';
  return z.number({ error }).min(0, { error }).max(1, { error });
})();

export function words(most: number) {
  const error = `应是1至${String(most)}个字`;
  return z.string({ error }).trim().min(1, { error }).max(most, { error });
}

export const day = z
  .string({ error: '应是日期，如 2024-03-29' })
  .refine(isIsoDate, { error: '应是日期，如 2024-03-29' });

/** Beijing wall time to the minute. */
export const wallTime = z
  .string({ error: '应是北京时间的时分，如 09:00' })
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/u, { error: '应是北京时间的时分，如 09:00' });

/** One of some words, which the message lists with their Chinese names. */
export function oneOf<Word extends string>(names: Readonly<Record<Word, string>>) {
  const allowed = Object.entries<string>(names).map(([word, name]) => `${word}（${name}）`);
  return z.enum(Object.keys(names) as [Word, ...Word[]], { error: `应是${allowed.join('、')}之一` });
}

export const role = oneOf<Role>(roleNames);

/** An id that stands in keys: it must not change its form. */
export const identifier = z
  .string({ error: '应是小写字母、数字和连字符，以字母开头，如 weekly-check' })
  .regex(/^[a-z][a-z0-9-]{0,39}$/u, { error: '应是小写字母、数字和连字符，以字母开头，如 weekly-check' });

/** A list with at least so many entries. */
export function listOf<Entry extends z.ZodType>(entry: Entry, least: number, most: number) {
  const error = least === 0 ? `应是列表，至多${String(most)}项` : `应是列表，${String(least)}至${String(most)}项`;
  return z.array(entry, { error }).min(least, { error }).max(most, { error });
}

/** A group of settings that has these and no others. */
export function group<Shape extends z.ZodRawShape>(shape: Shape) {
  const known = Object.keys(shape).join('、');
  return z.strictObject(shape, {
    error: ({ code }) => (code === 'unrecognized_keys' ? `可用的设置有 ${known}` : `应是一组设置，有 ${known}`),
  });
}
