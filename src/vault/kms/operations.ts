import type { Operation } from '../operation.ts';
import { lookingAtTokens } from './grant-token.ts';
import { notYet, refuse } from './not-yet.ts';

/** By the names of the API. Each page is loaded when its operation is first called. */
const pages: Record<string, () => Promise<Operation>> = {
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
  ...Object.fromEntries(notYet.map((name) => [name, async () => refuse])),
};

/** KMS. */
export const operations = Object.fromEntries(
  Object.entries(pages).map(([name, load]) => [name, async () => lookingAtTokens(await load())]),
);
