import { Logger, makeWorkerUtils, run } from 'graphile-worker';
import nodemailer from 'nodemailer';
import pg from 'pg';
import type { Herd } from './herd-ledger.ts';
import type { Sink } from './sink-process.ts';

const jobsAtOnce = 10;
const quiet = new Logger(() => () => undefined);

/**
 * The same herd with graphile-worker, a well-kept job queue on the same PostgreSQL: one job for each person, due at the
 * hour, which takes his lines from a plain table, writes them into one plain mail and hands it over. It is given the
 * better of it: it looks for nobody's role, calendar or secrecy, and keeps no mail. Says when the hour was.
 *
 * @param prepareMs how long before the hour its jobs are there
 */
export async function runPeer(
  databaseUrl: string,
  sink: Sink,
  { lines, people }: Herd,
  prepareMs: number,
): Promise<number> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: jobsAtOnce + 4 });
  pool.on('error', () => undefined); // the query that is under way says it
  const transport = nodemailer.createTransport({ url: sink.url, pool: true, maxConnections: jobsAtOnce });
  try {
    await pool.query(
      'CREATE TABLE herd_line (key text PRIMARY KEY, person int NOT NULL, words text NOT NULL, sent boolean)',
    );
    await pool.query(
      `INSERT INTO herd_line SELECT 'line-' || n, n % $2::int, '第' || n || '项：修订管理办法，明确责任和时限' FROM generate_series(1, $1::int) n`,
      [lines, people],
    );
    await pool.query('CREATE INDEX ON herd_line (person); ANALYZE herd_line');
    const utils = await makeWorkerUtils({ pgPool: pool });
    await utils.migrate();
    const hour = Date.now() + prepareMs;
    await pool.query(
      `SELECT graphile_worker.add_job('remind', json_build_object('person', n), run_at := to_timestamp($2::float8 / 1000))
       FROM generate_series(0, $1::int - 1) n`,
      [people, hour],
    );
    let left = people;
    let finished: () => void;
    const done = new Promise<void>((resolve) => (finished = resolve));
    const runner = await run({
      pgPool: pool,
      concurrency: jobsAtOnce,
      pollInterval: 100,
      noHandleSignals: true,
      logger: quiet,
      taskList: {
        async remind(payload) {
          const { person } = payload as { person: number };
          const { rows } = await pool.query<{ key: string; words: string }>(
            'UPDATE herd_line SET sent = true WHERE person = $1 AND sent IS NULL RETURNING key, words',
            [person],
          );
          await transport.sendMail({
            from: 'bench@bench.invalid',
            to: `person-${String(person)}@unit.example`,
            subject: `${String(rows.length)}项待办`,
            text: rows.map(({ words }) => words).join('\n'),
            headers: rows.map(({ key }) => ({ key: 'X-Huitoukan-Line', value: key })),
          });
          left -= 1;
          if (left === 0) finished();
        },
      },
    });
    await done;
    await runner.stop();
    await utils.release();
    return hour;
  } finally {
    transport.close();
    await pool.end();
  }
}
