import type { z } from 'zod';
import type { Policy } from '../../workflows/rules/policy.ts';
import { crossChecks } from './cross-checks.ts';
import { fieldAt, valueAt } from './field-names.ts';
import { policySchema } from './policy-schema.ts';
import { policyWarnings } from './policy-warnings.ts';

/** A setting that cannot be, where it stands and what it may be. */
export interface PolicyProblem {
  readonly path: readonly (string | number)[];
  /** As the office reads it: `阶梯·佐证·第3级（after-3）“工作日数”`. */
  readonly field: string;
  /** A whole sentence that names field, value, and what is allowed. */
  readonly message: string;
}

type PolicyValidation =
  { readonly policy: Policy; readonly warnings: readonly string[] } | { readonly problems: readonly PolicyProblem[] };

/** Reads a policy (办法) from JSON that somebody wrote: all problems at once, or the policy with what it leaves open. */
export function validatePolicy(input: unknown): PolicyValidation {
  const given = withoutNulls(input);
  const read = policySchema.safeParse(given);
  const findings = [...(read.error?.issues ?? []).flatMap((issue) => findingsOf(given, issue)), ...crossChecks(given)];
  if (!read.success || findings.length > 0) {
    return { problems: findings.map(({ path, message }) => problem(given, path, message)) };
  }
  const policy: Policy = read.data;
  return { policy, warnings: policyWarnings(policy) };
}

/** In the form that people edit, `null` says that there is none. */
function withoutNulls(input: unknown): unknown {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return input;
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null));
}

function findingsOf(given: unknown, issue: z.core.$ZodIssue): { path: readonly PropertyKey[]; message: string }[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...issue.path, key], message: `不认识，${issue.message}` }));
  }
  const value = valueAt(given, issue.path);
  const message = value === undefined ? `没有填写，${issue.message}` : `${issue.message}，现为 ${shown(value)}`;
  return [{ path: issue.path, message }];
}

function problem(given: unknown, path: readonly PropertyKey[], message: string): PolicyProblem {
  const field = fieldAt(given, path);
  return {
    path: path.map((key) => (typeof key === 'number' ? key : String(key))),
    field,
    message: `${field}${message}`,
  };
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
