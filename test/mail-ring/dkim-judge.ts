import { spawnSync } from 'node:child_process';

/** What belongs into DNS for the verification of a signature, as `mail dkim-key` says it. */
export interface DnsRecord {
  readonly name: string;
  readonly value: string;
}

const program = `
import sys, dkim
name, value = sys.argv[1:3]
def answer(asked, timeout=5):
    return value.encode() if asked.decode().rstrip('.') == name else None
try:
    print('pass' if dkim.verify(sys.stdin.buffer.read(), dnsfunc=answer) else 'fail')
except dkim.DKIMException as error:
    print(error)
`;

/** What dkimpy (Debian's python3-dkim), which shares no line with the signer, says of a mail: `pass`, or what is wrong. */
export function dkimpyVerdict(raw: Buffer, { name, value }: DnsRecord): string {
  const { stdout, stderr } = spawnSync('/usr/bin/python3', ['-c', program, name, value], { input: raw });
  return stdout.toString().trim() || stderr.toString().trim();
}
