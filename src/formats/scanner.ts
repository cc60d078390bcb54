import { UserError } from '../errors.ts';

/** A text that is read from front to back. */
export class Scanner {
  private at = 0;
  private readonly text: string;
  /** What a line is expected to be, for messages. */
  private readonly form: string;

  constructor(text: string, form: string) {
    this.text = text;
    this.form = form;
  }

  get done(): boolean {
    return this.at === this.text.length;
  }

  /** What a sticky pattern finds here, stepping behind it. */
  take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (!found) return undefined;
    this.at += found[0].length;
    return found;
  }

  /** The same, where nothing else may stand here. */
  expect(pattern: RegExp): RegExpExecArray {
    const found = this.take(pattern);
    if (found) return found;
    throw this.malformed();
  }

  /** Says where, not what: the text may be a secret. */
  private malformed(): UserError {
    const line = this.text.slice(0, this.at).split('\n').length;
    return new UserError('usage', `line ${line} is not ${this.form}`);
  }
}
