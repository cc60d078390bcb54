import { ApiError } from '../errors.ts';
import type { Call } from '../operation.ts';
import type { Binding } from '../store/sealing.ts';
import { decrypt, encrypt, parse } from './ciphertext.ts';
import { findKey, requireAlgorithm, requireEnabled, requireOwn, requireUsage } from './find-key.ts';
import { keyNow } from './key-now.ts';
import { decryptOaep, encryptOaep } from './oaep.ts';
import { type KeyRow, setUsed } from './rows.ts';
import { isAsymmetric } from './specs.ts';

/** What a caller of Encrypt says about a plaintext, and must say again to decrypt it. */
export type EncryptionContext = Readonly<Record<string, string>>;

/** The context in the one order that every spelling of it has: pairs sorted by the UTF-8 bytes of their keys. */
export function contextBinding(context: EncryptionContext = {}): Binding {
  const pairs = Object.entries(context).sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return ['encryption context', ...pairs.flat()];
}

interface Encrypting {
  readonly plaintext: Uint8Array;
  readonly context: EncryptionContext | undefined;
  readonly algorithm: string;
}

/** Encrypts with a key that has the algorithm. Throws ValidationException for what the algorithm does not take. */
export function encryptBlob(call: Call, key: KeyRow, { plaintext, context, algorithm }: Encrypting): Uint8Array {
  if (algorithm === symmetric) return encrypt(call, key, contextBinding(context), plaintext);
  requireNoContext(context, algorithm);
  return encryptOaep(call, key, algorithm, plaintext);
}

interface Decrypting {
  /** Whose permission is asked: `Decrypt`, `ReEncryptFrom`. */
  readonly action: string;
  readonly blob: Uint8Array;
  readonly context: EncryptionContext | undefined;
  /** The key that must have made the blob; any of the account's when left out, since a blob names it: RSA's does not. */
  readonly keyId: string | undefined;
  readonly algorithm: string | undefined;
}

interface Decrypted {
  readonly key: KeyRow;
  /** Undefined for a key pair, which has one material. */
  readonly materialId?: string;
  readonly plaintext: Uint8Array;
  readonly algorithm: string;
}

/** Decrypts what Encrypt or GenerateDataKey made, or a holder of the public key. Throws KMS's errors for all else. */
export function decryptBlob(call: Call, { algorithm = symmetric, ...asked }: Decrypting): Decrypted {
  const wanted = asked.keyId === undefined ? undefined : findKey(call, asked.action, asked.keyId);
  if (algorithm === symmetric && !(wanted && isAsymmetric(wanted.spec))) return decryptSymmetric(call, asked, wanted);
  if (!wanted) throw invalid(`KeyId is required with EncryptionAlgorithm ${algorithm}.`);
  requireDecrypting(call, asked.action, wanted, algorithm);
  requireNoContext(asked.context, algorithm);
  const plaintext = decryptOaep(call, wanted, algorithm, asked.blob) ?? invalidCiphertext();
  return { key: wanted, plaintext, algorithm };
}

type Asked = Omit<Decrypting, 'algorithm'>;

function decryptSymmetric(call: Call, { action, blob, context }: Asked, wanted: KeyRow | undefined): Decrypted {
  const ciphertext = parse(blob) ?? invalidCiphertext();
  if (wanted && wanted.key_id !== ciphertext.keyId) throw incorrectKey();
  const key = wanted ?? keyNow(call, ciphertext.keyId) ?? unknownKey();
  requireDecrypting(call, action, key, symmetric);
  const plaintext = decrypt(call, key, contextBinding(context), ciphertext) ?? invalidCiphertext();
  return { key, materialId: ciphertext.materialId, plaintext, algorithm: symmetric };
}

function requireDecrypting(call: Call, action: string, key: KeyRow, algorithm: string): void {
  requireOwn(call, action, key);
  requireEnabled(key);
  requireUsage(action, key, 'ENCRYPT_DECRYPT');
  requireAlgorithm(key, algorithm);
}

/** A key pair binds its ciphertext to nothing. */
function requireNoContext(context: EncryptionContext | undefined, algorithm: string): void {
  if (context && Object.keys(context).length > 0)
    throw invalid(`EncryptionContext is not supported with EncryptionAlgorithm ${algorithm}.`);
}

const invalid = (message: string) => new ApiError('ValidationException', message);

const hour = 60 * 60 * 1000;

/** Keeps what a key was last used for, by the hour: more often it would make a write of every read. */
export function noteUse({ database, now, afterwards }: Call, key: KeyRow, operation: string): void {
  if (key.used !== null && now.getTime() - key.used < hour) return;
  const { account, region, key_id } = key;
  afterwards(() => setUsed.run(database, now.getTime(), operation, account, region, key_id));
}

/** Throws UnsupportedOperationException: an answer for an enclave alone must not be given to all. */
export function requireNoRecipient(recipient: object | undefined): void {
  if (recipient) throw new ApiError('UnsupportedOperationException', 'Recipient is not supported in the vault');
}

export const symmetric = 'SYMMETRIC_DEFAULT';

/** Called when all is checked and nothing done yet. */
export function stopDryRun(dryRun: boolean | undefined): void {
  if (!dryRun) return;
  throw new ApiError('DryRunOperationException', 'The request would have succeeded, but the DryRun option is set.');
}

function invalidCiphertext(): never {
  throw new ApiError('InvalidCiphertextException');
}

const incorrectKey = () =>
  new ApiError(
    'IncorrectKeyException',
    'The key ID in the request does not identify a CMK that can perform this operation.',
  );

export function unknownKey(): never {
  throw new ApiError(
    'AccessDeniedException',
    'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
  );
}
