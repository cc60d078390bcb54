import { createHash, createPublicKey, verify } from 'node:crypto';
import type { KeySpec, SigningAlgorithmSpec } from '@aws-sdk/client-kms';
import { expect, test } from 'vitest';
import { openKms, refusal, violation } from './service.ts';

const Message = Buffer.from('attack at dawn');

async function openSigning(KeySpec: KeySpec) {
  const { kms, KeyId: symmetricId, Arn: symmetricArn } = await openKms();
  const { KeyId, Arn } = (await kms.createKey({ KeySpec, KeyUsage: 'SIGN_VERIFY' })).KeyMetadata!;
  return { kms, symmetricId, symmetricArn, KeyId: KeyId!, Arn: Arn! };
}

test.each([
  ['RSA_2048', 'RSASSA_PSS_SHA_256'],
  ['ECC_NIST_P256', 'ECDSA_SHA_256'],
  ['ECC_NIST_P384', 'ECDSA_SHA_384'],
  ['ECC_SECG_P256K1', 'ECDSA_SHA_256'],
  ['ECC_NIST_EDWARDS25519', 'ED25519_SHA_512'],
] as const)('%s signs with %s, and verifies', async (KeySpec, SigningAlgorithm) => {
  const { kms, KeyId, Arn } = await openSigning(KeySpec);
  const { Signature, ...said } = await kms.sign({ KeyId, Message, SigningAlgorithm });
  expect(said).toEqual({ KeyId: Arn, SigningAlgorithm });
  const asked = { KeyId: Arn, Message, SigningAlgorithm, Signature };
  expect(await kms.verify(asked)).toEqual({ KeyId: Arn, SignatureValid: true, SigningAlgorithm });
  const wrong = refusal(kms.verify({ ...asked, Message: Buffer.from('attack at noon') }));
  expect(await wrong).toBe('KMSInvalidSignatureException: ');
});

test('Ed25519ph signs a digest, which it hashes again: no Ed25519 signature of anything', async () => {
  const { kms, KeyId } = await openSigning('ECC_NIST_EDWARDS25519');
  const digest = createHash('sha512').update(Message).digest();
  const asked = { KeyId, Message: digest, MessageType: 'DIGEST', SigningAlgorithm: 'ED25519_PH_SHA_512' } as const;
  const { Signature } = await kms.sign(asked);
  expect(await kms.verify({ ...asked, Signature })).toMatchObject({ SignatureValid: true });
  const { PublicKey } = await kms.getPublicKey({ KeyId });
  const publicKey = createPublicKey({ key: Buffer.from(PublicKey!), format: 'der', type: 'spki' });
  expect(verify(null, digest, publicKey, Signature!)).toBe(false);
});

const compatible = (algorithm: string, spec: string) =>
  `InvalidKeyUsageException: Algorithm ${algorithm} is incompatible with key spec ${spec}.`;

test.each([
  ['RSA_2048', 'ECDSA_SHA_256'],
  ['ECC_NIST_P256', 'ECDSA_SHA_384'],
  ['ECC_NIST_P256', 'SM2DSA'],
  ['ECC_NIST_EDWARDS25519', 'RSASSA_PKCS1_V1_5_SHA_512'],
] as const)('%s does not know %s', async (KeySpec, SigningAlgorithm) => {
  const { kms, KeyId } = await openSigning(KeySpec);
  const asked = { KeyId, Message, SigningAlgorithm };
  expect(await refusal(kms.sign(asked))).toBe(compatible(SigningAlgorithm, KeySpec));
  expect(await refusal(kms.verify({ ...asked, Signature: Message }))).toBe(compatible(SigningAlgorithm, KeySpec));
});

test.each([
  ['RSA_2048', 'RSASSA_PKCS1_V1_5_SHA_256', 48],
  ['RSA_2048', 'RSASSA_PKCS1_V1_5_SHA_512', 32],
  ['RSA_2048', 'RSASSA_PSS_SHA_256', 31],
  ['RSA_2048', 'RSASSA_PSS_SHA_384', 49],
  ['RSA_2048', 'RSASSA_PSS_SHA_512', 1],
  ['ECC_NIST_P256', 'ECDSA_SHA_256', 64],
  ['ECC_NIST_P384', 'ECDSA_SHA_384', 32],
  ['ECC_NIST_EDWARDS25519', 'ED25519_PH_SHA_512', 32],
] as const)('%s %s: a digest of %d bytes', async (KeySpec, SigningAlgorithm, length) => {
  const { kms, KeyId } = await openSigning(KeySpec);
  const asked = { KeyId, Message: Buffer.alloc(length), MessageType: 'DIGEST', SigningAlgorithm } as const;
  const said = `ValidationException: Digest is invalid length for algorithm ${SigningAlgorithm}.`;
  expect(await refusal(kms.sign(asked))).toBe(said);
  expect(await refusal(kms.verify({ ...asked, Signature: Message }))).toBe(said);
});

test.each([
  ['EXTERNAL_MU', 'ED25519_SHA_512'],
  ['DIGEST', 'ED25519_SHA_512'],
  ['RAW', 'ED25519_PH_SHA_512'],
] as const)('a message as %s has no %s', async (MessageType, SigningAlgorithm) => {
  const { kms, KeyId } = await openSigning('ECC_NIST_EDWARDS25519');
  const asked = { KeyId, Message: Buffer.alloc(64), MessageType, SigningAlgorithm };
  expect(await refusal(kms.sign(asked))).toBe(
    `ValidationException: MessageType ${MessageType} is not compatible with SigningAlgorithm ${SigningAlgorithm}.`,
  );
});

test('a key for something else', async () => {
  const { kms, symmetricId: KeyId, symmetricArn } = await openSigning('ECC_NIST_P256');
  const asked = { KeyId, Message, SigningAlgorithm: 'ECDSA_SHA_256' } as const;
  const said = (action: string) =>
    `InvalidKeyUsageException: ${symmetricArn} key usage is ENCRYPT_DECRYPT which is not valid for ${action}.`;
  expect(await refusal(kms.sign(asked))).toBe(said('Sign'));
  expect(await refusal(kms.verify({ ...asked, Signature: Message }))).toBe(said('Verify'));
});

const longest = (member: string, most: number) =>
  violation(`at '${member}' failed to satisfy constraint: Member must have length less than or equal to ${most}`);

test('how long a message and a signature may be', async () => {
  const { kms, KeyId } = await openSigning('ECC_NIST_P256');
  const asked = { KeyId, SigningAlgorithm: 'ECDSA_SHA_256' as SigningAlgorithmSpec };
  const { Signature } = await kms.sign({ ...asked, Message: Buffer.alloc(4096) });
  expect(await refusal(kms.verify({ ...asked, Message: Buffer.alloc(4096), Signature }))).toBe('no error');
  expect(await refusal(kms.sign({ ...asked, Message: Buffer.alloc(4097) }))).toBe(longest('message', 4096));
  const long = kms.verify({ ...asked, Message, Signature: Buffer.alloc(6145) });
  expect(await refusal(long)).toBe(longest('signature', 6144));
});

test('a dry run, and a key that is disabled', async () => {
  const { kms, KeyId, Arn } = await openSigning('ECC_NIST_P256');
  const asked = { KeyId, Message, SigningAlgorithm: 'ECDSA_SHA_256' } as const;
  const dry = 'DryRunOperationException: The request would have succeeded, but the DryRun option is set.';
  expect(await refusal(kms.sign({ ...asked, DryRun: true }))).toBe(dry);
  expect(await refusal(kms.verify({ ...asked, Signature: Message, DryRun: true }))).toBe(dry);
  await kms.disableKey({ KeyId });
  expect(await refusal(kms.sign(asked))).toBe(`DisabledException: ${Arn} is disabled.`);
});
