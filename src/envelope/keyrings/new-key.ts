import { generateKeyPair, type KeyObject, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { nameOfAesKey, printKeyFile } from './key-file.ts';
import { parsePem } from './pem.ts';
import type { ScryptCost } from './stretch.ts';

interface Locked {
  /** Locks the file. */
  readonly passphrase?: string;
  readonly cost?: ScryptCost;
}

/** The text of files for a new key; to be kept where nobody else reads them. */
export interface NewKey {
  readonly name: string;
  readonly file: string;
  /** RSA: PEM, for those who seal. */
  readonly publicFile?: string;
}

/** Without a name it has one that comes from the key. */
export async function newAesKey({
  name,
  bits = 256,
  ...lock
}: Locked & { name?: string; bits?: 128 | 192 | 256 } = {}): Promise<NewKey> {
  const key = randomBytes(bits / 8);
  const called = name ?? nameOfAesKey(key);
  return { name: called, file: await printKeyFile({ kind: `aes-${bits}`, name: called, key }, lock) };
}

/** PKCS #8 in PEM, or locked. Its name comes from the public key, which is all that those who seal have. */
export async function newRsaKey({ bits = 3072, ...lock }: Locked & { bits?: 2048 | 3072 | 4096 } = {}) {
  const { privateKey, publicKey } = await generate('rsa', { modulusLength: bits });
  const publicFile = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const { name } = await parsePem(publicFile);
  return { name, file: await privateFile(privateKey, name, lock), publicFile } satisfies NewKey;
}

const generate = promisify(generateKeyPair) as (
  kind: 'rsa',
  options: { modulusLength: number },
) => Promise<{ privateKey: KeyObject; publicKey: KeyObject }>;

const privateFile = async (key: KeyObject, name: string, lock: Locked) =>
  lock.passphrase === undefined
    ? key.export({ type: 'pkcs8', format: 'pem' }).toString()
    : printKeyFile({ kind: 'rsa', name, key: key.export({ type: 'pkcs8', format: 'der' }) }, lock);
