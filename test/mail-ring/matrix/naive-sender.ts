import { randomUUID } from 'node:crypto';
import nodemailer from 'nodemailer';
import pg from 'pg';
import type { SenderRun } from './sender-run.ts';

/** As it is commonly done: a mail for each row that is not marked, then the mark. */
export async function sendNaively({ databaseUrl, smtpUrl }: SenderRun): Promise<void> {
  const pool = new pg.Pool({ connectionString: databaseUrl });
  pool.on('error', () => undefined);
  const transport = nodemailer.createTransport({ url: smtpUrl, pool: true, maxConnections: 10 });
  try {
    const { rows } = await pool.query<{ id: string; address: string }>(
      'SELECT id, address FROM "NaiveMail" WHERE NOT sent ORDER BY id',
    );
    const sent = await Promise.allSettled(
      rows.map(async ({ id, address }) => {
        const headers = { 'X-Huitoukan-Line': `${id} -` };
        await transport.sendMail({
          ...{ from: 'duban@huitoukan.example', to: address, subject: '【整改督办】', text: '1项待办' },
          ...{ headers, messageId: `<${randomUUID()}@huitoukan.example>` },
        });
        await pool.query('UPDATE "NaiveMail" SET sent = true WHERE id = $1', [id]);
      }),
    );
    for (const each of sent) if (each.status === 'rejected') throw each.reason;
  } finally {
    transport.close();
    await pool.end();
  }
}
