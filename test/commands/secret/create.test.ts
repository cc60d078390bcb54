import { createCipheriv } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../../src/cli/run.ts';
import { verb } from '../../../src/commands/secret/create.ts';
import { contextOver, instead, memoryClients, refused } from '../../helpers/memory-clients.ts';
import { makePlace } from '../../helpers/play.ts';
import { terminalForTests } from '../../helpers/terminal.ts';

const { place, environment, remove } = makePlace();

async function type(argv: string[], given: Parameters<typeof terminalForTests>[0] = { tty: true }) {
  const terminal = terminalForTests(given);
  const exit = await run(argv, terminal, { ...environment, LATCHKEY_VAULT: `${place}/vault.db` });
  return { exit, stdout: terminal.stdout, said: terminal.said };
}

const create = (name: string, options: string[], answers: string[] = []) =>
  type(['secret', 'create', name, ...options], { tty: true, answers });
const get = async (name: string) => (await type(['secret', 'get', name], {})).stdout;

beforeAll(async () => void (await type(['vault', 'init'])));
afterAll(remove);

describe('keys of a JSON value', () => {
  it('are asked for one after the other, with others from files, exactly as they are', async () => {
    const file = path.join(place, 'key.pem');
    fs.writeFileSync(file, 'first\nsecond "line"\n');
    const options = ['--key-value', 'user', '--key-value', `pem=@${file}`, '--key-value', 'pass$word'];
    const made = await create('asked', options, ['app', 'c0rrect\u0000"h`orse$']);
    expect(made).toMatchObject({
      exit: 0,
      said: ['Value of "user"', 'Value of "pass$word"', 'created secret "asked"'],
    });
    expect(JSON.parse(await get('asked'))).toEqual({
      ...{ user: 'app', pem: 'first\nsecond "line"\n', pass$word: 'c0rrect\u0000"h`orse$' },
    });
  });

  it('are trimmed, and may be empty, where that is asked for', async () => {
    expect(await create('empty', ['--key-value', 'a'], [''])).toMatchObject({ exit: 2 });
    expect(await create('empty', ['--key-value', 'a', '--allow-empty'], [''])).toMatchObject({ exit: 0 });
    expect(await get('empty')).toBe('{"a":""}');
  });

  it('are text', async () => {
    const file = path.join(place, 'binary');
    fs.writeFileSync(file, Uint8Array.of(0xff));
    expect(await create('binary', ['--key-value', `a=@${file}`])).toMatchObject({
      exit: 2,
      said: ['latchkey: error: the value of "a" is not UTF-8 text, and JSON holds only text'],
    });
  });

  it('store nothing where the prompt is left', async () => {
    expect(await create('left', ['--key-value', 'a', '--key-value', 'b'], ['x'])).toMatchObject({ exit: 130 });
    expect((await type(['secret', 'get', 'left'])).exit).toBe(3);
  });
});

it('takes no password that RDS would refuse, unless told otherwise', async () => {
  const fields = ['engine=postgres', 'host=db', 'username=app'].flatMap((field) => ['--field', field]);
  await create('rds', ['--template', 'database', '--length', '4096', ...fields]);
  expect(await get('rds#password')).toMatch(/^[^/@"'\\ ]{4096}$/);
  await create('own', ['--template', 'database', '--length', '4096', '--exclude-characters', 'a', ...fields]);
  expect(await get('own#password')).toMatch(/^(?=.*["@/])[^a]{4096}$/);
});

it.each([128, 192, 256])('makes an AES key of %i bits', async (bits) => {
  await create(`aes-${bits}`, ['--template', 'encryption-key', '--field', `bits=${bits}`]);
  const key = Buffer.from(await get(`aes-${bits}#key`), 'base64');
  expect(() => createCipheriv(`aes-${bits}-gcm`, key, Buffer.alloc(12))).not.toThrow();
});

describe('--replace-deleted', () => {
  const wanted = { value: 'second', requireEachIncludedType: true, replaceDeleted: true };

  async function deleted() {
    const clients = await memoryClients();
    await clients.secretsManager.createSecret({ Name: 'db', SecretString: 'first' });
    await clients.secretsManager.deleteSecret({ SecretId: 'db' });
    return clients;
  }

  it('says what it did, so that nobody takes it for a new secret', async () => {
    const { context, terminal } = contextOver(await deleted());
    await verb.run(context, ['db'], wanted);
    expect(terminal.said[0]).toMatch(/^secret "db" was scheduled for deletion on \d{4}-\d\d-\d\d: it is restored/);
  });

  it('says where it stopped when the new value is refused', async () => {
    const clients = await deleted();
    const secretsManager = instead(clients.secretsManager, { updateSecret: refused('AccessDeniedException') });
    const { context } = contextOver({ ...clients, secretsManager });
    await expect(verb.run(context, ['db'], wanted)).rejects.toMatchObject({
      code: 'partial',
      message: 'secret "db" is restored, but could not be given all that is new',
    });
  });
});
