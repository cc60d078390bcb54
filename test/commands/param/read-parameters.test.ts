import { beforeAll, describe, expect, it } from 'vitest';
import type { Ssm } from '../../../src/aws/services.ts';
import { readableTree, readParameters, readTree } from '../../../src/commands/param/read-parameters.ts';
import { instead, memoryClients, refused } from '../../helpers/memory-clients.ts';
import { terminalForTests } from '../../helpers/terminal.ts';

const names = Array.from({ length: 25 }, (_, index) => `/app/${index < 20 ? '' : 'deep/'}p${index}`);
const secretOf = (name: string) => `value of ${name}`;
let ssm: Ssm;

beforeAll(async () => {
  ({ ssm } = await memoryClients());
  for (const Name of names) await ssm.putParameter({ Name, Value: secretOf(Name), Type: 'SecureString' });
});

/** The client, and how often each of its operations was called. */
function watched(client: Ssm) {
  const calls: string[] = [];
  const counting = new Proxy(client, {
    get(_, name: keyof Ssm) {
      calls.push(name);
      return client[name];
    },
  });
  return { client: counting, count: (name: keyof Ssm) => calls.filter((call) => call === name).length };
}

const read = (client: Ssm, path: string, recursive?: boolean) =>
  readTree(client, terminalForTests(), { path, recursive });
const pairs = (parameters: { Name?: string; Value?: string }[]) => parameters.map(({ Name, Value }) => [Name, Value]);
const expected = (some: string[]) => [...some].sort().map((name) => [name, secretOf(name)]);

describe('readTree', () => {
  it.each(['/app', '/app/'])('reads a tree of more than a page by its names, in order: %s', async (path) => {
    const { client, count } = watched(ssm);
    expect(pairs(await read(client, path))).toEqual(expected(names));
    // Ten came with the first page, fifteen are left.
    expect([count('getParametersByPath'), count('getParameters')]).toEqual([1, 2]);
  });

  it('reads a tree of one page at once', async () => {
    const { client, count } = watched(ssm);
    expect(pairs(await read(client, '/app/deep'))).toEqual(expected(names.slice(20)));
    expect([count('getParametersByPath'), count('getParameters'), count('describeParameters')]).toEqual([1, 0, 0]);
  });

  it('goes on page by page where DescribeParameters is denied', async () => {
    const denied = instead(ssm, { describeParameters: refused('AccessDeniedException') });
    expect(pairs(await read(denied, '/app'))).toEqual(expected(names));
    const broken = instead(ssm, { describeParameters: refused('ThrottlingException') });
    await expect(read(broken, '/app')).rejects.toMatchObject({ name: 'ThrottlingException' });
  });

  it('reads one level where it is told to, and everything below the root', async () => {
    expect(pairs(await read(ssm, '/app', false))).toEqual(expected(names.slice(0, 20)));
    expect(await read(ssm, '/')).toHaveLength(25);
  });
});

describe('a tree that is not all ours', () => {
  const denying = (denied: (name: string) => boolean, type = 'AccessDeniedException') =>
    instead(ssm, {
      getParameters: (input: { Names: string[] }) =>
        input.Names.some(denied) ? refused(type)() : ssm.getParameters(input),
    });
  const readable = (client: Ssm) => readableTree(client, terminalForTests(), { path: '/app' });

  it.each(['AccessDeniedException', 'InvalidKeyId'])('loses what is refused, and nothing else: %s', async (type) => {
    // Not one of the ten that the first page brings.
    const denied = 'p19';
    const { found, failed } = await readable(denying((name) => name.endsWith(denied), type));
    expect(pairs(found)).toEqual(expected(names.filter((name) => !name.endsWith(denied))));
    expect(failed).toEqual([{ name: `/app/${denied}`, error: expect.objectContaining({ name: type }) }]);
  });

  it('throws where all of it is wanted', async () => {
    await expect(
      read(
        denying((name) => name.endsWith('p19')),
        '/app',
      ),
    ).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });

  it('goes on page by page where GetParameters is denied altogether', async () => {
    const { client, count } = watched(denying(() => true));
    const { found, failed } = await readable(client);
    expect([pairs(found), failed]).toEqual([expected(names), []]);
    expect(count('getParametersByPath')).toBeGreaterThan(2);
  });

  it('fails as a whole where the service does', async () => {
    await expect(readable(denying(() => true, 'InternalServerError'))).rejects.toMatchObject({
      name: 'InternalServerError',
    });
  });
});

describe('readParameters', () => {
  it('asks for each name once, ten at a time, and accounts for every one', async () => {
    const { client, count } = watched(ssm);
    const { found, missing } = await readParameters(client, [...names, ...names, '/app/none', '/none']);
    expect(pairs(found).sort()).toEqual(expected(names).sort());
    expect(missing.sort()).toEqual(['/app/none', '/none']);
    expect(count('getParameters')).toBe(3);
  });

  it('asks nothing for no names', async () => {
    const { client, count } = watched(ssm);
    expect(await readParameters(client, [])).toEqual({ found: [], missing: [] });
    expect(count('getParameters')).toBe(0);
  });
});
