import { describe, expect, test, vi } from 'vitest';
import { verb } from '../../../src/commands/diff.ts';
import { UserError } from '../../../src/errors.ts';
import { contextOver, instead, memoryClients } from '../../helpers/memory-clients.ts';
import { terminalForTests } from '../../helpers/terminal.ts';

type Options = Parameters<typeof verb.run>[2];
type Clients = Awaited<ReturnType<typeof memoryClients>>;

async function diff(clients: object, [from, to]: [string, string], options: Options = {}, given = {}) {
  const { context, terminal } = contextOver(clients, terminalForTests(given));
  const done = verb.run(context, [from, to], options).catch((error: UserError) => error.code);
  const code = await done;
  return { code, out: terminal.stdout, said: terminal.said };
}

async function withSecrets(values: Record<string, string>): Promise<Clients> {
  const clients = await memoryClients();
  for (const [Name, SecretString] of Object.entries(values)) {
    await clients.secretsManager.createSecret({ Name, SecretString });
  }
  return clients;
}

const refusing = ({ secretsManager, ...others }: Clients, names: RegExp, method = 'getSecretValue') => ({
  ...others,
  secretsManager: instead(secretsManager, {
    batchGetSecretValue: async () => ({ SecretValues: [] }),
    [method]: async (input: never) => {
      const { SecretId, Name } = input as { SecretId?: string; Name?: string };
      if (names.test(SecretId ?? Name!)) throw new UserError('denied', 'not allowed');
      return (secretsManager[method as keyof typeof secretsManager] as (input: never) => Promise<object>)(input);
    },
  }),
});

describe('what cannot be read', () => {
  const some = { 'a/x': '1', 'a/y': '2', 'b/x': '1', 'b/y': '2', 'b/z': '3' };

  test('is listed, and is no difference', async () => {
    const clients = refusing(await withSecrets(some), /^a\/y$/);
    const { code, out, said } = await diff(clients, ['secret:a/', 'secret:b/']);
    expect(code).toBe('partial');
    expect(JSON.parse(out)).toMatchObject([{ Name: 'z', Change: 'added' }]);
    expect(said).toEqual(['not read: "y" of "secret:a/" (not allowed)']);
  });

  test('is not removed from the other side, and all else is done', async () => {
    const known = await withSecrets({ ...some, 'a/x': 'new' });
    const options = { apply: true, prune: true, yes: true };
    const { code } = await diff(refusing(known, /^a\/y$/), ['secret:a/', 'secret:b/'], options);
    expect(code).toBe('partial');
    const { SecretList } = await known.secretsManager.listSecrets({});
    expect(SecretList!.map(({ Name }) => Name).sort()).toEqual(['a/x', 'a/y', 'b/x', 'b/y']);
    expect((await known.secretsManager.getSecretValue({ SecretId: 'b/x' })).SecretString).toBe('new');
  });

  test('all of one side: what kept it back', async () => {
    const clients = refusing(await withSecrets(some), /^a\//);
    expect(await diff(clients, ['secret:a/', 'secret:b/'])).toMatchObject({ code: 'denied', out: '' });
    expect(await diff(clients, ['secret:b/', 'secret:a/'], { apply: true })).toMatchObject({ code: 'denied' });
  });

  test('by another name on the other side', async () => {
    const clients = refusing(
      await withSecrets({ 'a/x': '1', 'a/db-user': '2', b: '{"DB_USER":"3","x":"1"}' }),
      /db-user/,
    );
    const { code, out } = await diff(clients, ['secret:a/', 'secret:b'], { asVariables: true });
    expect([code, JSON.parse(out)]).toEqual(['partial', []]);
  });
});

test('--apply that fails half-way is finished by another run', async () => {
  const known = await withSecrets({ 'a/x': '1', 'a/y': '2', 'a/z': '3', 'b/x': '0' });
  const [sources, options]: [[string, string], Options] = [['secret:a/', 'secret:b/'], { apply: true, yes: true }];
  const first = await diff(refusing(known, /^b\/y$/, 'createSecret'), sources, options);
  expect(first.code).toBe('partial');
  expect(first.said.sort()).toEqual(['done: "b/x"', 'done: "b/z"', 'not done: "b/y" (not allowed)']);
  const left = await diff(known, sources, { apply: true, dryRun: true });
  expect(left).toMatchObject({ code: 1, said: ['add "y" of "secret:b/"'] });
  expect(await diff(known, sources, options)).toMatchObject({ code: 0, said: [] });
  expect(await diff(known, sources)).toMatchObject({ code: 0, out: '[]\n' });
});

describe('what is shown', () => {
  const values = { a: '{"password":"hunter2","n":{"deep":"s3same"}}', b: '{"password":"hunter3","n":{}}' };

  test.each(['table', 'json', 'yaml', 'text', 'unified'] as const)(
    'no value unless it is asked for: %s',
    async (output) => {
      const clients = await withSecrets(values);
      const { code, out } = await diff(clients, ['secret:a', 'secret:b'], { output });
      expect(code).toBe(1);
      expect(out).toContain('n/deep');
      expect(out).not.toMatch(/hunter|s3same/);
      const revealed = await diff(clients, ['secret:a', 'secret:b'], { output, reveal: true });
      for (const value of ['hunter2', 'hunter3', 's3same']) expect(revealed.out).toContain(value);
    },
  );

  test('nor in a plan', async () => {
    const clients = await withSecrets(values);
    const { said } = await diff(clients, ['secret:a', 'secret:b'], { apply: true, dryRun: true });
    expect(said).toEqual(['change "password" of "secret:b"', 'change "n" of "secret:b"']);
  });

  test('a table at a terminal, whose columns are those that matter', async () => {
    const clients = await withSecrets({ a: '{"n":5,"s":"x"}', b: '{"n":"5","s":"x"}' });
    const { out } = await diff(clients, ['secret:a', 'secret:b'], {}, { tty: true });
    const [heading, row] = out.split('\n') as [string, string];
    expect(heading).toContain('FromType');
    expect(row).toMatch(/n {5,}changed +([0-9a-f]{10}) +\1 +1 +1 +number +string/);
    expect(await diff(clients, ['secret:a', 'secret:a'], {}, { tty: true })).toMatchObject({
      ...{ code: 0, out: '', said: ['there is no difference'] },
    });
  });

  test('nothing raw to a terminal, and a value of lines stays on one', async () => {
    const clients = await withSecrets({ a: '\u001b[2Ja', b: '1\n+2' });
    const options: Options = { output: 'unified', reveal: true };
    const { out } = await diff(clients, ['secret:a', 'secret:b'], options, { tty: true });
    expect(out).toContain('\\x1b[2Ja (5 bytes)');
    expect(out).toContain('+"1\\n+2" (4 bytes)');
    expect(out).not.toContain('\u001b[2J');
  });

  test('a name of lines cannot look like another difference', async () => {
    const clients = await withSecrets({ a: '{"x\\n+password":1}', b: '{}' });
    const { out } = await diff(clients, ['secret:a', 'secret:b'], { output: 'unified', reveal: true });
    expect(out).toBe('--- secret:a\n+++ secret:b\n-x\\n+password 1 (1 byte)\n');
  });

  test('colours where they can be seen, unless NO_COLOR is set', async () => {
    const clients = await withSecrets({ a: '{"x":1}', b: '{"y":1}' });
    const unified = async (tty: boolean) =>
      (await diff(clients, ['secret:a', 'secret:b'], { output: 'unified', reveal: true }, { tty })).out;
    vi.stubEnv('NO_COLOR', '');
    expect(await unified(true)).toContain('\u001b[31m-x 1 (1 byte)\u001b[39m');
    expect(await unified(true)).toContain('\u001b[32m+y 1 (1 byte)\u001b[39m');
    expect(await unified(false)).not.toContain('\u001b');
    vi.stubEnv('NO_COLOR', '1');
    expect(await unified(true)).not.toContain('\u001b');
    vi.unstubAllEnvs();
  });

  test('binary, by its bytes', async () => {
    const { secretsManager, ...others } = await memoryClients();
    await secretsManager.createSecret({ Name: 'a', SecretBinary: Buffer.from([0xff, 0]) });
    await secretsManager.createSecret({ Name: 'b', SecretBinary: Buffer.from([0xff, 1]) });
    const clients = { ...others, secretsManager };
    expect(JSON.parse((await diff(clients, ['secret:a', 'secret:b'], { reveal: true })).out)).toEqual([
      { Name: '', Change: 'changed', From: '/wA=', FromBytes: 2, To: '/wE=', ToBytes: 2 },
    ]);
    expect(await diff(clients, ['secret:a', 'secret:b'], { apply: true, yes: true })).toMatchObject({ code: 0 });
    expect(await diff(clients, ['secret:a', 'secret:b'])).toMatchObject({ code: 0 });
  });
});

test('standard input is one side at most', async () => {
  expect(await diff({}, ['-', '-'])).toMatchObject({ code: 'usage' });
});
