/*
 * The program is built in parts, and each may have a copy of these classes: an error is of a class when it carries its
 * mark, whichever copy made it.
 */
const isMarked = (value: unknown, mark: symbol): boolean =>
  typeof value === 'object' && value !== null && mark in value;
const apiMark = Symbol.for('latchkey ApiError');
const vaultMark = Symbol.for('latchkey VaultError');

/** An error as it goes on the wire: the type that AWS names, its message (none for some types), its HTTP status. */
export class ApiError extends Error {
  readonly [apiMark] = true;
  override readonly name: string;
  readonly type: string;
  readonly status: number;

  constructor(type: string, message = '', status = 400) {
    super(message);
    this.name = type;
    this.type = type;
    this.status = status;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return isMarked(value, apiMark);
  }
}

/** The vault's file is not what it should be: tampered, truncated, or opened with another key. Not an AWS error. */
export class VaultError extends Error {
  readonly [vaultMark] = true;
  override readonly name = 'VaultError';
  readonly code:
    | 'missing'
    | 'exists'
    | 'not-a-vault'
    | 'newer'
    | 'wrong-key'
    | 'moved'
    | 'damaged'
    | 'busy'
    | 'full'
    | 'denied'
    | 'no-sqlite';

  constructor(code: VaultError['code'], message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return isMarked(value, vaultMark);
  }
}
