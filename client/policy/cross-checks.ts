import { z } from 'zod';
import type { ObligationKind } from '../../workflows/rules/policy.ts';
import { day, role, wallTime } from './policy-fields.ts';

/** Something that does not go together; the message follows the field's name. */
export interface Finding {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Looks at the parts that it needs, whatever is wrong with the others. */
type Check = (policy: unknown) => readonly Finding[];

function check<Parts>(parts: z.ZodType<Parts>, findings: (parts: Parts) => readonly Finding[]): Check {
  return (policy) => {
    const read = parts.safeParse(policy);
    return read.success ? findings(read.data) : [];
  };
}

/** What must hold between the settings of a policy. */
export function crossChecks(policy: unknown): Finding[] {
  return checks.flatMap((one) => one(policy));
}

const hours = z.object({ from: wallTime, to: wallTime });
const entries = z.array(z.unknown());
const identified = z.object({ id: z.string() });
const span = z.object({ from: day, to: day });

const checks: readonly Check[] = [
  check(z.object({ sendingHours: hours }), ({ sendingHours: { from, to } }) =>
    from < to ? [] : [{ path: ['sendingHours', 'to'], message: `应晚于起 ${from}，现为 ${to}` }],
  ),
  check(z.object({ sendingHours: hours, sendAt: wallTime }), ({ sendingHours: { from, to }, sendAt }) =>
    from < to && (sendAt < from || sendAt >= to)
      ? [{ path: ['sendAt'], message: `应在发送时段 ${from} 至 ${to}（不含）之内，现为 ${sendAt}` }]
      : [],
  ),
  check(z.object({ ladders: z.record(z.string(), z.unknown()) }), ({ ladders }) =>
    Object.entries(ladders).flatMap(([kind, ladder]) => [
      ...ladderFindings(['ladders', kind], ladder),
      ...vainProposals(kind, ladder),
    ]),
  ),
  check(z.object({ phases: entries }), ({ phases }) => [
    ...sameIds(['phases'], phases),
    ...backwards(['phases'], phases),
  ]),
  check(z.object({ quietDays: entries }), ({ quietDays }) => backwards(['quietDays'], quietDays)),
  check(z.object({ duties: entries }), ({ duties }) => [...sameIds(['duties'], duties), ...ofTheOffice(duties)]),
  check(z.object({ closure: z.object({ levels: entries }) }), ({ closure }) => levelFindings(closure.levels)),
  check(z.object({ extension: z.object({ decidedBy: z.array(role) }) }), ({ extension }) =>
    extension.decidedBy.flatMap((by, index) => notByHandler(['extension', 'decidedBy', index], by)),
  ),
  check(z.object({ subLedger: z.object({ recheckedBy: role }) }), ({ subLedger }) =>
    notByHandler(['subLedger', 'recheckedBy'], subLedger.recheckedBy),
  ),
  check(z.object({ attestation: z.object({ endorsedBy: role }) }), ({ attestation }) =>
    notByHandler(['attestation', 'endorsedBy'], attestation.endorsedBy),
  ),
];

function ladderFindings(path: readonly PropertyKey[], ladder: unknown): Finding[] {
  const rungs = entries.safeParse(ladder);
  if (!rungs.success) return [];
  return [...sameIds(path, rungs.data), ...rungs.data.flatMap((rung, index) => rungFindings([...path, index], rung))];
}

/** Where nobody would raise it: about a proposal itself, and about what the round owes as a whole. */
const withoutProposals: readonly string[] = [
  'proposalDecision',
  'rectificationPlan',
  'planApproval',
  'weeklyCheck',
  'monthlyDispatch',
  'periodicDuty',
  'evaluation',
  'progressReport',
  'supervisionBatch',
  'publicComment',
  'lookBackDraw',
] satisfies ObligationKind[];

function vainProposals(kind: string, ladder: unknown): Finding[] {
  if (!withoutProposals.includes(kind)) return [];
  return (entries.safeParse(ladder).data ?? []).flatMap((rung, index) =>
    z.object({ proposal: z.string() }).safeParse(rung).success
      ? [{ path: ['ladders', kind, index, 'proposal'], message: '不能在这里设置：这类事项不提请谈话、通报或问责' }]
      : [],
  );
}

const counted = z.object({ id: z.string(), from: z.enum(['opened', 'due']), workdays: z.int() });

/** A rung's id says its day: it stands in the keys of lines that have been sent, so a rung that moves is another one. */
function rungFindings(path: readonly PropertyKey[], rung: unknown): Finding[] {
  const read = counted.safeParse(rung);
  if (!read.success) return sameRoles(path, rung);
  const { id, from, workdays } = read.data;
  const named = /^(?:(before|after)-([1-9]\d*)|(on-day))$/u.exec(id);
  if (from === 'opened') {
    return [
      ...(workdays < 0
        ? [{ path: [...path, 'workdays'], message: `从义务产生之日起算，不能早于它，现为 ${String(workdays)}` }]
        : []),
      ...(named
        ? [{ path: [...path, 'id'], message: `从义务产生之日起算的，编号应是一个词，如 assigned，现为 "${id}"` }]
        : []),
      ...sameRoles(path, rung),
    ];
  }
  const wanted = workdays === 0 ? 'on-day' : `${workdays < 0 ? 'before' : 'after'}-${String(Math.abs(workdays))}`;
  return [
    ...(id === wanted
      ? []
      : [{ path: [...path, 'id'], message: `应与工作日数 ${String(workdays)} 一致，即 ${wanted}，现为 "${id}"` }]),
    ...sameRoles(path, rung),
  ];
}

function sameRoles(path: readonly PropertyKey[], rung: unknown): Finding[] {
  const read = z.object({ to: z.array(role) }).safeParse(rung);
  if (!read.success || new Set(read.data.to).size === read.data.to.length) return [];
  return [{ path: [...path, 'to'], message: `同一角色只写一次，现为 ${JSON.stringify(read.data.to)}` }];
}

function levelFindings(levels: readonly unknown[]): Finding[] {
  const read = levels.map((level) => z.object({ role, of: z.unknown() }).safeParse(level).data);
  const again = read.flatMap((level, index): Finding[] => {
    const first = read.findIndex((other) => other !== undefined && other.role === level?.role);
    if (level === undefined || first === index) return [];
    const message = `与第${String(first + 1)}级相同；各级应由不同的角色审核，现为 "${level.role}"`;
    return [{ path: ['closure', 'levels', index, 'role'], message }];
  });
  const own = read.flatMap((level, index) =>
    level === undefined ? [] : notByHandler(['closure', 'levels', index, 'role'], level.role),
  );
  const none = read.length > 0 && read.every((level) => level?.of === 'major');
  return [
    ...again,
    ...own,
    ...(none
      ? [
          {
            path: ['closure', 'levels'],
            message: '至少应有一级适用于全部问题（all），现在各级都只审核重大问题（major）',
          },
        ]
      : []),
  ];
}

function notByHandler(path: readonly PropertyKey[], by: string): Finding[] {
  return by === 'handler' ? [{ path, message: '不能是责任人（handler）：不得审核、审批自己的事项' }] : [];
}

/** The office checks and dispatches all bodies together. */
const wholeRoundOnly: readonly string[] = ['weeklyCheck', 'monthlyDispatch'] satisfies ObligationKind[];

function ofTheOffice(duties: readonly unknown[]): Finding[] {
  return duties.flatMap((entry, index) => {
    const read = z.object({ kind: z.string(), per: z.literal('body') }).safeParse(entry).data;
    if (read === undefined || !wholeRoundOnly.includes(read.kind)) return [];
    const message = '应是round（全轮一项）：周检查、月调度由督办办公室对全轮进行，现为 "body"';
    return [{ path: ['duties', index, 'per'], message }];
  });
}

function sameIds(path: readonly PropertyKey[], list: readonly unknown[]): Finding[] {
  const ids = list.map((entry) => identified.safeParse(entry).data?.id);
  return ids.flatMap((id, index) => {
    const first = ids.indexOf(id);
    if (id === undefined || first === index) return [];
    return [{ path: [...path, index, 'id'], message: `与第${String(first + 1)}项的编号 "${id}" 相同；编号不得重复` }];
  });
}

function backwards(path: readonly PropertyKey[], list: readonly unknown[]): Finding[] {
  return list.flatMap((entry, index) => {
    const read = span.safeParse(entry).data;
    if (read === undefined || read.from <= read.to) return [];
    return [{ path: [...path, index, 'to'], message: `不能早于起 ${read.from}，现为 ${read.to}` }];
  });
}
