import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { Keyring } from '../../src/envelope/keyring.ts';
import { open } from '../../src/envelope/open.ts';
import { type SealOptions, seal } from '../../src/envelope/seal.ts';

const mebibyte = 1024 * 1024;

const keyring: Keyring = {
  name: 'test',
  wrap: async ({ plaintext }) => [{ provider: 'test', info: Buffer.of(), ciphertext: plaintext }],
  unwrap: async ([first]) => first?.ciphertext,
};

/** Each piece is spoilt as soon as the next but one is asked for. */
async function* lent(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array> {
  const given: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += length) {
    given.push(Uint8Array.from(bytes.subarray(at, at + length)));
    yield given.at(-1)!;
    if (at % 3 === 0) yield new Uint8Array();
    if (given.length > 1) given.shift()!.fill(0xaa);
  }
}

/** Looks at each piece only just before it asks for the next but one. */
async function* late(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let last: Uint8Array | undefined;
  for await (const piece of pieces) {
    if (last) yield Uint8Array.from(last);
    last = piece;
  }
  if (last) yield last;
}

const opened = async (message: Uint8Array, length: number) =>
  buffer(late((await open(lent(message, length), [keyring], { reuse: true })).plaintext));

const frames = [100, 4096, 65_536, mebibyte, 3 * mebibyte];
const pieces = [10, 20_000, 20_500, 21_000, 65_536, mebibyte];

describe.each(['0478', '0578'] as const)('%s', (suite) => {
  const text = randomBytes(5 * mebibyte + 77);
  const sealed = (length: number, options: SealOptions) =>
    buffer(late(seal(lent(text, length), [keyring], { suite, reuse: true, ...options })));

  it.each(frames.flatMap((frame) => pieces.map((piece) => [frame, piece])))(
    'uses memory again: frames of %i, from pieces of %i',
    async (frameLength, piece) => {
      const part = text.subarray(0, piece === 10 || frameLength === 100 ? 200_000 : text.length);
      const message = await buffer(late(seal(lent(part, piece), [keyring], { suite, frameLength, reuse: true })));
      expect((await opened(message, piece)).equals(part)).toBe(true);
    },
  );

  it('uses memory again for a single block', async () => {
    const message = await sealed(100_000, { frameLength: 0, length: text.length });
    expect((await opened(message, 100_000)).equals(text)).toBe(true);
  });

  it('gives out memory of its own where it was not told to', async () => {
    const [message, plain]: [Uint8Array[], Uint8Array[]] = [[], []];
    for await (const piece of seal(lent(text, 65_536), [keyring], { suite })) message.push(piece);
    const { plaintext } = await open(lent(Buffer.concat(message), 65_536), [keyring]);
    for await (const piece of plaintext) plain.push(piece);
    expect(Buffer.concat(plain).equals(text)).toBe(true);
  });
});
