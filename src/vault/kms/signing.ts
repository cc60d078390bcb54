import { constants, sign, verify } from 'node:crypto';
import { ApiError } from '../errors.ts';
import type { KeyPair } from './key-pair.ts';
import { pkcs1, pss } from './rsa-digest.ts';

/** One way to sign, either of whole messages or of digests. */
export interface Signer {
  sign(pair: KeyPair, message: Uint8Array): Uint8Array;
  /** Throws, or is false, when it is not. */
  isValid(pair: KeyPair, message: Uint8Array, signature: Uint8Array): boolean;
}

interface Asked {
  readonly SigningAlgorithm: string;
  readonly MessageType?: 'RAW' | 'DIGEST' | 'EXTERNAL_MU';
}

/** What signs and verifies as a request says; undefined for algorithms that no key of the vault has. */
export async function signerOf({ SigningAlgorithm, MessageType = 'RAW' }: Asked): Promise<Signer | undefined> {
  const hash = hashOf(SigningAlgorithm);
  const scheme = SigningAlgorithm.replace(/_SHA_\d+$/, '');
  const taken = messageTypes.get(scheme);
  if (!taken) return undefined;
  if (!taken.includes(MessageType)) {
    throw new ApiError(
      'ValidationException',
      `MessageType ${MessageType} is not compatible with SigningAlgorithm ${SigningAlgorithm}.`,
    );
  }
  if (scheme === 'ED25519') return whole(null);
  if (scheme === 'ED25519_PH') return (await import('./curve-signatures.ts')).prehashed;
  if (MessageType === 'DIGEST') return ofDigest(scheme, hash);
  return whole(hash, scheme === 'RSASSA_PSS' ? pssPadding : undefined);
}

/** What each scheme takes. */
const messageTypes = new Map<string, readonly string[]>([
  ['RSASSA_PKCS1_V1_5', ['RAW', 'DIGEST']],
  ['RSASSA_PSS', ['RAW', 'DIGEST']],
  ['ECDSA', ['RAW', 'DIGEST']],
  ['ED25519', ['RAW']],
  ['ED25519_PH', ['DIGEST']],
]);

/** The hash of an algorithm, as OpenSSL names it: `sha256` of `ECDSA_SHA_256`. */
const hashOf = (algorithm: string): string => `sha${algorithm.slice(-3)}`;

const pssPadding = {
  padding: constants.RSA_PKCS1_PSS_PADDING,
  saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
};

const whole = (hash: string | null, padding?: typeof pssPadding): Signer => ({
  sign: ({ privateKey }, message) => sign(hash, message, { key: privateKey, ...padding }),
  isValid: ({ publicKey }, message, signature) => verify(hash, message, { key: publicKey, ...padding }, signature),
});

async function ofDigest(scheme: string, hash: string): Promise<Signer> {
  if (scheme === 'ECDSA') return (await import('./curve-signatures.ts')).ecdsa;
  return scheme === 'RSASSA_PSS' ? pss(hash) : pkcs1(hash);
}

/** Throws ValidationException for a digest that is not as long as the algorithm's. */
export function requireLength({ SigningAlgorithm, MessageType }: Asked, message: Uint8Array): void {
  if (MessageType !== 'DIGEST' || message.length === Number(SigningAlgorithm.slice(-3)) / 8) return;
  throw new ApiError('ValidationException', `Digest is invalid length for algorithm ${SigningAlgorithm}.`);
}
