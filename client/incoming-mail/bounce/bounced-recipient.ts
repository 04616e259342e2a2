/** What a bounce says of one recipient. */
export interface BouncedRecipient {
  /** Lower case. */
  readonly recipient: string;
  /** As in RFC 3463, `5.1.1`; where only the reply code of SMTP was told, its class: `5.0.0`. */
  readonly status: string;
  /** Whether the address is gone: unknown user or host, moved, accepts no mail. */
  readonly permanent: boolean;
}

/** An address of mail as it stands in running text. The local part's length is bounded (RFC 5321 §4.5.3.1.1), which keeps a search linear. */
export const addressPattern = String.raw`[\w!#$%&'*+=?^\x60{|}~.-]{1,64}@[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)+`;

export const anyAddress = new RegExp(addressPattern, 'gi');

/** Every address that stands in running text, in lower case. */
export function addressesIn(text: string): string[] {
  return (text.match(anyAddress) ?? []).map((one) => one.toLowerCase());
}
