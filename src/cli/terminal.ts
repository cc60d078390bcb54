import fs from 'node:fs';
import type tty from 'node:tty';
import { visible } from '../output/visible.ts';

/** The program's three streams and what a person can be asked. `terminalForTests()` gives one made of buffers. */
export interface Terminal {
  /** Data: exactly these bytes, to stdout. A closed pipe ends the program quietly. */
  write(data: string | Uint8Array): Promise<void>;
  /** Talk, to stderr: one line. Control characters are made visible. */
  say(line: string): void;
  /** Talk that is quiet when nobody is looking: nothing when stderr is not a TTY. */
  remark(line: string): void;
  readonly outIsTTY: boolean;
  readonly inIsTTY: boolean;
  readonly errIsTTY: boolean;
  /** Columns of stdout's TTY; 80 where unknown. */
  readonly columns: number;
  /** All of standard input, as bytes. */
  readAll(): Promise<Uint8Array>;
  /** Asks for a line that is not shown. Ctrl-C and end of input throw `UserError` code `interrupted`. */
  promptHidden(question: string): Promise<string>;
  /** Yes or no, no by default. Needs a TTY on stdin and stderr. */
  confirm(question: string): Promise<boolean>;
}

const [stdin, stdout, stderr] = [0, 1, 2];

/** This process's own. The streams of Node are opened only to read: they cost a start more than all else here. */
export function processTerminal(): Terminal {
  const errIsTTY = isTTY(stderr);
  return {
    write: async (data) => writeAll(stdout, data),
    say: (line) => writeAll(stderr, `${visible(line)}\n`),
    remark: (line) => errIsTTY && writeAll(stderr, `${visible(line)}\n`),
    errIsTTY,
    get outIsTTY() {
      return isTTY(stdout);
    },
    get inIsTTY() {
      return isTTY(stdin);
    },
    get columns() {
      return process.stdout.columns ?? 80;
    },
    async readAll() {
      const parts: Uint8Array[] = [];
      for await (const part of process.stdin) parts.push(part);
      return Buffer.concat(parts);
    },
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

const pause = new Int32Array(new SharedArrayBuffer(4));

/** Writes all of it before it returns, so that no exit can cut it off. */
export function writeAll(fd: number, data: string | Uint8Array): void {
  let rest = typeof data === 'string' ? Buffer.from(data) : data;
  while (rest.length > 0) {
    try {
      rest = rest.subarray(fs.writeSync(fd, rest));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EPIPE') process.exit(0); // nobody reads on: `latchkey secret list | head`
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(pause, 0, 0, 5); // a pipe that is full and does not block
    }
  }
}
