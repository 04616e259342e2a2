import type { Server, Socket } from 'node:net';
import type { Verb, Watch } from './moments.ts';
import { tap } from './tap.ts';

const verbs: Readonly<Record<string, Verb>> = {
  EHLO: 'EHLO',
  MAIL: 'MAIL',
  RCPT: 'RCPT',
  DATA: 'DATA',
  QUIT: 'end of session',
};
const endOfData = '\r\n.\r\n';

/** Stands between a sender and its mail server, and stops each verb (RFC 5321) before it arrives and before its reply does. */
export function tapSmtp(serverPort: number, watch: Watch): Promise<Server> {
  return tap(serverPort, (client, upstream) => new Session(client, upstream, watch).follow());
}

class Session {
  readonly #client: Socket;
  readonly #upstream: Socket;
  readonly #watch: Watch;
  #said = '';
  #isBody = false;
  #hasQuit = false;
  /** What the server answers next. */
  #asked: Verb[] = [];
  #work = Promise.resolve();

  constructor(client: Socket, upstream: Socket, watch: Watch) {
    this.#client = client;
    this.#upstream = upstream;
    this.#watch = watch;
  }

  follow(): void {
    this.#client.setEncoding('latin1').on('data', (text: string) => {
      this.#said += text;
      this.#work = this.#work.then(() => this.#forward());
    });
    this.#client.on('end', () => {
      this.#work = this.#work.then(() => this.#sessionEnds());
    });
    let replies = '';
    let work = Promise.resolve();
    this.#upstream.setEncoding('latin1').on('data', (text: string) => {
      replies += text;
      for (;;) {
        const [reply] = /^(\d{3}-[^\n]*\n)*\d{3} [^\n]*\n/.exec(replies) ?? [];
        if (reply === undefined) return;
        replies = replies.slice(reply.length);
        work = work.then(() => this.#answer(reply));
      }
    });
  }

  async #forward(): Promise<void> {
    for (;;) {
      const end = this.#said.indexOf(this.#isBody ? endOfData : '\r\n');
      if (end < 0) return;
      const length = end + (this.#isBody ? endOfData.length : 2);
      const unit = this.#said.slice(0, length);
      this.#said = this.#said.slice(length);
      if (this.#isBody) {
        this.#isBody = false;
        this.#write(unit.slice(0, -3));
        if ((await this.#watch.happens('end of data', 'before')) === 'drop') return this.#cut();
        this.#asked.push('end of data');
        this.#write(unit.slice(-3));
        if ((await this.#watch.happens('end of data', 'after')) === 'drop') return this.#cut();
        continue;
      }
      const verb = verbs[unit.slice(0, 4).toUpperCase()];
      if (verb !== undefined) {
        if (verb === 'end of session') this.#hasQuit = true;
        if ((await this.#watch.happens(verb, 'before')) === 'drop') return this.#cut();
        this.#asked.push(verb);
      }
      this.#write(unit);
    }
  }

  async #answer(reply: string): Promise<void> {
    const verb = this.#asked.shift();
    if (verb === 'DATA' && reply.startsWith('354')) this.#isBody = true;
    const told = verb === 'end of data' ? 'reply' : verb;
    if (told !== undefined) {
      const isHeld = await this.#watch.happens(told, told === 'reply' ? 'before' : 'after');
      if (isHeld === 'drop') return this.#cut();
    }
    if (!this.#client.destroyed) this.#client.write(reply, 'latin1');
    if (told === 'reply') await this.#watch.happens('reply', 'after');
  }

  /** Senders that keep their connections end them without QUIT. */
  async #sessionEnds(): Promise<void> {
    if (this.#hasQuit) return;
    if ((await this.#watch.happens('end of session', 'before')) === 'drop') return this.#cut();
    this.#upstream.end();
    await this.#watch.happens('end of session', 'after');
  }

  #write(text: string): void {
    if (!this.#upstream.destroyed) this.#upstream.write(text, 'latin1');
  }

  #cut(): void {
    this.#client.destroy();
    this.#upstream.destroy();
  }
}
