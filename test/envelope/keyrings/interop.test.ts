// What our keyrings wrap AWS's own library unwraps, and the other way round; the whole message is `../interop.test.ts`.

import { generateKeyPairSync, randomBytes } from 'node:crypto';
import {
  AlgorithmSuiteIdentifier,
  buildClient,
  CommitmentPolicy,
  type KeyringNode,
  RawAesKeyringNode,
  RawAesWrappingSuiteIdentifier,
  RawRsaKeyringNode,
} from '@aws-crypto/client-node';
import { describe, expect, it } from 'vitest';
import { inspect } from '../../../src/envelope/inspect.ts';
import type { Keyring } from '../../../src/envelope/keyring.ts';
import { cachedKeyring } from '../../../src/envelope/keyrings/cached.ts';
import { passphraseKeyring } from '../../../src/envelope/keyrings/passphrase.ts';
import { rawAesKeyring } from '../../../src/envelope/keyrings/raw-aes.ts';
import { oaepHashes, rawRsaKeyring } from '../../../src/envelope/keyrings/raw-rsa.ts';
import { parseStretching, stretch } from '../../../src/envelope/keyrings/stretch.ts';
import { open } from '../../../src/envelope/open.ts';
import { seal } from '../../../src/envelope/seal.ts';
import { collect, pieces } from '../bytes.ts';
import { context } from './data-key.ts';

const { encrypt, decrypt } = buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_ALLOW_DECRYPT);
const id = { namespace: 'a room', name: 'ein Schlüssel' };
const theirId = { keyNamespace: id.namespace, keyName: id.name };
const text = randomBytes(10_000);

async function seenFromBothSides(ours: Keyring, theirs: KeyringNode, given: Record<string, string> = context) {
  const message = await collect(seal(pieces(text), [ours], { context: given }));
  expect((await decrypt(theirs, message)).plaintext.equals(text)).toBe(true);
  for (const suiteId of [
    AlgorithmSuiteIdentifier.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY_ECDSA_P384,
    AlgorithmSuiteIdentifier.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY,
  ]) {
    const { result } = await encrypt(theirs, text, { suiteId, encryptionContext: { ...given } });
    expect((await collect((await open(pieces(result), [ours])).plaintext)).equals(text)).toBe(true);
  }
}

const wrappingSuites = {
  16: RawAesWrappingSuiteIdentifier.AES128_GCM_IV12_TAG16_NO_PADDING,
  24: RawAesWrappingSuiteIdentifier.AES192_GCM_IV12_TAG16_NO_PADDING,
  32: RawAesWrappingSuiteIdentifier.AES256_GCM_IV12_TAG16_NO_PADDING,
};

it.each([16, 24, 32] as const)('an AES key of %i bytes', async (length) => {
  const key = randomBytes(length);
  const unencryptedMasterKey = Uint8Array.from(key);
  const theirs = new RawAesKeyringNode({
    ...theirId,
    unencryptedMasterKey,
    wrappingSuite: wrappingSuites[length],
    utf8Sorting: true,
  });
  await seenFromBothSides(rawAesKeyring({ ...id, key }), theirs);
  await seenFromBothSides(rawAesKeyring({ ...id, key }), theirs, {});
});

it('an AES key of theirs that has the context in the order of a dictionary, as is their default', async () => {
  const key = randomBytes(32);
  const unencryptedMasterKey = Uint8Array.from(key);
  const theirs = new RawAesKeyringNode({ ...theirId, unencryptedMasterKey, wrappingSuite: wrappingSuites[32] });
  const ours = rawAesKeyring({ ...id, key });
  const { result } = await encrypt(theirs, text, { encryptionContext: { Department: 'it', ...context } });
  expect((await collect((await open(pieces(result), [ours])).plaintext)).equals(text)).toBe(true);
});

describe('an RSA key', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const rsaKey = {
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };

  it.each(oaepHashes)('with OAEP and %s', async (padding) => {
    const theirs = new RawRsaKeyringNode({ ...theirId, rsaKey, oaepHash: padding });
    await seenFromBothSides(rawRsaKeyring({ ...id, privateKey, padding }), theirs);
  });
});

it('a passphrase, with the key that scrypt makes of it', async () => {
  const ours = passphraseKeyring('correct horse', { N: 1024, r: 8, p: 1 });
  const message = await collect(seal(pieces(text), [ours], { context }));
  const [one] = (await inspect(message)).wrapped;
  const keyName = Buffer.from(one!.info.subarray(0, -20)).toString();
  const unencryptedMasterKey = Uint8Array.from(await stretch('correct horse', parseStretching(keyName)!));
  const wrappingSuite = wrappingSuites[32];
  const keyNamespace = 'latchkey-passphrase';
  const theirs = new RawAesKeyringNode({
    keyNamespace,
    keyName,
    unencryptedMasterKey,
    wrappingSuite,
    utf8Sorting: true,
  });
  expect((await decrypt(theirs, message)).plaintext.equals(text)).toBe(true);
});

it('several messages under one data key', async () => {
  const key = randomBytes(32);
  const unencryptedMasterKey = Uint8Array.from(key);
  const theirs = new RawAesKeyringNode({
    ...theirId,
    unencryptedMasterKey,
    wrappingSuite: wrappingSuites[32],
    utf8Sorting: true,
  });
  const ours = cachedKeyring([rawAesKeyring({ ...id, key })]);
  const sealed = () => collect(seal(pieces(text), [ours], { context, length: text.length }));
  const messages = [await sealed(), await sealed(), await sealed()];
  for (const message of messages) expect((await decrypt(theirs, message)).plaintext.equals(text)).toBe(true);
  const seen = await Promise.all(messages.map((message) => inspect(message)));
  expect(new Set(seen.map(({ wrapped }) => Buffer.from(wrapped[0]!.ciphertext).toString('hex'))).size).toBe(1);
  expect(new Set(seen.map(({ messageId }) => Buffer.from(messageId).toString('hex'))).size).toBe(3);
});
