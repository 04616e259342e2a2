import fc from 'fast-check';

/**
 * The seed of every property that names none of its own: fixed, so that what holds on one machine holds on all of them.
 * `PROOF_SEED=2 npm test` plays others.
 */
fc.configureGlobal({ seed: Number(process.env['PROOF_SEED'] ?? 1) });
