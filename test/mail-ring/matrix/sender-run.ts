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
