export type SenderName = 'ours' | 'naive';

/** What a run of a sender needs to know; plain data, for it may run in another process. */
export interface SenderRun {
  readonly sender: SenderName;
  readonly databaseUrl: string;
  readonly smtpUrl: string;
  readonly postfix: { readonly configFolder: string; readonly logFile: string };
  readonly leaseOwner: string;
  readonly now: string;
}

/** Loads a sender, which takes longer than it runs; it then sends what is due, once, and throws when its database is lost. */
export async function loadSender(name: SenderName): Promise<(run: SenderRun) => Promise<void>> {
  return name === 'ours' ? (await import('./our-sender.ts')).sendOurs : (await import('./naive-sender.ts')).sendNaively;
}
