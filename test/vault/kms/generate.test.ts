import { expect, test } from 'vitest';
import { openKms, refusal, violation } from './service.ts';

test.each([
  [{ KeySpec: 'AES_256' }, 32],
  [{ KeySpec: 'AES_128' }, 16],
  [{ NumberOfBytes: 1 }, 1],
  [{ NumberOfBytes: 1024 }, 1024],
] as const)('a data key of %o', async (size, bytes) => {
  const { kms, Arn } = await openKms();
  const EncryptionContext = { a: 'b' };
  const answer = await kms.generateDataKey({ KeyId: 'alias/mine', EncryptionContext, ...size });
  expect(answer.KeyId).toBe(Arn);
  expect(answer.Plaintext).toHaveLength(bytes);
  expect((await kms.decrypt({ CiphertextBlob: answer.CiphertextBlob, EncryptionContext })).Plaintext).toEqual(
    answer.Plaintext,
  );
});

test('a data key without its plaintext', async () => {
  const { kms, KeyId } = await openKms();
  const answer = await kms.generateDataKeyWithoutPlaintext({ KeyId, KeySpec: 'AES_256' });
  expect(answer).not.toHaveProperty('Plaintext');
  expect((await kms.decrypt({ CiphertextBlob: answer.CiphertextBlob })).Plaintext).toHaveLength(32);
});

const either = 'ValidationException: Please specify either number of bytes or key spec.';
const range = (value: number, rule: string) =>
  violation(`'${value}' at 'numberOfBytes' failed to satisfy constraint: Member must have value ${rule}`);

test.each([
  [{}, either],
  [{ NumberOfBytes: 32, KeySpec: 'AES_256' }, either],
  [{ NumberOfBytes: 0 }, range(0, 'greater than or equal to 1')],
  [{ NumberOfBytes: 1025 }, range(1025, 'less than or equal to 1024')],
] as const)('GenerateDataKey refuses %o', async (size, message) => {
  const { kms, KeyId } = await openKms();
  expect(await refusal(kms.generateDataKey({ KeyId, ...size }))).toBe(message);
});

test.each([
  [undefined, 'ValidationException: NumberOfBytes is required.'],
  [0, range(0, 'greater than or equal to 1')],
  [1, 'no error'],
  [1024, 'no error'],
  [1025, range(1025, 'less than or equal to 1024')],
])('%s random bytes', async (NumberOfBytes, outcome) => {
  const { kms } = await openKms();
  const generating = kms.generateRandom({ NumberOfBytes });
  expect(await refusal(generating)).toBe(outcome);
  if (outcome === 'no error') expect((await generating).Plaintext).toHaveLength(NumberOfBytes!);
});
