/**
 * The operations commands may call, by their AWS names, with native values (`Uint8Array`, `Date`).
 * Over AWS the SDK answers them, over the vault its `handle()` does; no command knows which.
 */
import type { KMS } from '@aws-sdk/client-kms';
import type { SecretsManager as SecretsManagerSdk } from '@aws-sdk/client-secrets-manager';
import type { SSM } from '@aws-sdk/client-ssm';
import type { STS } from '@aws-sdk/client-sts';

export type SecretsManager = Pick<
  SecretsManagerSdk,
  | 'createSecret'
  | 'getSecretValue'
  | 'batchGetSecretValue'
  | 'putSecretValue'
  | 'updateSecret'
  | 'updateSecretVersionStage'
  | 'describeSecret'
  | 'listSecrets'
  | 'listSecretVersionIds'
  | 'deleteSecret'
  | 'restoreSecret'
  | 'replicateSecretToRegions'
  | 'removeRegionsFromReplication'
  | 'stopReplicationToReplica'
  | 'getRandomPassword'
  | 'getResourcePolicy'
  | 'putResourcePolicy'
  | 'deleteResourcePolicy'
  | 'validateResourcePolicy'
  | 'tagResource'
  | 'untagResource'
  | 'rotateSecret'
  | 'cancelRotateSecret'
>;

export type Ssm = Pick<
  SSM,
  | 'putParameter'
  | 'getParameter'
  | 'getParameters'
  | 'getParametersByPath'
  | 'describeParameters'
  | 'getParameterHistory'
  | 'labelParameterVersion'
  | 'unlabelParameterVersion'
  | 'deleteParameter'
  | 'deleteParameters'
  | 'addTagsToResource'
  | 'removeTagsFromResource'
  | 'listTagsForResource'
>;

export type Kms = Pick<
  KMS,
  | 'createKey'
  | 'describeKey'
  | 'listKeys'
  | 'updateKeyDescription'
  | 'enableKey'
  | 'disableKey'
  | 'scheduleKeyDeletion'
  | 'cancelKeyDeletion'
  | 'enableKeyRotation'
  | 'disableKeyRotation'
  | 'getKeyRotationStatus'
  | 'rotateKeyOnDemand'
  | 'listKeyRotations'
  | 'getKeyLastUsage'
  | 'getKeyPolicy'
  | 'putKeyPolicy'
  | 'createAlias'
  | 'updateAlias'
  | 'deleteAlias'
  | 'listAliases'
  | 'tagResource'
  | 'untagResource'
  | 'listResourceTags'
  | 'encrypt'
  | 'decrypt'
  | 'reEncrypt'
  | 'generateDataKey'
  | 'generateDataKeyWithoutPlaintext'
  | 'generateDataKeyPair'
  | 'generateDataKeyPairWithoutPlaintext'
  | 'generateRandom'
  | 'sign'
  | 'verify'
  | 'generateMac'
  | 'verifyMac'
  | 'getPublicKey'
  | 'deriveSharedSecret'
  | 'getParametersForImport'
  | 'importKeyMaterial'
  | 'deleteImportedKeyMaterial'
  | 'replicateKey'
  | 'updatePrimaryRegion'
  | 'createGrant'
  | 'listGrants'
  | 'listRetirableGrants'
  | 'revokeGrant'
  | 'retireGrant'
>;

type Sts = Pick<STS, 'getCallerIdentity'>;

export type {
  DataKeyPairSpec,
  EncryptionAlgorithmSpec,
  GenerateDataKeyPairResponse,
  GetPublicKeyResponse,
  GrantListEntry,
  GrantOperation,
  KeyMetadata,
  KeySpec,
  KeyState,
  KeyUsageType,
  MacAlgorithmSpec,
  SigningAlgorithmSpec,
} from '@aws-sdk/client-kms';
export type {
  CreateSecretRequest,
  CreateSecretResponse,
  DescribeSecretResponse,
  Filter,
  GetSecretValueResponse,
  ReplicaRegionType,
  ReplicationStatusType,
  SecretListEntry,
} from '@aws-sdk/client-secrets-manager';
export type {
  Parameter,
  ParameterHistory,
  ParameterInlinePolicy,
  ParameterStringFilter,
  PutParameterRequest,
} from '@aws-sdk/client-ssm';

/** One typed client a service, all from one resolved session. Each is made when first called. */
export interface Clients {
  readonly secretsManager: SecretsManager;
  readonly ssm: Ssm;
  readonly kms: Kms;
  readonly sts: Sts;
  /** Lets go of sockets and files; the process can end. */
  close(): void;
}

/** An access key with its secret half, as the SDK wants it. */
export interface Identity {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}
