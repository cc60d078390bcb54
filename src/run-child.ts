import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import os from 'node:os';
import type { Environment } from './surroundings.ts';

/** Signals that mean something to a program, and that are not ours to answer. */
const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2', 'SIGWINCH'] as const;
/** Those that a terminal's keys send to every process in front of it: passed on, they would arrive twice. */
const fromKeyboard: readonly string[] = ['SIGINT', 'SIGQUIT'];

interface Run {
  command: string;
  args: string[];
  environment: Environment;
  /** Whether keys pressed at a terminal reach the child without us. */
  atTerminal: boolean;
  /** Where its streams go; to our own by default. */
  stdio?: StdioOptions;
  /** What it reads where its standard input is a pipe. */
  input?: string;
  /** Where it runs; where we do by default. */
  folder?: string;
  /** Ends it before it ends by itself. */
  stop?: Stop;
}

interface Stop {
  readonly signal: AbortSignal;
  /** Milliseconds between SIGTERM and SIGKILL. */
  readonly grace: number;
}

/**
 * Runs a command without a shell; resolves to its exit status, 128+N where signal N ended it.
 * Rejects with Node's own error where it could not be started.
 */
export async function runChild(run: Run): Promise<number> {
  const { command, args, environment, atTerminal, stdio = 'inherit', input, folder, stop } = run;
  let child: ChildProcess | undefined;
  const passOn = (signal: NodeJS.Signals) => {
    if (!(atTerminal && fromKeyboard.includes(signal))) child?.kill(signal);
  };
  for (const signal of forwarded) process.on(signal, passOn);
  try {
    child = spawn(command, args, { env: environment, stdio, cwd: folder });
    // One that ends without having read it all is judged by its status.
    child.stdin?.on('error', () => {}).end(input);
    if (stop) endAt(child, stop);
    return await statusOf(child);
  } finally {
    for (const signal of forwarded) process.off(signal, passOn);
  }
}

function endAt(child: ChildProcess, { signal, grace }: Stop): void {
  let patience: NodeJS.Timeout | undefined;
  signal.addEventListener('abort', () => {
    child.kill('SIGTERM');
    patience = setTimeout(() => child.kill('SIGKILL'), grace);
  });
  child.once('exit', () => clearTimeout(patience));
}

function statusOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    // A child that runs reports here that it may not be sent a signal (under sudo, say): no reason to leave it.
    child.on('error', (error) => child.pid === undefined && reject(error));
    child.on('exit', (code, signal) => resolve(code ?? 128 + os.constants.signals[signal!]));
  });
}
