import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type MailReading, readMail } from '../../../client/incoming-mail/read-mail.ts';

const fixtures = resolve(import.meta.dirname, '../../fixtures/mails');
const samples = resolve(import.meta.dirname, '../../../../shared/mails');
const isThere = existsSync(samples);
const when = isThere ? '' : ' (skipped: ../shared/mails is not there)';

/** `BROKEN_MAILS=100` flips as many times as the proof asks for; less is enough to see that nothing became worse. */
const flips = Number(process.env['BROKEN_MAILS'] ?? 10);
const cuts = 20;

/** A hundred times what the slowest takes, since the machine may be busy with other tests. */
const longestMs = 5000;

interface Mail {
  readonly name: string;
  readonly raw: Buffer;
}

function mailsIn(folder: string): Mail[] {
  return readdirSync(folder).map((name) => ({ name, raw: readFileSync(join(folder, name)) }));
}

function repliesIn(file: string): Mail[] {
  const head = 'From: chen@lingnan.example\nSubject: Re: daily\nContent-Type: text/plain; charset=utf-8\n\n';
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: string; text: string })
    .map(({ id, text }) => ({ name: id, raw: Buffer.from(head + text) }));
}

/** The mail cut at twenty places, and with bits turned over at random places, the same ones every time. */
function* broken({ name, raw }: Mail): Generator<Mail> {
  for (let cut = 0; cut < cuts; cut += 1)
    yield { name: `${name}, cut ${String(cut)}`, raw: raw.subarray(0, Math.floor((raw.length * cut) / cuts)) };
  let state = raw.length;
  const below = (limit: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  for (let flip = 0; flip < flips; flip += 1) {
    const turned = Buffer.from(raw);
    for (let count = 1 + below(8); count > 0; count -= 1) {
      const at = below(turned.length);
      turned[at] = turned[at]! ^ (1 << below(8));
    }
    yield { name: `${name}, flip ${String(flip)}`, raw: turned };
  }
}

async function readAll(mails: readonly Mail[]) {
  const slowest = { name: '', ms: 0 };
  const fields = new Set<string>();
  let count = 0;
  for (const mail of mails) {
    for (const { name, raw } of broken(mail)) {
      const from = performance.now();
      const reading = JSON.parse(JSON.stringify(await readMail(raw))) as MailReading;
      const ms = performance.now() - from;
      if (ms > slowest.ms) Object.assign(slowest, { name, ms });
      fields.add(Object.keys(reading).join());
      count += 1;
    }
  }
  console.log(`broken mails: ${String(count)} read, the slowest in ${slowest.ms.toFixed(0)} ms (${slowest.name})`);
  return { slowest, fields: [...fields] };
}

const oneForm = ['kind,from,subject,text,attachments,automaticBecause,bounce'];

test('a mail of ours that is broken off or has bits turned over is read as one object, and soon', async () => {
  const { slowest, fields } = await readAll(mailsIn(fixtures));

  expect(fields).toEqual(oneForm);
  expect(slowest.ms).toBeLessThan(longestMs);
});

describe.skipIf(!isThere)(`the samples${when}`, () => {
  test('broken off or with bits turned over, each is read as one object, and soon', { timeout: 600_000 }, async () => {
    const all = [...mailsIn(join(samples, 'bounces')), ...repliesIn(join(samples, 'replies.jsonl'))];
    const { slowest, fields } = await readAll(all);

    expect(fields).toEqual(oneForm);
    expect(slowest.ms).toBeLessThan(longestMs);
  });
});
