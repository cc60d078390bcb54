import type { KeyObject } from 'node:crypto';
import type { Keyring } from '../keyring.ts';
import { KeyError } from './key-error.ts';
import { isKeyFile, nameOfAesKey, parseKeyFile } from './key-file.ts';
import { ownNamespace } from './key-id.ts';
import { isPem, parsePem, rsaFromDer } from './pem.ts';
import { rawAesKeyring } from './raw-aes.ts';
import { type RawRsaKey, rawRsaKeyring } from './raw-rsa.ts';

/** A key as read from a file: what it is, and what it calls itself. */
export type RawKey =
  | { readonly kind: 'aes'; readonly name: string; readonly key: Uint8Array }
  | { readonly kind: 'rsa'; readonly name: string; readonly publicKey: KeyObject; readonly privateKey?: KeyObject };

/**
 * The key in a file: latchkey's own form, PEM, or an AES key by itself (16, 24 or 32 bytes, or their base64), which is named after itself. `askPassphrase` is
 * only called where it is locked.
 * @throws KeyError
 */
export async function readKey(file: Uint8Array, askPassphrase?: () => Promise<string>): Promise<RawKey> {
  const text = Buffer.from(file).toString();
  if (isPem(text)) return { kind: 'rsa', ...(await parsePem(text, askPassphrase)) };
  if (!isKeyFile(text)) return bare(file, text);
  const { kind, name, key } = await parseKeyFile(text, askPassphrase);
  return kind === 'rsa' ? { kind: 'rsa', ...rsaFromDer(key) } : { kind: 'aes', name, key };
}

const aesLengths = [16, 24, 32];

function bare(file: Uint8Array, text: string): RawKey {
  const decoded = Buffer.from(text.trim(), 'base64');
  const isText = decoded.toString('base64') === text.trim() && aesLengths.includes(decoded.length);
  const key = isText ? decoded : file;
  if (aesLengths.includes(key.length)) return { kind: 'aes', name: nameOfAesKey(key), key: Uint8Array.from(key) };
  throw new KeyError(
    'no key',
    'this is no key file: expected one of "latchkey keygen", an RSA key in PEM, or 16, 24 or 32 bytes',
  );
}

interface Calling {
  /** Default `latchkey`. */
  readonly namespace?: string;
  /** Default: what the key calls itself. */
  readonly name?: string;
  readonly padding?: RawRsaKey['padding'];
}

/** The keyring of a key, under another name where a message calls it so. */
export function keyringOf(key: RawKey, { namespace = ownNamespace, name = key.name, padding }: Calling = {}): Keyring {
  if (key.kind === 'aes') return rawAesKeyring({ namespace, name, key: key.key });
  return rawRsaKeyring({ namespace, name, publicKey: key.publicKey, privateKey: key.privateKey, padding });
}
