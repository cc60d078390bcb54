import { UserError } from '../errors.ts';
import { visibleLine } from '../output/visible.ts';
import { stderr, writeAll } from './streams.ts';

/** Reads a line in raw mode, showing nothing. The terminal's mode is put back however it ends. */
export function promptHidden(question: string): Promise<string> {
  return ask(`${question}: `, { raw: true });
}

export async function confirm(question: string): Promise<boolean> {
  const answer = await ask(`${question} [y/N] `, { raw: false });
  return /^y(es)?$/i.test(answer.trim());
}

function ask(question: string, { raw }: { raw: boolean }): Promise<string> {
  const { stdin } = process;
  return new Promise((resolve, reject) => {
    const line = lineReader();
    const settle = (done: () => void) => {
      stdin.off('data', onData).off('end', onEnd).pause();
      if (raw) {
        stdin.setRawMode?.(false);
        writeAll(stderr, '\n');
      }
      done();
    };
    const onEnd = () => settle(() => reject(interrupted()));
    const onData = (text: string) => {
      const state = line.take(text);
      if (state === 'interrupted') onEnd();
      else if (state !== undefined) settle(() => resolve(state.line));
    };
    stdin.setEncoding('utf8');
    // Before the question: whoever answers at once is not to be seen, either.
    if (raw) stdin.setRawMode?.(true);
    writeAll(stderr, visibleLine(question));
    stdin.on('data', onData).on('end', onEnd).resume();
  });
}

const interrupted = () => new UserError('interrupted', 'interrupted, nothing was changed');

/** What the keys add up to. A terminal in raw mode hands over Ctrl-C, Ctrl-D, backspace and pasted text as they are. */
export function lineReader() {
  let typed: string[] = [];

  function take(text: string): { line: string } | 'interrupted' | undefined {
    for (const key of withoutPasteMarks(text)) {
      if (key === '\u0003' || (key === '\u0004' && typed.length === 0)) return 'interrupted';
      if (key === '\r' || key === '\n' || key === '\u0004') return { line: typed.join('') };
      if (key === '\u007f' || key === '\b') typed.pop();
      else if (key === '\u0015') typed = [];
      else typed.push(key);
    }
    return undefined;
  }

  return { take };
}

/** Terminals may put marks around what is pasted (bracketed paste). */
const withoutPasteMarks = (text: string) => text.replaceAll('\u001b[200~', '').replaceAll('\u001b[201~', '');
