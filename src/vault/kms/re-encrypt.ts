import { reading } from '../operation.ts';
import { enumeration, list, required } from '../shape.ts';
import { encrypt } from './ciphertext.ts';
import { findUsableKey, keyArnOf, requireAlgorithm } from './find-key.ts';
import { ciphertextBlob, dryRun, encryptionAlgorithm, encryptionContext, grantTokens, keyId } from './members.ts';
import { contextBinding, decryptBlob, noteUse, stopDryRun, symmetric } from './use.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ReEncrypt.html */
export const reEncrypt = reading(
  {
    CiphertextBlob: required(ciphertextBlob),
    SourceEncryptionContext: encryptionContext,
    SourceKeyId: keyId,
    SourceEncryptionAlgorithm: encryptionAlgorithm,
    DestinationKeyId: required(keyId),
    DestinationEncryptionContext: encryptionContext,
    DestinationEncryptionAlgorithm: encryptionAlgorithm,
    DryRun: dryRun,
    DryRunModifiers: list(enumeration('IGNORE_CIPHERTEXT')),
    GrantTokens: grantTokens,
  },
  (call, input) => {
    const source = decryptBlob(call, {
      action: 'ReEncryptFrom',
      blob: input.CiphertextBlob,
      context: input.SourceEncryptionContext,
      keyId: input.SourceKeyId,
      algorithm: input.SourceEncryptionAlgorithm,
    });
    const key = findUsableKey(call, 'ReEncryptTo', input.DestinationKeyId, 'ENCRYPT_DECRYPT');
    requireAlgorithm(key, input.DestinationEncryptionAlgorithm ?? symmetric);
    stopDryRun(input.DryRun);
    for (const used of [source.key, key]) noteUse(call, used, 'ReEncrypt');
    return {
      CiphertextBlob: encrypt(call, key, contextBinding(input.DestinationEncryptionContext), source.plaintext),
      SourceKeyId: keyArnOf(source.key),
      KeyId: keyArnOf(key),
      SourceEncryptionAlgorithm: symmetric,
      DestinationEncryptionAlgorithm: symmetric,
      SourceKeyMaterialId: source.materialId,
      DestinationKeyMaterialId: key.material_id,
    };
  },
);
