import fs from 'node:fs';
import path from 'node:path';
import { UserError } from '../../errors.ts';

export interface Found {
  /** From the folder on. */
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** When it was last changed, in milliseconds. */
  readonly changed: number;
}

export interface Below {
  readonly files: readonly Found[];
  /** What is neither file nor folder: links, pipes, sockets. Nobody follows them. */
  readonly left: readonly string[];
}

/** All files below a folder, in order. Links are not followed. Throws code `not-found`, `denied`, `usage`. */
export function filesBelow(folder: string): Below {
  const [files, left]: [Found[], string[]] = [[], []];
  const enter = (name: string) => {
    for (const entry of entriesOf(path.join(folder, name), folder)) {
      const below = path.join(name, entry.name);
      if (entry.isDirectory()) enter(below);
      else if (!entry.isFile()) left.push(below);
      else files.push(...found(folder, below));
    }
  };
  enter('');
  return { files, left };
}

/** None where it is gone by now. */
function found(folder: string, name: string): Found[] {
  const stats = fs.lstatSync(path.join(folder, name), { throwIfNoEntry: false });
  return stats ? [{ name, size: stats.size, changed: stats.mtimeMs }] : [];
}

function entriesOf(folder: string, named: string): fs.Dirent[] {
  try {
    return fs.readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOTDIR')
      throw new UserError('usage', `"${named}" is no folder`, { hints: ['leave out --recursive'] });
    if (code === 'ENOENT') throw new UserError('not-found', `there is no folder "${folder}"`, { cause });
    throw new UserError('denied', `"${folder}" cannot be read`, { cause });
  }
}

/** Throws code `usage` where what is written would be read again, or would take the place of what is read. */
export function requireApart(from: string, to: string): void {
  const [source, target] = [realPath(from), realPath(to)];
  if (source !== target && !isBelow(target, source)) return;
  throw new UserError('usage', `the output would be in the folder it is made of: "${to}"`, {
    hints: ['choose a folder beside it: --out FOLDER'],
  });
}

const isBelow = (inner: string, outer: string) => inner.startsWith(outer.endsWith(path.sep) ? outer : outer + path.sep);

/** Without links, as far as it is there. */
function realPath(file: string): string {
  const whole = path.resolve(file);
  try {
    return fs.realpathSync(whole);
  } catch {
    const parent = path.dirname(whole);
    return parent === whole ? whole : path.join(realPath(parent), path.basename(whole));
  }
}
