import type { KeySpec, MacAlgorithmSpec } from '@aws-sdk/client-kms';
import { expect, test } from 'vitest';
import { openKms, refusal, violation } from './service.ts';

const Message = Buffer.from('attack at dawn');

async function openMac(bits: number) {
  const { kms, KeyId: symmetricId, Arn: symmetricArn } = await openKms();
  const made = await kms.createKey({ KeySpec: `HMAC_${bits}` as KeySpec, KeyUsage: 'GENERATE_VERIFY_MAC' });
  const { KeyId, Arn } = made.KeyMetadata!;
  return { kms, symmetricId, symmetricArn, KeyId: KeyId!, Arn: Arn! };
}

test.each([224, 256, 384, 512])('a code of %d bits', async (bits) => {
  const { kms, KeyId, Arn } = await openMac(bits);
  const MacAlgorithm = `HMAC_SHA_${bits}` as MacAlgorithmSpec;
  const { Mac, ...said } = await kms.generateMac({ KeyId, Message, MacAlgorithm });
  expect(said).toEqual({ KeyId: Arn, MacAlgorithm });
  expect(Mac).toHaveLength(bits / 8);
  const asked = { KeyId, Message, MacAlgorithm };
  expect(await kms.verifyMac({ ...asked, Mac })).toEqual({ KeyId: Arn, MacValid: true, MacAlgorithm });
  const bytes = Buffer.from(Mac!);
  for (const wrong of [bytes.with(0, bytes[0]! ^ 1), bytes.subarray(1), Buffer.concat([bytes, bytes])]) {
    expect(await refusal(kms.verifyMac({ ...asked, Mac: wrong }))).toBe('KMSInvalidMacException: ');
  }
});

test.each([
  [224, 'HMAC_SHA_256'],
  [256, 'HMAC_SHA_512'],
] as const)('HMAC_%d does not know %s', async (bits, MacAlgorithm) => {
  const { kms, KeyId } = await openMac(bits);
  const said = `InvalidKeyUsageException: Algorithm ${MacAlgorithm} is incompatible with key spec HMAC_${bits}.`;
  expect(await refusal(kms.generateMac({ KeyId, Message, MacAlgorithm }))).toBe(said);
  expect(await refusal(kms.verifyMac({ KeyId, Message, MacAlgorithm, Mac: Message }))).toBe(said);
});

test('what is refused besides', async () => {
  const { kms, KeyId, Arn, symmetricId, symmetricArn } = await openMac(256);
  const asked = { KeyId, Message, MacAlgorithm: 'HMAC_SHA_256' } as const;
  expect(await refusal(kms.generateMac({ ...asked, KeyId: symmetricId }))).toBe(
    `InvalidKeyUsageException: ${symmetricArn} key usage is ENCRYPT_DECRYPT which is not valid for GenerateMac.`,
  );
  expect(await refusal(kms.sign({ KeyId, Message, SigningAlgorithm: 'ECDSA_SHA_256' }))).toBe(
    `InvalidKeyUsageException: ${Arn} key usage is GENERATE_VERIFY_MAC which is not valid for Sign.`,
  );
  expect(await refusal(kms.generateMac({ ...asked, KeyId: 'key_id' }))).toBe(
    "NotFoundException: Invalid keyId 'key_id'",
  );
  expect(await refusal(kms.generateMac({ ...asked, MacAlgorithm: 'INVALID' as MacAlgorithmSpec }))).toBe(
    violation(
      "'INVALID' at 'macAlgorithm' failed to satisfy constraint: Member must satisfy enum value set: [HMAC_SHA_384, HMAC_SHA_256, HMAC_SHA_224, HMAC_SHA_512]",
    ),
  );
  expect(await refusal(kms.generateMac({ ...asked, Message: Buffer.alloc(4097) }))).toBe(
    violation("at 'message' failed to satisfy constraint: Member must have length less than or equal to 4096"),
  );
  const dry = 'DryRunOperationException: The request would have succeeded, but the DryRun option is set.';
  expect(await refusal(kms.generateMac({ ...asked, DryRun: true }))).toBe(dry);
  expect(await refusal(kms.verifyMac({ ...asked, Mac: Message, DryRun: true }))).toBe(dry);
});
