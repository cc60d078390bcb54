import { explain } from '../aws/errors.ts';
import type { Terminal } from '../context.ts';
import { type Trouble, UserError } from '../errors.ts';

const exitCodes: Record<Trouble, number> = {
  usage: 2,
  'not-found': 3,
  denied: 4,
  conflict: 5,
  unreachable: 6,
  integrity: 7,
  partial: 8,
  interrupted: 130,
  // As every shell has it.
  'not-runnable': 126,
  'no-command': 127,
};

const bug = 70;

/** An error becomes words, hints and an exit code: here and nowhere else. */
export function report(error: unknown, terminal: Terminal, debug = false): number {
  const known = error instanceof UserError ? error : explain(error);
  if (debug) terminal.say(stackOf(error));
  if (!known) {
    terminal.say(`latchkey: error: this is a bug of ours (${nameOf(error)})`);
    terminal.say('latchkey: hint: run it again with LATCHKEY_DEBUG=1 and report what it says');
    return bug;
  }
  terminal.say(`latchkey: error: ${known.message}`);
  for (const hint of known.hints) terminal.say(`latchkey: hint: ${hint}`);
  return exitCodes[known.code];
}

/** Without messages: an unforeseen one could hold a value. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

function stackOf(error: unknown): string {
  const frames = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : [];
  return [`latchkey: debug: ${nameOf(error)}`, ...frames.map((frame) => frame.trim())].join(' | ');
}
