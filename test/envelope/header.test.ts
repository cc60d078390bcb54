import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EnvelopeError } from '../../src/envelope/errors.ts';
import { type Header, readHeader, type SealedHeader, writeHeader } from '../../src/envelope/header.ts';
import { inspect } from '../../src/envelope/inspect.ts';
import { Reader } from '../../src/envelope/reader.ts';
import { suites } from '../../src/envelope/suites.ts';
import { pieces } from './bytes.ts';

const bytes = (maxLength: number, minLength = 0) =>
  fc.uint8Array({ minLength, maxLength }).map((array) => Buffer.from(array));
const unicode = (maxLength: number) => fc.string({ unit: 'grapheme', maxLength });

const headers: fc.Arbitrary<Header> = fc.constantFrom(...Object.values(suites)).chain((suite) =>
  fc.record({
    suite: fc.constant(suite),
    messageId: bytes(suite.version === 1 ? 16 : 32, suite.version === 1 ? 16 : 32),
    context: fc.dictionary(unicode(12), unicode(12), { maxKeys: 6 }),
    wrapped: fc.array(fc.record({ provider: unicode(9), info: bytes(20), ciphertext: bytes(50) }), {
      minLength: 1,
      maxLength: 5,
    }),
    frameLength: fc.nat({ max: 0xffff_ffff }),
    commitKey: suite.version === 1 ? fc.constant(undefined) : bytes(32, 32),
  }),
);

/** The header, with a tag of zeros (and in version 1 their IV before it). */
const sealed = (header: Header) =>
  Buffer.concat([writeHeader(header), Buffer.alloc(header.suite.version === 1 ? 28 : 16)]);

/** Undefined where it is refused, as it must be: with an EnvelopeError. */
async function read(message: Uint8Array, step = 4096): Promise<SealedHeader | undefined> {
  try {
    return await readHeader(new Reader(pieces(message, step)));
  } catch (error) {
    if (error instanceof EnvelopeError) return undefined;
    throw error;
  }
}

const plain = (context: object) => Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1));

describe('a header', () => {
  it('is read as it was written, whatever pieces it comes in', async () => {
    const steps = fc.constantFrom(1, 3, 17, 4096);
    await fc.assert(
      fc.asyncProperty(headers, steps, async (header, step) => {
        const message = sealed(header);
        const { header: found, bytes, length } = (await read(message, step))!;
        expect({ ...found, context: plain(found.context) }).toEqual({ ...header, context: plain(header.context) });
        expect([Buffer.compare(bytes, writeHeader(header)), length]).toEqual([0, message.length]);
      }),
      { numRuns: 500 },
    );
  });

  it('has one form only: what is accepted writes back to the same bytes', async () => {
    let accepted = 0;
    const changes = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(headers, changes, async (header, changed) => {
        const message = sealed(header);
        for (const [at, value] of changed) message[at % message.length] = value;
        const found = await read(message);
        if (!found) return;
        accepted += 1;
        expect(writeHeader(found.header).equals(message.subarray(0, found.bytes.length))).toBe(true);
        expect(Buffer.compare(found.bytes, message.subarray(0, found.bytes.length))).toBe(0);
      }),
      { numRuns: 5000 },
    );
    expect(accepted).toBeGreaterThan(100);
  });

  it('may be anything at all: it is refused, or it is a header', async () => {
    const start = fc.constantFrom(
      ...Object.values(suites).map(({ version, id }) => [...(version === 1 ? [1, 0x80] : [2]), id >> 8, id & 0xff]),
      [],
    );
    await fc.assert(
      fc.asyncProperty(start, bytes(300), async (known, rest) => {
        const message = Buffer.concat([Buffer.from(known), rest]);
        const found = await read(message);
        if (found) expect(writeHeader(found.header).equals(message.subarray(0, found.bytes.length))).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });

  it('claims as much as it likes, and is given no memory for it', async () => {
    const start = Buffer.concat([Buffer.of(2, 0x05, 0x78), Buffer.alloc(32)]);
    const claims = [Buffer.of(0xff, 0xff), Buffer.of(0, 0, 0xff, 0xff, 0xff, 0xff), Buffer.of(0, 0, 0xff, 0xff)];
    for (const claim of claims) {
      const before = process.memoryUsage().arrayBuffers;
      await expect(inspect(Buffer.concat([start, claim]))).rejects.toMatchObject({ damage: 'truncated' });
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(65_536);
    }
  });

  it('may name 65,535 data keys, and fewer where that is said', async () => {
    const wrapped = Array.from({ length: 65_535 }, () => ({
      provider: '',
      info: Buffer.alloc(0),
      ciphertext: Buffer.alloc(0),
    }));
    const header: Header = {
      ...{ suite: suites['0014'], messageId: Buffer.alloc(16), context: {}, wrapped, frameLength: 1 },
    };
    expect((await inspect(sealed(header))).wrapped).toHaveLength(65_535);
    const limited = readHeader(new Reader(pieces(sealed(header))), 3);
    await expect(limited).rejects.toMatchObject({ damage: 'header' });
  });
});

describe('a header in another form', () => {
  const context = Buffer.from('\0\x02\0\x01a\0\x01x\0\x01b\0\x01y', 'latin1');
  const of = (context: Buffer, version = 1, keys = 1) =>
    Buffer.concat([
      version === 1 ? Buffer.of(1, 0x80, 0x00, 0x14) : Buffer.of(2, 0x04, 0x78),
      Buffer.alloc(version === 1 ? 16 : 32),
      Buffer.of(context.length >> 8, context.length & 0xff),
      context,
      Buffer.of(0, keys),
      ...Array.from({ length: keys }, () => Buffer.alloc(6)),
      version === 1 ? Buffer.of(2, 0, 0, 0, 0, 12, 0, 0, 16, 0) : Buffer.of(2, 0, 0, 16, 0),
      Buffer.alloc(version === 1 ? 28 : 48),
    ]);
  const changed = (at: number, value: number) => {
    const message = of(context);
    message[at] = value;
    return message;
  };
  const text = (latin1: string) => Buffer.from(latin1, 'latin1');

  it('is what it should be to begin with', async () => {
    expect(await inspect(of(context))).toMatchObject({
      version: 1,
      frameLength: 4096,
      headerLength: of(context).length,
    });
    expect(await inspect(of(context, 2))).toMatchObject({ version: 2, frameLength: 4096 });
  });

  it.each([
    ['pairs in another order', of(text('\0\x02\0\x01b\0\x01y\0\x01a\0\x01x'))],
    ['a pair twice', of(text('\0\x02\0\x01a\0\x01x\0\x01a\0\x01x'))],
    ['no pairs, and their number', of(text('\0\0'))],
    ['fewer pairs than it says', of(text('\0\x03\0\x01a\0\x01x'))],
    ['bytes behind the pairs', of(text('\0\x01\0\x01a\0\x01x!'))],
    ['a key that is not UTF-8', of(text('\0\x01\0\x01\xff\0\x01x'))],
    ['a value that is half a surrogate pair', of(text('\0\x01\0\x01a\0\x03\xed\xa0\x80'))],
    ['no data key', of(context, 1, 0)],
    ['another version', changed(0, 3)],
    ['another type', changed(1, 0x81)],
    ["the other version's suite", Buffer.concat([Buffer.of(1, 0x80), of(context, 2).subarray(1)])],
  ])('is refused with %s', async (_, message) => {
    await expect(inspect(message)).rejects.toMatchObject({ damage: 'header' });
  });

  it('is refused with a suite that does not exist', async () => {
    await expect(inspect(changed(3, 0x15))).rejects.toMatchObject({ damage: 'suite' });
  });

  it.each([
    ['a single block in frames', '\x01\0\0\0\0\x0c\0\0\x10\0'],
    ['frames of no length', '\x02\0\0\0\0\x0c\0\0\0\0'],
    ['an IV of another length', '\x02\0\0\0\0\x10\0\0\x10\0'],
    ['something reserved', '\x02\0\0\0\x01\x0c\0\0\x10\0'],
  ])('is refused with %s', async (_, end) => {
    const message = of(context);
    text(end).copy(message, message.length - 28 - end.length);
    await expect(inspect(message)).rejects.toMatchObject({ damage: 'header' });
  });
});
