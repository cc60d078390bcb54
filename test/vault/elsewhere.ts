import { KMS } from '@aws-sdk/client-kms';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { SSM } from '@aws-sdk/client-ssm';
import { TestRunner } from 'vitest';
import type { Vault } from '../../src/vault/vault.ts';

/*
 * The tests of operations on an endpoint that is not ours, to see who is right:
 *   LATCHKEY_TEST_ENDPOINT  its URL, or "aws" for AWS itself; keys from the environment, as any SDK finds them
 *   LATCHKEY_TEST_ACCOUNT   its account
 *   LATCHKEY_TEST_FORGET    how it begins anew before each test: a path to POST, or "delete", which deletes all secrets,
 *                           parameters and keys of the account in one Region: for an account that is there for this alone
 */
const { LATCHKEY_TEST_ENDPOINT: endpoint, LATCHKEY_TEST_FORGET: forget } = process.env;

export const ownAccount = process.env.LATCHKEY_TEST_ACCOUNT ?? '123456789012';

/** What an SDK client needs to be told. */
export const elsewhere = endpoint === 'aws' ? {} : { endpoint };

/** Ends the test under way as skipped, and says why. */
export function skipped(reason: string): never {
  throw TestRunner.getCurrentTest()!.context.skip(reason);
}

/** What a test cannot do where the vault and its clock are not ours. */
export const asElsewhere = <Service extends { vault: Vault; wait(milliseconds: number): Date; now(): Date }>(
  service: Service,
): Service => ({
  ...service,
  wait: () => skipped('its clock is not ours'),
  now: () => skipped('its clock is not ours'),
  vault: new Proxy({} as Vault, {
    get: (_target, name) => (name === 'verify' ? async () => [] : skipped('its store is not ours')),
  }),
});

let begun: unknown;

export async function beginAnew(): Promise<void> {
  const test = TestRunner.getCurrentTest();
  if (test && test === begun) skipped('one store is all it has');
  begun = test;
  if (forget === 'delete') return deleteAll({ ...elsewhere, region: 'eu-west-1' });
  if (!forget) throw new Error('LATCHKEY_TEST_FORGET: how does the endpoint begin anew?');
  const { ok, status } = await fetch(new URL(forget, endpoint), { method: 'POST' });
  if (!ok) throw new Error(`POST ${forget}: ${status}`);
}

async function deleteAll(place: { endpoint?: string; region: string }): Promise<void> {
  const [secrets, ssm, kms] = [new SecretsManager(place), new SSM(place), new KMS(place)];
  const { SecretList = [] } = await secrets.listSecrets({ IncludePlannedDeletion: true, MaxResults: 100 });
  for (const { ARN } of SecretList) await secrets.deleteSecret({ SecretId: ARN, ForceDeleteWithoutRecovery: true });
  const { Parameters = [] } = await ssm.describeParameters({ MaxResults: 50 });
  for (const { Name } of Parameters) await ssm.deleteParameter({ Name });
  const { Aliases = [] } = await kms.listAliases({});
  const own = Aliases.filter(({ AliasName }) => !AliasName!.startsWith('alias/aws/'));
  for (const { AliasName } of own) await kms.deleteAlias({ AliasName });
  const { Keys = [] } = await kms.listKeys({});
  for (const { KeyId } of Keys) {
    const { KeyMetadata } = await kms.describeKey({ KeyId });
    const isLive = KeyMetadata!.KeyManager === 'CUSTOMER' && KeyMetadata!.KeyState !== 'PendingDeletion';
    if (isLive) await kms.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 });
  }
}
