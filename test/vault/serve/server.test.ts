import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import net from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { authenticateAnyone } from '../../../src/vault/serve/authenticate.ts';
import { type Server, startServer } from '../../../src/vault/serve/server.ts';
import { createVault, type Vault } from '../../../src/vault/vault.ts';
import { account } from '../service.ts';
import { partsOf, requestBytes, send } from './raw.ts';

let vault: Vault;
let server: Server;
const failures: unknown[] = [];

beforeAll(async () => {
  vault = await createVault({ file: ':memory:', secret: { key: randomBytes(32) }, account });
  server = await startServer({
    ...{ vault, port: 0, resetPath: '/reset' },
    authenticate: (request) => authenticateAnyone({ account, region: 'eu-west-1' }, request),
    onFailure: (failure) => failures.push(failure),
  });
});
afterAll(async () => {
  await server.close();
  vault.close();
});

type Headers = Parameters<typeof requestBytes>[1];

const ask = async (headers: Headers, body: string | Uint8Array = '{}') =>
  partsOf(await send(server.url, requestBytes(server.url, headers, body)));
const target = { 'x-amz-target': 'secretsmanager.ListSecrets' };
const json = (type: string, message?: [name: 'message' | 'Message', text: string]) =>
  JSON.stringify({ __type: type, ...(message && { [message[0]]: message[1] }) });

test('answers in the form of the protocol', async () => {
  const { status, headers, body } = await ask(target);
  expect({ status, body }).toEqual({ status: 200, body: '{"SecretList":[]}' });
  expect(headers).toMatch(/^content-type: application\/x-amz-json-1.1$/m);
  expect(headers).toMatch(/^x-amzn-requestid: [0-9a-f-]{36}$/m);
  expect(headers).not.toMatch(/access-control|server:|x-powered-by/i);
});

const unknown = json('UnknownOperationException');
const broken = json('SerializationException');
const wrong = (text: string) => json('SerializationException', ['Message', text]);

describe('a bad request gets an error of AWS and nothing else', () => {
  test.each<[string, Headers, string | Uint8Array, number, string]>([
    ['no target', {}, '{}', 400, unknown],
    ['an empty target', { 'x-amz-target': '' }, '{}', 400, unknown],
    ['a target of no service', { 'x-amz-target': 'DynamoDB_20120810.ListTables' }, '{}', 400, unknown],
    ['a target of every object', { 'x-amz-target': 'constructor.name' }, '{}', 400, unknown],
    [
      'two targets',
      { 'x-amz-target': ['secretsmanager.ListSecrets', 'secretsmanager.GetSecretValue'] },
      '{}',
      400,
      unknown,
    ],
    ['another content type', { ...target, 'content-type': 'text/plain' }, '{}', 400, unknown],
    ['no content type', { ...target, 'content-type': null }, '{}', 400, unknown],
    ['broken JSON', target, '{"Name": "correct horse', 400, broken],
    ['bad UTF-8', target, Buffer.from([...Buffer.from('{"Name":"'), 0xc3, 0x28, 0x22, 0x7d]), 400, broken],
    ['a list', target, '[]', 400, wrong('Unexpected value type in payload')],
    ['nothing but null', target, 'null', 400, wrong('Unexpected value type in payload')],
    ['a wrong type', target, '{"MaxResults":"1"}', 400, wrong('STRING_VALUE cannot be converted to Integer')],
    [
      'deep JSON',
      target,
      `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
      400,
      wrong('Unexpected value type in payload'),
    ],
    [
      'a web page',
      { ...target, origin: 'http://localhost' },
      '{}',
      403,
      expect.stringContaining('AccessDeniedException'),
    ],
    [
      'a name of its own',
      { ...target, host: 'evil.test' },
      '{}',
      403,
      expect.stringContaining('AccessDeniedException'),
    ],
    [
      'two hosts',
      { ...target, host: ['localhost', 'evil.test'] },
      '{}',
      403,
      expect.stringContaining('AccessDeniedException'),
    ],
    ['10 MB', target, Buffer.alloc(10_000_000, 'a'), 413, expect.stringContaining('RequestEntityTooLargeException')],
  ])('%s', async (_case, headers, body, status, expected) => {
    expect(await ask(headers, body)).toMatchObject({ status, body: expected });
  });

  test('an operation that there is not', async () => {
    const { status, body } = await ask({ 'x-amz-target': 'secretsmanager.Frobnicate' });
    expect(status).toBe(400);
    expect(JSON.parse(body)).toMatchObject({ __type: 'UnknownOperationException' });
  });

  test.each(['GET', 'PUT', 'OPTIONS', 'DELETE'])('%s', async (method) => {
    const bytes = requestBytes(server.url, target, '{}').toString().replace('POST', method);
    expect(partsOf(await send(server.url, bytes))).toMatchObject({ status: 400, body: unknown });
  });

  test.each(['\x16\x03\x01\x02\x00\x01\x00', 'GET / HTTP/9.9\r\n\r\n', `GET /${'a'.repeat(100_000)} HTTP/1.1\r\n\r\n`])(
    'no HTTP at all',
    async (bytes) => {
      expect(partsOf(await send(server.url, bytes)).status).toBe(400);
    },
  );

  test('unknown members are dropped', async () => {
    expect(await ask(target, '{"Unknown":{"a":[1]},"__proto__":{"MaxResults":0},"constructor":1}')).toMatchObject({
      status: 200,
    });
  });

  test('none of that was a failure of ours', () => expect(failures).toEqual([]));
});

const form = { 'content-type': 'application/x-www-form-urlencoded' };

describe('the query protocol', () => {
  test('answers in XML', async () => {
    const { status, headers, body } = await ask(form, 'Action=GetCallerIdentity&Version=2011-06-15');
    expect(status).toBe(200);
    expect(headers).toMatch(/^content-type: text\/xml$/m);
    expect(body).toMatch(
      new RegExp(
        `^<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><UserId>${account}</UserId><Account>${account}</Account><Arn>arn:aws:iam::${account}:root</Arn></GetCallerIdentityResult><ResponseMetadata><RequestId>[0-9a-f-]{36}</RequestId></ResponseMetadata></GetCallerIdentityResponse>$`,
      ),
    );
  });

  test('refuses in XML', async () => {
    const { status, body } = await ask(form, 'Action=%3Cb%3E&Version=2011-06-15');
    expect(status).toBe(400);
    expect(body).toMatch(/<Error><Type>Sender<\/Type><Code>InvalidAction<\/Code>/);
    expect(body).not.toContain('<b>');
  });

  test.each(['', 'Action=GetCallerIdentity', 'Version=2011-06-15', 'Action=GetCallerIdentity&Version=2010-05-08'])(
    'needs an action and its version: "%s"',
    async (body) => {
      expect(await ask(form, body)).toMatchObject({ status: 400, body: unknown });
    },
  );
});

test('a thousand connections at once are all answered', async () => {
  const bytes = requestBytes(server.url, target, '{}');
  const answers = await Promise.all(Array.from({ length: 1000 }, () => send(server.url, bytes)));
  expect(answers.map((answer) => partsOf(answer).status).filter((status) => status !== 200)).toEqual([]);
});

test('a client that stops half-way leaves nothing behind', async () => {
  const bytes = requestBytes(
    server.url,
    { 'x-amz-target': 'secretsmanager.CreateSecret' },
    '{"Name":"half","SecretString":"x"}',
  );
  const socket = net.connect(Number(new URL(server.url).port), '127.0.0.1');
  await new Promise<void>((resolve) => socket.write(bytes.subarray(0, -5), () => resolve()));
  socket.destroy();
  expect(await ask(target)).toMatchObject({ status: 200, body: '{"SecretList":[]}' });
  expect(failures).toEqual([]);
});

test('a server that closes lets a slow client read its answer to the end', async () => {
  const names = Array.from({ length: 20 }, (_, index) => `large-${index}`);
  const SecretString = '\u0001'.repeat(65_536); // six bytes each on the wire: more than a connection buffers
  for (const Name of names) {
    const ClientRequestToken = Name.padEnd(32, '0');
    await ask(
      { 'x-amz-target': 'secretsmanager.CreateSecret' },
      JSON.stringify({ Name, SecretString, ClientRequestToken }),
    );
  }
  const closing = await startServer({
    ...{ vault, port: 0 },
    authenticate: (request) => authenticateAnyone({ account, region: 'eu-west-1' }, request),
  });
  const socket = net.connect(Number(new URL(closing.url).port), '127.0.0.1');
  const headers = { 'x-amz-target': 'secretsmanager.BatchGetSecretValue' };
  socket.write(requestBytes(closing.url, headers, JSON.stringify({ SecretIdList: names })));
  await once(socket, 'readable'); // the answer is on its way
  const closed = closing.close();
  const answer = Buffer.concat(await socket.toArray()).toString();
  const { headers: answered, body } = partsOf(answer);
  expect(body.length).toBe(Number(/^content-length: (\d+)$/m.exec(answered)![1]));
  await closed;
});

test('what is not the caller’s mistake is told without the vault’s own affairs', async () => {
  const other = await createVault({ file: ':memory:', secret: { key: randomBytes(32) }, account });
  const seen: unknown[] = [];
  const failing = await startServer({
    ...{ vault: other, port: 0 },
    authenticate: (request) => authenticateAnyone({ account, region: 'eu-west-1' }, request),
    onFailure: (failure) => seen.push(failure),
  });
  other.close();
  const { status, body } = partsOf(await send(failing.url, requestBytes(failing.url, target, '{}')));
  expect({ status, body: JSON.parse(body) }).toEqual({
    status: 500,
    body: { __type: 'InternalServiceError', Message: 'An error occurred on the server side.' },
  });
  expect(seen).toHaveLength(1);
  await failing.close();
});

test('the reset path forgets what the vault holds, for POST alone', async () => {
  const create = { 'x-amz-target': 'secretsmanager.CreateSecret' };
  const secret = '{"Name":"a","SecretString":"x","ClientRequestToken":"00000000-0000-0000-0000-000000000001"}';
  expect(await ask(create, secret)).toMatchObject({ status: 200 });
  const reset = (method: string) =>
    send(server.url, requestBytes(server.url, {}, '').toString().replace('POST / ', `${method} /reset `));
  expect(partsOf(await reset('GET')).status).toBe(400);
  expect((await ask(target)).body).toContain('"Name":"a"');
  expect(partsOf(await reset('POST')).status).toBe(200);
  expect((await ask(target)).body).toBe('{"SecretList":[]}');
  expect(await ask(create, secret)).toMatchObject({ status: 200 });
});
