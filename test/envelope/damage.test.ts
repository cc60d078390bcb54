import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { EnvelopeError } from '../../src/envelope/errors.ts';
import { rawAesKeyring } from '../../src/envelope/keyrings/raw-aes.ts';
import { open } from '../../src/envelope/open.ts';
import { seal } from '../../src/envelope/seal.ts';
import { suiteNames, suites } from '../../src/envelope/suites.ts';
import { collect, pieces } from './bytes.ts';

const keyrings = [rawAesKeyring({ namespace: 'n', name: 'k', key: randomBytes(32) })];
const text = randomBytes(1024);

/** What of it was given out before it was refused, and why; `accepted` where it was not. */
async function outcomeOf(message: Uint8Array): Promise<{ given: number; damage: string }> {
  let given = 0;
  try {
    const { plaintext } = await open(pieces(message, 4096), keyrings, { commitment: 'require-allow' });
    for await (const piece of plaintext) given += piece.length;
  } catch (error) {
    return { given, damage: error instanceof EnvelopeError ? error.damage : `no EnvelopeError: ${error}` };
  }
  return { given, damage: 'accepted' };
}

/** How many of the damaged messages met which end. */
async function tally(messages: Iterable<Uint8Array>) {
  const counts: Record<string, number> = {};
  let most = 0;
  for (const message of messages) {
    const { given, damage } = await outcomeOf(message);
    counts[damage] = (counts[damage] ?? 0) + 1;
    most = Math.max(most, given);
  }
  return { counts, most };
}

function* flipped(message: Buffer) {
  for (let bit = 0; bit < message.length * 8; bit++) {
    message[bit >> 3]! ^= 1 << (bit & 7);
    yield message;
    message[bit >> 3]! ^= 1 << (bit & 7);
  }
}

function* cut(message: Buffer) {
  for (let length = 0; length < message.length; length++) yield message.subarray(0, length);
}

function* extended(message: Buffer) {
  for (let more = 1; more <= 64; more++) yield Buffer.concat([message, randomBytes(more)]);
}

const known = new Set(['header', 'commitment', 'body', 'signature', 'truncated', 'no key fits', 'suite']);

describe.each(suiteNames)('a damaged message of 1 KiB, suite %s', (suite) => {
  const commitment = suites[suite].version === 2 ? 'require-require' : 'forbid-allow';
  const messages: Record<string, Buffer> = {};

  beforeAll(async () => {
    for (const frameLength of [400, 0]) {
      const options = { suite, frameLength, commitment, length: text.length } as const;
      messages[frameLength] = await collect(seal(pieces(text), keyrings, options));
    }
  });

  it.each([400, 0])('is refused with every single bit flipped (frames of %i)', { timeout: 60_000 }, async (frame) => {
    const { counts, most } = await tally(flipped(messages[frame]!));
    expect(counts.accepted ?? 0).toBe(0);
    expect(Object.keys(counts).filter((damage) => !known.has(damage))).toEqual([]);
    expect(most).toBeLessThanOrEqual(frame === 0 ? 0 : 800);
  });

  it.each([400, 0])('is refused at every length it is cut to (frames of %i)', async (frame) => {
    const { counts, most } = await tally(cut(messages[frame]!));
    expect(counts).toEqual({ truncated: messages[frame]!.length });
    expect(most).toBeLessThanOrEqual(frame === 0 ? 0 : 800);
  });

  it.each([400, 0])('is refused with up to 64 bytes behind it (frames of %i)', async (frame) => {
    const { counts, most } = await tally(extended(messages[frame]!));
    expect(counts).toEqual({ [suites[suite].signature ? 'signature' : 'body']: 64 });
    expect(most).toBeLessThanOrEqual(frame === 0 ? 0 : 800);
  });
});
