import type { KMS } from '@aws-sdk/client-kms';
import type { SecretsManager } from '@aws-sdk/client-secrets-manager';
import type { SSM } from '@aws-sdk/client-ssm';
import type { STS } from '@aws-sdk/client-sts';
import { type ServiceName } from '../../src/vault/vault.ts';
import { type Place } from './mounts.ts';
/** Whether a request token that a test leaves out is made up before the vault sees the request. */
export declare const sdkFillsTokens: boolean;
export declare const account = '123456789012';
export declare const region = 'eu-west-1';
export declare const day: number;
export declare const rootSecret: {
  key: NonSharedBuffer;
};
/** A vault of its own behind the mount that the run is about, with a clock that stands still until it is told to go on. */
export declare function openService(file?: string): Promise<{
  vault: import('../../src/vault/vault.ts').Vault;
  client: <Client>(service: ServiceName, place?: Partial<Place>) => Client;
  kms: KMS;
  secrets: SecretsManager;
  ssm: SSM;
  sts: STS;
  /** A new customer key; its ARN. */
  newKey(AliasName: string): Promise<string>;
  wait(milliseconds: number): Date;
  now: () => Date;
}>;
/** A client request token, which becomes a version's id. */
export declare const token: () => `${string}-${string}-${string}-${string}-${string}`;
/** `Type: message` of the error a call ends with. */
export declare const refusal: (call: Promise<unknown>) => Promise<string>;
