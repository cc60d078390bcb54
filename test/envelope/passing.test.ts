import { generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Passing } from '../../src/envelope/passing.ts';

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'secp384r1' });
const mebibyte = 1024 * 1024;

/** Around where the thread begins, and where one of its pieces ends. */
const lengths = [0, 1, 1000, 70_000, 2 * mebibyte - 1, 2 * mebibyte, 2 * mebibyte + 1, 3 * mebibyte, 9 * mebibyte + 17];

async function pass(passing: Passing, bytes: Uint8Array, step: number): Promise<void> {
  for (let at = 0; at < bytes.length; at += step) {
    passing.update(bytes.subarray(at, at + step));
    await passing.room();
  }
}

const signatureOf = async (signer: Passing) => (await signer.end(privateKey)) as Uint8Array;

describe.each(lengths)('%i bytes', (length) => {
  const bytes = randomBytes(length);

  it('are signed as node:crypto does at once', async () => {
    const signer = new Passing('sign', 'sha384');
    await pass(signer, bytes, 300_000);
    expect(verify('sha384', bytes, publicKey, await signatureOf(signer))).toBe(true);
    await signer.close();
  });

  it('are verified, and no others', async () => {
    const signature = sign('sha384', bytes, privateKey);
    const others = Buffer.concat([bytes, Buffer.of(0)]);
    for (const [message, ok] of [
      [bytes, true],
      [others, false],
    ] as const) {
      const verifier = new Passing('verify', 'sha384');
      await pass(verifier, message, 700_001);
      expect(await verifier.end(publicKey, signature)).toBe(ok);
      await verifier.close();
    }
  });
});

it('signs what passes a few bytes at a time, and all at once without waiting', async () => {
  const bytes = randomBytes(6 * mebibyte);
  const [few, all] = [new Passing('sign', 'sha256'), new Passing('sign', 'sha256')];
  await pass(few, bytes, 61);
  all.update(bytes);
  for (const signer of [few, all]) {
    expect(verify('sha256', bytes, publicKey, await signatureOf(signer))).toBe(true);
    await signer.close();
  }
});

it('copies what passes, so that its memory may be used again', async () => {
  const piece = Buffer.alloc(mebibyte);
  const signer = new Passing('sign', 'sha384');
  const passed: Buffer[] = [];
  for (let turn = 0; turn < 10; turn++) {
    piece.fill(turn);
    signer.update(piece);
    passed.push(Buffer.from(piece));
    piece.fill(0xff);
    await signer.room();
  }
  expect(verify('sha384', Buffer.concat(passed), publicKey, await signatureOf(signer))).toBe(true);
  await signer.close();
});

it('needs no copy of what lies in shared memory, and may be used again when three more have passed', async () => {
  const pieces = Array.from({ length: 4 }, () => Buffer.from(new SharedArrayBuffer(mebibyte)));
  const signer = new Passing('sign', 'sha384');
  const passed: Buffer[] = [];
  for (let turn = 0; turn < 40; turn++) {
    const piece = pieces[turn % 4]!.fill(turn);
    passed.push(Buffer.from(piece));
    signer.lend(piece);
    await signer.room();
  }
  signer.update(Buffer.from('copied'));
  passed.push(Buffer.from('copied'));
  expect(verify('sha384', Buffer.concat(passed), publicKey, await signatureOf(signer))).toBe(true);
  await signer.close();
});

it('says false to a signature that is none, in the thread too', async () => {
  for (const length of [10, 5 * mebibyte]) {
    const verifier = new Passing('verify', 'sha384');
    verifier.update(randomBytes(length));
    expect(await verifier.end(publicKey, randomBytes(20))).toBe(false);
    await verifier.close();
  }
});

it('says why the thread cannot sign', async () => {
  const signer = new Passing('sign', 'sha384');
  signer.update(randomBytes(5 * mebibyte));
  await signer.room();
  await expect(signer.end(publicKey)).rejects.toThrow();
  await signer.close();
});
