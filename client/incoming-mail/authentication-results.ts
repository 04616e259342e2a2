/** What our own mail server found out about who sent a mail. */
export type Authentication = 'passed' | 'notPassed' | 'notChecked';

/**
 * Whether the mail server that we trust vouches for a sender's domain, by the Authentication-Results it wrote (RFC 8601). Only
 * headers with its name (authserv-id) count, for anybody can write others; it must take away those that come in with its
 * name (§5). Of several the topmost counts, which it wrote last. It vouches when DMARC passed, or a signature (DKIM) or the
 * envelope's sender (SPF) of the same domain, of one above it or below it.
 *
 * @param values of all such headers, the topmost first, unfolded
 * @param address the mail's sender, lower case
 */
export function authenticationOf(
  values: readonly string[],
  { authservId, address }: { readonly authservId: string; readonly address: string },
): Authentication {
  const own = values.map(withoutComments).find((value) => authservIdOf(value) === authservId.toLowerCase());
  if (own === undefined) return 'notChecked';
  const domain = domainOf(address);
  // What stands in quotes is somebody's words.
  const results = own
    .replace(/"(?:[^"\\]|\\.)*"/g, (words) => words.replace(/[;=]/g, ' '))
    .split(';')
    .slice(1)
    .map(resultOf);
  return results.some((result) => vouches(result, domain)) ? 'passed' : 'notPassed';
}

interface Result {
  readonly method: string;
  readonly outcome: string;
  /** `header.d` and the like, lower case. */
  readonly properties: ReadonlyMap<string, string>;
}

/** What each method looks at; of DMARC the sender that was checked, where it is said. */
const lookedAt: Readonly<Record<string, readonly string[]>> = {
  dmarc: ['header.from'],
  dkim: ['header.d', 'header.i'],
  spf: ['smtp.mailfrom'],
};

function vouches({ method, outcome, properties }: Result, domain: string): boolean {
  if (outcome !== 'pass' || lookedAt[method] === undefined) return false;
  const found = lookedAt[method].flatMap((name) => properties.get(name) ?? []).map(domainOf);
  if (method === 'dmarc') return found.every((one) => one === domain);
  return found.some((one) => isAligned(one, domain));
}

/** As DMARC's relaxed alignment (RFC 7489 §3.1), without a list of public suffixes: a lone label stands for nobody. */
function isAligned(one: string, other: string): boolean {
  if (!one.includes('.')) return false;
  return one === other || one.endsWith(`.${other}`) || other.endsWith(`.${one}`);
}

/** `dkim=pass reason="…" header.d=example.cn`; whatever reads otherwise says nothing. */
function resultOf(text: string): Result {
  const tokens = [...text.matchAll(/([\w.-]+(?:\/\d+)?)\s*=\s*((?:"(?:[^"\\]|\\.)*"|[^\s;"])+)/g)];
  const [first, ...rest] = tokens.map(([, name = '', value = '']) => [name.toLowerCase(), unquoted(value)] as const);
  const [method = '', outcome = ''] = first ?? [];
  return { method: method.replace(/\/\d+$/, ''), outcome, properties: new Map(rest) };
}

function unquoted(value: string): string {
  return value.replace(/^"((?:[^"\\]|\\.)*)"$/s, '$1').toLowerCase();
}

/** The first word, before a version and the results. */
function authservIdOf(value: string): string {
  return unquoted(/^\s*("[^"]*"|[^\s;]+)/.exec(value)?.[1] ?? '');
}

/** Comments (RFC 5322 §3.2.2) may nest, and say nothing; in quotes a parenthesis is none. */
function withoutComments(value: string): string {
  let depth = 0;
  let isQuoted = false;
  let kept = '';
  for (let at = 0; at < value.length; at += 1) {
    const sign = value[at]!;
    if (sign === '\\') {
      if (depth === 0) kept += value.slice(at, at + 2);
      at += 1;
      continue;
    }
    if (depth === 0 && sign === '"') isQuoted = !isQuoted;
    if (!isQuoted && sign === '(') depth += 1;
    if (depth === 0) kept += sign;
    if (!isQuoted && sign === ')' && depth > 0) depth -= 1;
  }
  return kept;
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}
