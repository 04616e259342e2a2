import { addressPattern, type BouncedRecipient } from './bounced-recipient.ts';
import { diagnosed } from './diagnosis.ts';

const address = new RegExp(addressPattern, 'i');
/** No report of ours has more recipients: a mail goes to one. */
const groupsAtMost = 500;

const undelivered = /^(?:failed|failure|delayed|expired|undeliver)/i;

/**
 * The recipients that a delivery report's fields name (RFC 3464 §2.3): those that failed, and those that are delayed, which
 * are never permanent. A recipient that stands in several groups counts once, with the worst said of him.
 *
 * @param explained what the report says in words, for where the fields say only a code
 */
export function reportedRecipients(fields: string, explained: (recipient: string) => string): BouncedRecipient[] {
  const groups = unfolded(fields).split(/\n\s*\n/, groupsAtMost);
  const found = groups.flatMap((group) => recipientsOf(group, explained));
  const byAddress = new Map<string, BouncedRecipient>();
  for (const one of found) {
    const other = byAddress.get(one.recipient);
    if (other === undefined || (one.permanent && !other.permanent)) byAddress.set(one.recipient, one);
  }
  return [...byAddress.values()];
}

/** Some systems leave the empty line between two recipients out: a second Final-Recipient begins another group. */
function recipientsOf(group: string, explained: (recipient: string) => string): BouncedRecipient[] {
  const isOne = (group.match(/^Final-Recipient[ \t]*:/gim) ?? []).length <= 1;
  const parts = isOne ? [group] : group.split(/\n(?=(?:Original-Recipient[^\n]*\n)?Final-Recipient[ \t]*:)/i);
  return parts.flatMap((part) => {
    const one = recipientOf(part, explained);
    return one === undefined ? [] : [one];
  });
}

function recipientOf(group: string, explained: (recipient: string) => string): BouncedRecipient | undefined {
  const named = ['Original-Recipient', 'Final-Recipient', 'X-Actual-Recipient']
    .map((name) => address.exec(fieldOf(group, name))?.[0])
    .find((one) => one !== undefined);
  const action = fieldOf(group, 'Action');
  const status = /\d\.\d{1,3}\.\d{1,3}/.exec(fieldOf(group, 'Status'))?.[0] ?? '';
  const isUndelivered = undelivered.test(action) || (action === '' && /^[45]/.test(status));
  if (named === undefined || !isUndelivered) return undefined;
  const recipient = named.toLowerCase();
  const code = fieldOf(group, 'Diagnostic-Code');
  const isDelayed = /^delayed/i.test(action);
  const told = diagnosed([code, explained(recipient)], { stated: status, otherwise: isDelayed ? '4.0.0' : '5.0.0' });
  return {
    recipient,
    status: isDelayed ? told.status.replace(/^5/, '4') : told.status,
    permanent: told.permanent && !isDelayed,
  };
}

function fieldOf(group: string, name: string): string {
  return new RegExp(`^${name}[ \\t]*:[ \\t]*(.*)$`, 'im').exec(group)?.[1]?.trim() ?? '';
}

function unfolded(fields: string): string {
  return fields.replace(/\r\n?/g, '\n').replace(/\n[ \t]+(?=\S)/g, ' ');
}
