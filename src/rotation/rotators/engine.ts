import type { Surroundings } from '../rotator.ts';
import type { DatabaseSecret } from './database-secret.ts';

/** What the rotators need of a kind of database server. */
export interface Engine {
  /** The longest name of a user, in bytes. */
  readonly longestName: number;
  /** Logs in. Throws a `UserError`; `isRefused` tells whether the server knew the user or password to be wrong. */
  logIn(secret: DatabaseSecret, given: Surroundings): Promise<Session>;
}

/** One login. */
export interface Session {
  /** Whoever logged in, as the server names accounts. */
  account(): Promise<string>;
  /** Changes the password of whoever logged in. */
  changePassword(password: string): Promise<void>;
  /**
   * As an administrator: gives `username` this password, and makes it where it is missing; it may do what `like` may,
   * which is an account of this server's.
   */
  provide(username: string, password: string, like: string): Promise<void>;
  /** What the server asks of passwords, by its own names, as far as whoever logged in may see that. */
  rules(): Promise<Record<string, string>>;
  end(): Promise<void>;
}
