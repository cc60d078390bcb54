// Both ways with AWS's own library. It writes no single blocks (it only reads them), so of those one way is seen here. Frames of 1 and 16 bytes stop at 4 KiB
// and 64 KiB, where they are thousands already, since AWS's library needs seconds for more; one suite goes to 1 MiB with 16 too.

import { randomBytes } from 'node:crypto';
import {
  AlgorithmSuiteIdentifier,
  buildClient,
  CommitmentPolicy,
  RawAesKeyringNode,
  RawAesWrappingSuiteIdentifier,
} from '@aws-crypto/client-node';
import { expect, it } from 'vitest';
import { rawAesKeyring } from '../../src/envelope/keyrings/raw-aes.ts';
import { open } from '../../src/envelope/open.ts';
import { seal } from '../../src/envelope/seal.ts';
import { type SuiteName, suiteNames, suites } from '../../src/envelope/suites.ts';
import { collect, pieces } from './bytes.ts';

const key = randomBytes(32);
const ours = rawAesKeyring({ namespace: 'interop', name: 'a key', key });
const theirs = new RawAesKeyringNode({
  keyNamespace: 'interop',
  keyName: 'a key',
  unencryptedMasterKey: Uint8Array.from(key),
  wrappingSuite: RawAesWrappingSuiteIdentifier.AES256_GCM_IV12_TAG16_NO_PADDING,
});
const bound = buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT);
const unbound = buildClient(CommitmentPolicy.FORBID_ENCRYPT_ALLOW_DECRYPT);

const mebibyte = 1_048_576;
function casesOf(suite: SuiteName) {
  const longest: Record<number, number> = { 1: 4096, 16: suite === '0478' ? mebibyte : 65_536 };
  return [1, 16, 1024, 4096, 65_536, 0].flatMap((frameLength) => {
    const sizes = [0, 1, frameLength - 1, frameLength, frameLength + 1, longest[frameLength] ?? mebibyte];
    return [...new Set(sizes)].filter((size) => size >= 0).map((size) => ({ frameLength, size }));
  });
}

/** The public key of a signed message differs from one to the next. */
const context = { purpose: 'interop', ключ: 'значение' };
const random = randomBytes(mebibyte);

async function there(suite: SuiteName, frameLength: number, text: Buffer): Promise<Buffer> {
  const { decrypt } = suites[suite].version === 2 ? bound : unbound;
  const commitment = suites[suite].version === 2 ? 'require-require' : 'forbid-allow';
  const options = { suite, frameLength, context, commitment, length: text.length } as const;
  const message = await collect(seal(pieces(text, 50_000), [ours], options));
  const { plaintext, messageHeader } = await decrypt(theirs, message);
  expect(messageHeader.encryptionContext).toMatchObject(context);
  return plaintext;
}

async function back(suite: SuiteName, frameLength: number, text: Buffer): Promise<Buffer> {
  const { encrypt } = suites[suite].version === 2 ? bound : unbound;
  const suiteId = suites[suite].id as AlgorithmSuiteIdentifier;
  const { result } = await encrypt(theirs, text, { suiteId, frameLength, encryptionContext: { ...context } });
  const opened = await open(pieces(result, 50_000), [ours], { context, commitment: 'require-allow' });
  expect(opened.header).toMatchObject({ frameLength, suite: suites[suite] });
  return collect(opened.plaintext);
}

it.each(suiteNames)('opens what the other sealed with %s, both ways', { timeout: 120_000 }, async (suite) => {
  expect(AlgorithmSuiteIdentifier[suites[suite].id]).toBeDefined();
  const wrong: unknown[] = [];
  for (const { frameLength, size } of casesOf(suite)) {
    const text = random.subarray(0, size);
    if (!(await there(suite, frameLength, text)).equals(text)) wrong.push({ way: 'there', frameLength, size });
    if (frameLength === 0) continue;
    if (!(await back(suite, frameLength, text)).equals(text)) wrong.push({ way: 'back', frameLength, size });
  }
  expect(wrong).toEqual([]);
});
