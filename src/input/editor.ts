import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Context } from '../context.ts';
import { UserError } from '../errors.ts';
import { runChild } from '../run-child.ts';

interface Editing<There extends { text: string }, Result> {
  /** What is there: at first, and again after a lost race. */
  read(): Promise<There>;
  /** Throws code `usage` for what cannot be stored, `conflict` where something else than `there` is there by now. */
  store(edited: string, there: There): Promise<Result>;
}

/**
 * Stores what a person makes of a text in `$VISUAL` or `$EDITOR`; undefined where they leave it as it is.
 *
 * The text is on disk only while the editor runs: a file of mode 0600 in a new folder of mode 0700, in memory where the
 * system has such a place (`$XDG_RUNTIME_DIR`). What was JSON is to stay JSON. Where it is not, or cannot be stored, it
 * asks, and opens the editor again with what was typed; after a lost race with theirs in a file beside it.
 * Throws code `usage` where nothing, no text or broken JSON is left, `interrupted` where the editor did not end well.
 */
export async function editText<There extends { text: string }, Result>(
  context: Context,
  { read, store }: Editing<There, Result>,
): Promise<Result | undefined> {
  let there = await read();
  let edited = there.text;
  let theirs: string | undefined;
  for (;;) {
    const ending = endingFor(there.text);
    edited = withEndOf(there.text, await openEditor(context, { text: edited, theirs, ending }));
    if (edited === there.text) return undefined;
    if (edited === '') throw new UserError('usage', 'the value is empty', { hints: ['nothing was changed'] });
    try {
      if (ending === 'json') requireJson(edited);
      return await store(edited, there);
    } catch (error) {
      if (!canAsk(context, error)) throw error;
      if (error.code === 'conflict') {
        there = await read().catch(() => Promise.reject(error));
        theirs = there.text;
        if (theirs === edited) throw error; // it is stored, only not over what was read
      }
      await askForMore(context, error, theirs);
    }
  }
}

/** Editors put a newline at the end of a file that has none, and no password wants it. */
const withEndOf = (text: string, edited: string) => (text.endsWith('\n') ? edited : edited.replace(/\r?\n$/, ''));

/** Whether there is something to ask, and somebody. */
const canAsk = ({ terminal }: Context, error: unknown): error is UserError =>
  error instanceof UserError && /^(usage|conflict)$/.test(error.code) && terminal.inIsTTY && terminal.errIsTTY;

async function askForMore({ terminal }: Context, error: UserError, theirs: string | undefined): Promise<void> {
  const how =
    error.code === 'conflict'
      ? `Edit yours again, with theirs beside it in "theirs.${endingFor(theirs!)}"`
      : 'Edit it again';
  if (!(await terminal.confirm(`${error.message}. ${how}?`))) throw error;
}

interface Files {
  text: string;
  /** What is to lie beside it. */
  theirs?: string;
  ending: string;
}

/** One run of the editor. A signal that would end us waits until the file is gone. */
async function openEditor(context: Context, { text, theirs, ending }: Files): Promise<string> {
  let signalled: NodeJS.Signals | undefined;
  const note = (signal: NodeJS.Signals) => {
    if (signal !== 'SIGINT') signalled = signal; // Ctrl-C is the editor's
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, note);
  const folder = makeFolder(context);
  try {
    const file = path.join(folder, `value.${ending}`);
    const write = (name: string, content: string) => fs.writeFileSync(name, content, { mode: 0o600, flag: 'wx' });
    write(file, text);
    if (theirs !== undefined) write(path.join(folder, `theirs.${ending}`), theirs);
    const status = await runEditor(context, file);
    if (status === 0 && !signalled) return readText(file);
    const how = signalled ? `by ${signalled}` : `with status ${status}`;
    throw new UserError('interrupted', `the editor was ended ${how}, nothing was changed`);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, note);
  }
}

function makeFolder({ environment }: Context): string {
  const make = (folder: string) => fs.mkdtempSync(path.join(folder, 'latchkey-'));
  try {
    return make(environment.XDG_RUNTIME_DIR || os.tmpdir());
  } catch {
    return make(os.tmpdir()); // under su it may be somebody else's
  }
}

/** What it prints goes where people look: our stdout is data. */
async function runEditor({ terminal, environment }: Context, file: string): Promise<number> {
  const { inIsTTY, outIsTTY, errIsTTY } = terminal;
  const [command, ...args] = editorOf(environment.VISUAL?.trim() || environment.EDITOR?.trim() || usual(inIsTTY));
  const stdio = ['inherit', outIsTTY ? 'inherit' : 2, 'inherit'] as const;
  const atTerminal = inIsTTY || outIsTTY || errIsTTY;
  try {
    return await runChild({ command: command!, args: [...args, file], environment, atTerminal, stdio: [...stdio] });
  } catch (cause) {
    throw new UserError('no-command', `the editor "${command}" cannot be started`, {
      hints: ['name another, with its arguments: EDITOR="code --wait"'],
      cause,
    });
  }
}

/** What every system has, where somebody is there to use it. */
function usual(isTTY: boolean): string {
  if (isTTY) return process.platform === 'win32' ? 'notepad' : 'vi';
  throw new UserError('usage', 'no editor is named, and there is no terminal for one', {
    hints: ['name one: EDITOR="code --wait"'],
  });
}

/** Its words, as a shell would divide them: quotes keep blanks together. No shell looks at them. */
const editorOf = (text: string): string[] =>
  [...text.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) => word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'));

function readText(file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(fs.readFileSync(file));
  } catch (cause) {
    throw new UserError('usage', 'the editor left no UTF-8 text', { hints: ['nothing was changed'], cause });
  }
}

const endingFor = (text: string) => (isContainer(text) ? 'json' : 'txt');

function isContainer(text: string): boolean {
  return /^\s*[[{]/.test(text) && wrongJson(text) === undefined;
}

function requireJson(text: string): void {
  const wrong = wrongJson(text);
  if (wrong !== undefined) throw new UserError('usage', wrong, { hints: ['nothing was changed'] });
}

/** The parser's own message is left out but for the place: it quotes the text. */
function wrongJson(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    const at = /at position (\d+)/.exec((error as Error).message)?.[1];
    if (at === undefined) return 'it is not JSON any more';
    const before = text.slice(0, Number(at)).split('\n');
    return `it is not JSON any more, at line ${before.length}, column ${before.at(-1)!.length + 1}`;
  }
}
