import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { nameOfAesKey, parseKeyFile, printKeyFile } from '../../../src/envelope/keyrings/key-file.ts';

const cost = { N: 1024, r: 8, p: 1 };
const key = Buffer.from('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f', 'hex');
const file = { kind: 'aes-256', name: 'backups of 2026', key } as const;
const open = 'latchkey aes-256 key backups of 2026\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n';
const trouble = (name: string) => expect.objectContaining({ name: 'KeyError', trouble: name });

it('is two lines of text', async () => {
  expect(await printKeyFile(file)).toBe(open);
  expect(await parseKeyFile(open)).toEqual(file);
});

it('may have comments, empty lines and the ends of lines of Windows', async () => {
  expect(await parseKeyFile(`# mine\n\n${open.replaceAll('\n', '\r\n')}# end`)).toEqual(file);
});

it.each(['aes-128', 'aes-192', 'aes-256'] as const)('holds a key of %s, and of no other length', async (kind) => {
  const fitting = { kind, name: 'a', key: randomBytes(Number(kind.slice(4)) / 8) };
  expect(await parseKeyFile(await printKeyFile(fitting))).toEqual(fitting);
  const short = await printKeyFile({ ...fitting, key: fitting.key.subarray(1) });
  await expect(parseKeyFile(short)).rejects.toThrow(trouble('length'));
});

it.each([
  '',
  'latchkey aes-256 key backups of 2026\n',
  'latchkey aes-512 key a\nAAAA\n',
  'latchkey aes-256 key \nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n',
  `${open}AAAA\n`,
  `${open}AAAA\nAAAA\n`,
  open.replace('AAEC', 'AA-C'),
  open.replace('Hh8=', 'Hh8'),
  open.replace('Hh8=', 'Hh9='),
  open.replace('aes-256', 'rsa'),
  open.replace('\n', '\nlocked scrypt:3:8:1:AAECAwQFBgcICQoLDA0ODw\n'),
])('refuses %j', async (text) => {
  await expect(parseKeyFile(text, async () => 'x')).rejects.toThrow(trouble('no key'));
});

it('refuses a name that would be no line', async () => {
  for (const name of ['', ' a', 'a\nb', 'a\tb', 'a'.repeat(258)]) {
    await expect(printKeyFile({ ...file, name })).rejects.toThrow(trouble('name'));
  }
});

describe('locked', async () => {
  const locked = await printKeyFile(file, { passphrase: 'caf\u00e9', cost });

  it('says how a passphrase opens it, and nothing of the key', () => {
    expect(locked).toMatch(
      /^latchkey aes-256 key backups of 2026\nlocked scrypt:1024:8:1:[\w-]{22}\n[A-Za-z0-9+/]{80}\n$/,
    );
  });

  it('opens with its passphrase, and no other', async () => {
    expect(await parseKeyFile(locked, async () => 'cafe\u0301')).toEqual(file);
    await expect(parseKeyFile(locked, async () => 'cafe')).rejects.toThrow(trouble('passphrase'));
    await expect(parseKeyFile(locked)).rejects.toThrow(trouble('locked'));
  });

  it('does not open where anything of it is another', async () => {
    const lines = locked.trimEnd().split('\n');
    const bytes = Buffer.from(lines[2]!, 'base64');
    const changed = Array.from({ length: bytes.length }, (_, at) => {
      const copy = Buffer.from(bytes);
      copy[at]! ^= 0x10;
      return [lines[0], lines[1], copy.toString('base64')].join('\n');
    });
    const others = [
      locked.replace('backups', 'backupz'),
      locked.replace(':1024:', ':2048:'),
      locked.replace(':8:1:', ':8:2:'),
    ];
    for (const text of [...changed, ...others]) {
      await expect(parseKeyFile(text, async () => 'caf\u00e9')).rejects.toThrow(trouble('passphrase'));
    }
  });

  it('is locked anew each time', async () => {
    expect(await printKeyFile(file, { passphrase: 'caf\u00e9', cost })).not.toBe(locked);
  });
});

it('asks for no passphrase where nothing is locked', async () => {
  const ask = () => Promise.reject(new Error('asked'));
  expect(await parseKeyFile(open, ask)).toEqual(file);
});

it('names a key after itself, and always the same', () => {
  expect(nameOfAesKey(key)).toBe(nameOfAesKey(Uint8Array.from(key)));
  expect(nameOfAesKey(key)).toMatch(/^aes-[0-9a-f]{16}$/);
  expect(nameOfAesKey(key)).not.toBe(nameOfAesKey(key.subarray(0, 16)));
});
