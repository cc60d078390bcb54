import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { run } from '../../../src/cli/run.ts';
import { verb as create } from '../../../src/commands/key/create.ts';
import type { Context } from '../../../src/context.ts';
import { makePlace } from '../../helpers/play.ts';
import { terminalForTests } from '../../helpers/terminal.ts';

let place: ReturnType<typeof makePlace>;
beforeEach(async () => {
  place = makePlace();
  await latchkey(['vault', 'init']);
});
afterEach(() => place.remove());

async function latchkey(argv: string[], given: Parameters<typeof terminalForTests>[0] = {}) {
  const terminal = terminalForTests(given);
  const exit = await run(argv, terminal, { ...place.environment, LATCHKEY_VAULT: '1' });
  return { exit, said: terminal.said, bytes: terminal.bytes, stdout: terminal.stdout };
}

describe('what encrypt writes, decrypt reads', () => {
  beforeEach(() => latchkey(['key', 'create', '--alias', 'app']));

  const encrypt = async (stdin: Uint8Array, ...options: string[]) =>
    (await latchkey(['key', 'encrypt', 'alias/app', ...options], { stdin })).bytes;
  const decrypt = async (stdin: Uint8Array) => (await latchkey(['key', 'decrypt'], { stdin })).bytes;

  const values: [string, Uint8Array][] = [
    ['text without a newline', Buffer.from('text')],
    ['text with newlines', Buffer.from('\na\r\nb\n')],
    ['every byte there is', Uint8Array.from({ length: 256 }, (_, index) => index)],
    ['what looks like base64', Buffer.from('aGVsbG8=')],
    ['one byte', Buffer.from([0])],
    ['as much as KMS takes', Buffer.alloc(4096, 1)],
  ];

  it.each(values)('%s', async (_, value) => {
    expect(await decrypt(await encrypt(value))).toEqual(Buffer.from(value));
    expect(await decrypt(await encrypt(value, '--raw'))).toEqual(Buffer.from(value));
  });

  it('base64 may be broken into lines, as mail and YAML do', async () => {
    const lines = (await encrypt(Buffer.from('text'))).toString().replace(/(.{20})/g, '$1\r\n  ');
    expect((await decrypt(Buffer.from(lines))).toString()).toBe('text');
  });

  it('base64 is one line, also at a terminal', async () => {
    const { stdout } = await latchkey(['key', 'encrypt', 'alias/app'], { tty: true, answers: ['text'] });
    expect(stdout).toMatch(/^[A-Za-z0-9+/]+={0,2}\n$/);
  });

  it('raw bytes are not for a terminal, unless forced', async () => {
    const raw = (...more: string[]) =>
      latchkey(['key', 'encrypt', 'alias/app', '--raw', ...more], { tty: true, answers: ['text'] });
    expect(await raw()).toMatchObject({ exit: 2, stdout: '' });
    expect((await raw('--force')).exit).toBe(0);
  });

  it('one byte more than KMS takes is refused, with both sizes and a way out', async () => {
    const { exit, said } = await latchkey(['key', 'encrypt', 'alias/app'], { stdin: Buffer.alloc(4097, 1) });
    expect(exit).toBe(2);
    expect(said[0]).toBe('latchkey: error: the value is 4,097 bytes, and a key encrypts at most 4,096');
    expect(said[1]).toContain('envelope encryption');
    expect(said[1]).toContain('"latchkey encrypt FILE --kms-key KEY --out FILE.lk"');
  });

  it('a changed ciphertext does not decrypt', async () => {
    const bytes = await encrypt(Buffer.from('text'), '--raw');
    bytes[bytes.length - 1]! ^= 1;
    expect(await latchkey(['key', 'decrypt'], { stdin: bytes })).toMatchObject({ exit: 7, stdout: '' });
  });
});

it("explains in a vault that a ciphertext is AWS's own", async () => {
  const stdin = Buffer.from(`01020200${'ab'.repeat(150)}`, 'hex');
  const { exit, stdout } = await latchkey(['key', 'explain'], { stdin });
  expect(exit).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    Format: 'AWS KMS, symmetric',
    Why: 'AWS encrypted it, and this is a vault',
    Try: 'the account it was encrypted in: --profile NAME',
  });
});

it('lists every page of keys and of aliases', async () => {
  for (let count = 0; count < 101; count += 1) await latchkey(['key', 'create', '--alias', `a${count}`]);
  const { stdout } = await latchkey([
    'key',
    'list',
    '--query',
    '[length(@), length([].Aliases[])]',
    '--output',
    'json',
  ]);
  expect(JSON.parse(stdout)).toEqual([101, 101]);
});

it('a key whose alias fails is told with the command that gives it one', async () => {
  const kms = {
    describeKey: vi.fn(async () => Promise.reject(new Error('none'))),
    createKey: vi.fn(async () => ({ KeyMetadata: { Arn: 'arn:the-key', KeyId: 'the-key' } })),
    createAlias: vi.fn(async () => Promise.reject(new Error('not allowed'))),
  };
  const terminal = terminalForTests();
  const context = { terminal, clients: async () => ({ kms }) } as unknown as Context;
  await expect(create.run(context, [], { alias: 'app', tag: [] })).rejects.toMatchObject({
    code: 'partial',
    message: 'key "the-key" is created, but not its alias: not allowed',
    hints: ['latchkey key alias set alias/app the-key'],
  });
  expect(terminal.stdout).toBe('arn:the-key\n');
});
