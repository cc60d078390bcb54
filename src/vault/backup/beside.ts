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
    const old = path.join(folder, one);
    if (now - fs.statSync(old).mtimeMs > stale) fs.rmSync(old, { force: true });
  }
  return path.join(folder, `.${name}.${randomUUID()}`);
}
