import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readKeyFile, writeKeyFile } from '../../src/aws/key-file.ts';
import { rootSecretOf } from '../../src/aws/vault-key.ts';
import type { Environment } from '../../src/context.ts';
import { terminalForTests } from '../helpers/terminal.ts';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-key-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const key = Buffer.alloc(32, 7);
const file = (text: string | Uint8Array, mode = 0o600) => {
  const name = path.join(folder, 'file');
  fs.writeFileSync(name, text, { mode });
  return name;
};

const byKey = { id: 'vault-1', derivation: { kind: 'key' } } as const;
const byPassphrase = { id: 'vault-1', derivation: { kind: 'scrypt', salt: '', N: 2, r: 1, p: 1 } } as const;
const terminal = terminalForTests();

describe('a key', () => {
  it('is read from the environment, a named file, the default file, in this order', async () => {
    const keys = [1, 2, 3].map((byte) => Buffer.alloc(32, byte));
    const named = path.join(folder, 'named.key');
    writeKeyFile(named, keys[1]!, { comment: [] });
    writeKeyFile(path.join(folder, 'latchkey/keys/vault-1.key'), keys[2]!, { comment: [] });
    const environment = {
      XDG_CONFIG_HOME: folder,
      LATCHKEY_VAULT_KEY: keys[0]!.toString('base64'),
      LATCHKEY_VAULT_KEY_FILE: named,
    };
    const read = (without: object) => rootSecretOf(byKey, { terminal, environment: { ...environment, ...without } });
    expect(await read({})).toEqual({ key: keys[0] });
    expect(await read({ LATCHKEY_VAULT_KEY: '' })).toEqual({ key: keys[1] });
    expect(await read({ LATCHKEY_VAULT_KEY: '', LATCHKEY_VAULT_KEY_FILE: '' })).toEqual({ key: keys[2] });
  });

  it('is written with its comment for its owner alone, and never over another', () => {
    const name = path.join(folder, 'new/k.key');
    writeKeyFile(name, key, { comment: ['one', 'two'] });
    expect(fs.readFileSync(name, 'utf8')).toBe(`# one\n# two\n${key.toString('base64')}\n`);
    expect(() => writeKeyFile(name, Buffer.alloc(32), { comment: [] })).toThrow(
      expect.objectContaining({ code: 'EEXIST' }),
    );
    expect(readKeyFile(name)).toEqual(key);
    if (process.platform !== 'win32') expect(fs.statSync(name).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['Windows lines', `# a\r\n${key.toString('base64')}\r\n`],
    ['no newline', key.toString('base64')],
    ['no padding', key.toString('base64').replace('=', '')],
  ])('may have %s', (_, text) => expect(readKeyFile(file(text))).toEqual(key));

  it.each([
    ['31 bytes', Buffer.alloc(31).toString('base64')],
    ['33 bytes', Buffer.alloc(33).toString('base64')],
    ['nothing', ''],
    ['only a comment', '# here was a key\n'],
    ['other characters', `${key.toString('base64').slice(0, 20)}!${key.toString('base64').slice(20)}`],
    ['two keys', `${key.toString('base64')}\n${key.toString('base64')}\n`],
    ['the bytes themselves', key],
  ])('may not be %s; the message does not quote it', (_, text) => {
    const name = file(text);
    const message = `expected a vault key in "${name}": 32 bytes in base64`;
    expect(() => readKeyFile(name)).toThrow(expect.objectContaining({ code: 'integrity', message }));
  });

  it.skipIf(process.platform === 'win32').each([0o640, 0o604, 0o620, 0o601])(
    'is refused in a file that others can open: %i',
    (mode) => {
      const name = file(key.toString('base64'));
      fs.chmodSync(name, mode);
      const refusal = { code: 'denied', hints: [`chmod 600 ${name}`] };
      expect(() => readKeyFile(name)).toThrow(expect.objectContaining(refusal));
    },
  );

  it('that is not there is said to be missing, with the variable that names another', async () => {
    const environment = { XDG_CONFIG_HOME: folder };
    await expect(rootSecretOf(byKey, { terminal, environment })).rejects.toMatchObject({
      ...{ code: 'denied', message: expect.stringContaining('key file of this vault is not there') },
      hints: [expect.stringContaining('LATCHKEY_VAULT_KEY_FILE')],
    });
  });
});

describe('a passphrase', () => {
  const read = (environment: Environment, asked = terminal) =>
    rootSecretOf(byPassphrase, { terminal: asked, environment });

  it.each([
    ['correct horse\n', 'correct horse'],
    ['correct horse\r\n', 'correct horse'],
    [' spaces stay \n\n', ' spaces stay \n'],
  ])('is read from its file, %j, without its newline', async (text, passphrase) => {
    expect(await read({ LATCHKEY_VAULT_PASSPHRASE_FILE: file(text) })).toEqual({ passphrase });
  });

  it('is asked for, unseen', async () => {
    expect(await read({}, terminalForTests({ tty: true, answers: ['typed'] }))).toEqual({ passphrase: 'typed' });
  });

  it.each([{}, { LATCHKEY_VAULT_PASSPHRASE_FILE: '/nowhere/passphrase' }])(
    'missing, names its file: %o',
    async (given) => {
      const hints = [expect.stringContaining('LATCHKEY_VAULT_PASSPHRASE_FILE')];
      await expect(read(given)).rejects.toMatchObject({ code: 'denied', hints });
    },
  );
});
