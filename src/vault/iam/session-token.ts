import type { Caller } from '../caller.ts';
import { VaultError } from '../errors.ts';
import type { Sealer } from '../store/sealing.ts';
import type { AccessKey } from './access-key.ts';

/**
 * Temporary credentials, which the vault keeps no list of: the token that goes with them says, sealed, what there is
 * to know. A changed token does not open.
 */
export interface Session {
  readonly key: AccessKey;
  readonly caller: Caller;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

const binding = ['session token'];

/** The token of a session, in base64. */
export const tokenOf = (sealer: Sealer, session: Session): string =>
  Buffer.from(sealer.seal(binding, Buffer.from(JSON.stringify(session)))).toString('base64');

/** The session of a token; undefined for what is none of this vault's. */
export function sessionOf(sealer: Sealer, token: string): Session | undefined {
  const sealed = Buffer.from(token, 'base64');
  if (sealed.toString('base64') !== token) return undefined; // Node's reader takes more than base64
  try {
    return JSON.parse(Buffer.from(sealer.open(binding, sealed)).toString());
  } catch (error) {
    if (error instanceof VaultError) return undefined;
    throw error;
  }
}
