import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { type KmsClient, kmsKeyring } from '../../../src/envelope/keyrings/kms.ts';
import { instead, memoryClients, refused } from '../../helpers/memory-clients.ts';
import { context, dataKey, unwrapped } from './data-key.ts';

let kms: Awaited<ReturnType<typeof memoryClients>>['kms'];
let arn: string;
let id: string;

async function newKey(alias?: string) {
  const { Arn, KeyId } = (await kms.createKey({})).KeyMetadata!;
  if (alias) await kms.createAlias({ AliasName: alias, TargetKeyId: KeyId });
  return { arn: Arn!, id: KeyId! };
}

beforeAll(async () => {
  ({ kms } = await memoryClients());
  ({ arn, id } = await newKey('alias/app'));
});

/** A client that notes what it is asked. */
function noted(client: KmsClient) {
  const calls: [string, { GrantTokens?: string[]; KeyId: string }][] = [];
  const note = (name: keyof KmsClient) => (input: never) => {
    calls.push([name, input]);
    return client[name](input) as Promise<object>;
  };
  const methods = { generateDataKey: note('generateDataKey'), encrypt: note('encrypt'), decrypt: note('decrypt') };
  return { client: instead(client, methods), calls };
}

describe.each([
  ['an ARN', () => arn],
  ['an id', () => id],
  ['an alias', () => 'alias/app'],
  ['the ARN of an alias', () => arn.replace(/key\/.*/, 'alias/app')],
])('a key named by %s', (_, keyId) => {
  it.each(['0478', '0346', '0014'] as const)('makes, wraps and unwraps data keys of suite %s', async (suite) => {
    const keyring = kmsKeyring({ keyId: keyId(), kms });
    const key = dataKey(suite);
    const made = await keyring.generate!(key.suite, context);
    expect(made.wrapped).toMatchObject([{ provider: 'aws-kms', info: Buffer.from(arn) }]);
    expect(made.plaintext).toHaveLength(key.plaintext.length);
    expect(await unwrapped(keyring, made.wrapped, key)).toEqual(Buffer.from(made.plaintext));
    const wrapped = await keyring.wrap(key);
    expect(wrapped).toMatchObject([{ provider: 'aws-kms', info: Buffer.from(arn) }]);
    expect(await unwrapped(keyring, wrapped, key)).toEqual(key.plaintext);
  });

  it('says undefined to what another key wrapped, or in another context', async () => {
    const keyring = kmsKeyring({ keyId: keyId(), kms });
    const key = dataKey();
    const foreign = await kmsKeyring({ keyId: (await newKey()).arn, kms }).wrap(key);
    expect(await unwrapped(keyring, foreign, key)).toBeUndefined();
    const renamed = [{ ...foreign[0]!, info: Buffer.from(arn) }];
    expect(await unwrapped(keyring, renamed, key)).toBeUndefined();
    const own = await keyring.wrap(key);
    expect(await unwrapped(keyring, own, { ...key, context: {} })).toBeUndefined();
    expect(await unwrapped(keyring, [...foreign, ...renamed, ...own], key)).toEqual(key.plaintext);
  });
});

it('asks KMS only about data keys that name the key, and always with its name and the grant tokens', async () => {
  const { client, calls } = noted(kms);
  const grant = { KeyId: id, GranteePrincipal: 'arn:aws:iam::123456789012:user/ann', Operations: ['Decrypt' as const] };
  const { GrantToken } = await kms.createGrant(grant);
  const keyring = kmsKeyring({ keyId: arn, kms: client, grantTokens: [GrantToken!] });
  const key = dataKey();
  const foreign = await kmsKeyring({ keyId: (await newKey()).arn, kms }).wrap(key);
  const raw = { provider: 'latchkey', info: Buffer.from(arn), ciphertext: randomBytes(48) };
  const nonsense = { provider: 'aws-kms', info: Buffer.from('key/nonsense'), ciphertext: randomBytes(48) };
  expect(await unwrapped(keyring, [...foreign, raw, nonsense], key)).toBeUndefined();
  expect(calls).toEqual([]);
  const own = await keyring.wrap(key);
  await unwrapped(keyring, own, key);
  await keyring.generate!(key.suite, context);
  expect(calls.map(([name, { KeyId, GrantTokens }]) => [name, KeyId, GrantTokens])).toEqual([
    ['encrypt', arn, [GrantToken]],
    ['decrypt', arn, [GrantToken]],
    ['generateDataKey', arn, [GrantToken]],
  ]);
});

it('throws what KMS throws where the data key may be its own', async () => {
  const key = dataKey();
  const wrapped = await kmsKeyring({ keyId: arn, kms }).wrap(key);
  const client = instead(kms, { decrypt: refused('AccessDeniedException') });
  await expect(unwrapped(kmsKeyring({ keyId: arn, kms: client }), wrapped, key)).rejects.toThrow(
    expect.objectContaining({ name: 'AccessDeniedException' }),
  );
});

it('takes nothing from an answer that is for another key, or of another length', async () => {
  const key = dataKey();
  const wrapped = await kmsKeyring({ keyId: arn, kms }).wrap(key);
  const answering = (answer: object) => kmsKeyring({ keyId: arn, kms: instead(kms, { decrypt: async () => answer }) });
  const other = (await newKey()).arn;
  expect(await unwrapped(answering({ KeyId: other, Plaintext: randomBytes(32) }), wrapped, key)).toBeUndefined();
  expect(await unwrapped(answering({ KeyId: arn, Plaintext: randomBytes(16) }), wrapped, key)).toBeUndefined();
  const short = instead(kms, { generateDataKey: async () => ({ KeyId: arn, Plaintext: randomBytes(16) }) });
  await expect(kmsKeyring({ keyId: arn, kms: short }).generate!(key.suite, {})).rejects.toThrow('another length');
  const nameless = instead(kms, { encrypt: async () => ({ CiphertextBlob: randomBytes(16) }) });
  await expect(kmsKeyring({ keyId: arn, kms: nameless }).wrap(key)).rejects.toThrow('did not say which key');
});

it('opens with a replica of a multi-Region key what the key of another Region wrapped', async () => {
  const [here, there] = ['eu-west-1', 'us-east-1'].map((at) => `arn:aws:kms:${at}:123456789012:key/mrk-1234abcd`);
  const plaintext = randomBytes(32);
  const client = instead(kms, { decrypt: async () => ({ KeyId: here, Plaintext: plaintext }) });
  const wrapped = [{ provider: 'aws-kms', info: Buffer.from(there!), ciphertext: randomBytes(200) }];
  expect(await unwrapped(kmsKeyring({ keyId: here!, kms: client }), wrapped, dataKey())).toEqual(plaintext);
  const another = [{ ...wrapped[0]!, info: Buffer.from(there!.replace('1234abcd', '1234abce')) }];
  expect(await unwrapped(kmsKeyring({ keyId: here!, kms: client }), another, dataKey())).toBeUndefined();
});
