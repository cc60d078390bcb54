import { reading } from '../operation.ts';
import { enumeration, list, required } from '../shape.ts';
import { keyArnOf } from './find-key.ts';
import {
  ciphertextBlob,
  dryRun,
  encryptionAlgorithm,
  encryptionContext,
  grantTokens,
  keyId,
  recipient,
} from './members.ts';
import { decryptBlob, noteUse, requireNoRecipient, stopDryRun } from './use.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html */
export const decrypt = reading(
  {
    CiphertextBlob: required(ciphertextBlob),
    EncryptionContext: encryptionContext,
    KeyId: keyId,
    EncryptionAlgorithm: encryptionAlgorithm,
    DryRun: dryRun,
    DryRunModifiers: list(enumeration('IGNORE_CIPHERTEXT')),
    GrantTokens: grantTokens,
    Recipient: recipient,
  },
  (call, { CiphertextBlob, EncryptionContext, KeyId, EncryptionAlgorithm, DryRun, Recipient }) => {
    requireNoRecipient(Recipient);
    const { key, materialId, plaintext, algorithm } = decryptBlob(call, {
      action: 'Decrypt',
      blob: CiphertextBlob,
      context: EncryptionContext,
      keyId: KeyId,
      algorithm: EncryptionAlgorithm,
    });
    stopDryRun(DryRun);
    noteUse(call, key, 'Decrypt');
    return {
      KeyId: keyArnOf(key),
      Plaintext: plaintext,
      EncryptionAlgorithm: algorithm,
      KeyMaterialId: materialId,
    };
  },
);
