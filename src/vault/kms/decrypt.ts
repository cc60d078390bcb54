import { reading } from '../operation.ts';
import { required } from '../shape.ts';
import { keyArnOf } from './find-key.ts';
import { ciphertextBlob, dryRun, encryptionAlgorithm, encryptionContext, keyId } from './members.ts';
import { decryptBlob, requireAlgorithm, stopDryRun, symmetric } from './use.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html */
export const decrypt = reading(
  {
    CiphertextBlob: required(ciphertextBlob),
    EncryptionContext: encryptionContext,
    KeyId: keyId,
    EncryptionAlgorithm: encryptionAlgorithm,
    DryRun: dryRun,
  },
  (call, { CiphertextBlob, EncryptionContext, KeyId, EncryptionAlgorithm, DryRun }) => {
    requireAlgorithm(EncryptionAlgorithm);
    const { key, materialId, plaintext } = decryptBlob(call, {
      action: 'Decrypt',
      blob: CiphertextBlob,
      context: EncryptionContext,
      keyId: KeyId,
    });
    stopDryRun(DryRun);
    return {
      KeyId: keyArnOf(key),
      Plaintext: plaintext,
      EncryptionAlgorithm: symmetric,
      KeyMaterialId: materialId,
    };
  },
);
