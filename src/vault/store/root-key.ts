import { hkdfSync, randomBytes, scrypt } from 'node:crypto';
import { VaultError } from '../errors.ts';
import { open, seal } from './sealing.ts';

/** What the person holds: 32 bytes from a key file or the environment, or a passphrase. */
export type RootSecret = { readonly key: Uint8Array } | { readonly passphrase: string };

/** What a person has on paper for the day on which the root secret is lost: 20 bytes. */
export interface RecoverySecret {
  readonly recovery: Uint8Array;
}

/** What scrypt costs: N is memory and time (a power of two), r the block size, p how many times over. */
export interface ScryptCost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** How the root secret becomes the root key; kept in the header, in the clear. */
export type Derivation = { readonly kind: 'key' } | ({ readonly kind: 'scrypt'; readonly salt: string } & ScryptCost);

export const rootKeyLength = 32;

/** About half a second and 128 MiB, once an opening. */
const defaultCost: ScryptCost = { N: 2 ** 17, r: 8, p: 1 };
/** A damaged or hostile header must not make us ask for all memory, or calculate for ever. */
const mostMemory = 2 ** 30;
const mostPasses = 16;

export function newDerivation(secret: RootSecret, cost = defaultCost): Derivation {
  if ('key' in secret) return { kind: 'key' };
  return { kind: 'scrypt', salt: randomBytes(16).toString('base64'), ...cost };
}

/** Whether what a header holds is a derivation that we would have written. */
export function isDerivation(value: unknown): value is Derivation {
  const { kind, salt, N, r, p } = (value ?? {}) as Record<string, unknown>;
  if (kind === 'key') return true;
  if (kind !== 'scrypt' || typeof salt !== 'string') return false;
  const [cost, block, passes] = [N, r, p].map((number) => (Number.isSafeInteger(number) ? (number as number) : 0));
  const isPower = cost! > 1 && 2 ** Math.round(Math.log2(cost!)) === cost;
  return isPower && block! > 0 && 128 * cost! * block! <= mostMemory && passes! > 0 && passes! <= mostPasses;
}

/** Wraps a fresh 32-byte master key, under which all else is sealed: a new root secret changes one row. */
export async function wrapMasterKey(
  masterKey: Uint8Array,
  secret: RootSecret,
  derivation: Derivation,
  vaultId: string,
) {
  return seal(await rootKeyOf(secret, derivation, vaultId), masterKeyBinding(derivation, vaultId), masterKey);
}

/** Throws a `VaultError` with code `wrong-key` when the secret is not this vault's. */
export async function unwrapMasterKey(
  wrapped: Uint8Array,
  secret: RootSecret,
  derivation: Derivation,
  vaultId: string,
): Promise<Uint8Array> {
  const rootKey = await rootKeyOf(secret, derivation, vaultId);
  try {
    return open(rootKey, masterKeyBinding(derivation, vaultId), wrapped);
  } catch (error) {
    const what = derivation.kind === 'key' ? 'key' : 'passphrase';
    throw new VaultError('wrong-key', `the ${what} does not open this vault`, error);
  }
}

/** Wraps the master key once more, for the recovery key. */
export const wrapForRecovery = (masterKey: Uint8Array, { recovery }: RecoverySecret, vaultId: string): Uint8Array =>
  seal(recoveryRootOf(recovery, vaultId), recoveryBinding(vaultId), masterKey);

/** Throws a `VaultError` with code `wrong-key` where there is no recovery key, or it is another. */
export function unwrapWithRecovery(wrapped: Uint8Array | null, { recovery }: RecoverySecret, vaultId: string) {
  if (wrapped === null) throw new VaultError('wrong-key', 'this vault has no recovery key');
  try {
    return open(recoveryRootOf(recovery, vaultId), recoveryBinding(vaultId), wrapped);
  } catch (error) {
    throw new VaultError('wrong-key', 'the recovery key does not open this vault', error);
  }
}

const recoveryBinding = (vaultId: string) => [vaultId, 'recovery key', 'master key'];
const recoveryRootOf = (recovery: Uint8Array, vaultId: string) =>
  new Uint8Array(hkdfSync('sha256', recovery, vaultId, 'latchkey vault recovery key 1', rootKeyLength));

const masterKeyBinding = (derivation: Derivation, vaultId: string) => [
  vaultId,
  JSON.stringify(derivation),
  'master key',
];

async function rootKeyOf(secret: RootSecret, derivation: Derivation, vaultId: string): Promise<Uint8Array> {
  if (derivation.kind === 'key') {
    if (!('key' in secret)) throw new VaultError('wrong-key', 'this vault opens with a key, not with a passphrase');
    return new Uint8Array(hkdfSync('sha256', secret.key, vaultId, 'latchkey vault root key 1', rootKeyLength));
  }
  if (!('passphrase' in secret))
    throw new VaultError('wrong-key', 'this vault opens with a passphrase, not with a key');
  return stretch(secret.passphrase.normalize('NFC'), derivation);
}

function stretch(passphrase: string, { salt, N, r, p }: Derivation & { kind: 'scrypt' }): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    scrypt(passphrase, Buffer.from(salt, 'base64'), rootKeyLength, { N, r, p, maxmem: 2 * mostMemory }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
