import { expect, it } from 'vitest';
import type { Change } from '../../../src/commands/entries/changes.ts';
import type { Entries, Entry } from '../../../src/commands/entries/entries.ts';
import { readEntries } from '../../../src/commands/entries/read-entries.ts';
import { applyChanges } from '../../../src/commands/entries/write-entries.ts';
import { contextOver, instead, memoryClients } from '../../helpers/memory-clients.ts';

const set = (name: string, value: string, more: Partial<Entry> = {}): Change => ({
  name,
  entry: { name, value, ...more },
});

const nothing = (shape: Entries['shape']): Entries => ({ source: '', shape, entries: [], failed: [] });

async function opened() {
  const clients = await memoryClients();
  const { context, terminal } = contextOver(clients);
  const read = (source: string) => readEntries(context, source);
  const values = async (source: string) =>
    Object.fromEntries((await read(source)).entries.map(({ name, value, json }) => [name, json ?? value]));
  return { ...clients, context, terminal, read, values };
}

it('changes the keys of a secret in one version, and nothing else to the letter', async () => {
  const { context, secretsManager, read } = await opened();
  await secretsManager.createSecret({ Name: 'app', SecretString: '{ "a": 1,  "b": 2.50, "gone": null }' });
  const changes = [set('a', '5', { json: '5' }), set('c/d', 'x"y'), { name: 'gone' }];
  expect(await applyChanges(context, 'secret:app', changes, { before: await read('secret:app') })).toBe(3);
  const { SecretString } = await secretsManager.getSecretValue({ SecretId: 'app' });
  expect(SecretString).toBe('{ "a": 5,  "b": 2.50, "c/d": "x\\"y" }');
  const { Versions } = await secretsManager.listSecretVersionIds({ SecretId: 'app', IncludeDeprecated: true });
  expect(Versions).toHaveLength(2);
});

it('does not write over a key that has changed since it was read, and stores nothing', async () => {
  const { context, secretsManager, read } = await opened();
  await secretsManager.createSecret({ Name: 'app', SecretString: '{"a":"1","b":"1"}' });
  const before = await read('secret:app');
  await secretsManager.putSecretValue({ SecretId: 'app', SecretString: '{"a":"theirs","b":"1"}' });
  const applied = applyChanges(context, 'secret:app', [set('b', '2'), set('a', '2')], { before });
  await expect(applied).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('"a" of secret') });
  const { SecretString } = await secretsManager.getSecretValue({ SecretId: 'app' });
  expect(SecretString).toBe('{"a":"theirs","b":"1"}');
});

it('keeps a key that someone else has added meanwhile', async () => {
  const { context, secretsManager, read, values } = await opened();
  await secretsManager.createSecret({ Name: 'app', SecretString: '{"a":"1"}' });
  const before = await read('secret:app');
  await secretsManager.putSecretValue({ SecretId: 'app', SecretString: '{"a":"1","theirs":"1"}' });
  await applyChanges(context, 'secret:app', [set('a', '2')], { before });
  expect(await values('secret:app')).toEqual({ a: '2', theirs: '1' });
});

it('makes a secret that is not there, with its tags', async () => {
  const { context, secretsManager, values } = await opened();
  const tags = [{ Key: 'team', Value: 'red' }];
  const changes = [set('a', 'x'), set('n', '1', { json: '1' })];
  await applyChanges(context, 'secret:new', changes, { before: nothing('keys'), tags });
  expect(await values('secret:new')).toEqual({ a: 'x', n: '1' });
  expect((await secretsManager.describeSecret({ SecretId: 'new' })).Tags).toEqual(tags);
});

it('changes a whole value, text or binary, and one key', async () => {
  const { context, secretsManager, read } = await opened();
  await secretsManager.createSecret({ Name: 'pem', SecretString: 'old' });
  const entry = { name: '', value: Uint8Array.of(0xff, 0) };
  await applyChanges(context, 'secret:pem', [{ name: '', entry }], { before: await read('secret:pem') });
  expect((await secretsManager.getSecretValue({ SecretId: 'pem' })).SecretBinary).toEqual(Buffer.of(0xff, 0));

  await secretsManager.createSecret({ Name: 'app', SecretString: '{"db":{"password":"old"}}' });
  const before = await read('secret:app#db/password');
  await applyChanges(context, 'secret:app#db/password', [set('', 'new')], { before });
  const { SecretString } = await secretsManager.getSecretValue({ SecretId: 'app' });
  expect(SecretString).toBe('{"db":{"password":"new"}}');
});

it('says of one value that it has no keys', async () => {
  const { context, secretsManager, read } = await opened();
  await secretsManager.createSecret({ Name: 'pem', SecretString: 'old' });
  const applied = applyChanges(context, 'secret:pem', [set('a', 'x')], { before: await read('secret:pem') });
  await expect(applied).rejects.toMatchObject({ code: 'usage' });
});

it('changes the keys of a parameter, which keeps its type', async () => {
  const { context, ssm, read } = await opened();
  await ssm.putParameter({ Name: '/app', Value: '{"a":1}', Type: 'String' });
  await applyChanges(context, 'param:/app', [set('b', 'x')], { before: await read('param:/app') });
  const { Parameter } = await ssm.getParameter({ Name: '/app' });
  expect(Parameter).toMatchObject({ Value: '{"a":1,"b":"x"}', Type: 'String', Version: 2 });
});

it('writes below a path what is new and different, and removes the rest', async () => {
  const { context, ssm, read } = await opened();
  for (const name of ['same', 'old', 'gone/1', 'gone/2']) {
    await ssm.putParameter({ Name: `/app/${name}`, Value: 'x', Type: 'String' });
  }
  const changes = [
    ...[set('same', 'x'), set('old', 'y', { json: '"y"' }), set('new', 'z'), set('plain', 'p', { type: 'String' })],
    ...[{ name: 'gone/1' }, { name: 'gone/2' }],
  ];
  await applyChanges(context, 'param:/app/', changes, { before: await read('param:/app/') });
  const { Parameters } = await ssm.getParametersByPath({ Path: '/app', Recursive: true, WithDecryption: true });
  const told = Parameters!.map(({ Name, Value, Type, Version }) => [Name, Value, Type, Version].join(' ')).sort();
  expect(told).toEqual([
    '/app/new z SecureString 1',
    '/app/old y String 2',
    '/app/plain p String 1',
    '/app/same x String 1',
  ]);
});

it('writes secrets below a path, and schedules for deletion what is removed', async () => {
  const { context, secretsManager, read, values } = await opened();
  await secretsManager.createSecret({ Name: 'app/old', SecretString: 'x' });
  await secretsManager.createSecret({ Name: 'app/gone', SecretString: 'x' });
  const changes = [set('old', 'y'), set('new', 'z'), { name: 'gone' }];
  await applyChanges(context, 'secret:app/', changes, { before: await read('secret:app/') });
  expect(await values('secret:app/')).toEqual({ old: 'y', new: 'z' });
  const { DeletedDate } = await secretsManager.describeSecret({ SecretId: 'app/gone' });
  expect(DeletedDate).toBeInstanceOf(Date);
});

it('says of each thing below a path what came of it, and finishes in a second run', async () => {
  const { context, secretsManager, ssm, terminal, values } = await opened();
  let left = 5;
  const dying = instead(ssm, {
    putParameter: async (input: never) => {
      left -= 1;
      if (left < 0) throw Object.assign(new Error('gone'), { code: 'ECONNREFUSED' });
      return ssm.putParameter(input);
    },
  });
  const names = Array.from({ length: 12 }, (_, index) => `p${index}`);
  const changes = names.map((name) => set(name, 'secret value'));
  const { context: broken } = contextOver({ secretsManager, ssm: dying }, terminal);
  const applied = applyChanges(broken, 'param:/app/', changes, { before: nothing('tree') });
  await expect(applied).rejects.toMatchObject({ code: 'partial', message: '7 of 12 could not be done' });
  const fates = terminal.said;
  expect(fates.filter((line) => line.startsWith('done: '))).toHaveLength(5);
  expect(fates.filter((line) => line.startsWith('not done: '))).toHaveLength(7);
  expect(fates.join()).not.toContain('secret value');

  await applyChanges(context, 'param:/app/', changes, { before: nothing('tree') });
  expect(await values('param:/app/')).toEqual(Object.fromEntries(names.map((name) => [name, 'secret value'])));
  const { Parameters } = await ssm.getParameters({ Names: names.slice(0, 5).map((name) => `/app/${name}`) });
  expect(Parameters!.map(({ Version }) => Version)).toEqual([1, 1, 1, 1, 1]);
});

it('leaves alone what somebody else has changed below a path', async () => {
  const { context, ssm, terminal, read, values } = await opened();
  for (const Name of ['/app/a', '/app/b']) await ssm.putParameter({ Name, Value: 'x', Type: 'String' });
  const before = await read('param:/app/');
  await ssm.putParameter({ Name: '/app/a', Value: 'theirs', Overwrite: true });
  const applied = applyChanges(context, 'param:/app/', [set('a', 'y'), set('b', 'y')], { before });
  await expect(applied).rejects.toMatchObject({ code: 'partial' });
  expect(terminal.said).toContain('not done: "/app/a" (parameter "/app/a" has been changed by someone else meanwhile)');
  expect(await values('param:/app/')).toEqual({ a: 'theirs', b: 'y' });
});

it('takes what it has sent twice for its own, since the first answer may be lost', async () => {
  const { ssm, secretsManager, read, values } = await opened();
  await ssm.putParameter({ Name: '/app/old', Value: 'x', Type: 'String' });
  const putParameter = async (input: never) => {
    await ssm.putParameter(input);
    return ssm.putParameter(input);
  };
  const { context, terminal } = contextOver({ secretsManager, ssm: instead(ssm, { putParameter }) });
  const changes = [set('old', 'y'), set('new', 'z')];
  await applyChanges(context, 'param:/app/', changes, { before: await read('param:/app/') });
  expect(terminal.said).toEqual([]);
  expect(await values('param:/app/')).toEqual({ old: 'y', new: 'z' });
});

it('sees by the version that somebody else has written in the same moment', async () => {
  const { ssm, secretsManager, read } = await opened();
  await ssm.putParameter({ Name: '/app/a', Value: 'x', Type: 'String' });
  const putParameter = async (input: never) => {
    await ssm.putParameter({ Name: '/app/a', Value: 'theirs', Overwrite: true });
    return ssm.putParameter(input);
  };
  const { context } = contextOver({ secretsManager, ssm: instead(ssm, { putParameter }) });
  const applied = applyChanges(context, 'param:/app/', [set('a', 'y')], { before: await read('param:/app/') });
  await expect(applied).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('version 3') });
});

it('writes to nothing that is no place', async () => {
  const { context } = await opened();
  for (const target of ['env:', '-', 'key:alias/x']) {
    const applied = applyChanges(context, target, [set('a', 'x')], { before: nothing('pairs') });
    await expect(applied).rejects.toMatchObject({ code: 'usage' });
  }
});
