import { networkWords } from '../../aws/network-errors.ts';
import { type Trouble, UserError } from '../../errors.ts';
import { unchanged } from '../rotator.ts';
import type { DatabaseSecret } from './database-secret.ts';

/** An error of a driver: `code` is the server's, a socket's, or OpenSSL's. */
export interface DriverError extends Error {
  readonly code?: string;
  readonly errors?: readonly DriverError[];
}

const refused = Symbol.for('latchkey login refused');

/** Says of an error that the server has answered: not this user with this password. */
export const isRefused = (error: unknown): boolean => typeof error === 'object' && error !== null && refused in error;

export const placeOf = ({ host, port }: DatabaseSecret): string => `${host}:${port}`;

export const loginRefused = (secret: DatabaseSecret, cause: unknown): UserError =>
  Object.assign(
    new UserError('denied', `${placeOf(secret)} refuses "${secret.username}" with this password`, { cause }),
    { [refused]: true },
  );

const certificate = /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS_CERT|HOSTNAME_MISMATCH)/;

/** A server that could not be reached, or whose TLS is not to be trusted; undefined for any other error. */
export function explainConnection(error: DriverError, secret: DatabaseSecret): UserError | undefined {
  const { code = '' } = error.errors?.[0] ?? error;
  if (certificate.test(code)) return notTrusted(secret, code, error);
  const words = networkWords[code] ?? (/^(ERR_SSL|EPROTO)/.test(code) ? 'its TLS is not understood' : undefined);
  return words === undefined
    ? undefined
    : new UserError('unreachable', `${placeOf(secret)} could not be reached: ${words}`, { cause: error });
}

/** What the certificate lacks is said by `reason`. */
export const notTrusted = (secret: DatabaseSecret, reason: string, cause: unknown): UserError =>
  new UserError('unreachable', `the certificate of ${placeOf(secret)} is not trusted (${reason})`, {
    hints: [
      'name the authority that signed it: --ca FILE',
      'for RDS: https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem',
    ],
    cause,
  });

export const noTls = (secret: DatabaseSecret, cause: unknown): UserError =>
  new UserError('unreachable', `${placeOf(secret)} offers no TLS`, {
    hints: ['over a network that is trusted: --tls disable'],
    cause,
  });

/**
 * The server's own words, without what is not to be read. An answer says that the statement did nothing; that is not so
 * where the code is `unreachable`.
 */
export function saying(code: Trouble, what: string, error: Error, secrets: readonly string[]): UserError {
  const said = secrets.reduce((text, secret) => text.replaceAll(secret, '***'), error.message);
  const trouble = new UserError(code, `${what}: ${said}`);
  return code === 'unreachable' ? trouble : unchanged(trouble);
}
