/** An error as it goes on the wire: the type that AWS names, its message (none for some types), its HTTP status. */
export class ApiError extends Error {
  override readonly name: string;
  readonly type: string;
  readonly status: number;

  constructor(type: string, message = '', status = 400) {
    super(message);
    this.name = type;
    this.type = type;
    this.status = status;
  }
}

/** The vault's file is not what it should be: tampered, truncated, or opened with another key. Not an AWS error. */
export class VaultError extends Error {
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
}
