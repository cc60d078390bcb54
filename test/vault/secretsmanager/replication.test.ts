import type { KMS } from '@aws-sdk/client-kms';
import type { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { expect, test } from 'vitest';
import { day, openService, refusal, region, token } from '../service.ts';

const there = 'us-east-1';
const SecretId = 'app/db';

/** A secret with a replica. */
async function withReplica() {
  const service = await openService();
  const replica = service.client<SecretsManager>('secretsmanager', { region: there });
  const created = await service.secrets.createSecret({
    ...{ Name: SecretId, SecretString: 'one', ClientRequestToken: token(), Tags: [{ Key: 'team', Value: 'red' }] },
    AddReplicaRegions: [{ Region: there }],
  });
  return { ...service, replica, created };
}

const inSync = [{ Region: there, KmsKeyId: 'alias/aws/secretsmanager', Status: 'InSync' }];

test('a replica is the secret in another Region: same name, same suffix, same value and tags', async () => {
  const { secrets, replica, created } = await withReplica();
  expect(created.ReplicationStatus).toEqual(inSync);
  const original = await secrets.describeSecret({ SecretId });
  const copy = await replica.describeSecret({ SecretId });
  expect(original).toMatchObject({ PrimaryRegion: region, ReplicationStatus: inSync });
  expect(copy.ARN).toBe(original.ARN!.replace(region, there));
  expect(copy).toMatchObject({ PrimaryRegion: region, Tags: [{ Key: 'team', Value: 'red' }] });
  expect(copy.ReplicationStatus).toBeUndefined();
  expect(await replica.getSecretValue({ SecretId })).toMatchObject({
    SecretString: 'one',
    VersionId: created.VersionId,
  });
});

test('what changes in the primary changes in the replica', async () => {
  const { secrets, replica } = await withReplica();
  const policy = '{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}}';
  const { VersionId } = await secrets.putSecretValue({ SecretId, SecretString: 'two', ClientRequestToken: token() });
  await secrets.updateSecret({ SecretId, Description: 'changed' });
  await secrets.tagResource({ SecretId, Tags: [{ Key: 'more', Value: '1' }] });
  await secrets.putResourcePolicy({ SecretId, ResourcePolicy: policy });
  expect(await replica.getSecretValue({ SecretId })).toMatchObject({ SecretString: 'two', VersionId });
  expect(await replica.getSecretValue({ SecretId, VersionStage: 'AWSPREVIOUS' })).toMatchObject({
    SecretString: 'one',
  });
  expect(await replica.describeSecret({ SecretId })).toMatchObject({
    Description: 'changed',
    Tags: [{ Key: 'team' }, { Key: 'more' }],
  });
  expect((await replica.getResourcePolicy({ SecretId })).ResourcePolicy).toBe(policy);
});

test('a replica is read, and changed nowhere but in its primary', async () => {
  const { replica } = await withReplica();
  const refused =
    "InvalidRequestException: Operation not permitted on a replica secret. Call must be made in primary secret's region.";
  expect(await refusal(replica.putSecretValue({ SecretId, SecretString: 'x', ClientRequestToken: token() }))).toBe(
    refused,
  );
  expect(await refusal(replica.updateSecret({ SecretId, Description: 'x' }))).toBe(refused);
  expect(await refusal(replica.tagResource({ SecretId, Tags: [] }))).toBe(refused);
  expect(await refusal(replica.deleteSecret({ SecretId }))).toBe(refused);
  expect(await refusal(replica.replicateSecretToRegions({ SecretId, AddReplicaRegions: [{ Region: region }] }))).toBe(
    refused,
  );
});

test('a secret with replicas is not deleted, until they are removed', async () => {
  const { secrets, replica, created } = await withReplica();
  const refused = `InvalidParameterException: You can't delete secret ${created.ARN} that still has replica regions [${there}]`;
  expect(await refusal(secrets.deleteSecret({ SecretId }))).toBe(refused);
  expect(await refusal(secrets.deleteSecret({ SecretId, ForceDeleteWithoutRecovery: true }))).toBe(refused);
  const removed = await secrets.removeRegionsFromReplication({ SecretId, RemoveReplicaRegions: [there] });
  expect(removed).toEqual({ ARN: created.ARN, ReplicationStatus: [] });
  expect(await refusal(replica.describeSecret({ SecretId }))).toMatch(/^ResourceNotFoundException/);
  expect((await secrets.describeSecret({ SecretId })).PrimaryRegion).toBeUndefined();
  await secrets.deleteSecret({ SecretId });
});

test('a replica that is promoted goes its own way', async () => {
  const { secrets, replica } = await withReplica();
  const { ARN } = await replica.stopReplicationToReplica({ SecretId });
  await secrets.putSecretValue({ SecretId, SecretString: 'two', ClientRequestToken: token() });
  expect(await replica.getSecretValue({ SecretId })).toMatchObject({ ARN, SecretString: 'one' });
  await replica.putSecretValue({ SecretId, SecretString: 'three', ClientRequestToken: token() });
  expect(await secrets.getSecretValue({ SecretId })).toMatchObject({ SecretString: 'two' });
  expect(await refusal(replica.stopReplicationToReplica({ SecretId }))).toMatch(/^InvalidRequestException/);
});

test('a name that is taken there stays whose it is, unless it is forced', async () => {
  const { secrets, client } = await openService();
  const other = client<SecretsManager>('secretsmanager', { region: there });
  await other.createSecret({ Name: SecretId, SecretString: 'theirs', ClientRequestToken: token() });
  await secrets.createSecret({ Name: SecretId, SecretString: 'ours', ClientRequestToken: token() });
  const AddReplicaRegions = [{ Region: there }];
  const { ReplicationStatus } = await secrets.replicateSecretToRegions({ SecretId, AddReplicaRegions });
  expect(ReplicationStatus).toMatchObject([
    {
      Status: 'Failed',
      StatusMessage: `Replication failed: Secret name ${SecretId} already exists in region ${there}.`,
    },
  ]);
  expect(await other.getSecretValue({ SecretId })).toMatchObject({ SecretString: 'theirs' });
  await secrets.replicateSecretToRegions({ SecretId, AddReplicaRegions, ForceOverwriteReplicaSecret: true });
  expect(await other.getSecretValue({ SecretId })).toMatchObject({ SecretString: 'ours' });
});

test.each([
  [[{ Region: region }], /^InvalidParameterException: Invalid replica region/],
  [[{ Region: 'nowhere' }], /^ValidationException: .* at 'addReplicaRegions.1.member.region'/],
  [[], /^ValidationException: .* at 'addReplicaRegions' .* greater than or equal to 1/],
])('replicating to %j', async (AddReplicaRegions, expected) => {
  const { secrets } = await withReplica();
  expect(await refusal(secrets.replicateSecretToRegions({ SecretId, AddReplicaRegions }))).toMatch(expected);
});

test('a promoted replica is overwritten only by force, and has no rotation', async () => {
  const { secrets, replica, created, vault } = await withReplica();
  await secrets.rotateSecret({
    ...{ SecretId, RotationLambdaARN: 'arn:aws:lambda:eu-west-1:123456789012:function:rotate' },
    ...{ ClientRequestToken: token(), RotateImmediately: false },
  });
  expect((await replica.describeSecret({ SecretId })).RotationEnabled).toBe(true);
  await replica.stopReplicationToReplica({ SecretId });
  expect((await replica.describeSecret({ SecretId })).RotationEnabled).toBeUndefined();
  await replica.putSecretValue({ SecretId, SecretString: 'theirs', ClientRequestToken: token() });
  const again = { SecretId, AddReplicaRegions: [{ Region: there }] };
  expect((await secrets.replicateSecretToRegions(again)).ReplicationStatus).toMatchObject([{ Status: 'Failed' }]);
  await secrets.removeRegionsFromReplication({ SecretId, RemoveReplicaRegions: [there] });
  expect(await replica.getSecretValue({ SecretId })).toMatchObject({ SecretString: 'theirs' });
  await secrets.replicateSecretToRegions({ ...again, ForceOverwriteReplicaSecret: true });
  expect(await replica.getSecretValue({ SecretId })).toMatchObject({
    ...{ SecretString: 'one', VersionId: created.VersionId },
  });
  expect(await vault.verify()).toEqual([]);
});

test('a secret that is replicated itself gives way to nobody, one that has expired to anybody', async () => {
  const { client, secrets, wait, vault } = await openService();
  const other = client<SecretsManager>('secretsmanager', { region: there });
  const value = { SecretString: 'x', ClientRequestToken: token() };
  await other.createSecret({ ...value, Name: 'a', AddReplicaRegions: [{ Region: 'eu-west-2' }] });
  const AddReplicaRegions = [{ Region: there }];
  const forced = { ...value, AddReplicaRegions, ForceOverwriteReplicaSecret: true };
  expect((await secrets.createSecret({ ...forced, Name: 'a' })).ReplicationStatus).toMatchObject([
    { Status: 'Failed', StatusMessage: `Replication failed: Secret a in region ${there} is itself replicated.` },
  ]);
  await other.createSecret({ ...value, Name: 'b' });
  await other.deleteSecret({ SecretId: 'b', RecoveryWindowInDays: 7 });
  const late = { ...value, Name: 'b', AddReplicaRegions };
  wait(7 * day);
  expect((await secrets.createSecret(late)).ReplicationStatus).toEqual(inSync);
  expect(await vault.verify()).toEqual([]);
});

test('the name of a replica is taken, even for the token that made it', async () => {
  const { replica, created } = await withReplica();
  const again = { Name: SecretId, SecretString: 'one', ClientRequestToken: created.VersionId! };
  expect(await refusal(replica.createSecret(again))).toMatch(/^ResourceExistsException/);
});

test('a replica has a key of its own, which is all that changes in its Region', async () => {
  const { client, secrets, replica } = await withReplica();
  const kms = client<KMS>('kms', { region: there });
  const { KeyMetadata } = await kms.createKey({});
  const KmsKeyId = KeyMetadata!.Arn!;
  await replica.updateSecret({ SecretId, KmsKeyId });
  const status = async () => (await secrets.describeSecret({ SecretId })).ReplicationStatus;
  expect(await status()).toEqual([{ ...inSync[0], KmsKeyId }]);
  expect(await refusal(replica.updateSecret({ SecretId, KmsKeyId, Description: 'x' }))).toMatch(/on a replica secret/);

  await kms.disableKey({ KeyId: KmsKeyId });
  await secrets.putSecretValue({ SecretId, SecretString: 'two', ClientRequestToken: token() });
  expect(await secrets.getSecretValue({ SecretId })).toMatchObject({ SecretString: 'two' });
  expect(await status()).toMatchObject([{ Status: 'Failed', StatusMessage: expect.stringMatching(/ is disabled\.$/) }]);

  await kms.enableKey({ KeyId: KmsKeyId });
  expect(await replica.getSecretValue({ SecretId })).toMatchObject({ SecretString: 'one' });
  const AddReplicaRegions = [{ Region: there }];
  const { ReplicationStatus } = await secrets.replicateSecretToRegions({ SecretId, AddReplicaRegions });
  expect(ReplicationStatus).toMatchObject([{ Status: 'InSync', KmsKeyId }]);
  expect(await replica.getSecretValue({ SecretId })).toMatchObject({ SecretString: 'two' });
});

test('a key that is not there leaves the secret without a replica', async () => {
  const { secrets, replica } = await withReplica();
  const AddReplicaRegions = [{ Region: there, KmsKeyId: 'alias/none' }];
  const value = { SecretString: 'x', ClientRequestToken: token() };
  const { ReplicationStatus } = await secrets.createSecret({ ...value, Name: 'b', AddReplicaRegions });
  expect(ReplicationStatus).toMatchObject([{ Status: 'Failed', KmsKeyId: 'alias/none' }]);
  expect(await refusal(replica.describeSecret({ SecretId: 'b' }))).toMatch(/^ResourceNotFoundException/);
});

test('lists find secrets by their primary Region', async () => {
  const { replica } = await withReplica();
  await replica.createSecret({ Name: 'alone' });
  const found = async (value: string) =>
    (await replica.listSecrets({ Filters: [{ Key: 'primary-region', Values: [value] }] })).SecretList!.map(
      ({ Name }) => Name,
    );
  expect(await found(region)).toEqual([SecretId]);
  expect(await found(`!${region}`)).toEqual(['alone']);
});
