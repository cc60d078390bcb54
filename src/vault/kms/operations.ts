import { lookingAtTokens } from './grant-token.ts';

/** By the names of the API. Each page is loaded when its operation is first called. */
const pages = {
  CreateKey: async () => (await import('./create-key.ts')).createKey,
  DescribeKey: async () => (await import('./describe-key.ts')).describeKey,
  ListKeys: async () => (await import('./list-keys.ts')).listKeys,
  CreateAlias: async () => (await import('./create-alias.ts')).createAlias,
  UpdateAlias: async () => (await import('./update-alias.ts')).updateAlias,
  DeleteAlias: async () => (await import('./delete-alias.ts')).deleteAlias,
  ListAliases: async () => (await import('./list-aliases.ts')).listAliases,
  Encrypt: async () => (await import('./encrypt.ts')).encrypt,
  Decrypt: async () => (await import('./decrypt.ts')).decrypt,
  ReEncrypt: async () => (await import('./re-encrypt.ts')).reEncrypt,
  GenerateDataKey: async () => (await import('./generate-data-key.ts')).generateDataKey,
  GenerateDataKeyWithoutPlaintext: async () => (await import('./generate-data-key.ts')).generateDataKeyWithoutPlaintext,
  GenerateRandom: async () => (await import('./generate-random.ts')).generateRandom,
  TagResource: async () => (await import('./tag-resource.ts')).tagResource,
  UntagResource: async () => (await import('./untag-resource.ts')).untagResource,
  ListResourceTags: async () => (await import('./list-resource-tags.ts')).listResourceTags,
  EnableKey: async () => (await import('./enable-key.ts')).enableKey,
  DisableKey: async () => (await import('./disable-key.ts')).disableKey,
  ScheduleKeyDeletion: async () => (await import('./schedule-key-deletion.ts')).scheduleKeyDeletion,
  CancelKeyDeletion: async () => (await import('./cancel-key-deletion.ts')).cancelKeyDeletion,
  UpdateKeyDescription: async () => (await import('./update-key-description.ts')).updateKeyDescription,
  GetKeyPolicy: async () => (await import('./get-key-policy.ts')).getKeyPolicy,
  PutKeyPolicy: async () => (await import('./put-key-policy.ts')).putKeyPolicy,
  ListKeyPolicies: async () => (await import('./list-key-policies.ts')).listKeyPolicies,
  EnableKeyRotation: async () => (await import('./enable-key-rotation.ts')).enableKeyRotation,
  DisableKeyRotation: async () => (await import('./disable-key-rotation.ts')).disableKeyRotation,
  GetKeyRotationStatus: async () => (await import('./get-key-rotation-status.ts')).getKeyRotationStatus,
  RotateKeyOnDemand: async () => (await import('./rotate-key-on-demand.ts')).rotateKeyOnDemand,
  ListKeyRotations: async () => (await import('./list-key-rotations.ts')).listKeyRotations,
  GetKeyLastUsage: async () => (await import('./get-key-last-usage.ts')).getKeyLastUsage,
  Sign: async () => (await import('./sign.ts')).sign,
  Verify: async () => (await import('./verify-signature.ts')).verify,
  GenerateMac: async () => (await import('./generate-mac.ts')).generateMac,
  VerifyMac: async () => (await import('./verify-mac.ts')).verifyMac,
  GetPublicKey: async () => (await import('./get-public-key.ts')).getPublicKey,
  GenerateDataKeyPair: async () => (await import('./generate-data-key-pair.ts')).generateDataKeyPair,
  GenerateDataKeyPairWithoutPlaintext: async () =>
    (await import('./generate-data-key-pair.ts')).generateDataKeyPairWithoutPlaintext,
  DeriveSharedSecret: async () => (await import('./derive-shared-secret.ts')).deriveSharedSecret,
  GetParametersForImport: async () => (await import('./get-parameters-for-import.ts')).getParametersForImport,
  ImportKeyMaterial: async () => (await import('./import-key-material.ts')).importKeyMaterial,
  DeleteImportedKeyMaterial: async () => (await import('./delete-imported-key-material.ts')).deleteImportedKeyMaterial,
  ReplicateKey: async () => (await import('./replicate-key.ts')).replicateKey,
  UpdatePrimaryRegion: async () => (await import('./update-primary-region.ts')).updatePrimaryRegion,
  CreateGrant: async () => (await import('./create-grant.ts')).createGrant,
  ListGrants: async () => (await import('./list-grants.ts')).listGrants,
  ListRetirableGrants: async () => (await import('./list-retirable-grants.ts')).listRetirableGrants,
  RetireGrant: async () => (await import('./retire-grant.ts')).retireGrant,
  RevokeGrant: async () => (await import('./revoke-grant.ts')).revokeGrant,
  DescribeCustomKeyStores: async () => (await import('./describe-custom-key-stores.ts')).describeCustomKeyStores,
  CreateCustomKeyStore: async () => (await import('./custom-key-stores.ts')).createCustomKeyStore,
  ConnectCustomKeyStore: async () => (await import('./custom-key-stores.ts')).connectCustomKeyStore,
  DisconnectCustomKeyStore: async () => (await import('./custom-key-stores.ts')).disconnectCustomKeyStore,
  UpdateCustomKeyStore: async () => (await import('./custom-key-stores.ts')).updateCustomKeyStore,
  DeleteCustomKeyStore: async () => (await import('./custom-key-stores.ts')).deleteCustomKeyStore,
};

/** KMS. */
export const operations = Object.fromEntries(
  Object.entries(pages).map(([name, load]) => [name, once(async () => lookingAtTokens(await load()))]),
);

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () => {
    loading ??= load();
    return loading;
  };
}
