import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { EncryptionContext } from '../../src/envelope/context.ts';
import type { Keyring } from '../../src/envelope/keyring.ts';
import { rawAesKeyring } from '../../src/envelope/keyrings/raw-aes.ts';
import { type OpenOptions, open } from '../../src/envelope/open.ts';
import { type SealOptions, seal } from '../../src/envelope/seal.ts';
import { type SuiteName, suiteNames, suites } from '../../src/envelope/suites.ts';
import { collect, list, pieces } from './bytes.ts';

const aes = (name: string) => rawAesKeyring({ namespace: 'n', name, key: randomBytes(32) });
const keyring = aes('k');
const policyOf = (suite: SuiteName) => (suites[suite].version === 2 ? 'require-require' : 'forbid-allow');

const sealed = (text: Uint8Array, options: SealOptions = {}, keyrings: Keyring[] = [keyring]) =>
  collect(seal(pieces(text), keyrings, options));
async function opened(message: Uint8Array, options: OpenOptions = {}, keyrings: Keyring[] = [keyring]) {
  return collect((await open(pieces(message), keyrings, options)).plaintext);
}
const damage = (damage: string) => ({ name: 'EnvelopeError', message: 'the message cannot be opened', damage });

describe('any text', () => {
  it.each(suiteNames)('comes back, whatever pieces and frames it went in, with %s', async (suite) => {
    const commitment = policyOf(suite);
    for (const frameLength of [0, 1, 16, 1000, 65_536]) {
      for (const size of [0, 1, 15, 16, 17, 1000, 2000, 20_000]) {
        const text = randomBytes(frameLength === 1 ? size % 997 : size);
        const options = { suite, frameLength, commitment, length: text.length } as const;
        for (const step of [1, 7, 999, 65_536].filter((step) => text.length / step < 3000)) {
          const message = await collect(seal(pieces(text, step), [keyring], options));
          const { plaintext } = await open(pieces(message, step + 3), [keyring], { commitment });
          expect((await collect(plaintext)).equals(text)).toBe(true);
        }
      }
    }
  });

  it('has a message no longer than its frames need', async () => {
    const overhead = async (size: number) =>
      (await sealed(Buffer.alloc(size), { suite: '0478', frameLength: 10 })).length - size;
    const nothing = await overhead(0);
    expect([await overhead(10), await overhead(11), await overhead(20)]).toEqual([nothing, nothing + 32, nothing + 32]);
  });

  it('is given out in few pieces, though its frames are many', async () => {
    const text = randomBytes(1_048_576);
    const message = await list(seal(pieces(text, text.length), [keyring], { suite: '0478', frameLength: 4096 }));
    expect(message.length).toBeLessThan(6);
    const { plaintext } = await open(pieces(Buffer.concat(message), 1_048_576), [keyring]);
    expect((await list(plaintext)).length).toBeLessThan(6);
  });
});

describe('several keyrings', () => {
  it('seal together, and any one of them opens', async () => {
    const keyrings = [aes('a'), aes('b'), aes('c')];
    const message = await sealed(Buffer.from('text'), {}, keyrings);
    for (const one of keyrings) expect(`${await opened(message, {}, [one])}`).toBe('text');
    expect(`${await opened(message, {}, [aes('a'), aes('d'), keyrings[2]!])}`).toBe('text');
    await expect(opened(message, {}, [aes('a'), aes('d')])).rejects.toMatchObject(damage('no key fits'));
    await expect(opened(message, {}, [])).rejects.toMatchObject(damage('no key fits'));
  });

  it('are counted: on the way in and on the way out', async () => {
    const keyrings = [aes('a'), aes('b')];
    await expect(sealed(Buffer.of(), { maxDataKeys: 1 }, keyrings)).rejects.toThrow('2 data keys, more than the 1');
    const message = await sealed(Buffer.of(), { maxDataKeys: 2 }, keyrings);
    await expect(opened(message, { maxDataKeys: 1 }, keyrings)).rejects.toMatchObject(damage('header'));
    await expect(opened(message, { maxDataKeys: 2 }, keyrings)).resolves.toHaveLength(0);
  });

  it('must be some, and each must give what it is there for', async () => {
    await expect(sealed(Buffer.of(), {}, [])).rejects.toThrow('there is no keyring to seal with');
    const idle: Keyring = { name: 'idle', wrap: async () => [], unwrap: async () => randomBytes(16) };
    await expect(sealed(Buffer.of(), {}, [idle])).rejects.toThrow('no keyring wrapped the data key');
    const short = { ...keyring, generate: async () => ({ plaintext: randomBytes(16), wrapped: [] }) };
    await expect(sealed(Buffer.of(), {}, [short])).rejects.toThrow('a data key of 16 bytes, not 32');
    const message = await sealed(Buffer.of());
    await expect(opened(message, {}, [idle])).rejects.toMatchObject(damage('no key fits'));
  });

  it('say what went wrong, where one could not be asked and none other opens', async () => {
    const message = await sealed(Buffer.from('text'));
    const broken: Keyring = { ...keyring, unwrap: () => Promise.reject(new Error('the key is disabled')) };
    await expect(opened(message, {}, [broken])).rejects.toThrow('the key is disabled');
    expect(`${await opened(message, {}, [broken, keyring])}`).toBe('text');
  });

  it('that know another data key are caught by the commitment', async () => {
    const message = await sealed(Buffer.from('text'));
    const other: Keyring = { ...keyring, unwrap: async () => randomBytes(32) };
    await expect(opened(message, {}, [other])).rejects.toMatchObject(damage('commitment'));
  });
});

describe('the commitment policy', () => {
  it('seals with the suite that it asks for', async () => {
    const suiteIn = async (options: SealOptions) => (await sealed(Buffer.of(), options)).toString('hex', 0, 4);
    expect(await suiteIn({})).toMatch(/^020578/);
    expect(await suiteIn({ commitment: 'require-allow' })).toMatch(/^020578/);
    expect(await suiteIn({ commitment: 'forbid-allow' })).toBe('01800378');
  });

  it.each(suiteNames)('decides about %s on both ways', async (suite) => {
    const bound = suites[suite].version === 2;
    const seals = async (commitment: SealOptions['commitment']) =>
      sealed(Buffer.of(), { suite, commitment }).then(
        () => true,
        ({ damage }) => damage,
      );
    expect(await seals('require-require')).toBe(bound || 'suite');
    expect(await seals('require-allow')).toBe(bound || 'suite');
    expect(await seals('forbid-allow')).toBe(!bound || 'suite');
    const message = await sealed(Buffer.of(), { suite, commitment: policyOf(suite) });
    const strict = opened(message, { commitment: 'require-require' });
    await (bound ? strict : expect(strict).rejects.toMatchObject(damage('suite')));
    await opened(message, { commitment: 'require-allow' });
    await opened(message, { commitment: 'forbid-allow' });
  });
});

describe('the context', () => {
  const context: EncryptionContext = { app: 'shop', __proto: 'x', 𐀀: 'beyond', '\uffff': 'before it in UTF-8' };

  it('is stored, and handed out', async () => {
    const message = await sealed(Buffer.of(), { context, suite: '0478' });
    const { header, context: whole } = await open(pieces(message), [keyring], { context });
    expect([{ ...header.context }, whole]).toEqual([context, context]);
  });

  it('must be the expected one', async () => {
    const message = await sealed(Buffer.of(), { context });
    await expect(opened(message, { context: { app: 'other' } })).rejects.toMatchObject(damage('context'));
    await expect(opened(message, { context: { more: 'shop' } })).rejects.toMatchObject(damage('context'));
    await expect(opened(message, { context: { app: 'shop' } })).resolves.toHaveLength(0);
  });

  it.each(['0478', '0578'] as const)('may be required and not stored, with %s', async (suite) => {
    const message = await sealed(Buffer.from('text'), { suite, context, requiredKeys: ['app'] });
    expect(message.includes('shop')).toBe(false);
    expect(message.includes('beyond')).toBe(true);
    const { header, context: whole } = await open(pieces(message), [keyring], { context: { app: 'shop' } });
    expect([header.context.app, whole.app]).toEqual([undefined, 'shop']);
    expect(`${await opened(message, { context })}`).toBe('text');
    await expect(opened(message)).rejects.toMatchObject(damage('no key fits'));
    await expect(opened(message, { context: { app: 'other' } })).rejects.toMatchObject(damage('context'));
  });

  it('is covered by the header too, for a key that does not bind the data key to it', async () => {
    const loose: Keyring = {
      name: 'loose',
      wrap: async ({ plaintext }) => [{ provider: 'n', info: Buffer.of(), ciphertext: plaintext }],
      unwrap: async ([wrapped]) => wrapped!.ciphertext,
    };
    const message = await sealed(Buffer.from('text'), { context, requiredKeys: ['app'] }, [loose]);
    await expect(opened(message, {}, [loose])).rejects.toMatchObject(damage('header'));
    await expect(opened(message, { context: { app: 'x' } }, [loose])).rejects.toMatchObject(damage('context'));
    expect(`${await opened(message, { context }, [loose])}`).toBe('text');
  });

  it('is refused where it cannot be', async () => {
    const refused = (options: SealOptions) => expect(sealed(Buffer.of(), options)).rejects;
    await refused({ context: { 'aws-crypto-public-key': 'x' } }).toThrow('begins with "aws-crypto-"');
    await refused({ context, requiredKeys: ['absent'] }).toThrow('context "absent" is required, and not given');
    await refused({ context: { half: '\ud800' } }).toThrow('not valid Unicode');
    await refused({ context: { long: 'x'.repeat(65_536) } }).toThrow('longer than 65535 bytes');
    await refused({ context: { a: 'x'.repeat(40_000), b: 'x'.repeat(40_000) } }).toThrow('over 65535');
  });
});

describe('lengths', () => {
  it('are what they were said to be', async () => {
    for (const frameLength of [0, 2, 100]) {
      for (const length of [9, 11]) {
        const wrong = sealed(Buffer.alloc(10), { frameLength, length });
        await expect(wrong).rejects.toThrow(`the text is not ${length} bytes long`);
      }
    }
  });

  it('are refused out of bounds', async () => {
    for (const frameLength of [-1, 1.5, 2 ** 32, Number.NaN]) {
      await expect(sealed(Buffer.of(), { frameLength })).rejects.toThrow('0 to 4294967295');
    }
    await expect(sealed(Buffer.of(), { frameLength: 0 })).rejects.toThrow('needs the length');
    await expect(sealed(Buffer.of(), { frameLength: 0, length: 2 ** 36 })).rejects.toThrow('at most 68719476704');
  });
});
