/** Who may import whom; ARCHITECTURE.md says why. */
const only = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });

module.exports = {
  forbidden: [
    only('no-circular', {}, { circular: true }, 'A cycle has no first chapter.'),
    only(
      'rules-import-rules',
      { path: '^workflows/rules/' },
      { pathNot: '^(workflows/rules/|node_modules/@noble/hashes/)' },
      'Rules are pure: they decide from facts alone.',
    ),
    only(
      'workflows-import-rules',
      { path: '^workflows/(?!rules/)' },
      { path: '^(activities|worker|client|prisma|test|config)', dependencyTypesNot: ['type-only'] },
      'Workflows know activities as types only.',
    ),
    only('workflows-no-node', { path: '^workflows/' }, { dependencyTypes: ['core'] }, 'Workflows do no I/O.'),
    only(
      'activities-import',
      { path: '^activities/' },
      { path: '^(worker|client|test|config)' },
      'Activities know rules, workflow types and the ledger.',
    ),
    only(
      'client-import',
      { path: '^client/', pathNot: '^client/main[.]ts$' },
      { path: '^(activities|worker|test|config)' },
      'A client asks; it neither does nor decides.',
    ),
    only(
      'prisma-import',
      { path: '^prisma/' },
      { path: '^(activities|worker|client|test|config|workflows/(?!rules/))' },
      'The ledger knows the rules that project it, nothing else.',
    ),
    only('production-not-test', { pathNot: '^test/' }, { path: '^test/' }, 'Tests are for tests.'),
    only(
      'config-by-entries',
      { pathNot: '^(worker/(main|embedded)\\.ts|worker/embedded/|client/main\\.ts|test/)' },
      { path: '^config\\.ts$' },
      'Only entry files read the environment.',
    ),
    only(
      'checker-is-naive',
      { path: '^client/drill-check/' },
      { path: '^workflows/rules/(?!(events|instants|policy|calendar)\\.ts)' },
      'The checker shares no code with the planner it checks.',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^prisma/generated' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.mjs', '.js'] },
  },
};
