import { createHmac } from 'node:crypto';

const stepMs = 30_000;
const digits = 6;
/** How many half minutes a clock may be early or late, as better-auth has it. */
const steps = [1, 0, -1] as const;

/** The half minute, counted from 1970, to which a code belongs at a moment; undefined when it is none of that time's (RFC 6238). */
export function totpStep(secret: string, code: string, nowMs: number): number | undefined {
  const now = Math.floor(nowMs / stepMs);
  return steps.map((step) => now + step).find((step) => hotp(secret, step) === code);
}

/** RFC 4226 §5.3. */
function hotp(secret: string, counter: number): string {
  const moving = Buffer.alloc(8);
  moving.writeBigUInt64BE(BigInt(counter));
  const hash = createHmac('sha1', secret).update(moving).digest();
  const number = hash.readUInt32BE(hash.at(-1)! & 0xf) & 0x7fff_ffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}
