/** A name and its value, as every format has them. */
export interface Pair {
  readonly name: string;
  /** Text where it is UTF-8, else bytes. */
  readonly value: string | Uint8Array;
  /** The JSON text of a value that is no string: `5432`, `null`, `["a"]`. Then `value` is that same text. */
  readonly json?: string;
  /** Whether it took the place of another of its name, which stood before it in the text. */
  readonly again?: true;
}

/** Text to pairs and back: what `write` takes, `read` gives again. */
export interface Format {
  /** Throws `UserError` code `usage` with the reason where a name or value cannot be written so that it reads the same. */
  write(pairs: readonly Pair[]): string;
  /** Throws `UserError` code `usage` where the text is malformed; it never quotes a value. */
  read(text: string): Pair[];
}
