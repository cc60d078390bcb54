import { constants, createDecipheriv, generateKeyPairSync, privateDecrypt, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { wrapMaterial, wrappingFor } from '../../../src/commands/key/wrap-material.ts';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const der = publicKey.export({ format: 'der', type: 'spki' });
const open = (bytes: Uint8Array) =>
  privateDecrypt({ key: privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }, bytes);

describe('what is wrapped opens as KMS opens it', () => {
  it.each(['SYMMETRIC_DEFAULT', 'HMAC_224', 'HMAC_512'] as const)('%s: RSAES_OAEP_SHA_256', (spec) => {
    const material = randomBytes(32);
    expect(wrappingFor(spec)).toBe('RSAES_OAEP_SHA_256');
    expect(open(wrapMaterial(material, der, spec))).toEqual(material);
  });

  it.each(['RSA_4096', 'ECC_NIST_P256', 'ECC_NIST_EDWARDS25519'] as const)('%s: RSA_AES_KEY_WRAP_SHA_256', (spec) => {
    for (const length of [48, 138, 2376]) {
      const material = randomBytes(length);
      expect(wrappingFor(spec)).toBe('RSA_AES_KEY_WRAP_SHA_256');
      const wrapped = Buffer.from(wrapMaterial(material, der, spec));
      const passing = open(wrapped.subarray(0, 256));
      const decipher = createDecipheriv('id-aes256-wrap-pad', passing, Buffer.from('a65959a6', 'hex'));
      expect(Buffer.concat([decipher.update(wrapped.subarray(256)), decipher.final()])).toEqual(material);
    }
  });
});
