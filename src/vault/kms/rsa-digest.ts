import { constants, privateEncrypt, publicDecrypt } from 'node:crypto';
import { encode, isEncoding } from './emsa-pss.ts';
import type { KeyPair } from './key-pair.ts';

/*
 * RSA signatures of digests that the caller has made: node:crypto would hash them again. Its two oldest functions do the
 * arithmetic alone.
 */
const { RSA_NO_PADDING, RSA_PKCS1_PADDING } = constants;

/** What RFC 8017, 9.2 puts in front of a digest: DER of the hash's name, up to the digest itself. */
const prefixes: Readonly<Record<string, string>> = {
  sha256: '3031300d060960864801650304020105000420',
  sha384: '3041300d060960864801650304020205000430',
  sha512: '3051300d060960864801650304020305000440',
};

const named = (hash: string, digest: Uint8Array) => Buffer.concat([Buffer.from(prefixes[hash]!, 'hex'), digest]);

export const pkcs1 = (hash: string) => ({
  sign: ({ privateKey }: KeyPair, digest: Uint8Array): Buffer =>
    privateEncrypt({ key: privateKey, padding: RSA_PKCS1_PADDING }, named(hash, digest)),
  isValid: ({ publicKey }: KeyPair, digest: Uint8Array, signature: Uint8Array): boolean =>
    signature.length === bitsOf(publicKey) / 8 &&
    publicDecrypt({ key: publicKey, padding: RSA_PKCS1_PADDING }, signature).equals(named(hash, digest)),
});

export const pss = (hash: string) => ({
  sign: ({ privateKey }: KeyPair, digest: Uint8Array): Buffer =>
    privateEncrypt({ key: privateKey, padding: RSA_NO_PADDING }, encode(hash, digest, bitsOf(privateKey))),
  isValid: ({ publicKey }: KeyPair, digest: Uint8Array, signature: Uint8Array): boolean =>
    signature.length === bitsOf(publicKey) / 8 &&
    isEncoding(hash, digest, bitsOf(publicKey), publicDecrypt({ key: publicKey, padding: RSA_NO_PADDING }, signature)),
});

const bitsOf = ({ asymmetricKeyDetails }: KeyPair['publicKey']): number => asymmetricKeyDetails!.modulusLength!;
