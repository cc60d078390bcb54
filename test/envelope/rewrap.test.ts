import { generateKeyPairSync, randomBytes } from 'node:crypto';
import {
  buildClient,
  CommitmentPolicy,
  RawAesKeyringNode,
  RawAesWrappingSuiteIdentifier,
} from '@aws-crypto/client-node';
import { beforeAll, describe, expect, it } from 'vitest';
import { inspect } from '../../src/envelope/inspect.ts';
import type { Keyring } from '../../src/envelope/keyring.ts';
import { kmsKeyring } from '../../src/envelope/keyrings/kms.ts';
import { passphraseKeyring } from '../../src/envelope/keyrings/passphrase.ts';
import { rawAesKeyring } from '../../src/envelope/keyrings/raw-aes.ts';
import { rawRsaKeyring } from '../../src/envelope/keyrings/raw-rsa.ts';
import { open } from '../../src/envelope/open.ts';
import { type RewrapOptions, rewrap } from '../../src/envelope/rewrap.ts';
import { seal } from '../../src/envelope/seal.ts';
import { type SuiteName, suiteNames, suites } from '../../src/envelope/suites.ts';
import { memoryClients } from '../helpers/memory-clients.ts';
import { collect, pieces } from './bytes.ts';

const namespace = 'rewrap';
const secret = randomBytes(32);
const aes = rawAesKeyring({ namespace, name: 'first', key: secret });
const other = rawAesKeyring({ namespace, name: 'second', key: randomBytes(32) });
const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const rsa = rawRsaKeyring({ namespace, name: 'rsa', privateKey: pair.privateKey });
const rsaPublic = rawRsaKeyring({ namespace, name: 'rsa', publicKey: pair.publicKey });

const text = randomBytes(100_000);
const context = { purpose: 'rewrap', tenant: 'a' };
const policyOf = (suite: SuiteName) => (suites[suite].version === 2 ? 'require-require' : 'forbid-allow');

interface Made {
  suite?: SuiteName;
  frameLength?: number;
  requiredKeys?: string[];
}

const sealed = (keyrings: Keyring[], { suite = '0578', frameLength = 4096, requiredKeys }: Made = {}) =>
  collect(
    seal(pieces(text), keyrings, {
      ...{ suite, frameLength, context, requiredKeys },
      ...{ commitment: policyOf(suite), length: text.length },
    }),
  );

const opened = async (message: Uint8Array, keyring: Keyring, given: Record<string, string> = context) => {
  const { plaintext } = await open(pieces(message, 1000), [keyring], { commitment: 'require-allow', context: given });
  return (await collect(plaintext)).equals(text);
};

async function rewrapped(message: Uint8Array, keyrings: Keyring[], options: RewrapOptions) {
  const result = await rewrap(pieces(message, 1000), keyrings, { commitment: 'require-allow', ...options });
  return { ...result, fates: result.fates.map(({ fate }) => fate), message: await collect(result.message) };
}

/** What stands between header and footer. */
async function bodyOf(message: Uint8Array) {
  const { headerLength, suite } = await inspect(message);
  const body = Buffer.from(message.subarray(headerLength));
  if (!suite.signature) return body;
  const ends = [...Array(130).keys()].map((length) => body.length - 2 - length);
  return body.subarray(
    0,
    ends.find((end) => body.readUInt16BE(end) === body.length - 2 - end && body.readUInt16BE(end + 2) >> 8 === 0x30),
  );
}

const isNoKey = expect.objectContaining({ name: 'EnvelopeError', damage: 'no key fits' });

describe.each(suiteNames)('suite %s', (suite) => {
  const { version, signature } = suites[suite];
  it.each([4096, 0])('takes another key in and the first one out, frames of %i', async (frameLength) => {
    const old = await sealed([aes], { suite, frameLength });
    const more = await rewrapped(old, [aes], { add: [other] });
    expect(more.fates).toEqual([signature ? 'again' : 'stays']);
    for (const keyring of [aes, other]) expect(await opened(more.message, keyring)).toBe(true);

    const remove = ({ info }: { info: Uint8Array }) => Buffer.from(info).toString().startsWith('first');
    const less = await rewrapped(more.message, [other], { remove });
    expect(less.fates).toEqual(['goes', signature ? 'again' : 'stays']);
    expect(await opened(less.message, other)).toBe(true);
    await expect(opened(less.message, aes)).rejects.toThrow(isNoKey);

    const keeps = version === 1 || signature !== undefined;
    expect([more.keepsBody, less.keepsBody]).toEqual([keeps, keeps]);
    expect((await bodyOf(less.message)).equals(await bodyOf(old))).toBe(keeps);
    const [before, after] = [await inspect(old), await inspect(less.message)];
    expect(Buffer.from(after.messageId).equals(before.messageId)).toBe(keeps);
    expect(after.suite).toBe(before.suite);
  });

  it('never writes two tags under one key and one IV, where no signature stands behind them', async () => {
    const old = await sealed([aes], { suite });
    const { message } = await rewrapped(old, [aes], { add: [other] });
    const [before, after] = [await inspect(old), await inspect(message)];
    if (signature && version === 2) return;
    if (version === 2) expect(after.messageId).not.toEqual(before.messageId);
    else expect(ivOf(message, after.headerLength)).not.toEqual(ivOf(old, before.headerLength));
  });
});

const flipped = (bytes: Buffer, at: number) =>
  Buffer.concat([bytes.subarray(0, at), [bytes[at]! ^ 1], bytes.subarray(at + 1)].map((part) => Buffer.from(part)));

const ivOf = (message: Uint8Array, headerLength: number) => message.subarray(headerLength - 28, headerLength - 16);

it.each(['0578', '0378', '0478', '0178'] as const)('what comes out of %s, AWS opens', async (suite) => {
  const { message } = await rewrapped(await sealed([other], { suite }), [other], { add: [aes] });
  const theirs = new RawAesKeyringNode({
    ...{ keyNamespace: namespace, keyName: 'first', unencryptedMasterKey: Uint8Array.from(secret) },
    wrappingSuite: RawAesWrappingSuiteIdentifier.AES256_GCM_IV12_TAG16_NO_PADDING,
  });
  const { decrypt } = buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_ALLOW_DECRYPT);
  const { plaintext, messageHeader } = await decrypt(theirs, message);
  expect(plaintext.equals(text)).toBe(true);
  expect(messageHeader.encryptionContext).toMatchObject(context);
});

describe('with RSA, which binds nothing to the context', () => {
  it('seals the text of a signed message anew, and what RSA wrapped stays', async () => {
    const old = await sealed([rsaPublic, aes]);
    const { message, fates, keepsBody } = await rewrapped(old, [aes], { add: [other] });
    expect(fates).toEqual(['stays', 'again']);
    expect(keepsBody).toBe(false);
    for (const keyring of [rsa, aes, other]) expect(await opened(message, keyring)).toBe(true);
    expect((await inspect(message)).messageId).not.toEqual((await inspect(old)).messageId);
  });

  it('gives a message another data key before RSA wraps it, so that it fits no message whose body stayed', async () => {
    const first = await sealed([aes]);
    const second = await rewrapped(first, [aes], { add: [other] });
    expect(second.keepsBody).toBe(true);
    const third = await rewrapped(second.message, [aes, other], { add: [rsaPublic] });
    expect(third).toMatchObject({ fates: ['again', 'again'], keepsBody: false });
    for (const keyring of [rsa, aes, other]) expect(await opened(third.message, keyring)).toBe(true);
    const keyOf = async (message: Uint8Array, keyring: Keyring) => {
      const { wrapped, suite, context } = await inspect(message);
      return Buffer.from((await keyring.unwrap(wrapped, suite, context))!);
    };
    expect(await keyOf(second.message, aes)).toEqual(await keyOf(first, aes));
    expect(await keyOf(third.message, rsa)).toEqual(await keyOf(third.message, aes));
    expect(await keyOf(third.message, rsa)).not.toEqual(await keyOf(first, aes));
  });

  it('keeps what RSA wrapped in an unsigned message', async () => {
    const { message, fates } = await rewrapped(await sealed([rsaPublic], { suite: '0478' }), [rsa], { add: [aes] });
    expect(fates).toEqual(['stays']);
    for (const keyring of [rsa, aes]) expect(await opened(message, keyring)).toBe(true);
  });
});

describe('a signed message', () => {
  it('says which keys would be lost, and then is not written', async () => {
    const old = await sealed([aes, other]);
    const { fates, message } = await rewrap(pieces(old), [aes], {});
    expect(fates.map(({ fate }) => fate)).toEqual(['again', 'lost']);
    await expect(collect(message)).rejects.toThrow('1 of the data keys cannot be kept');
    const both = await rewrapped(old, [aes, other], {});
    expect(both.fates).toEqual(['again', 'again']);
  });

  it('keeps its place for a passphrase and for KMS', async () => {
    const { kms } = await memoryClients();
    const keyId = (await kms.createKey({})).KeyMetadata!.Arn!;
    const given = [passphraseKeyring('horse', { N: 1024, r: 8, p: 1 }), kmsKeyring({ keyId, kms })];
    const { message, fates, keepsBody } = await rewrapped(await sealed(given), given, { add: [aes] });
    expect(fates).toEqual(['again', 'again']);
    expect(keepsBody).toBe(true);
    for (const keyring of [...given, aes]) expect(await opened(message, keyring)).toBe(true);
  });
});

it('has the pairs that are not stored authenticated as before', async () => {
  for (const suite of ['0578', '0478', '0178'] as const) {
    const old = await sealed([aes], { suite, requiredKeys: ['tenant'] });
    const { message } = await rewrapped(old, [aes], { add: [other], context });
    expect((await inspect(message)).context).not.toHaveProperty('tenant');
    expect(await opened(message, other)).toBe(true);
    await expect(opened(message, other, { ...context, tenant: 'b' })).rejects.toThrow('cannot be opened');
  }
});

it('refuses to leave nobody', async () => {
  const { message } = await rewrap(pieces(await sealed([aes])), [aes], { remove: () => true });
  await expect(collect(message)).rejects.toThrow('nobody could open');
});

it('refuses who cannot open it', async () => {
  await expect(rewrap(pieces(await sealed([aes])), [other], { add: [other] })).rejects.toThrow(isNoKey);
});

describe.each(['0578', '0478', '0378', '0178'] as const)('a damaged message of suite %s', (suite) => {
  let old: Buffer;
  beforeAll(async () => {
    old = await sealed([aes], { suite });
  });

  /** What has been written when it fails. */
  async function written(message: Uint8Array) {
    const out: Uint8Array[] = [];
    const result = await rewrap(pieces(message, 5000), [aes], { add: [other], commitment: 'require-allow' });
    const read = async () => {
      for await (const piece of result.message) out.push(piece);
    };
    await expect(read()).rejects.toThrow(expect.objectContaining({ name: 'EnvelopeError' }));
    return Buffer.concat(out);
  }

  it.each([
    ['a bit of a frame', (bytes: Buffer) => flipped(bytes, bytes.length >> 1)],
    ['the last byte', (bytes: Buffer) => flipped(bytes, bytes.length - 1)],
    ['a frame taken out', (bytes: Buffer) => Buffer.concat([bytes.subarray(0, 20_000), bytes.subarray(24_128)])],
    ['the end cut off', (bytes: Buffer) => bytes.subarray(0, -1)],
    ['a byte too many', (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(1)])],
  ])('is not completed: %s', async (_, damage) => {
    const out = await written(damage(old));
    await expect(opened(out, other)).rejects.toThrow('cannot be opened');
  });
});
