import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { prehashed } from '../../../src/vault/kms/curve-signatures.ts';
import { publicBytes, readKeyPair } from '../../../src/vault/kms/key-pair.ts';
import { edwardsKeyOf, openKnownKeys, privateKeyOf } from './known-keys.ts';

/*
 * Published vectors, through the vault's own operations.
 */
const hex = (digits: string) => Buffer.from(digits, 'hex');

/** RFC 4231, 4.2 and 4.3. */
const codes = [
  ['0b'.repeat(20), 'Hi There', 224, '896fb1128abbdf196832107cd49df33f47b4b1169912ba4f53684b22'],
  ['0b'.repeat(20), 'Hi There', 256, 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
  [
    ...['0b'.repeat(20), 'Hi There', 384],
    'afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59cfaea9ea9076ede7f4af152e8b2fa9cb6',
  ],
  [
    ...['0b'.repeat(20), 'Hi There', 512],
    '87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cdedaa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854',
  ],
  ['4a656665', 'what do ya want for nothing?', 224, 'a30e01098bc6dbbf45690f3a7e9e6d0f8bbea2a39e6148008fd05e44'],
  ['4a656665', 'what do ya want for nothing?', 256, '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'],
  [
    ...['4a656665', 'what do ya want for nothing?', 384],
    'af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649',
  ],
  [
    ...['4a656665', 'what do ya want for nothing?', 512],
    '164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737',
  ],
] as [string, string, 224 | 256 | 384 | 512, string][];

test.each(codes)('HMAC of RFC 4231: key %s, %s, %d', async (key, text, bits, code) => {
  const { kms, addKey } = openKnownKeys();
  const KeyId = addKey(`HMAC_${bits}`, 'GENERATE_VERIFY_MAC', hex(key));
  const asked = { KeyId, Message: Buffer.from(text), MacAlgorithm: `HMAC_SHA_${bits}` as const };
  const { Mac } = await kms.generateMac(asked);
  expect(Buffer.from(Mac!).toString('hex')).toBe(code);
  expect(await kms.verifyMac({ ...asked, Mac: hex(code) })).toMatchObject({ MacValid: true });
});

/** RFC 6979, A.2.5 to A.2.7, message "sample"; secp256k1's is the one that its libraries share, with s as it comes. */
const signatures = [
  {
    spec: 'ECC_NIST_P256',
    curve: 'prime256v1',
    bits: 256,
    text: 'sample',
    d: 'c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721',
    r: 'efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716',
    s: 'f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8',
  },
  {
    spec: 'ECC_NIST_P384',
    curve: 'secp384r1',
    bits: 384,
    text: 'sample',
    d: '6b9d3dad2e1b8c1c05b19875b6659f4de23c3b667bf297ba9aa47740787137d896d5724e4c70a825f872c9ea60d2edf5',
    r: '94edbb92a5ecb8aad4736e56c691916b3f88140666ce9fa73d64c4ea95ad133c81a648152e44acf96e36dd1e80fabe46',
    s: '99ef4aeb15f178cea1fe40db2603138f130e740a19624526203b6351d0a3a94fa329c145786e679e7b82c71a38628ac8',
  },
  {
    spec: 'ECC_NIST_P521',
    curve: 'secp521r1',
    bits: 512,
    text: 'sample',
    d: '00fad06daa62ba3b25d2fb40133da757205de67f5bb0018fee8c86e1b68c7e75caa896eb32f1f47c70855836a6d16fcc1466f6d8fbec67db89ec0c08b0e996b83538',
    r: '00c328fafcbd79dd77850370c46325d987cb525569fb63c5d3bc53950e6d4c5f174e25a1ee9017b5d450606add152b534931d7d4e8455cc91f9b15bf05ec36e377fa',
    s: '00617cce7cf5064806c467f678d3b4080d6f1cc50af26ca209417308281b68af282623eaa63e5b5c0723d8b8c37ff0777b1a20f8ccb1dccc43997f1ee0e44da4a67a',
  },
  {
    spec: 'ECC_SECG_P256K1',
    curve: 'secp256k1',
    bits: 256,
    text: 'Satoshi Nakamoto',
    d: '0000000000000000000000000000000000000000000000000000000000000001',
    r: '934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d8',
    s: 'dbbd3162d46e9f9bef7feb87c16dc13b4f6568a87f4e83f728e2443ba586675c',
  },
] as const;

/** Of two positive numbers, shorter than 256 bytes together. */
function derOf(...numbers: string[]): Buffer {
  const parts = numbers.map((digits) => {
    const short = hex(digits.replace(/^(00)+/, ''));
    const positive = short[0]! & 0x80 ? Buffer.concat([Buffer.of(0), short]) : short;
    return Buffer.concat([Buffer.of(2, positive.length), positive]);
  });
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(body.length < 128 ? [0x30, body.length] : [0x30, 0x81, body.length]), body]);
}

test.each(signatures)('ECDSA of RFC 6979: $spec', async ({ spec, curve, bits, text, d, r, s }) => {
  const { kms, addKey } = openKnownKeys();
  const KeyId = addKey(spec, 'SIGN_VERIFY', privateKeyOf(curve, d));
  const SigningAlgorithm = `ECDSA_SHA_${bits}` as const;
  const Message = Buffer.from(text);
  const digest = createHash(`sha${bits}`).update(Message).digest();
  const ofDigest = { KeyId, SigningAlgorithm, Message: digest, MessageType: 'DIGEST' } as const;
  const Signature = derOf(r, s);
  expect(Buffer.from((await kms.sign(ofDigest)).Signature!)).toEqual(Signature);
  expect(await kms.verify({ ...ofDigest, Signature })).toMatchObject({ SignatureValid: true });
  expect(await kms.verify({ KeyId, SigningAlgorithm, Message, Signature })).toMatchObject({ SignatureValid: true });
});

/** RFC 8032, 7.1, tests 2 and 3. */
test.each([
  [
    '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ],
  [
    'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
    'af82',
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  ],
])('Ed25519 of RFC 8032: key %s', async (key, message, signature) => {
  const { kms, addKey } = openKnownKeys();
  const KeyId = addKey('ECC_NIST_EDWARDS25519', 'SIGN_VERIFY', edwardsKeyOf(key));
  const asked = { KeyId, Message: hex(message), SigningAlgorithm: 'ED25519_SHA_512' } as const;
  expect(Buffer.from((await kms.sign(asked)).Signature!).toString('hex')).toBe(signature);
  expect(await kms.verify({ ...asked, Signature: hex(signature) })).toMatchObject({ SignatureValid: true });
});

test('Ed25519ph of RFC 8032, 7.3, whose message is too short for an operation', () => {
  const pair = readKeyPair(edwardsKeyOf('833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42'));
  const message = Buffer.from('abc');
  const signature = hex(
    '98a70222f0b8121aa9d30f813d683f809e462b469c7ff87639499bb94e6dae4131f85042463c2a355a2003d062adf5aaa10b8c61e636062aaad11c2a26083406',
  );
  expect(Buffer.from(prehashed.sign(pair, message))).toEqual(signature);
  expect(prehashed.isValid(pair, message, signature)).toBe(true);
  expect(prehashed.isValid(pair, Buffer.from('abd'), signature)).toBe(false);
});

test('ECDH of RFC 5903, 8.1, from both sides', async () => {
  const { kms, addKey } = openKnownKeys();
  const sides = [
    'c88f01f510d9ac3f70a292daa2316de544e9aab8afe84049c62a9c57862d1433',
    'c6ef9c5d78ae012a011164acb397ce2088685d8f06bf9be0b283ab46476bee53',
  ].map((digits) => privateKeyOf('prime256v1', digits));
  for (const [own, other] of [sides, sides.toReversed()]) {
    const KeyId = addKey('ECC_NIST_P256', 'KEY_AGREEMENT', own!);
    const PublicKey = publicBytes(readKeyPair(other!));
    const { SharedSecret } = await kms.deriveSharedSecret({ KeyId, KeyAgreementAlgorithm: 'ECDH', PublicKey });
    expect(Buffer.from(SharedSecret!).toString('hex')).toBe(
      'd6840f6b42f6edafd13116e0e12565202fef8e9ece7dce03812464d04b9442de',
    );
  }
});
