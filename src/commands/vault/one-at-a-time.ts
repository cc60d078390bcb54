import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { UserError } from '../../errors.ts';
import { makePrivateFolder, writeFileWhole } from '../../files.ts';

/**
 * Runs `work` while no other process runs its own under this lock file. Throws code `conflict` where one does; a lock
 * whose process has ended on this machine is nobody's.
 */
export async function oneAtATime<T>(lock: string, work: () => Promise<T>): Promise<T> {
  take(lock);
  try {
    return await work();
  } finally {
    fs.rmSync(lock, { force: true });
  }
}

function take(lock: string): void {
  makePrivateFolder(path.dirname(lock));
  const own = `${process.pid} ${os.hostname()}\n`;
  try {
    writeFileWhole(lock, own, { exclusive: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const holder = fs.readFileSync(lock, 'utf8');
    if (isAtWork(holder)) throw atWork(lock, holder);
    fs.rmSync(lock, { force: true });
    writeFileWhole(lock, own, { exclusive: true });
  }
}

/** It is written whole, so that a run that is killed leaves one that says whose it is. Of another machine, which shares the folder, nobody can say. */
function isAtWork(holder: string): boolean {
  const [, pid = '', host] = /^(\d+) (.+)\n$/.exec(holder) ?? [];
  if (host !== os.hostname()) return true;
  try {
    return process.kill(Number(pid), 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // somebody else's
  }
}

const atWork = (lock: string, holder: string) =>
  new UserError('conflict', `another process (${holder.trim() || 'unknown'}) is giving this vault a new key`, {
    hints: ['nothing was changed; wait for it', `if there is none: delete "${lock}"`],
  });
