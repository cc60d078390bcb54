import type { KMS } from '@aws-sdk/client-kms';
import type { Place } from '../mounts.ts';

export { account, refusal, region } from '../service.ts';
export declare const otherRegion = 'us-east-2';
export declare const otherAccount = '210987654321';
export declare const noKeyId = '01234567-89ab-cdef-0123-456789abcdef';
export declare const keyArn: (id: string, where?: string, whose?: string) => string;
/** A vault with one customer key under `alias/mine`; `kmsIn` talks to another Region or account of the same vault. */
export declare function openKms(file?: string): Promise<{
  vault: import('../../../src/vault/vault.ts').Vault;
  kms: KMS;
  kmsIn: (place: Partial<Place>) => KMS;
  client: <Client>(service: import('../../../src/vault/vault.ts').ServiceName, place?: Partial<Place>) => Client;
  KeyId: string;
  Arn: string;
  now: () => Date;
  wait: (milliseconds: number) => Date;
}>;
/** What KMS says of a member that breaks one rule. */
export declare const violation: (constraint: string) => string;
