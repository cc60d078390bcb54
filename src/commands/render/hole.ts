import type { Value, Valued } from '../variables/read-each.ts';

/** A place in a text where a value goes. */
export interface Hole {
  /** What of the text is replaced: from here, up to there. */
  readonly start: number;
  readonly end: number;
  readonly reference: Valued;
  /** What the value becomes there. Throws `UserError` code `usage` for one that cannot stand there. */
  fill(value: Value): string;
}

/** What is wrong with a template, and where. */
export interface Problem {
  readonly at: number;
  readonly message: string;
}

export interface Scanned {
  readonly holes: readonly (Hole | Literal)[];
  readonly problems: readonly Problem[];
}

/** A place that is replaced by text that is known. */
export interface Literal {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}
