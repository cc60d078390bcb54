import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { UserError } from './errors.ts';

interface Writing {
  /** Permissions of the new file; 0600 where nothing else is said. */
  mode?: number;
  /** Throws `EEXIST` instead of replacing a file. */
  exclusive?: boolean;
}

/**
 * Writes a whole file or none: into a new file beside it, synced, then renamed into place, and the folder synced, so
 * that a crash leaves the old file or the new one. Throws Node's own errors.
 */
export function writeFileWhole(
  file: string,
  data: string | Uint8Array,
  { mode = 0o600, exclusive }: Writing = {},
): void {
  const part = path.join(path.dirname(file), `.${path.basename(file)}.${randomUUID()}`);
  try {
    writeSynced(part, data, mode);
    if (exclusive) fs.linkSync(part, file);
    else fs.renameSync(part, file);
  } finally {
    fs.rmSync(part, { force: true });
  }
  syncFolder(path.dirname(file));
}

function writeSynced(file: string, data: string | Uint8Array, mode: number): void {
  const fd = fs.openSync(file, 'wx', mode);
  try {
    fs.writeFileSync(fd, data);
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}

/** Makes names in a folder durable. Windows has no such thing for folders. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const fd = fs.openSync(folder, 'r');
  try {
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}

/** Makes a folder, and those above it, that only their owner can enter. One that is there is left as it is. */
export const makePrivateFolder = (folder: string): void => void fs.mkdirSync(folder, { recursive: true, mode: 0o700 });

const reasons: Record<string, string> = {
  EACCES: 'you may not',
  EPERM: 'you may not',
  EROFS: 'the file system is read-only',
  ENOSPC: 'there is no space left',
  EDQUOT: 'there is no space left',
  ENOTDIR: 'what is above it is not a folder',
  EEXIST: 'there is a file in its place',
};

/** What `work` returns; where the file system refuses it, code `denied` and why. */
export function writing<T>(place: string, work: () => T): T {
  try {
    const result = work();
    return result instanceof Promise ? (result.catch(refuse(place)) as T) : result;
  } catch (cause) {
    return refuse(place)(cause);
  }
}

function refuse(place: string) {
  return (cause: unknown): never => {
    const reason = reasons[(cause as NodeJS.ErrnoException).code ?? ''];
    if (!reason) throw cause;
    throw new UserError('denied', `"${place}" cannot be made: ${reason}`, {
      hints: ['nothing was left behind'],
      cause,
    });
  };
}
