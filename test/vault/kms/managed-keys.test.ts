import { expect, test } from 'vitest';
import { account, openKms, otherRegion, refusal, region } from './service.ts';

const aliases = ['alias/aws/secretsmanager', 'alias/aws/ssm'];

test.each(aliases)('%s appears when it is first described, once', async (KeyId) => {
  const { kms, kmsIn } = await openKms();
  expect((await kms.listAliases({})).Aliases).toHaveLength(1);
  const first = (await kms.describeKey({ KeyId })).KeyMetadata!;
  const again = (await kms.describeKey({ KeyId: `arn:aws:kms:${region}:${account}:${KeyId}` })).KeyMetadata!;
  expect(first).toMatchObject({ KeyManager: 'AWS', KeyState: 'Enabled' });
  expect(again.KeyId).toBe(first.KeyId);
  expect((await kms.listAliases({ KeyId: first.KeyId })).Aliases).toMatchObject([{ AliasName: KeyId }]);
  expect((await kms.listKeys({})).Keys).toHaveLength(2);
  expect((await kmsIn({ region: otherRegion }).describeKey({ KeyId })).KeyMetadata!.KeyId).not.toBe(first.KeyId);
});

test('storing a value makes them appear', async () => {
  const { vault, kms } = await openKms();
  const handle = (service: 'secretsmanager' | 'ssm', operation: string, input: object) =>
    vault.handle({ service, operation, input, region });
  await handle('secretsmanager', 'CreateSecret', {
    Name: 'a',
    SecretString: 'v',
    ClientRequestToken: 'a'.repeat(32),
  });
  await handle('ssm', 'PutParameter', { Name: 'a', Value: 'v', Type: 'SecureString' });
  expect((await kms.listAliases({})).Aliases!.map((alias) => alias.AliasName)).toEqual([...aliases, 'alias/mine']);
});

test('only their service may use them', async () => {
  const { kms, KeyId: mine } = await openKms();
  const { Arn, KeyId } = (await kms.describeKey({ KeyId: aliases[1] })).KeyMetadata!;
  const denied = (action: string) =>
    `AccessDeniedException: User: arn:aws:iam::${account}:root is not authorized to perform: kms:${action} on resource: ${Arn} because no resource-based policy allows the kms:${action} action`;
  const { CiphertextBlob } = await kms.encrypt({ KeyId: mine, Plaintext: Buffer.from('x') });
  const uses: Record<string, Promise<unknown>> = {
    Encrypt: kms.encrypt({ KeyId, Plaintext: Buffer.from('x') }),
    GenerateDataKey: kms.generateDataKey({ KeyId: aliases[1], KeySpec: 'AES_256' }),
    GenerateDataKeyWithoutPlaintext: kms.generateDataKeyWithoutPlaintext({ KeyId, KeySpec: 'AES_256' }),
    ReEncryptTo: kms.reEncrypt({ CiphertextBlob, DestinationKeyId: KeyId }),
    CreateAlias: kms.createAlias({ AliasName: 'alias/new', TargetKeyId: KeyId }),
    UpdateAlias: kms.updateAlias({ AliasName: 'alias/mine', TargetKeyId: KeyId }),
    TagResource: kms.tagResource({ KeyId, Tags: [{ TagKey: 'k', TagValue: 'v' }] }),
    UntagResource: kms.untagResource({ KeyId, TagKeys: ['k'] }),
  };
  const said = await Promise.all(Object.values(uses).map(refusal));
  expect(said).toEqual(Object.keys(uses).map(denied));
  expect(await refusal(kms.deleteAlias({ AliasName: aliases[1] }))).toBe('NotAuthorizedException: ');
});
