import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { KeyError } from './key-error.ts';

export interface RsaKey {
  /** Of the public key: both halves have the same name. */
  readonly name: string;
  readonly publicKey: KeyObject;
  readonly privateKey?: KeyObject;
}

/** Less is broken, or soon will be. */
const leastBits = 2048;

export const isPem = (text: string): boolean => /^-----BEGIN [A-Z0-9 ]+-----\r?$/m.test(text);

/**
 * An RSA key in PEM: private (PKCS #8 or PKCS #1, encrypted or not), public (SPKI or PKCS #1), or a certificate. The passphrase is only asked for where it is
 * encrypted.
 * @throws KeyError
 */
export async function parsePem(text: string, askPassphrase?: () => Promise<string>): Promise<RsaKey> {
  if (!/-----BEGIN ([A-Z]+ )*PRIVATE KEY-----/.test(text)) return rsaKey(reading(() => createPublicKey(text)));
  const isLocked = /BEGIN ENCRYPTED PRIVATE KEY|^Proc-Type: 4,ENCRYPTED/m.test(text);
  if (!isLocked) return ofPrivate(reading(() => createPrivateKey(text)));
  if (!askPassphrase) throw new KeyError('locked', 'the key is encrypted with a passphrase');
  const passphrase = await askPassphrase();
  return ofPrivate(unlocking(() => createPrivateKey({ key: text, passphrase })));
}

/** From PKCS #8 in DER. @throws KeyError */
export const rsaFromDer = (der: Uint8Array): RsaKey =>
  ofPrivate(reading(() => createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' })));

const ofPrivate = (privateKey: KeyObject) => rsaKey(createPublicKey(privateKey), privateKey);

function rsaKey(publicKey: KeyObject, privateKey?: KeyObject): RsaKey {
  const kind = publicKey.asymmetricKeyType;
  if (kind !== 'rsa') throw new KeyError('kind', `this is a key for ${kind}, not for RSA encryption`);
  const bits = publicKey.asymmetricKeyDetails!.modulusLength!;
  if (bits < leastBits) throw new KeyError('length', `the RSA key is ${bits} bits, fewer than ${leastBits}`);
  return { name: nameOfRsaKey(publicKey), publicKey, privateKey };
}

/** Sixteen digits of the SHA-256 of the public key (SPKI, DER). */
function nameOfRsaKey(publicKey: KeyObject): string {
  const der = publicKey.export({ type: 'spki', format: 'der' });
  return `rsa-${createHash('sha256').update(der).digest('hex').slice(0, 16)}`;
}

function reading(work: () => KeyObject): KeyObject {
  try {
    return work();
  } catch (cause) {
    throw new KeyError('no key', 'the key in PEM cannot be read', { cause });
  }
}

function unlocking(work: () => KeyObject): KeyObject {
  try {
    return work();
  } catch (cause) {
    throw new KeyError('passphrase', 'the passphrase does not open the key, or the file is damaged', { cause });
  }
}
