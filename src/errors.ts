/** What kind of trouble it is; `cli/report.ts` turns it into an exit code. */
export type Trouble =
  | 'usage'
  | 'not-found'
  | 'denied'
  | 'conflict'
  | 'unreachable'
  | 'integrity'
  | 'partial'
  | 'interrupted'
  /** `exec`: the command cannot be run, or there is none of that name. */
  | 'not-runnable'
  | 'no-command';

interface Details {
  /** Commands to type next, or what to look at; each becomes a `hint:` line. */
  hints?: string[];
  cause?: unknown;
}

/** The program is built in parts, and each may have a copy of this class: an error is of it when it carries its mark. */
const mark = Symbol.for('latchkey UserError');

/** Something the person at the terminal can mend. Lower case, no full stop, never a secret value. */
export class UserError extends Error {
  readonly [mark] = true;
  override readonly name = 'UserError';
  readonly code: Trouble;
  readonly hints: string[];

  constructor(code: Trouble, message: string, { hints = [], cause }: Details = {}) {
    super(message, { cause });
    this.code = code;
    this.hints = hints;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && mark in value;
  }
}
