import { randomBytes } from 'node:crypto';
import { ApiError } from '../errors.ts';
import { type Call, reading } from '../operation.ts';
import { enumeration, type Input, required } from '../shape.ts';
import { encrypt } from './ciphertext.ts';
import { findUsableKey, keyArnOf, requireAlgorithm } from './find-key.ts';
import { dryRun, encryptionContext, grantTokens, keyId, numberOfBytes, recipient } from './members.ts';
import { contextBinding, noteUse, requireNoRecipient, stopDryRun, symmetric } from './use.ts';

const members = {
  KeyId: required(keyId),
  EncryptionContext: encryptionContext,
  NumberOfBytes: numberOfBytes,
  KeySpec: enumeration('AES_256', 'AES_128'),
  DryRun: dryRun,
  GrantTokens: grantTokens,
  Recipient: recipient,
};

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKey.html */
export const generateDataKey = reading(members, (call, input) => generate(call, 'GenerateDataKey', input));

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKeyWithoutPlaintext.html */
export const generateDataKeyWithoutPlaintext = reading(members, (call, input) => {
  const { Plaintext: _, ...answer } = generate(call, 'GenerateDataKeyWithoutPlaintext', input);
  return answer;
});

function generate(call: Call, action: string, input: Input<typeof members>) {
  requireNoRecipient(input.Recipient);
  const length = lengthOf(input);
  const key = findUsableKey(call, action, input.KeyId, 'ENCRYPT_DECRYPT');
  requireAlgorithm(key, symmetric);
  stopDryRun(input.DryRun);
  noteUse(call, key, action);
  const dataKey = randomBytes(length);
  return {
    CiphertextBlob: encrypt(call, key, contextBinding(input.EncryptionContext), dataKey),
    Plaintext: dataKey,
    KeyId: keyArnOf(key),
    KeyMaterialId: key.material_id,
  };
}

function lengthOf({ NumberOfBytes, KeySpec }: Input<typeof members>): number {
  if ((NumberOfBytes === undefined) === (KeySpec === undefined)) {
    throw new ApiError('ValidationException', 'Please specify either number of bytes or key spec.');
  }
  return NumberOfBytes ?? (KeySpec === 'AES_128' ? 16 : 32);
}
