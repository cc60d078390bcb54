import fs from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';

/** A database server of a test's own, on loopback. */
export interface Database {
  readonly engine: string;
  readonly host: string;
  readonly port: number;
  readonly admin: { readonly username: string; readonly password: string };
  /** As its administrator. */
  query(sql: string): Promise<Record<string, unknown>[]>;
  queryAs(username: string, password: string, sql: string): Promise<Record<string, unknown>[]>;
  /** Rejects unless these log in. */
  logIn(username: string, password: string): Promise<void>;
  /** Everything that the server has logged so far, each statement among it. */
  log(): string;
  /** Ends it as a crash would; `start` brings it back on the same port, with the same data. */
  crash(): Promise<void>;
  start(): Promise<void>;
  /** Ends it, and removes its data. */
  stop(): Promise<void>;
}

/** As the owner of the server's files: servers of databases refuse to run as root. */
export interface Owner {
  readonly uid?: number;
  readonly gid?: number;
}

export const isRoot = process.getuid?.() === 0;

/** A folder that the owner may use, and nobody else. */
export function folderOf({ uid, gid }: Owner): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-db-'));
  if (uid !== undefined && gid !== undefined) fs.chownSync(folder, uid, gid);
  return folder;
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

/** Resolves once `answer` no longer throws; throws `ended()` where the server is gone. */
export async function untilItAnswers(answer: () => Promise<unknown>, ended: () => string | undefined): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    const why = ended();
    if (why !== undefined) throw new Error(why);
    try {
      await answer();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  throw new Error('the database server does not answer');
}
