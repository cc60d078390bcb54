import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { run } from '../../../src/cli/run.ts';
import { doEach } from '../../../src/commands/fates.ts';
import { makePlace } from '../../helpers/play.ts';
import { terminalForTests } from '../../helpers/terminal.ts';

let place: ReturnType<typeof makePlace>;
beforeEach(async () => {
  place = makePlace();
  await latchkey(['vault', 'init']);
});
afterEach(() => place.remove());

async function latchkey(argv: string[], stdin = 'x') {
  const terminal = terminalForTests({ stdin: Buffer.from(stdin) });
  const exit = await run(argv, terminal, { ...place.environment, LATCHKEY_VAULT: '1' });
  return { exit, out: Buffer.from(terminal.bytes).toString(), said: terminal.said };
}

describe('tag check', () => {
  const check = async (policy: string) => {
    const file = path.join(place.place, 'tags.yaml');
    fs.writeFileSync(file, policy);
    const { exit, out, said } = await latchkey(['tag', 'check', '--policy-file', file, '--output', 'text']);
    return { exit, lines: out.split('\n').filter(Boolean).sort(), said };
  };

  test('what lacks a tag, has another value, or another name', async () => {
    await latchkey(['secret', 'create', 'prod/good', '--tag', 'team=red', '--tag', 'env=prod', '--tag', 'cost=1234']);
    await latchkey(['secret', 'create', 'bad', '--tag', 'env=live', '--tag', 'cost=12345']);
    await latchkey(['param', 'put', '/prod/url', '--tag', 'team=red']);
    const policy = `
      required: [team]
      allowed: {env: [dev, prod], cost: '^[0-9]{4}$'}
      names: {secret: '^(dev|prod)/', param: '^/prod/'}`;
    expect(await check(policy)).toEqual({
      exit: 1,
      lines: [
        'secret\tbad\tits name does not match',
        'secret\tbad\ttag "cost" is "12345"',
        'secret\tbad\ttag "env" is "live"',
        'secret\tbad\ttag "team" is missing',
      ],
      said: [],
    });
    expect(await check('{"names": {"secret": "."}}')).toEqual({ exit: 0, lines: [], said: [] });
    expect((await check('')).exit).toBe(0);
  });

  test.each([
    ['{', 'is neither YAML nor JSON'],
    ['needed: [a]', 'expected required, allowed or names, got something else at "needed"'],
    ['required: a', 'expected a list of keys, got something else at "required"'],
    ['allowed: [a]', 'expected an object, got something else at "allowed"'],
    ['allowed: {a: 1}', 'expected a pattern, got something else at "allowed.a"'],
    ['allowed: {a: [01, b]}', 'expected a list of texts, numbers in quotes, got something else at "allowed.a"'],
    ['names: {bucket: x}', 'expected one of secret, param, key, got something else at "names.bucket"'],
    ['names: {secret: "("}', 'expected a regular expression, got something else at "names.secret"'],
  ])('a policy that is none: %s', async (policy, message) => {
    const { exit, said } = await check(policy);
    expect(exit).toBe(2);
    expect(said[0]).toContain(message);
  });

  test('a policy from standard input, where an empty one is a pipe that broke', async () => {
    await latchkey(['secret', 'create', 'db', '--tag', 'env=live']);
    const check = (policy: string) =>
      latchkey(['tag', 'check', '--policy-file', '-', '--query', '[].Violation', '--output', 'text'], policy);
    expect(await check('allowed: {env: [prod]}')).toEqual({ exit: 1, out: 'tag "env" is "live"\n', said: [] });
    expect(await check('{')).toMatchObject({
      exit: 2,
      said: ['latchkey: error: standard input is neither YAML nor JSON'],
    });
    expect(await check('\n')).toMatchObject({
      exit: 2,
      said: ['latchkey: error: standard input is empty, expected a policy'],
    });
  });

  test('no policy at all', async () => {
    expect((await latchkey(['tag', 'check', '--policy-file', `${place.place}/none`])).exit).toBe(3);
    expect((await latchkey(['tag', 'check'])).exit).toBe(2);
  });
});

describe('many at once', () => {
  const said = (item: string) => `secret:${item}`;
  const work = async (item: string) => {
    if (item.startsWith('bad')) throw Object.assign(new Error('no'), { name: 'AccessDeniedException' });
  };

  test('some fail: each is accounted for', async () => {
    const terminal = terminalForTests();
    const items = ['a', 'bad 1', 'b', 'bad 2', 'c', 'd'];
    await expect(doEach(terminal, { items, said, work })).rejects.toMatchObject({
      code: 'partial',
      message: '2 of 6 could not be done',
    });
    expect(terminal.said).toEqual([
      'done: secret:a',
      'not done: secret:bad 1 (AccessDeniedException)',
      'done: secret:b',
      'not done: secret:bad 2 (AccessDeniedException)',
      'done: secret:c',
      'done: secret:d',
    ]);
  });

  test('what a service refused is said in our words', async () => {
    const terminal = terminalForTests();
    const gone = { service: 'secretsManager', operation: 'TagResource', input: { SecretId: 'bad' } };
    const refuse = async (item: string) => {
      if (item === 'bad') throw Object.assign(new Error('x'), { name: 'ResourceNotFoundException', ...gone });
    };
    await expect(doEach(terminal, { items: ['a', 'bad'], said, work: refuse })).rejects.toMatchObject({
      code: 'partial',
    });
    expect(terminal.said[1]).toBe('not done: secret:bad (there is no secret "bad")');
  });

  test('all fail: the reason alone', async () => {
    const terminal = terminalForTests();
    await expect(doEach(terminal, { items: ['bad'], said, work })).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    expect(terminal.said).toEqual([]);
  });
});

test.each([
  ['a'.repeat(128), 'x'.repeat(256), 0],
  ['a'.repeat(129), 'x', 2],
  ['a', 'x'.repeat(257), 2],
  ['AWS:a', 'x', 2],
])('a tag of the command line', async (key, value, exit) => {
  await latchkey(['secret', 'create', 'a']);
  expect((await latchkey(['tag', 'add', 'secret:a', '--tag', `${key}=${value}`])).exit).toBe(exit);
});
