import { reading } from '../operation.ts';
import { required } from '../shape.ts';
import { encrypt } from './ciphertext.ts';
import { findUsableKey, keyArnOf } from './find-key.ts';
import { ciphertextBlob, dryRun, encryptionAlgorithm, encryptionContext, keyId } from './members.ts';
import { contextBinding, decryptBlob, requireAlgorithm, stopDryRun, symmetric } from './use.ts';

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
  },
  (call, input) => {
    requireAlgorithm(input.SourceEncryptionAlgorithm);
    requireAlgorithm(input.DestinationEncryptionAlgorithm);
    const source = decryptBlob(call, {
      action: 'ReEncryptFrom',
      blob: input.CiphertextBlob,
      context: input.SourceEncryptionContext,
      keyId: input.SourceKeyId,
    });
    const key = findUsableKey(call, 'ReEncryptTo', input.DestinationKeyId);
    stopDryRun(input.DryRun);
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
