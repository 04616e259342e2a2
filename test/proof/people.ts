/** The people of the proof; who may do what is for chance to try and for the rules to refuse. */
export const people = ['p-chen', 'p-li', 'p-sun', 'p-wang', 'p-qian', 'p-zhao', 'p-zhou'] as const;
