/** A longer check of `.ci/run`: `npm run test:kill` with five kills and the small sample. */
process.argv.push('--kills', '5', '--notice', 'samples/qinghe-2024.txt');
await import('../kill/run.ts');
