import { ApiError } from '../errors.ts';
import { type Call, prepared } from '../operation.ts';
import { enumeration, type Input, required } from '../shape.ts';
import { encrypt } from './ciphertext.ts';
import { findUsableKey, keyArnOf, requireAlgorithm } from './find-key.ts';
import { publicBytes, readKeyPair } from './key-pair.ts';
import { dryRun, encryptionContext, grantTokens, keyId, recipient } from './members.ts';
import { newMaterial } from './new-material.ts';
import { isSupported, specs } from './specs.ts';
import { contextBinding, noteUse, requireNoRecipient, stopDryRun, symmetric } from './use.ts';

const members = {
  EncryptionContext: encryptionContext,
  KeyId: required(keyId),
  KeyPairSpec: required(
    enumeration(
      'RSA_2048',
      'RSA_3072',
      'RSA_4096',
      'ECC_NIST_P256',
      'ECC_NIST_P384',
      'ECC_NIST_P521',
      'ECC_SECG_P256K1',
      'SM2',
      'ECC_NIST_EDWARDS25519',
      'ML_KEM_512',
      'ML_KEM_768',
      'ML_KEM_1024',
    ),
  ),
  GrantTokens: grantTokens,
  DryRun: dryRun,
};

type Asked = Input<typeof members>;

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKeyPair.html */
export const generateDataKeyPair = prepared(
  'reading',
  { ...members, Recipient: recipient },
  async (input) => {
    requireNoRecipient(input.Recipient);
    return newPrivateKey(input);
  },
  (call, input, privateKey) => generate(call, 'GenerateDataKeyPair', input, privateKey),
);

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKeyPairWithoutPlaintext.html */
export const generateDataKeyPairWithoutPlaintext = prepared('reading', members, newPrivateKey, (call, input, made) => {
  const { PrivateKeyPlaintext: _, ...answer } = generate(call, 'GenerateDataKeyPairWithoutPlaintext', input, made);
  return answer;
});

async function newPrivateKey({ KeyPairSpec, DryRun }: Asked): Promise<Uint8Array> {
  if (!isSupported(KeyPairSpec)) {
    throw new ApiError('UnsupportedOperationException', `KeyPairSpec ${KeyPairSpec} is not supported in the vault`);
  }
  return DryRun ? new Uint8Array() : newMaterial(specs[KeyPairSpec]);
}

function generate(call: Call, action: string, input: Asked, privateKey: Uint8Array) {
  const key = findUsableKey(call, action, input.KeyId, 'ENCRYPT_DECRYPT');
  requireAlgorithm(key, symmetric);
  stopDryRun(input.DryRun);
  noteUse(call, key, action);
  return {
    PrivateKeyCiphertextBlob: encrypt(call, key, contextBinding(input.EncryptionContext), privateKey),
    PrivateKeyPlaintext: privateKey,
    PublicKey: publicBytes(readKeyPair(privateKey)),
    KeyId: keyArnOf(key),
    KeyPairSpec: input.KeyPairSpec,
    KeyMaterialId: key.material_id,
  };
}
