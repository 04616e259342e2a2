import type { SenderName, SenderRun } from './sender-run.ts';

/** Loads a sender, which takes longer than it runs; it then sends what is due, once, and throws when its database is lost. */
export async function loadSender(name: SenderName): Promise<(run: SenderRun) => Promise<void>> {
  return name === 'ours' ? (await import('./our-sender.ts')).sendOurs : (await import('./naive-sender.ts')).sendNaively;
}
