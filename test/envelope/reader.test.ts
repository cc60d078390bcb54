import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Reader } from '../../src/envelope/reader.ts';

const lengths = fc.oneof(fc.nat(40), fc.constantFrom(16_383, 16_384, 20_000, 65_536));

async function* inPieces(bytes: Buffer, sizes: number[]) {
  let at = 0;
  for (const size of sizes) {
    at += size;
    yield bytes.subarray(at - size, at);
  }
}

it('gives every byte once and in order, and shows each to its witness', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(lengths, { maxLength: 12 }),
      fc.array(lengths),
      fc.nat(30),
      async (sizes, takes, skip) => {
        const bytes = randomBytes(sizes.reduce((sum, size) => sum + size, 0));
        const reader = new Reader(inPieces(bytes, sizes));
        const first = Math.min(skip, bytes.length);
        const taken: Buffer[] = [Buffer.from(await reader.exactly(first))];
        const seen: Buffer[] = [];
        reader.watch((piece) => seen.push(Buffer.from(piece)));
        let left = bytes.length - first;
        for (const take of [...takes, left]) {
          const length = Math.min(take, left);
          await reader.atLeast(length);
          const at = bytes.length - left;
          if (reader.length >= 4) expect(reader.peekUint32()).toBe(bytes.readUInt32BE(at));
          taken.push(...reader.take(length));
          left -= length;
        }
        expect(await reader.ended()).toBe(true);
        reader.unwatch();
        expect(Buffer.concat(taken).equals(bytes)).toBe(true);
        expect(Buffer.concat(seen).equals(bytes.subarray(first))).toBe(true);
      },
    ),
    { numRuns: 300 },
  );
});

it('says where a source ends too early', async () => {
  const reader = new Reader(inPieces(Buffer.alloc(10), [3, 0, 7]));
  expect(await reader.exactly(9)).toHaveLength(9);
  expect(await reader.ended()).toBe(false);
  await expect(reader.exactly(2)).rejects.toMatchObject({ damage: 'truncated' });
});

it('shows its witness large pieces whole, and single bytes together', async () => {
  const sizes = [...Array.from({ length: 1000 }, () => 1), 100_000, 100_000];
  const reader = new Reader(inPieces(randomBytes(201_000), sizes));
  const seen: number[] = [];
  reader.watch((piece) => seen.push(piece.length));
  await reader.atLeast(201_000);
  for (let at = 0; at < 201_000; at += 100) reader.take(100);
  reader.unwatch();
  expect(seen.length).toBeLessThan(6);
});

it('lets the source go', async () => {
  let closed = false;
  async function* source() {
    try {
      yield Buffer.alloc(10);
      yield Buffer.alloc(10);
    } finally {
      closed = true;
    }
  }
  const reader = new Reader(source());
  await reader.exactly(5);
  await reader.close();
  expect(closed).toBe(true);
});
