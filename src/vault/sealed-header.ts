import { hkdfSync, randomBytes } from 'node:crypto';
import { VaultError } from './errors.ts';
import type { Header } from './store/header.ts';
import { isDerivation } from './store/root-key.ts';

/** What a file made of a vault says in the clear: enough for a key, passphrase or recovery key to open it. */
export interface SealedHeader extends Header {
  /** 32 bytes; each file has a key of its own. */
  readonly salt: Uint8Array;
}

export const newSealedHeader = (header: Header): SealedHeader => ({ ...header, salt: randomBytes(32) });

/** The key of one file. `purpose` keeps one kind of file from passing for another. */
export const sealedFileKey = (masterKey: Uint8Array, { salt }: SealedHeader, purpose: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', masterKey, salt, `latchkey vault ${purpose} 1`, 32));

/** As JSON has it: bytes in base64, the time in milliseconds since 1970. */
export function headerToJson({ id, account, created, derivation, masterKey, recovery, salt }: SealedHeader): object {
  const base64 = (bytes: Uint8Array | null) => bytes && Buffer.from(bytes).toString('base64');
  const keys = { masterKey: base64(masterKey), recovery: base64(recovery), salt: base64(salt) };
  return { id, account, created: created.getTime(), derivation, ...keys };
}

/** Throws a `VaultError` for what is not as `headerToJson` has it. */
export function headerFromJson(json: unknown): SealedHeader {
  const { id, account, created, derivation, masterKey, recovery, salt } = (json ?? {}) as Record<string, unknown>;
  const isWhole =
    typeof id === 'string' &&
    /^\d{12}$/.test(String(account)) &&
    Number.isSafeInteger(created) &&
    isDerivation(derivation) &&
    typeof masterKey === 'string' &&
    (recovery === null || typeof recovery === 'string') &&
    typeof salt === 'string';
  if (!isWhole) throw new VaultError('damaged', 'the header of the file is damaged');
  const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));
  const keys = { masterKey: bytes(masterKey), recovery: recovery === null ? null : bytes(recovery as string) };
  return { id, account: String(account), created: new Date(created as number), derivation, ...keys, salt: bytes(salt) };
}
