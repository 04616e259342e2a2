/** Only to tell whether an address leads away; nothing is there. */
const here = 'http://here.invalid';

/**
 * The path of ours that an address leads to, with query and fragment; `/` for whatever leads to another site or is none (open
 * redirect, CWE-601). Browsers read `\\` as `/` and leave out tabs and line ends, as `URL` does (WHATWG URL).
 */
export function localPath(address: string | undefined): string {
  if (address?.startsWith('/') !== true || !URL.canParse(address, here)) return '/';
  const { origin, pathname, search, hash } = new URL(address, here);
  // `/.//evil.example` is a path of ours, and no more when it stands alone.
  return origin === here && !pathname.startsWith('//') ? `${pathname}${search}${hash}` : '/';
}
