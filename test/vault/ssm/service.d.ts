import type { SSM } from '@aws-sdk/client-ssm';
/** A vault of its own, with a client for Parameter Store in one Region, or in another. */
export declare function openSsm(): Promise<{
  vault: import('../../../src/vault/vault.ts').Vault;
  client: <Client>(
    service: import('../../../src/vault/vault.ts').ServiceName,
    place?: Partial<import('../mounts.ts').Place>,
  ) => Client;
  kms: import('@aws-sdk/client-kms').KMS;
  secrets: import('@aws-sdk/client-secrets-manager').SecretsManager;
  ssm: SSM;
  sts: import('@aws-sdk/client-sts').STS;
  newKey(AliasName: string): Promise<string>;
  wait(milliseconds: number): Date;
  now: () => Date;
  clientIn: (region: string) => SSM;
}>;
