import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterEach, beforeAll, expect, it } from 'vitest';
import type { SecretsManager, Ssm } from '../../../src/aws/services.ts';
import { run } from '../../../src/cli/run.ts';
import { readSecretTree } from '../../../src/commands/entries/secret-tree.ts';
import { doEach } from '../../../src/commands/fates.ts';
import { readTree } from '../../../src/commands/param/read-parameters.ts';
import { memoryClients } from '../../helpers/memory-clients.ts';
import { terminalForTests } from '../../helpers/terminal.ts';
import { allButOneIn, partOfThem, randomFrom, throttled } from '../../helpers/throttled.ts';

const count = 600;
const names = Array.from({ length: count }, (_, index) => `/bulk/${String(index).padStart(4, '0')}`);
const secretOf = (name: string) => `value of ${name}`;
let ssm: Ssm;
let secretsManager: SecretsManager;

beforeAll(async () => {
  ({ ssm, secretsManager } = await memoryClients());
  const make = (Name: string) => [
    ssm.putParameter({ Name, Value: secretOf(Name), Type: 'SecureString' }),
    secretsManager.createSecret({ Name, SecretString: secretOf(Name) }),
  ];
  await Promise.all(names.flatMap(make));
});

const manners: [string, () => (now: number) => boolean][] = [
  ['half of the calls', () => partOfThem(0.5)],
  ['nine of ten', () => partOfThem(0.9)],
  ['all but one in five seconds', () => allButOneIn(5000)],
];

it.each(manners)('reads every parameter of a tree, throttled: %s', async (_, refuses) => {
  const slow = throttled(ssm, refuses());
  const found = await readTree(slow.client, terminalForTests(), { path: '/bulk/' });
  expect(found.map(({ Name, Value }) => [Name, Value])).toEqual(names.map((name) => [name, secretOf(name)]));
  expect(slow.refused).toBeGreaterThan(50);
});

it.each(manners)('reads every secret below a path, throttled: %s', async (_, refuses) => {
  const slow = throttled(secretsManager, refuses());
  const { entries, failed } = await readSecretTree(terminalForTests(), slow.client, '/bulk/');
  const found = entries.map(({ name, value }) => [`/bulk/${name}`, value]).sort();
  expect(found).toEqual(names.map((name) => [name, secretOf(name)]));
  expect(failed).toEqual([]);
  expect(slow.refused).toBeGreaterThan(20);
});

it('reads every secret one by one, where batches are denied, too', async () => {
  const batchGetSecretValue = () => Promise.reject(Object.assign(new Error(), { name: 'AccessDeniedException' }));
  const slow = throttled(
    { ...allOf(secretsManager), batchGetSecretValue } as unknown as SecretsManager,
    partOfThem(0.5),
  );
  const { entries } = await readSecretTree(terminalForTests(), slow.client, '/bulk/');
  expect(entries).toHaveLength(count);
});

const allOf = ({ listSecrets, getSecretValue }: SecretsManager) => ({ listSecrets, getSecretValue });

it('writes every item, each once', async () => {
  const { ssm: empty } = await memoryClients();
  const slow = throttled(empty, partOfThem(0.5));
  await doEach(terminalForTests(), {
    items: names,
    said: (name) => name,
    work: (Name) => slow.client.putParameter({ Name, Value: secretOf(Name), Type: 'String' }),
  });
  const found = await readTree(empty, terminalForTests(), { path: '/bulk/' });
  expect(found.map(({ Name, Version }) => [Name, Version])).toEqual(names.map((name) => [name, 1]));
});

/** Times as the services write them: in seconds. */
function withSeconds(this: Record<string, unknown>, key: string, value: unknown) {
  const original = this[key];
  return original instanceof Date ? original.getTime() / 1000 : value;
}

let server: http.Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

it('reads every one from an endpoint that throttles half of what comes', async () => {
  const random = randomFrom(1);
  let refused = 0;
  server = http.createServer(async (request, response) => {
    const operation = String(request.headers['x-amz-target']).split('.')[1]!;
    const method = `${operation.charAt(0).toLowerCase()}${operation.slice(1)}` as 'getParameters';
    const input = (await json(request)) as never;
    const isThrottled = random() < 0.5;
    if (isThrottled) refused += 1;
    const answer = isThrottled ? { __type: 'ThrottlingException', message: 'Rate exceeded' } : await ssm[method](input);
    response.writeHead(isThrottled ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(answer, withSeconds));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const terminal = terminalForTests();
  const exit = await run(['param', 'get', '/bulk/', '--output', 'json'], terminal, {
    ...{ AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, AWS_REGION: 'eu-west-1' },
    ...{ AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'for-tests' },
  });
  expect([exit, terminal.said]).toEqual([0, []]);
  expect(JSON.parse(terminal.stdout)).toEqual(Object.fromEntries(names.map((name) => [name, secretOf(name)])));
  expect(refused).toBeGreaterThan(20);
});
