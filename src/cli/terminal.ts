import fs from 'node:fs';
import type tty from 'node:tty';
import type { Terminal } from '../context.ts';
import { visibleLine } from '../output/visible.ts';
import { stderr, stdin, stdout, writeAll } from './streams.ts';

/** This process's own. The streams of Node are opened only to read: they cost a start more than all else here. */
export function processTerminal(): Terminal {
  let hasStatus = false;
  return {
    write: async (data) => writeAll(stdout, data),
    say(line) {
      this.status('');
      writeAll(stderr, `${visibleLine(line)}\n`);
    },
    remark(line) {
      if (this.errIsTTY) this.say(line);
    },
    status(line) {
      if (line === '' ? !hasStatus : !this.errIsTTY || process.env.TERM === 'dumb') return;
      hasStatus = line !== '';
      const width = (process.stderr.columns || 80) - 1;
      writeAll(stderr, `\r${visibleLine(line).slice(0, width)}\u001b[K`);
    },
    get errIsTTY() {
      return isTTY(stderr);
    },
    get outIsTTY() {
      return isTTY(stdout);
    },
    get inIsTTY() {
      return isTTY(stdin);
    },
    get columns() {
      // A terminal that does not know how wide it is says 0.
      return process.stdout.columns || 80;
    },
    async readAll() {
      const parts: Uint8Array[] = [];
      for await (const part of process.stdin) parts.push(part);
      return Buffer.concat(parts);
    },
    chunks: () => process.stdin,
    promptHidden: async (question) => (await import('./prompt.ts')).promptHidden(question),
    confirm: async (question) => (await import('./prompt.ts')).confirm(question),
  };
}

/** `node:tty` is loaded only for what could be a terminal. */
function isTTY(fd: number): boolean {
  try {
    if (!fs.fstatSync(fd).isCharacterDevice()) return false;
  } catch {
    return false;
  }
  return (process.getBuiltinModule('node:tty') as typeof tty).isatty(fd);
}
