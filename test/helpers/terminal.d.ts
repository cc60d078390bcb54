interface Given {
  stdin?: string | Uint8Array;
  /** Which of the three streams are terminals; none by default. */
  tty?: boolean;
  /** What the person types at each prompt, in turn. */
  answers?: string[];
}
/** A terminal made of buffers. */
export declare function terminalForTests({ stdin, tty, answers }?: Given): {
  write: (data: string | Uint8Array) => Promise<undefined>;
  say: (line: string) => undefined;
  remark: (line: string) => undefined;
  outIsTTY: boolean;
  inIsTTY: boolean;
  errIsTTY: boolean;
  columns: number;
  readAll: () => Promise<Buffer<ArrayBuffer>>;
  promptHidden: (question: string) => Promise<string>;
  confirm: (question: string) => Promise<boolean>;
  /** All that went to stdout. */
  readonly bytes: Uint8Array;
  readonly stdout: string;
  /** The lines that went to stderr. */
  said: string[];
};
