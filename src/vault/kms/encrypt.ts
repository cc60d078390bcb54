import { reading } from '../operation.ts';
import { required } from '../shape.ts';
import { findUsableKey, keyArnOf, requireAlgorithm } from './find-key.ts';
import { dryRun, encryptionAlgorithm, encryptionContext, grantTokens, keyId, plaintext } from './members.ts';
import { encryptBlob, noteUse, stopDryRun, symmetric } from './use.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html */
export const encrypt = reading(
  {
    KeyId: required(keyId),
    Plaintext: required(plaintext),
    EncryptionContext: encryptionContext,
    EncryptionAlgorithm: encryptionAlgorithm,
    DryRun: dryRun,
    GrantTokens: grantTokens,
  },
  (call, { KeyId, Plaintext, EncryptionContext, EncryptionAlgorithm = symmetric, DryRun }) => {
    const key = findUsableKey(call, 'Encrypt', KeyId, 'ENCRYPT_DECRYPT');
    requireAlgorithm(key, EncryptionAlgorithm);
    const encrypting = { plaintext: Plaintext, context: EncryptionContext, algorithm: EncryptionAlgorithm };
    const CiphertextBlob = encryptBlob(call, key, encrypting);
    stopDryRun(DryRun);
    noteUse(call, key, 'Encrypt');
    return { CiphertextBlob, KeyId: keyArnOf(key), EncryptionAlgorithm };
  },
);
