import type { Role } from '../../workflows/rules/policy.ts';

/** A person of a drill, who is called by what he does: no names of people. */
interface PracticePerson {
  /** Unique within a drill, and the local part of the address. */
  readonly slug: string;
  readonly name: string;
  readonly unit: string;
  readonly position: string;
  readonly email: string;
}

/** Who holds which role: for one issue, or for the whole round where `issueNumber` is null. */
interface PracticeAssignment {
  readonly issueNumber: number | null;
  readonly role: Role;
  readonly slug: string;
}

export interface PracticeCast {
  readonly people: readonly PracticePerson[];
  /** The unit responsible for each issue (责任部门), in the order of their numbers. */
  readonly units: readonly string[];
  readonly assignments: readonly PracticeAssignment[];
}

const units = [
  { slug: 'office', name: '办公室' },
  { slug: 'business', name: '业务科' },
  { slug: 'finance', name: '财务科' },
  { slug: 'personnel', name: '人事科' },
  { slug: 'party', name: '机关党委' },
  { slug: 'enforcement', name: '执法科' },
] as const;

const leaders = ['leader-a', 'leader-b'] as const;
const supervisors = ['supervisor-a', 'supervisor-b'] as const;
const reviewers = ['reviewer-a', 'reviewer-b'] as const;

/**
 * The people of a drill with so many issues, and who is responsible for what: issues go to the units in turn, each
 * with its handler and its leader, and each duty of office and reviewer to one of two. The same number gives the same cast.
 */
export function practiceCast(issueCount: number): PracticeCast {
  const used = units.slice(0, Math.max(1, Math.min(issueCount, units.length)));
  const people = [
    ...used.map(({ slug, name }) => person(`${slug}-handler`, `${name}经办人`, name, '经办人')),
    person(leaders[0], '分管领导甲', '领导班子', '分管领导'),
    person(leaders[1], '分管领导乙', '领导班子', '分管领导'),
    person('group-head', '整改工作组组长', '领导班子', '组长'),
    person(supervisors[0], '督办专责甲', '督办办公室', '督办专责'),
    person(supervisors[1], '督办专责乙', '督办办公室', '督办专责'),
    person(reviewers[0], '巡察办联络员甲', '巡察办', '联络员'),
    person(reviewers[1], '巡察办联络员乙', '巡察办', '联络员'),
  ];
  const numbers = Array.from({ length: issueCount }, (_, index) => index + 1);
  return {
    people,
    units: numbers.map((number) => inTurn(used, number).name),
    assignments: [
      { issueNumber: null, role: 'groupHead', slug: 'group-head' },
      ...supervisors.map((slug) => ({ issueNumber: null, role: 'office' as const, slug })),
      ...reviewers.map((slug) => ({ issueNumber: null, role: 'reviewer' as const, slug })),
      ...numbers.flatMap((number): PracticeAssignment[] => [
        { issueNumber: number, role: 'handler', slug: `${inTurn(used, number).slug}-handler` },
        // A unit's issues have one leader: half of the units each.
        {
          issueNumber: number,
          role: 'responsibleLeader',
          slug: leaders[(number - 1) % used.length < used.length / 2 ? 0 : 1],
        },
        { issueNumber: number, role: 'office', slug: inTurn(supervisors, number) },
        { issueNumber: number, role: 'reviewer', slug: inTurn(reviewers, number) },
      ]),
    ],
  };
}

function person(slug: string, name: string, unit: string, position: string): PracticePerson {
  return { slug, name, unit, position, email: `${slug}@practice.invalid` };
}

function inTurn<Item>(items: readonly Item[], number: number): Item {
  return items[(number - 1) % items.length]!;
}
