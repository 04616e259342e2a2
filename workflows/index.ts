export { conductDrill } from './conductor.ts';
export { rectifyIssue } from './issue.ts';
export { keepPostOffice } from './post-office.ts';
export { keepRound } from './round.ts';
