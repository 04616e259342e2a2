import { defineConfig } from 'vitest/config';

/** The ring of real mail servers (`npm run test:mail`): one instance, one Postfix, one Dovecot for all its tests. */
export default defineConfig({
  test: { include: ['test/mail-ring/**/*.ring.ts'], testTimeout: 200_000, hookTimeout: 240_000, maxWorkers: 1 },
});
