import type { Command } from 'commander';
import { group, type Surroundings } from './surroundings.ts';

/** `leader …`. */
export function leaderCommands(program: Command, { output, instance }: Surroundings): void {
  const leader = group(program, 'leader', '领导：谁分管什么，什么等他办，什么是红灯、为什么');
  leader
    .command('list')
    .description('列出组长、责任领导，各有几项红灯')
    .action(async () => (await import('./leader.ts')).leaderList(output(), await instance()));
  leader
    .command('show <领导>')
    .description('一位领导的一页：等他办的、红灯和原因、今后七天会到他那里的、各部门与计划')
    .action(async (ref: string) => (await import('./leader.ts')).leaderShow(output(), await instance(), ref));
}
