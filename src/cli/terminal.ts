/** The program's three streams and what a person can be asked. `terminalForTests()` gives one made of buffers. */
export interface Terminal {
  /** Data: exactly these bytes, to stdout. Resolves when they are taken; a closed pipe ends the program quietly. */
  write(data: string | Uint8Array): Promise<void>;
  /** Talk, to stderr: one line. */
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
