// Whole frames moved about, and messages put together from others: each part is true by itself.
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { inspect } from '../../src/envelope/inspect.ts';
import { rawAesKeyring } from '../../src/envelope/keyrings/raw-aes.ts';
import { type OpenOptions, open } from '../../src/envelope/open.ts';
import { type SealOptions, seal } from '../../src/envelope/seal.ts';
import { collect, pieces } from './bytes.ts';

const keyrings = [rawAesKeyring({ namespace: 'n', name: 'k', key: randomBytes(32) })];
const frameLength = 100;
const text = randomBytes(350);

/** A message in its parts: header, three frames, the final one, and the footer. */
type Parts = [header: Buffer, one: Buffer, two: Buffer, three: Buffer, last: Buffer, footer: Buffer];

async function parts(options: SealOptions): Promise<Parts> {
  const message = await collect(seal(pieces(text), keyrings, { frameLength, ...options }));
  const { headerLength } = await inspect(message);
  const ends = [0, headerLength, ...[1, 2, 3].map((n) => headerLength + n * 132), headerLength + 3 * 132 + 40 + 50];
  return [...ends, message.length].slice(1).map((end, index) => message.subarray(ends[index], end)) as Parts;
}

/** What was given out before the message was refused, and what it was refused for. */
async function fate(message: Buffer[], options: OpenOptions = {}) {
  const given: Uint8Array[] = [];
  try {
    const { plaintext } = await open(pieces(Buffer.concat(message), 50), keyrings, options);
    for await (const piece of plaintext) given.push(piece);
  } catch (error) {
    return [(error as { damage: string }).damage, Buffer.concat(given).length];
  }
  return ['opens', Buffer.concat(given).length];
}

const suites: [SealOptions][] = [
  [{ suite: '0478' }],
  [{ suite: '0578' }],
  [{ suite: '0178', commitment: 'forbid-allow' }],
];

describe.each(suites)('frames of a message with %o', (options) => {
  const allow: OpenOptions = { commitment: 'require-allow' };
  const signed = options.suite === '0578';

  it('belong where they are', async () => {
    const [header, one, two, three, last, footer] = await parts(options);
    const refused = signed ? 0 : 100;
    expect(await fate([header, one, two, three, last, footer], allow)).toEqual(['opens', 350]);
    expect(await fate([header, two, one, three, last, footer], allow)).toEqual(['body', 0]);
    expect(await fate([header, one, one, two, three, last, footer], allow)).toEqual(['body', refused]);
    expect(await fate([header, one, three, last, footer], allow)).toEqual(['body', refused]);
    expect(await fate([header, last, footer], allow)).toEqual(['body', 0]);
    expect(await fate([header, one, two, three, last, last, footer], allow)).toEqual([
      signed ? 'truncated' : 'body',
      signed ? 200 : 300,
    ]);
    expect(await fate([header, one, two, three], allow)).toEqual(['truncated', signed ? 200 : 300]);
  });

  it('belong to their message', async () => {
    const [header, one, two, three, last, footer] = await parts(options);
    const other = await parts(options);
    expect(await fate([header, other[1], two, three, last, footer], allow)).toEqual(['body', 0]);
    expect(await fate([other[0], one, two, three, last, footer], allow)).toEqual(['body', 0]);
    expect(await fate([header, one, two, three, other[4], footer], allow)).toEqual(['body', signed ? 200 : 300]);
    if (signed) expect(await fate([header, one, two, three, last, other[5]], allow)).toEqual(['signature', 200]);
  });

  it('name their number twice over', async () => {
    const message = await parts(options);
    message[1]!.writeUInt32BE(2);
    expect(await fate(message, allow)).toEqual(['body', 0]);
    const again = await parts(options);
    again[4]!.writeUInt32BE(5, 4);
    expect((await fate(again, allow))[0]).toBe('body');
  });

  it('are not longer than they may be', async () => {
    const message = await parts(options);
    message[4]!.writeUInt32BE(101, 20);
    expect((await fate(message, allow))[0]).toBe('body');
  });
});

describe('a signature', () => {
  it('is there if the suite says so, and only then', async () => {
    const [, ...rest] = await parts({ suite: '0578' });
    const [unsigned, ...body] = await parts({ suite: '0478', context: { 'aws+crypto-public-key': 'x' } });
    unsigned!.write('-', unsigned!.indexOf('aws+') + 3);
    expect(await fate([unsigned!, ...body])).toEqual(['header', 0]);
    const [signed] = await parts({ suite: '0578' });
    signed!.write('kez', signed!.indexOf('public-key') + 7);
    expect(await fate([signed!, ...rest])).toEqual(['header', 0]);
  });

  it('is not lost by naming the suite without it', async () => {
    const message = await parts({ suite: '0578' });
    message[0]!.writeUInt16BE(0x0478, 1);
    expect(await fate(message.slice(0, 5))).toEqual(['header', 0]);
  });

  it('is looked at before the end of the text is given out, even where the final frame is empty', async () => {
    const source = seal(pieces(text.subarray(0, 300)), keyrings, { frameLength });
    const message = await collect(source);
    message[message.length - 1]! ^= 1;
    const [damage, given] = await fate([message]);
    expect(damage).toBe('signature');
    expect(given).toBeLessThanOrEqual(100);
  });
});

describe('a single block', () => {
  const message = () =>
    collect(seal(pieces(text, 100), keyrings, { suite: '0478', frameLength: 0, length: text.length }));

  it('is held until its tag is verified', async () => {
    const damaged = await message();
    damaged[damaged.length - 1]! ^= 1;
    expect(await fate([damaged])).toEqual(['body', 0]);
  });

  it('is given out before, all but its end, to those who say they can wait', async () => {
    const whole = await message();
    expect(await fate([whole], { unverified: true })).toEqual(['opens', 350]);
    whole[whole.length - 1]! ^= 1;
    const [damage, given] = await fate([whole], { unverified: true });
    expect(damage).toBe('body');
    expect(given).toBeGreaterThan(0);
    expect(given).toBeLessThan(350);
  });
});
