import { randomBytes } from 'node:crypto';
import type { CreateGrantRequest } from '@aws-sdk/client-kms';
import { beforeEach, describe, expect, test } from 'vitest';
import { kinds } from '../../../src/vault/exchange/kinds.ts';
import { createDatabase, statement } from '../../../src/vault/store/database.ts';
import { layOut } from '../../../src/vault/store/format.ts';
import { createVault, migrations, type Vault } from '../../../src/vault/vault.ts';
import { account, openService, region, rootSecret, token } from '../service.ts';
import { ask, create, createSecret, secretString, trouble, useFolder } from '../store/folder.ts';

const place = useFolder();
const unlock = async () => rootSecret;
const clock = () => new Date('2026-03-01T10:00:01Z');
const fresh = () => createVault({ file: ':memory:', secret: { key: randomBytes(32) }, account, clock });
const textOf = async (vault: Vault, passphrase?: string) => (await vault.exportLines(passphrase)).join('\n');

test('every table that the rooms lay is exported', () => {
  const database = createDatabase(':memory:');
  layOut(database, migrations);
  const tables = statement<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'").all(database);
  const exported = Object.values(kinds).flatMap(({ table, parts }) => [table, ...parts.map((part) => part.table)]);
  expect(tables.map(({ name }) => name).sort()).toEqual(['header', ...exported].sort());
});

describe('everything', () => {
  let vault: Vault;
  let text: string;
  let ciphertext: Uint8Array;
  let accessKeyId: string;
  let grant: CreateGrantRequest;
  beforeEach(async () => {
    const service = await openService();
    const { secrets, ssm, kms } = service;
    vault = service.vault;
    const KeyId = await service.newKey('alias/app');
    ciphertext = (await kms.encrypt({ KeyId, Plaintext: Buffer.from('before') })).CiphertextBlob!;
    await kms.rotateKeyOnDemand({ KeyId });
    grant = { KeyId, GranteePrincipal: `arn:aws:iam::${account}:role/reader`, Operations: ['Decrypt'] };
    await kms.createGrant(grant);
    await secrets.createSecret({
      ClientRequestToken: token(),
      Name: 'app/one',
      SecretString: 'one',
      KmsKeyId: 'alias/app',
      Tags: [{ Key: 'a', Value: 'b' }],
    });
    await secrets.putSecretValue({ ClientRequestToken: token(), SecretId: 'app/one', SecretString: 'two' });
    await secrets.replicateSecretToRegions({ SecretId: 'app/one', AddReplicaRegions: [{ Region: 'us-west-2' }] });
    await secrets.createSecret({
      ClientRequestToken: token(),
      Name: 'app/bytes',
      SecretBinary: Buffer.from([0, 1, 255]),
    });
    await secrets.createSecret({ ClientRequestToken: token(), Name: 'app/gone', SecretString: 'gone' });
    await secrets.deleteSecret({ SecretId: 'app/gone' });
    await ssm.putParameter({ Name: '/a', Value: '1', Type: 'SecureString', Tags: [{ Key: 'a', Value: 'b' }] });
    await ssm.putParameter({ Name: '/a', Value: '2', Overwrite: true });
    await ssm.labelParameterVersion({ Name: '/a', ParameterVersion: 1, Labels: ['old'] });
    accessKeyId = vault.accessKeys.create({ user: 'ci' }).accessKeyId;
    text = await textOf(vault);
  });

  test('comes back out of another vault as it was', async () => {
    const other = await fresh();
    const opened = await other.openExport(text, unlock);
    const plan = opened.plan();
    expect(plan).toMatchObject({ same: [], taken: [] });
    expect(plan.added).toContain(`secret "app/one" in ${region}`);
    expect(plan.added).toContain('secret "app/one" in us-west-2');
    expect(plan.added).toContain(`access key "${accessKeyId}"`);
    expect(opened.run('refuse')).toEqual(plan);
    expect(await other.verify()).toEqual([]);
    const both = async (service: 'secretsmanager' | 'ssm' | 'kms', operation: string, input: object, of = region) =>
      expect(await other.handle({ service, operation, input, region: of })).toEqual(
        await vault.handle({ service, operation, input, region: of }),
      );
    for (const VersionStage of ['AWSCURRENT', 'AWSPREVIOUS']) {
      await both('secretsmanager', 'GetSecretValue', { SecretId: 'app/one', VersionStage });
      await both('secretsmanager', 'GetSecretValue', { SecretId: 'app/one', VersionStage }, 'us-west-2');
    }
    await both('secretsmanager', 'DescribeSecret', { SecretId: 'app/gone' });
    await both('secretsmanager', 'GetSecretValue', { SecretId: 'app/bytes' });
    await both('kms', 'ListGrants', { KeyId: grant.KeyId });
    await both('ssm', 'GetParameterHistory', { Name: '/a', WithDecryption: true });
    await both('ssm', 'ListTagsForResource', { ResourceType: 'Parameter', ResourceId: '/a' });
    await both('kms', 'Decrypt', { CiphertextBlob: ciphertext });
    const now = new Date();
    expect(other.accessKeys.find(accessKeyId, undefined, now)).toMatchObject({
      secret: (vault.accessKeys.find(accessKeyId, undefined, now) as { secret: string }).secret,
    });
  });

  test('a second time there is nothing to do, whatever was read meanwhile', async () => {
    const other = await fresh();
    const { added } = (await other.openExport(text, unlock)).run('refuse');
    await ask(other, 'secretsmanager', 'GetSecretValue', { SecretId: 'app/one' });
    await ask(other, 'kms', 'Decrypt', { CiphertextBlob: ciphertext });
    expect((await other.openExport(text, unlock)).run('refuse')).toEqual({ added: [], same: added, taken: [] });
  });

  test('hides all but what kind of thing it is', () => {
    const lines = text
      .split('\n')
      .slice(1)
      .map((line) => JSON.parse(line));
    expect(lines.map(({ kind }) => kind).slice(-1)).toEqual(['end']);
    for (const line of lines) expect(Object.keys(line)).toEqual(['kind', 'sealed']);
    for (const name of ['app/one', 'alias/app', accessKeyId]) expect(text).not.toContain(name);
  });

  test('a passphrase of its own opens it, and the key of the vault does not', async () => {
    const other = await fresh();
    const sealed = await textOf(vault, 'correct horse');
    expect(await trouble(other.openExport(sealed, unlock))).toBe('wrong-key');
    expect(await trouble(other.openExport(sealed, async () => ({ passphrase: 'wrong' })))).toBe('wrong-key');
    const opened = await other.openExport(sealed, async () => ({ passphrase: 'correct horse' }));
    expect(opened.plan().added.length).toBeGreaterThan(5);
  }, 30_000);

  const edits: Record<string, (lines: string[]) => string[]> = {
    'a line left out': (lines) => lines.toSpliced(2, 1),
    'a line twice': (lines) => lines.toSpliced(2, 0, lines[2]!),
    'two lines exchanged': (lines) => lines.toSpliced(2, 2, lines[3]!, lines[2]!),
    'the end cut off': (lines) => lines.slice(0, -1),
    'half a line at the end': (lines) => lines.with(-1, lines.at(-1)!.slice(0, 30)),
    'nothing but the first line': (lines) => lines.slice(0, 1),
    'a line behind the end': (lines) => [...lines, lines[1]!],
    'a kind changed': (lines) => lines.with(1, lines[1]!.replace('"key"', '"alias"')),
    'a byte changed': (lines) => lines.with(1, lines[1]!.replace(/.{6}"}$/, 'AAAAAA"}')),
    'a field of the first line changed': (lines) => lines.with(0, lines[0]!.replace('"format":3', '"format":2')),
  };
  test.each(Object.entries(edits))('%s: refused, and nothing comes in', async (_, edit) => {
    const other = await fresh();
    const edited = edit(text.split('\n')).join('\n');
    expect(edited).not.toBe(text);
    expect(await trouble(other.openExport(edited, unlock))).toBe('damaged');
    expect((await other.exportLines()).length).toBe(2);
  });
});

test.each([
  ['', 'not-a-vault'],
  ['{}', 'not-a-vault'],
  ['{"latchkey":"export 2"}', 'not-a-vault'],
  ['{"latchkey":"export 1","format":2}', 'damaged'],
  ['{"latchkey":"export 1","format":"2"}', 'damaged'],
])('text that is no export: %s', async (text, code) => {
  expect(await trouble((await fresh()).openExport(text, unlock))).toBe(code);
});

describe('where a name is taken', () => {
  async function two() {
    const [one, other] = [await create(place.file), await create(`${place.file}2`)];
    await createSecret(one, 'both', 'theirs');
    await createSecret(one, 'new', 'new');
    await createSecret(other, 'both', 'ours');
    const opened = await other.openExport(await textOf(one), unlock);
    const close = () => [one, other].map((vault) => vault.close());
    return { other, opened, close };
  }

  test('nothing is done', async () => {
    const { other, opened, close } = await two();
    expect(opened.plan().taken).toEqual([`secret "both" in ${region}`]);
    expect(() => opened.run('refuse')).toThrow(`there is secret "both" in ${region} already`);
    expect(await secretString(other, 'both')).toBe('ours');
    expect(await trouble(secretString(other, 'new'))).toMatchObject({ type: 'ResourceNotFoundException' });
    close();
  });

  test.each([
    ['skip', 'ours'],
    ['overwrite', 'theirs'],
  ] as const)('%s', async (whenTaken, value) => {
    const { other, opened, close } = await two();
    opened.run(whenTaken);
    expect(await secretString(other, 'both')).toBe(value);
    expect(await secretString(other, 'new')).toBe('new');
    expect(await other.verify()).toEqual([]);
    close();
  });
});

test('a key that has rotated since keeps what it has sealed since', async () => {
  const { vault, secrets, kms, newKey } = await openService();
  const KmsKeyId = await newKey('alias/app');
  const text = await textOf(vault);
  await kms.rotateKeyOnDemand({ KeyId: KmsKeyId });
  await secrets.createSecret({ ClientRequestToken: token(), Name: 'later', SecretString: 'later', KmsKeyId });
  const opened = await vault.openExport(text, unlock);
  expect(opened.plan().taken).toHaveLength(1);
  opened.run('overwrite');
  expect(await secretString(vault, 'later')).toBe('later');
  expect(await vault.verify()).toEqual([]);
});

test('what would not hold does not come in', async () => {
  const [one, other] = [await openService(), await openService()];
  const Name = 'both';
  await one.secrets.createSecret({ ClientRequestToken: token(), Name, SecretString: 'x' });
  await other.secrets.createSecret({
    ClientRequestToken: token(),
    Name,
    SecretString: 'y',
    AddReplicaRegions: [{ Region: 'us-west-2' }],
  });
  const opened = await other.vault.openExport(await textOf(one.vault), unlock);
  expect(() => opened.run('overwrite')).toThrow('with these items the vault would not hold');
  expect(await secretString(other.vault, Name)).toBe('y');
});
