/**
 * A mail domain in the one form in which domains are compared: lower-case ASCII (IDNA), without a dot at its end.
 * Undefined for what is no domain: an IP address, a single label, an address, anything with a path or a port.
 */
export function mailDomain(text: string): string | undefined {
  const domain = text.trim().replace(/[.。．｡]$/, '');
  // What a URL would read as something else than a host is refused before it is asked.
  if (domain === '' || /[\s\p{Cc}%/\\?#:@[\]]/u.test(domain)) return undefined;
  const url = `http://${domain}`;
  if (!URL.canParse(url)) return undefined;
  const { hostname } = new URL(url);
  const labels = hostname.split('.');
  const isHost = labels.length > 1 && labels.every((label) => /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/.test(label));
  return isHost && hostname.length <= 253 && !/^\d+$/.test(labels.at(-1)!) ? hostname : undefined;
}

/** The domain of a mail address; what stands before the last @ does not matter, however it is quoted (RFC 5321 §4.1.2). */
export function domainOfAddress(address: string): string | undefined {
  const at = address.lastIndexOf('@');
  return at < 1 ? undefined : mailDomain(address.slice(at + 1));
}

/** The domain itself and all above it, the most specific first, down to two labels: `a.b.cn`, `b.cn`. */
export function domainAndAbove(domain: string): string[] {
  const labels = domain.split('.');
  return labels.slice(0, -1).map((_, from) => labels.slice(from).join('.'));
}
