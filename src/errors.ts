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

/** Something the person at the terminal can mend. Lower case, no full stop, never a secret value. */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly code: Trouble;
  readonly hints: string[];

  constructor(code: Trouble, message: string, { hints = [], cause }: Details = {}) {
    super(message, { cause });
    this.code = code;
    this.hints = hints;
  }
}
