import type { KMS } from '@aws-sdk/client-kms';
import type { Place } from '../mounts.ts';
import { account, openService, region } from '../service.ts';

export { account, refusal, region } from '../service.ts';

export const otherRegion = 'us-east-2';
export const otherAccount = '210987654321';
export const noKeyId = '01234567-89ab-cdef-0123-456789abcdef';
export const keyArn = (id: string, where = region, whose = account) => `arn:aws:kms:${where}:${whose}:key/${id}`;

/** A vault with one customer key under `alias/mine`; `kmsIn` talks to another Region or account of the same vault. */
export async function openKms(file = ':memory:') {
  const { vault, kms, client, now, wait } = await openService(file);
  const { KeyMetadata } = await kms.createKey({ Description: 'mine' });
  const { KeyId, Arn } = KeyMetadata as { KeyId: string; Arn: string };
  await kms.createAlias({ AliasName: 'alias/mine', TargetKeyId: KeyId });
  return { vault, kms, kmsIn: (place: Partial<Place>) => client<KMS>('kms', place), client, KeyId, Arn, now, wait };
}

/** What KMS says of a member that breaks one rule. */
export const violation = (constraint: string) =>
  `ValidationException: 1 validation error detected: Value ${constraint}`;
