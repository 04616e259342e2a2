import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import proto from '@temporalio/proto';

const { History } = proto.temporal.api.history.v1;

/** A history that a version of the workflows has made. */
export interface StoredHistory {
  /** The version and what it is of: `0.1.0/issue-with-rebound-1`. */
  readonly name: string;
  readonly history: proto.temporal.api.history.v1.IHistory;
}

/** One folder a version; the histories of earlier versions stay, since issues of theirs may still be open. */
const folder = import.meta.dirname;
const ending = '.binpb.gz';

export function storedHistories(): StoredHistory[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith(ending));
  return names.sort().map((name) => ({
    name: name.slice(0, -ending.length),
    history: History.decode(gunzipSync(readFileSync(join(folder, name)))),
  }));
}

/** Writes a history as the protocol's own bytes, compressed. */
export function storeHistory({ name, history }: StoredHistory): void {
  writeFileSync(join(folder, `${name}${ending}`), gzipSync(History.encode(history).finish(), { level: 9 }));
}
