import type { Command } from 'commander';
import type { Instance } from './instance.ts';
import type { Output } from './output.ts';
import type { EnvironmentWith } from './own-instance.ts';

/** What the commands need of the process they run in. */
export interface Surroundings {
  readonly output: () => Output;
  /** The running instance. @throws RefusedError `NotRunning` */
  readonly instance: () => Promise<Instance>;
  readonly environmentWith: EnvironmentWith;
}

/** A command that only holds others. */
export function group(program: Command, name: string, description: string): Command {
  return program.command(name).description(description);
}
