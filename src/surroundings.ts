export type Environment = Readonly<Record<string, string | undefined>>;

/** The current time; tests set it. */
export type Clock = () => Date;

/** What opening a session may need to look into, and whom to ask. */
export interface Asked {
  readonly terminal: Terminal;
  readonly environment: Environment;
}

/** The program's three streams and what a person can be asked. `cli/terminal.ts` is the real one, tests have one made of buffers. */
export interface Terminal {
  /** Data: exactly these bytes, to stdout. A closed pipe ends the program quietly. */
  write(data: string | Uint8Array): Promise<void>;
  /** Talk, to stderr: one line. Control characters are made visible. */
  say(line: string): void;
  /** Talk that is quiet when nobody is looking: nothing when stderr is not a TTY. */
  remark(line: string): void;
  /** How far long work is: each line takes the last one's place, an empty one the line away. Quiet where `remark` is. */
  status(line: string): void;
  readonly outIsTTY: boolean;
  readonly inIsTTY: boolean;
  readonly errIsTTY: boolean;
  /** Columns of stdout's TTY; 80 where unknown. */
  readonly columns: number;
  /** All of standard input, as bytes. */
  readAll(): Promise<Uint8Array>;
  /** The same piece by piece, as it comes. */
  chunks(): AsyncIterable<Uint8Array>;
  /** Asks for a line that is not shown. Ctrl-C and end of input throw `UserError` code `interrupted`. */
  promptHidden(question: string): Promise<string>;
  /** Yes or no, no by default. Needs a TTY on stdin and stderr. */
  confirm(question: string): Promise<boolean>;
}
