import { expect, it } from 'vitest';
import type { Keyring } from '../../../src/envelope/keyring.ts';
import { type CacheLimits, cachedKeyring } from '../../../src/envelope/keyrings/cached.ts';
import { suites } from '../../../src/envelope/suites.ts';
import { context, dataKey } from './data-key.ts';

const suite = suites['0578'];

/** A keyring that makes data keys and counts how often it is asked. */
function counted() {
  const calls = { generate: 0, unwrap: 0 };
  const wrapped = [{ provider: 'counted', info: Buffer.alloc(1), ciphertext: Buffer.alloc(1) }];
  const keyring: Keyring = {
    name: 'counted',
    generate: async () => ({ plaintext: Buffer.alloc(32, ++calls.generate), wrapped }),
    wrap: async () => wrapped,
    unwrap: async () => Buffer.alloc(32, ++calls.unwrap),
  };
  return { keyring, calls };
}

function setUp(limits: CacheLimits = {}) {
  const { keyring, calls } = counted();
  const time = { now: 0 };
  const cached = cachedKeyring([keyring], { clock: () => time.now, ...limits });
  const take = async (length?: number, given: Record<string, string> = context, of = suite) =>
    (await cached.materials!(of, given, length)).dataKey[0];
  return { cached, calls, time, take };
}

it('makes one data key for as many messages as the limit lets', async () => {
  const { take } = setUp({ messages: 3 });
  expect([await take(1), await take(1), await take(1), await take(1), await take(1)]).toEqual([1, 1, 1, 2, 2]);
});

it('makes one for messages that are sealed side by side', async () => {
  const { take, calls } = setUp({ messages: 100 });
  await Promise.all(Array.from({ length: 150 }, () => take(1)));
  expect(calls.generate).toBe(2);
});

it('makes another before a data key seals more bytes than the limit lets', async () => {
  const { take } = setUp({ bytes: 100 });
  expect([await take(60), await take(40), await take(0), await take(1)]).toEqual([1, 1, 1, 2]);
  expect(await take(101)).toBe(3);
  expect(await take(99)).toBe(2);
});

it('makes another when a data key is too old', async () => {
  const { take, time } = setUp({ seconds: 10 });
  expect(await take(1)).toBe(1);
  time.now = 9999;
  expect(await take(1)).toBe(1);
  time.now = 10_000;
  expect(await take(1)).toBe(2);
});

it('has a data key of its own for each context and suite', async () => {
  const { take } = setUp();
  expect(await take(1)).toBe(1);
  expect(await take(1, { app: 'api' })).toBe(2);
  expect(await take(1, {})).toBe(3);
  expect(await take(1, context, suites['0478'])).toBe(4);
  expect(await take(1)).toBe(1);
});

it('uses nothing again for a length that is not known, or a suite without key derivation', async () => {
  const { take } = setUp();
  expect([await take(), await take()]).toEqual([1, 2]);
  expect([await take(1, context, suites['0078']), await take(1, context, suites['0078'])]).toEqual([3, 4]);
  expect(await take(1)).toBe(5);
});

it('signs messages of one data key with one key, which is in their context', async () => {
  const { cached } = setUp();
  const [first, second] = [await cached.materials!(suite, context, 1), await cached.materials!(suite, context, 1)];
  expect(first).toBe(second);
  expect(first.signer!.asymmetricKeyDetails).toEqual({ namedCurve: 'secp384r1' });
  expect(Buffer.from(first.context['aws-crypto-public-key']!, 'base64')).toHaveLength(49);
  expect((await cached.materials!(suites['0478'], context, 1)).context).toEqual(context);
});

it('has limits where none is said', async () => {
  const { take } = setUp({ seconds: undefined, messages: undefined, bytes: undefined });
  expect([await take(2 ** 35), await take(2 ** 35), await take(1)]).toEqual([1, 1, 2]);
});

it('does not keep what failed', async () => {
  const { keyring } = counted();
  let fails = true;
  const shaky = {
    ...keyring,
    generate: () => (fails ? Promise.reject(new Error('away')) : keyring.generate!(suite, {})),
  };
  const cached = cachedKeyring([shaky]);
  await expect(cached.materials!(suite, context, 1)).rejects.toThrow('away');
  fails = false;
  expect((await cached.materials!(suite, context, 1)).dataKey[0]).toBe(1);
});

it('unwraps the same wrapped keys once, until they are too old', async () => {
  const { cached, time, calls } = setUp({ seconds: 10 });
  const wrapped = [{ provider: 'counted', info: Buffer.from('a'), ciphertext: Buffer.from('bc') }];
  const open = (given = wrapped, pairs: Record<string, string> = context) => cached.unwrap(given, suite, pairs);
  await open();
  await open();
  expect(calls.unwrap).toBe(1);
  await open([{ ...wrapped[0]!, info: Buffer.from('ab'), ciphertext: Buffer.from('c') }]);
  await open(wrapped, {});
  await open([...wrapped, ...wrapped]);
  expect(calls.unwrap).toBe(4);
  time.now = 10_000;
  await open();
  expect(calls.unwrap).toBe(5);
});

it('unwraps once for messages that are opened side by side', async () => {
  const { cached, calls } = setUp();
  const wrapped = [{ provider: 'counted', info: Buffer.from('a'), ciphertext: Buffer.from('b') }];
  await Promise.all(Array.from({ length: 50 }, () => cached.unwrap(wrapped, suite, context)));
  expect(calls.unwrap).toBe(1);
});

it('asks again where it failed', async () => {
  const { keyring } = counted();
  let fails = true;
  const shaky = { ...keyring, unwrap: async () => (fails ? Promise.reject(new Error('away')) : Buffer.alloc(32)) };
  const cached = cachedKeyring([shaky]);
  await expect(cached.unwrap([], suite, context)).rejects.toThrow('away');
  fails = false;
  expect(await cached.unwrap([], suite, context)).toHaveLength(32);
});

it('asks again for what nobody opened', async () => {
  let asked = 0;
  const none: Keyring = { name: 'none', wrap: async () => [], unwrap: async () => void asked++ };
  const cached = cachedKeyring([none, none]);
  const key = dataKey();
  for (const _ of [1, 2]) expect(await cached.unwrap([], key.suite, key.context)).toBeUndefined();
  expect(asked).toBe(4);
});

it('refuses limits that are none', () => {
  for (const limits of [
    { seconds: 0 },
    { messages: 0 },
    { messages: 2 ** 32 + 1 },
    { bytes: -1 },
    { seconds: Number.NaN },
  ]) {
    expect(() => cachedKeyring([], limits)).toThrow(RangeError);
  }
});
