import type { Terminal } from '../../src/context.ts';
import { UserError } from '../../src/errors.ts';
import { visibleLine } from '../../src/output/visible.ts';

interface Given {
  stdin?: string | Uint8Array;
  /** Which of the three streams are terminals; none by default. */
  tty?: boolean;
  /** What the person types at each prompt, in turn. */
  answers?: string[];
}

/** A terminal made of buffers. */
export function terminalForTests({ stdin = '', tty = false, answers = [] }: Given = {}) {
  const out: Uint8Array[] = [];
  const said: string[] = [];
  const statuses: string[] = [];
  const waiting = [...answers];

  function answer(question: string): string {
    said.push(visibleLine(question));
    const typed = waiting.shift();
    if (typed === undefined) throw new UserError('interrupted', 'interrupted, nothing was changed');
    return typed;
  }

  return {
    write: async (data: string | Uint8Array) => void out.push(Buffer.from(data)),
    say: (line: string) => void said.push(visibleLine(line)),
    remark: (line: string) => void (tty && said.push(visibleLine(line))),
    status: (line: string) => void (tty && statuses.push(line)),
    outIsTTY: tty,
    inIsTTY: tty,
    errIsTTY: tty,
    columns: 80,
    readAll: async () => Buffer.from(stdin),
    async *chunks() {
      if (stdin.length > 0) yield Buffer.from(stdin);
    },
    promptHidden: async (question: string) => answer(question),
    confirm: async (question: string) => /^y/i.test(answer(question)),
    /** All that went to stdout. */
    get bytes(): Uint8Array {
      return Buffer.concat(out);
    },
    get stdout(): string {
      return Buffer.concat(out).toString();
    },
    /** The lines that went to stderr. */
    said,
    /** What `status` showed, one after another. */
    statuses,
  } satisfies Terminal & Record<string, unknown>;
}
