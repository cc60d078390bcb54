import { VaultError } from './errors.ts';
import type { Database } from './store/database.ts';
import { type Header, replaceKeys } from './store/header.ts';
import {
  newDerivation,
  type RecoverySecret,
  type RootSecret,
  type ScryptCost,
  unwrapMasterKey,
  unwrapWithRecovery,
  wrapForRecovery,
  wrapMasterKey,
} from './store/root-key.ts';

/** What may open a vault: the first of several that does. */
export type Unlocking = RootSecret | RecoverySecret;

/** What the master key is bound to: a header with another account does not open. */
const nameOf = ({ id, account }: Pick<Header, 'id' | 'account'>) => `${id} ${account}`;

/** The part of a header that holds the master key, wrapped by `secret`. */
export async function keyPart(
  masterKey: Uint8Array,
  secret: RootSecret,
  vault: Pick<Header, 'id' | 'account'>,
  cost?: ScryptCost,
): Promise<Pick<Header, 'derivation' | 'masterKey'>> {
  const derivation = newDerivation(secret, cost);
  return { derivation, masterKey: await wrapMasterKey(masterKey, secret, derivation, nameOf(vault)) };
}

/**
 * The master key of a header. Throws a `VaultError` with code `wrong-key` when none of the secrets is the vault's, and
 * what reading one of them has thrown where it might have been.
 */
export async function openMasterKey(header: Header, secrets: Unlocking | readonly Unlocking[]): Promise<Uint8Array> {
  const [first, ...others] = [secrets].flat() as Unlocking[];
  try {
    return await unwrap(header, first!);
  } catch (error) {
    if (others.length === 0) throw error;
    const isWrong = error instanceof VaultError;
    return openMasterKey(header, others).catch((another) => {
      throw isWrong ? another : error;
    });
  }
}

const unwrap = async (header: Header, secret: Unlocking): Promise<Uint8Array> =>
  'recovery' in secret
    ? unwrapWithRecovery(header.recovery, secret, nameOf(header))
    : unwrapMasterKey(header.masterKey, secret, header.derivation, nameOf(header));

/** Lets another root secret open the vault, and no longer the one before: one row changes, all of it or nothing. */
export async function rekey(database: Database, header: Header, masterKey: Uint8Array, secret: RootSecret) {
  const part = await keyPart(masterKey, secret, header);
  database.transaction('write', () => replaceKeys(database, header, part));
}

/** Gives the vault a recovery key in place of the one before, or takes it away. */
export function setRecovery(database: Database, header: Header, masterKey: Uint8Array, secret: RecoverySecret | null) {
  const recovery = secret && wrapForRecovery(masterKey, secret, nameOf(header));
  database.transaction('write', () => replaceKeys(database, header, { recovery }));
}
