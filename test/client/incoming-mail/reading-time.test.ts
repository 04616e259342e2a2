import { expect, test } from 'vitest';
import { readMail } from '../../../client/incoming-mail/read-mail.ts';

const reply = 'From: chen@lingnan.example\nSubject: Re: daily\n';
const bounce = 'From: MAILER-DAEMON@mx.lingnan.example\nSubject: Undelivered Mail\n';
const plain = 'Content-Type: text/plain; charset=utf-8\n\n';
const html = 'Content-Type: text/html; charset=utf-8\n\n';
const quotedPrintable = 'Content-Transfer-Encoding: quoted-printable\nContent-Type: text/plain\n\n';

/** Smaller is measured as this, since the clock's grain would tell more than the reader's work. */
const floorMs = 15;
/** Eight times the length costs 8 times as much where reading is linear, and 64 times where it is quadratic; between lies room for a busy machine. */
const mostTimes = 24;
const tries = 3;

async function processorMs(raw: Buffer): Promise<number> {
  let best = Infinity;
  for (let count = 0; count < tries; count += 1) {
    const before = process.cpuUsage();
    await readMail(raw);
    best = Math.min(best, process.cpuUsage(before).user / 1000);
  }
  return Math.max(best, floorMs);
}

test.each<[string, string, string]>([
  ['free lines', reply + plain, '\n'],
  ['free lines in a bounce', bounce + plain, '\n'],
  ['carriage returns in a bounce', bounce + plain, '\r'],
  ['short lines', reply + plain, '|\n'],
  ['quotes', reply + plain, '> x\n'],
  ['dashes in a bounce', bounce + plain, '-'],
  ['addresses in a bounce', bounce + plain, 'a@b.cc\n'],
  ['recipients in a bounce', bounce + plain, 'Final-Recipient: rfc822; a@b.cc\nAction: failed\n\n'],
  ['brackets in HTML', reply + html, '<'],
  ['words in HTML', reply + html, 'a b'],
  ['soft breaks', reply + quotedPrintable, '=\n'],
  ['equals signs and blanks', reply + quotedPrintable, '=      '],
  ['encoded words in a subject', `${reply}X: `, '=?utf-8?B?5bel?= '],
  ['boundaries that are none', `${reply}Content-Type: multipart/mixed; boundary=b\n\n`, '--bx\n'],
  ['header lines', reply, 'X: y\n'],
  ['senders', 'Subject: x\nFrom: ', 'a@b.cc, '],
])('a megabyte of %s costs nowhere near the square of its length', async (what, head, unit) => {
  const count = Math.ceil(2 ** 20 / unit.length);
  const eighth = Buffer.from(head + unit.repeat(count / 8));
  const whole = Buffer.from(head + unit.repeat(count));
  await readMail(eighth);

  const [eighthMs, wholeMs] = [await processorMs(eighth), await processorMs(whole)];
  console.log(`${what}: ${eighthMs.toFixed(0)} ms, ${wholeMs.toFixed(0)} ms`);
  expect(wholeMs / eighthMs).toBeLessThan(mostTimes);
});
