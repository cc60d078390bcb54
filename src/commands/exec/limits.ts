import fs from 'node:fs';
import { UserError } from '../../errors.ts';
import { asFile, type Variable } from './variable.ts';

/** What Linux takes in any case, and never more than: ARG_MAX, and three quarters of _STK_LIM (fs/exec.c). */
const [least, most] = [128 * 1024, 6 * 1024 * 1024];
/** kern.argmax of macOS. */
const macLimit = 1024 * 1024;
/** A string costs a pointer, too. */
const pointer = 8;

interface Start {
  command: string;
  args: readonly string[];
  environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Throws code `usage` where arguments and environment together are more than the system lets a program start with, and
 * says which of our variables takes most of it.
 */
export function requireRoom(start: Start, variables: Iterable<Variable>, limit = limitOf(process.platform)): void {
  const size = sizeOf(start);
  if (size <= limit()) return;
  const sizes = `${size.toLocaleString('en')} bytes, and this system takes at most ${limit().toLocaleString('en')}`;
  const [largest] = [...variables].sort((a, b) => b.value.length - a.value.length);
  throw new UserError('usage', `the variables and arguments together would have ${sizes}`, {
    hints: largest ? [asFile(largest)] : ['pass on less of your own environment: --pristine --keep NAME'],
  });
}

function sizeOf({ command, args, environment }: Start): number {
  const pairs = Object.entries(environment).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${value}`],
  );
  // The command is there twice: as a path, and as the first argument.
  return [command, command, ...args, ...pairs].reduce((sum, one) => sum + Buffer.byteLength(one) + 1 + pointer, 0);
}

function limitOf(platform: string): () => number {
  if (platform === 'linux') return linuxLimit;
  return () => (platform === 'darwin' ? macLimit : Number.POSITIVE_INFINITY);
}

/** A quarter of what the stack may grow to, which `ulimit -s` says. */
function linuxLimit(): number {
  try {
    const [, stack] = /^Max stack size\s+(\d+|unlimited)/m.exec(fs.readFileSync('/proc/self/limits', 'utf8'))!;
    return stack === 'unlimited' ? most : Math.min(most, Math.max(least, Number(stack) / 4));
  } catch {
    return Number.POSITIVE_INFINITY; // no /proc: the start itself will tell
  }
}
