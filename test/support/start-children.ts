/** Run by killed-instance.ts: starts PostgreSQL and Temporal on the folder that is given, prints their numbers and stays. */
import { startPostgres } from '../../worker/embedded/postgres.ts';
import { startTemporal } from '../../worker/embedded/temporal-server.ts';

const options = { dataDir: process.argv[2] ?? '', log: () => undefined };
const [postgres, temporal] = await Promise.all([startPostgres(options), startTemporal(options)]);
console.log(JSON.stringify({ postgres: postgres.pid, temporal: temporal.pid }));
setInterval(() => undefined, 60_000);
