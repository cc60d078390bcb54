import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
/** Milliseconds after which nobody is at work on a file any more. */
const stale = 60 * 60 * 1000;

/** A new name beside a file, for what is to take its place. What a run that was killed has left there goes first. */
export function beside(file: string, now = Date.now()): string {
  const [folder, name] = [path.dirname(file), path.basename(file)];
  const leftover = new RegExp(`^\\.${name.replace(/[^\w]/g, '\\$&')}\\.${uuid}(?:-journal)?$`);
  for (const one of fs.readdirSync(folder).filter((other) => leftover.test(other))) {
    removeStale(path.join(folder, one), now);
  }
  return path.join(folder, `.${name}.${randomUUID()}`);
}

function removeStale(file: string, now: number): void {
  try {
    if (now - fs.statSync(file).mtimeMs > stale) fs.rmSync(file, { force: true });
  } catch {
    // Another run has ended meanwhile and taken its file along, or it is not ours to remove.
  }
}
