import type { Policy } from '../policy.ts';
import { sharedPolicy } from './shared.ts';

/**
 * The preset 简明: acknowledge, report every two weeks, evidence by the deadline, a ladder up to the
 * responsible leader and the head of the group; punishment is proposed only, and the office decides.
 * Rung days follow the five letters of 临颍 and the lights of 江津.
 */
export const simple: Policy = { ...sharedPolicy, name: '简明' };
