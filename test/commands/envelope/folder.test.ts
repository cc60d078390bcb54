import fs from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { modeOf, roomForTests } from './latchkey.ts';

let room: ReturnType<typeof roomForTests>;
beforeEach(async () => {
  room = roomForTests();
  await room.latchkey(['keygen', '--out', room.at('key'), '--name', 'mine']);
  room.write({ 'in/a.txt': 'a', 'in/sub/b.txt': 'bb', 'in/sub/deep/empty': '' });
});
afterEach(() => room.remove());

const seal = (...more: string[]) =>
  room.latchkey(['encrypt', room.at('in'), '--recursive', '--out', room.at('sealed'), ...withKey(more)]);
const open = (...more: string[]) =>
  room.latchkey(['decrypt', room.at('sealed'), '--recursive', '--out', room.at('opened'), ...withKey(more)]);
const withKey = (more: string[]) => (more.includes('--kms-key') ? more : ['--key-file', room.at('key'), ...more]);
const later = (name: string) =>
  fs.utimesSync(room.at(name), new Date(Date.now() + 60_000), new Date(Date.now() + 60_000));

it('seals every file, and opens them again', async () => {
  expect(await seal()).toMatchObject({ exit: 0, said: [] });
  expect(room.names('sealed')).toEqual(['a.txt.lk', 'sub/b.txt.lk', 'sub/deep/empty.lk']);
  expect(await open()).toMatchObject({ exit: 0, said: [] });
  expect(room.names('opened')).toEqual(room.names('in'));
  expect([room.read('opened/a.txt'), room.read('opened/sub/b.txt'), room.read('opened/sub/deep/empty')]).toEqual([
    'a',
    'bb',
    '',
  ]);
  expect([modeOf(room.at('sealed/a.txt.lk')), modeOf(room.at('opened/sub')), modeOf(room.at('opened/a.txt'))]).toEqual([
    0o600, 0o700, 0o600,
  ]);
});

it('has another suffix where one is said, and leaves alone what has it not', async () => {
  await seal('--suffix', '.sealed');
  room.write({ 'sealed/notes.txt': 'mine', 'sealed/.sealed': 'no name' });
  expect(await open('--suffix', '.sealed')).toMatchObject({ exit: 0 });
  expect(room.names('opened')).toEqual(['a.txt', 'sub/b.txt', 'sub/deep/empty']);
});

describe('run again', () => {
  const stamps = () => room.names('sealed').map((name) => fs.statSync(room.at('sealed', name)).ino);

  it('leaves alone what is done', async () => {
    await seal();
    const before = stamps();
    expect(await seal()).toMatchObject({ exit: 0, said: [] });
    expect(stamps()).toEqual(before);
  });

  it('does what is missing', async () => {
    await seal();
    const [first] = stamps();
    fs.rmSync(room.at('sealed/sub/b.txt.lk'));
    expect(await seal()).toMatchObject({ exit: 0 });
    expect(room.names('sealed')).toHaveLength(3);
    expect(stamps()[0]).toBe(first);
  });

  it('does not take what is there for something else: one that has changed, other contexts, no message', async () => {
    await seal();
    later('in/a.txt');
    const { exit, said } = await seal();
    expect(exit).toBe(5);
    expect(said[0]).toContain(`"${room.at('sealed/a.txt.lk')}" is there already, and another`);
    expect((await seal('--context', 'app=web')).exit).toBe(5);
    room.write({ 'sealed/sub/b.txt.lk': 'cut off' });
    later('sealed/sub/b.txt.lk');
    expect((await seal()).exit).toBe(5);
    expect(await seal('--overwrite')).toMatchObject({ exit: 0 });
    expect((await open()).exit).toBe(0);
  });
});

it('does the others where one fails, and says which', async () => {
  await seal();
  fs.appendFileSync(room.at('sealed/a.txt.lk'), 'more');
  const { exit, said } = await open();
  expect(exit).toBe(8);
  expect(said).toEqual([
    expect.stringMatching(/^not done: ".*a\.txt\.lk" \(.* cannot be opened: its signature is false \(signature\)\)$/),
    `done: "${room.at('sealed/sub/b.txt.lk')}"`,
    `done: "${room.at('sealed/sub/deep/empty.lk')}"`,
    'latchkey: error: 1 of 3 could not be done',
    expect.stringContaining('run it again'),
  ]);
  expect(room.names('opened')).toEqual(['sub/b.txt', 'sub/deep/empty']);
});

it('leaves nothing of a file that changes while it is read', async () => {
  const { statSync } = fs;
  let times = 0;
  const changing = vi.spyOn(fs, 'statSync').mockImplementation(((file: string, ...more: []) => {
    times += file === room.at('in/a.txt') ? 1 : 0;
    if (file === room.at('in/a.txt') && times === 2) later('in/a.txt');
    return statSync(file, ...more);
  }) as typeof fs.statSync);
  const { exit, said } = await seal().finally(() => changing.mockRestore());
  expect([exit, said[0]]).toEqual([8, expect.stringContaining('it changed while it was read')]);
  expect(room.names('sealed')).toEqual(['sub/b.txt.lk', 'sub/deep/empty.lk']);
  expect((await seal()).exit).toBe(0);
  expect(room.names('sealed')).toHaveLength(3);
});

it('follows no link, and says so', async () => {
  fs.symlinkSync('/etc/passwd', room.at('in/link'));
  fs.symlinkSync(room.at('in'), room.at('in/sub/loop'));
  const { exit, said } = await seal();
  expect([exit, said]).toEqual([0, ['latchkey: warning: 2 were left alone that are no files: links are not followed']]);
  expect(room.names('sealed')).toHaveLength(3);
});

it('does not write into what it reads, by a link either', async () => {
  fs.symlinkSync(room.at('in'), room.at('also-in'));
  const { exit, said } = await room.latchkey([
    ...['encrypt', room.at('in'), '--recursive', '--key-file', room.at('key'), '--out', room.at('also-in/sealed')],
  ]);
  expect([exit, said[0]]).toEqual([2, expect.stringContaining('the output would be in the folder it is made of')]);
  expect(room.names('in')).toHaveLength(3);
});

it('keeps a record of each file, and no text', async () => {
  await seal('--metadata', room.at('log'), '--context', 'app=web');
  await open('--metadata', room.at('log'));
  const records = room
    .read('log')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(records.map(({ Action }) => Action)).toEqual([...Array(3).fill('encrypt'), ...Array(3).fill('decrypt')]);
  const sealed = records.find(({ Output }) => Output === room.at('sealed/sub/b.txt.lk'));
  expect(sealed).toMatchObject({
    ...{ Action: 'encrypt', Input: room.at('in/sub/b.txt'), Bytes: 2, Suite: '0578', OpenedBy: ['latchkey/mine'] },
    ...{ SealedBytes: fs.statSync(room.at('sealed/sub/b.txt.lk')).size, EncryptionContext: { app: 'web' } },
  });
  expect(modeOf(room.at('log'))).toBe(0o600);
});

describe('under a KMS key', () => {
  const calls = (said: string[], name: string) => said.filter((line) => line.includes(`call: kms:${name} `)).length;
  beforeEach(async () => {
    await room.latchkey(['vault', 'init']);
    await room.latchkey(['key', 'create', '--alias', 'app']);
    room.write(Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`in/many/${at}`, String(at)])));
  });

  it.each([
    [[], 1],
    [['--cache-messages', '10'], 4], // of 33
    [['--cache-messages', '1'], 33],
    [['--cache-bytes', '30'], 2], // of 53
  ])('asks for a data key no more often than the limits say: %j', async (limits, asked) => {
    const { exit, said } = await seal('--kms-key', 'alias/app', '--show-calls', ...limits);
    expect([exit, calls(said, 'GenerateDataKey'), calls(said, 'Encrypt')]).toEqual([0, asked, 0]);
    expect((await open('--kms-key', 'alias/app')).exit).toBe(0);
    expect(room.names('opened')).toEqual(room.names('in'));
  });

  it('does not ask thousands of times for what it does not get', async () => {
    const { exit, said } = await seal('--kms-key', 'alias/none', '--show-calls');
    expect([exit, calls(said, 'GenerateDataKey')]).toEqual([3, 1]);
    expect(room.names('sealed')).toEqual([]);
  });
});
