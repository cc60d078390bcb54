/** A secret's version as a rotator sees it. */
export interface Version {
  readonly id: string;
  readonly value: string;
}

/** Those that take part in a rotation; `previous` is what AWSPREVIOUS names, where that is neither of the others. */
export interface Versions {
  readonly current: Version;
  readonly pending: Version;
  readonly previous?: Version;
}

/** What a password is made of. The names are those of `latchkey secret random`. */
export interface PasswordRules {
  readonly length?: number;
  readonly excludeCharacters?: string;
  readonly excludePunctuation?: boolean;
  readonly excludeNumbers?: boolean;
  readonly excludeUppercase?: boolean;
  readonly excludeLowercase?: boolean;
  readonly includeSpace?: boolean;
  readonly requireEachIncludedType?: boolean;
}

export interface TlsOptions {
  readonly mode: 'verify' | 'require' | 'disable';
  /** PEM: whom to trust in place of those the system trusts. */
  readonly ca?: string;
}

/** What a rotator may use of the world. */
export interface Surroundings {
  /** The secret that is rotated, by its ARN. */
  readonly secretId: string;
  /** At the first step: the id of the version that is made, which is the rotation's ClientRequestToken. */
  readonly token?: string;
  /** The current value of another secret, such as an administrator's. */
  readSecret(arnOrName: string): Promise<string>;
  /** By what was asked for, and then by the rotator's own rules where nothing was. */
  randomPassword(rules?: PasswordRules): Promise<string>;
  readonly tls: TlsOptions;
  readonly signal?: AbortSignal;
  now(): Date;
}

/**
 * What is different from one kind of secret to the next; the four steps are the same for all (steps.ts). Each of these may
 * be called again after it was cut off anywhere, and then does what is left to do.
 */
export interface Rotator {
  readonly name: string;
  /**
   * The value that AWSPENDING is to hold, made from the current one. Changes nothing outside the secret. Nothing, where
   * it has stored the value itself under the token, as functions for AWS do.
   */
  create(current: Version, given: Surroundings): Promise<string | undefined>;
  /**
   * Makes the service accept the pending value. An error that `leavesUnchanged` says that it did nothing, for certain;
   * after any other, nobody knows whether the old or the new value is good.
   */
  set(versions: Versions, given: Surroundings): Promise<void>;
  /** Throws unless this version's value logs in. */
  test(version: Version, given: Surroundings): Promise<void>;
  /** Tidies up once AWSCURRENT has moved: here `current` is the version it left. */
  finish?(versions: Versions, given: Surroundings): Promise<void>;
  /** What is asked of a new password: by the rotator itself, and by the service. */
  policy?(current: Version, given: Surroundings): Promise<Rule[]>;
  close?(): Promise<void>;
}

export interface Rule {
  readonly name: string;
  readonly value: string;
  readonly from: 'latchkey' | 'the server';
}

const mark = Symbol.for('latchkey unchanged');

/** Says of an error of `set` that the service has answered it, and changed nothing. */
export const unchanged = <E extends Error>(error: E): E => Object.assign(error, { [mark]: true });

export const leavesUnchanged = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && mark in error;
