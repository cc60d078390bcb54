import { reading } from '../operation.ts';
import { enumeration, list, required } from '../shape.ts';
import { findUsableKey, keyArnOf, requireAlgorithm } from './find-key.ts';
import { ciphertextBlob, dryRun, encryptionAlgorithm, encryptionContext, grantTokens, keyId } from './members.ts';
import { decryptBlob, encryptBlob, noteUse, stopDryRun, symmetric } from './use.ts';

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
    const algorithm = input.DestinationEncryptionAlgorithm ?? symmetric;
    requireAlgorithm(key, algorithm);
    const encrypting = { plaintext: source.plaintext, context: input.DestinationEncryptionContext, algorithm };
    const CiphertextBlob = encryptBlob(call, key, encrypting);
    stopDryRun(input.DryRun);
    for (const used of [source.key, key]) noteUse(call, used, 'ReEncrypt');
    return {
      CiphertextBlob,
      SourceKeyId: keyArnOf(source.key),
      KeyId: keyArnOf(key),
      SourceEncryptionAlgorithm: source.algorithm,
      DestinationEncryptionAlgorithm: algorithm,
      SourceKeyMaterialId: source.materialId,
      DestinationKeyMaterialId: algorithm === symmetric ? key.material_id : undefined,
    };
  },
);
