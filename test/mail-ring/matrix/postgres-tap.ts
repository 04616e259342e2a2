import type { Server, Socket } from 'node:net';
import type { Watch } from './moments.ts';
import { tap } from './tap.ts';

const writes = /^\s*(INSERT|UPDATE|DELETE|WITH\b[^]*\b(UPDATE|INSERT INTO|DELETE FROM)\b)/i;
const commits = /^\s*COMMIT/i;

/**
 * Stands between a sender and PostgreSQL (frontend/backend protocol 3.0) and stops each commit before the server has it,
 * and its answer before the sender has that: COMMIT, and a writing statement outside a transaction.
 */
export function tapPostgres(serverPort: number, watch: Watch): Promise<Server> {
  return tap(serverPort, (client, upstream) => follow(client, upstream, watch));
}

function follow(client: Socket, upstream: Socket, watch: Watch): void {
  let asked = Buffer.alloc(0);
  let answered = Buffer.alloc(0);
  let isReady = false; // the first exchange is about the connection
  let isInTransaction = false;
  let text = '';
  let isCommit = false;
  let work = Promise.resolve();
  const statements = new Map<string, string>();
  const cut = () => {
    client.destroy();
    upstream.destroy();
  };

  const forward = async (unit: Buffer, said: string) => {
    isCommit = commits.test(said) || (!isInTransaction && writes.test(said));
    if (isCommit && (await watch.happens('commit', 'before')) === 'drop') return cut();
    if (!upstream.destroyed) upstream.write(unit);
  };
  client.on('data', (chunk) => {
    if (!isReady) return void upstream.write(chunk);
    asked = Buffer.concat([asked, chunk]);
    for (let end = 0; ;) {
      if (asked.length < end + 5 || asked.length < end + 1 + asked.readInt32BE(end + 1)) return;
      const type = String.fromCharCode(asked[end]!);
      const body = asked.subarray(end + 5, end + 1 + asked.readInt32BE(end + 1));
      end += 5 + body.length;
      const [first = '', second = ''] = body.toString('latin1').split('\0', 2);
      if (type === 'Q') text = first;
      if (type === 'P') statements.set(first, second);
      if (type === 'B') text = statements.get(second) ?? '';
      if (type !== 'Q' && type !== 'S' && type !== 'X') continue;
      const unit = asked.subarray(0, end);
      asked = asked.subarray(end);
      end = 0;
      const said = text;
      text = '';
      work = work.then(() => forward(unit, said));
    }
  });

  const answer = async (unit: Buffer) => {
    if (isCommit) {
      isCommit = false;
      if ((await watch.happens('commit', 'after')) === 'drop') return cut();
    }
    if (!client.destroyed) client.write(unit);
  };
  let answering = Promise.resolve();
  upstream.on('data', (chunk) => {
    answered = Buffer.concat([answered, chunk]);
    if (!isReady) {
      const written = answered.subarray(-6); // ReadyForQuery: Z, length 5, status
      if (written[0] === 'Z'.charCodeAt(0) && written.readInt32BE(1) === 5) {
        isReady = true;
        answered = Buffer.alloc(0);
      }
      return void client.write(chunk);
    }
    for (let end = 0; ;) {
      if (answered.length < end + 5 || answered.length < end + 1 + answered.readInt32BE(end + 1)) return;
      const isEnd = answered[end] === 'Z'.charCodeAt(0);
      if (isEnd) isInTransaction = answered[end + 5] !== 'I'.charCodeAt(0);
      end += 1 + answered.readInt32BE(end + 1);
      if (!isEnd) continue;
      const unit = answered.subarray(0, end);
      answered = answered.subarray(end);
      end = 0;
      answering = answering.then(() => answer(unit));
    }
  });
}
