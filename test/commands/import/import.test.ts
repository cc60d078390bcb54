import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../../src/cli/run.ts';
import { verb } from '../../../src/commands/import.ts';
import { rootOf } from '../../../src/vault/caller.ts';
import { startServer } from '../../../src/vault/serve/server.ts';
import { createVault } from '../../../src/vault/vault.ts';
import { clientsOf, contextOver, instead, memoryClients, refused } from '../../helpers/memory-clients.ts';
import { makePlace } from '../../helpers/play.ts';
import { terminalForTests } from '../../helpers/terminal.ts';

const many = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index}`, `value ${index}`]));

/** Runs the verb over these clients with a JSON file on standard input. */
async function importing(clients: object, target: string | undefined, json: object, options: object = {}) {
  const terminal = terminalForTests({ stdin: JSON.stringify(json) });
  const { context } = contextOver(clients, terminal);
  const done = verb.run(context, ['-', target!], { format: 'json', yes: true, ...options });
  return { done, said: terminal.said };
}

describe('an endpoint that dies half-way', () => {
  let place: ReturnType<typeof makePlace>;
  beforeEach(() => {
    place = makePlace();
  });
  afterEach(() => place.remove());

  /** A server in front of the vault that dies at the write after these. */
  async function open(vault: Awaited<ReturnType<typeof createVault>>, writes: number) {
    let left = writes;
    const handle: typeof vault.handle = async (call) => {
      if (/^(PutParameter|CreateSecret)$/.test(call.operation)) left -= 1;
      if (left >= 0) return vault.handle(call);
      void server.close();
      throw new Error('gone');
    };
    const authenticate = () => ({ caller: rootOf('123456789012'), region: 'eu-west-1' });
    const server = await startServer({ vault: { ...vault, handle }, port: 0, authenticate });
    return server;
  }

  it.each([
    ['param:/prod/app/', '/prod/app/'],
    ['secret:prod/app/', 'prod/app/'],
  ])('%s: a second run writes the rest, and nothing twice', async (target, path) => {
    const vault = await createVault({
      ...{ file: ':memory:', secret: { key: Buffer.alloc(32, 1) }, account: '123456789012' },
    });
    const dying = await open(vault, 5);
    const server = await open(vault, 1000);
    const names = Object.keys(many(12));
    const latchkey = async (endpoint: string) => {
      const terminal = terminalForTests({ stdin: JSON.stringify(many(12)) });
      const exit = await run(['import', '-', target, '--format', 'json', '--yes'], terminal, {
        ...place.environment,
        ...{ AWS_ENDPOINT_URL: endpoint, AWS_REGION: 'eu-west-1' },
        ...{ AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'for-tests' },
      });
      return { exit, said: terminal.said };
    };

    const first = await latchkey(dying.url);
    expect(first.exit).toBe(8);
    expect(first.said.filter((line) => line.startsWith('done: '))).toHaveLength(5);
    expect(first.said.filter((line) => line.startsWith('not '))).toHaveLength(7);
    for (const name of names) expect(first.said.join('\n')).toContain(`"${path}${name}"`);
    expect(first.said.join('\n')).not.toContain('value 1');

    const second = await latchkey(server.url);
    expect(second).toEqual({ exit: 0, said: [] });
    for (const name of names) {
      const versions = await versionsOf(`${path}${name}`);
      expect(versions, name).toBe(1);
    }
    await server.close();
    vault.close();

    async function versionsOf(name: string): Promise<number> {
      const { secretsManager, ssm } = clientsOf(vault);
      if (target.startsWith('param')) return (await ssm.getParameterHistory({ Name: name })).Parameters!.length;
      return (await secretsManager.listSecretVersionIds({ SecretId: name })).Versions!.length;
    }
  });
});

it('writes ten thousand, each once, and never more than sixteen at a time', async () => {
  const written = new Map<string, number>();
  let [now, most] = [0, 0];
  const ssm = {
    getParametersByPath: async () => ({ Parameters: [] }),
    getParameters: async ({ Names }: { Names: string[] }) => ({ Parameters: [], InvalidParameters: Names }),
    putParameter: async ({ Name }: { Name: string }) => {
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setImmediate(resolve));
      now -= 1;
      written.set(Name, (written.get(Name) ?? 0) + 1);
      return { Version: 1 };
    },
  };
  const { done } = await importing({ ssm }, 'param:/prod/app/', many(10_000));
  await done;
  expect(written.size).toBe(10_000);
  expect(new Set(written.values())).toEqual(new Set([1]));
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(16);
});

describe('what is too large is said before the first write', () => {
  it('a secret over 64 KiB, a parameter over 8 KB', async () => {
    const clients = await memoryClients();
    const large = { a: 'fine', b: 'x'.repeat(65_536) };
    const secret = await importing(clients, 'secret:prod/app', large);
    await expect(secret.done).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining('65,536') });
    const secrets = await importing(clients, 'secret:prod/', { ...large, b: 'x'.repeat(65_537) });
    await expect(secrets.done).rejects.toMatchObject({ code: 'usage' });
    expect(secrets.said).toEqual(['"b": the value is 65,537 bytes, and a secret holds at most 65,536']);
    const parameters = await importing(clients, 'param:/prod/', large);
    await expect(parameters.done).rejects.toMatchObject({ code: 'usage' });
    expect((await clients.secretsManager.listSecrets({})).SecretList).toEqual([]);
    expect((await clients.ssm.describeParameters({})).Parameters).toEqual([]);
  });

  it('a parameter over 4 KB takes the Advanced tier, and the plan has its price', async () => {
    const clients = await memoryClients();
    const json = { a: 'x'.repeat(4097) };
    const planned = await importing(clients, 'param:/prod/', json, { dryRun: true });
    await planned.done;
    expect(planned.said[0]).toBe('add "a" to "param:/prod/" as SecureString ($0.05 a month)');
    await (await importing(clients, 'param:/prod/', json)).done;
    const { Parameters } = await clients.ssm.describeParameters({});
    expect(Parameters![0]!.Tier).toBe('Advanced');
  });
});

it('prunes nothing where not all that is there can be read', async () => {
  const clients = await memoryClients();
  for (const Name of ['prod/a', 'prod/b']) await clients.secretsManager.createSecret({ Name, SecretString: 'x' });
  const { secretsManager } = clients;
  const getSecretValue = async (input: { SecretId: string }) =>
    input.SecretId === 'prod/b' ? refused('AccessDeniedException')() : secretsManager.getSecretValue(input);
  const denied = instead(secretsManager, {
    getSecretValue,
    batchGetSecretValue: refused('AccessDeniedException'),
  } as never);
  const pruned = await importing({ ...clients, secretsManager: denied }, 'secret:prod/', { a: 'y' }, { prune: true });
  await expect(pruned.done).rejects.toMatchObject({ code: 'denied', message: expect.stringContaining('"prod/b"') });
  await (await importing({ ...clients, secretsManager: denied }, 'secret:prod/', { a: 'y' })).done;
  expect((await secretsManager.getSecretValue({ SecretId: 'prod/a' })).SecretString).toBe('y');
});

it('asks at a terminal, and a no leaves all as it is', async () => {
  const clients = await memoryClients();
  const terminal = terminalForTests({ stdin: '{"a":"1"}', tty: true, answers: ['n'] });
  const { context } = contextOver(clients, terminal);
  await verb.run(context, ['-', 'secret:app'], { format: 'json' });
  expect(terminal.said.at(-1)).toBe('Make this change?');
  expect((await clients.secretsManager.listSecrets({})).SecretList).toEqual([]);
});

it('says in the plan that a parameter which stays a String would hold a secret openly', async () => {
  const clients = await memoryClients();
  await clients.ssm.putParameter({ Name: '/app/token', Value: 'x', Type: 'String' });
  const json = { token: 'y', other: 'z' };
  const { done, said } = await importing(clients, 'param:/app/', json, { dryRun: true });
  await done;
  expect(said).toEqual([
    'change "token" in "param:/app/" (a String is not encrypted, and this looks like a secret)',
    'add "other" to "param:/app/" as SecureString',
  ]);
});

it('where one of two places fails says so, and finishes the other', async () => {
  const clients = await memoryClients();
  const denied = instead(clients.secretsManager, { createSecret: refused('AccessDeniedException') });
  const places = { route: 'auto', secretsTo: 'secret:app', configTo: 'param:/app/' } as const;
  const json = { PORT: 80, TOKEN: 'hunter2' };
  const first = await importing({ ...clients, secretsManager: denied }, undefined, json, places);
  await expect(first.done).rejects.toMatchObject({ code: 'partial' });
  expect(first.said).toEqual(['not done: 1 in "secret:app" (AccessDeniedException)', 'done: 1 in "param:/app/"']);
  await (await importing(clients, undefined, json, places)).done;
  const { SecretString } = await clients.secretsManager.getSecretValue({ SecretId: 'app' });
  expect(SecretString).toBe('{"TOKEN":"hunter2"}');
  expect((await clients.ssm.getParameter({ Name: '/app/PORT' })).Parameter).toMatchObject({
    Version: 1,
    Type: 'String',
  });
});
