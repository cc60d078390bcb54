import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { run } from '../../../src/cli/run.ts';
import { makePlace } from '../../helpers/play.ts';
import { terminalForTests } from '../../helpers/terminal.ts';

const day = 86_400_000;
const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:rotate';

let place: ReturnType<typeof makePlace>;
let now: Date;
beforeEach(async () => {
  place = makePlace();
  now = new Date('2026-03-01T10:00:00.000Z');
  await latchkey('vault', 'init');
});
afterEach(() => place.remove());

async function latchkey(...argv: string[]) {
  const terminal = terminalForTests();
  const quiet = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };
  const environment = { ...place.environment, ...quiet, LATCHKEY_VAULT: '1' };
  const exit = await run(argv, terminal, environment, () => now);
  return { exit, out: terminal.stdout, said: terminal.said };
}

const wait = (days: number) => {
  now = new Date(now.getTime() + days * day);
};
const readValue = async (name: string) => (await latchkey('secret', 'get', name)).out;
const done = (...lines: string[]) => ({ exit: 0, out: lines.map((line) => `${line}\n`).join(''), said: [] });

async function scheduled(name: string, ...more: string[]) {
  await latchkey('secret', 'create', name, '--value', `{"password":"old of ${name}"}`);
  const by = more.length > 0 ? more : ['--rotator', 'password', '--password-key', 'password'];
  expect(await latchkey('rotate', 'schedule', name, '--every', '30d', ...by)).toEqual(done());
}

test('rotates what has come due, and that once', async () => {
  await scheduled('prod/a');
  wait(10);
  await scheduled('prod/b');
  expect(await latchkey('rotate', 'due')).toEqual(done());
  wait(20);
  expect(await latchkey('rotate', 'due', '--dry-run')).toMatchObject({
    exit: 0,
    out: expect.stringContaining('prod/a'),
  });
  expect(await latchkey('rotate', 'due')).toEqual(done('rotated prod/a'));
  expect(JSON.parse(await readValue('prod/a'))).toEqual({ password: expect.stringMatching(/^.{32}$/) });
  expect(JSON.parse(await readValue('prod/b'))).toEqual({ password: 'old of prod/b' });
  expect(await latchkey('rotate', 'due')).toEqual(done());
  wait(10);
  expect(await latchkey('rotate', 'due')).toEqual(done('rotated prod/b'));
});

test('a value that somebody put by hand counts as a rotation', async () => {
  await scheduled('prod/a');
  wait(20);
  await latchkey('secret', 'put', 'prod/a', '--value', '{"password":"by hand"}');
  wait(15);
  expect(await latchkey('rotate', 'due')).toEqual(done());
  wait(15);
  expect(await latchkey('rotate', 'due')).toEqual(done('rotated prod/a'));
});

test('one that fails keeps none of the others back: exit 1', async () => {
  await scheduled('prod/a');
  await latchkey('secret', 'create', 'prod/b', '--value', 'no JSON');
  const tag = 'latchkey:rotation=rate 1 day since 2026-01-01T00:00Z by password key password';
  await latchkey('tag', 'add', 'secret:prod/b', '--tag', tag);
  await latchkey('secret', 'create', 'prod/c', '--value', 'x');
  await latchkey('tag', 'add', 'secret:prod/c', '--tag', 'latchkey:rotation=every day');
  await latchkey('secret', 'create', 'prod/d', '--value', 'x');
  await latchkey(
    'tag',
    'add',
    'secret:prod/d',
    '--tag',
    'latchkey:rotation=rate 1 day since 2026-01-01T00:00Z by command',
  );
  wait(30);
  const { exit, out, said } = await latchkey('rotate', 'due', '--parallel', '1');
  expect([exit, out]).toEqual([1, 'rotated prod/a\nfailed prod/b\nfailed prod/c\nfailed prod/d\n']);
  expect(said.filter((line) => line.includes('error'))).toEqual(
    [
      'latchkey: error: "prod/b" was not rotated: [any]',
      'latchkey: error: "prod/c" was not rotated: the tag "latchkey:rotation" of secret "prod/c" holds no schedule',
      'latchkey: error: "prod/d" was not rotated: the tag "latchkey:rotation" of secret "prod/d" holds no schedule',
    ].map((line) => (line.includes('[any]') ? expect.stringContaining('"prod/b" was not rotated: ') : line)),
  );
});

test('in the vault, the schedule of a function is worked off by what stands for it', async () => {
  await scheduled('prod/a', '--function', functionArn);
  wait(30);
  const { exit, out, said } = await latchkey('rotate', 'due');
  expect([exit, out]).toEqual([1, 'failed prod/a\n']);
  expect(said[0]).toContain(`nothing on this machine stands for the function "${functionArn}"`);
  const stand = ['--rotator', 'password', '--password-key', 'password'];
  await latchkey('rotate', 'function', 'add', functionArn, ...stand);
  expect(await latchkey('rotate', 'due')).toEqual(done('rotated prod/a'));
  expect(JSON.parse(await readValue('prod/a'))).toEqual({ password: expect.stringMatching(/^.{32}$/) });
  expect(await latchkey('rotate', 'due')).toEqual(done());
  const { out: described } = await latchkey('secret', 'describe', 'prod/a');
  expect(JSON.parse(described).LastRotatedDate).toBe(now.toISOString());
});

/** Fails at a step where a file says so; a value that it has made before it leaves as it is. */
const handler = (sdk: string, failing: string) => `
const fs = require('node:fs');
const { SecretsManager } = require(${JSON.stringify(sdk)});
exports.handler = async ({ SecretId, ClientRequestToken, Step }) => {
  if (fs.existsSync(${JSON.stringify(failing)}) && fs.readFileSync(${JSON.stringify(failing)}, 'utf8') === Step) throw new Error('not now');
  const client = new SecretsManager({});
  const { VersionIdsToStages } = await client.describeSecret({ SecretId });
  if (Step === 'createSecret') {
    const made = await client.getSecretValue({ SecretId, VersionId: ClientRequestToken }).catch(() => undefined);
    const put = { SecretId, ClientRequestToken, SecretString: JSON.stringify({ password: 'made at ' + Date.now() }), VersionStages: ['AWSPENDING'] };
    if (!made) await client.putSecretValue(put);
  }
  if (Step !== 'finishSecret') return;
  const RemoveFromVersionId = Object.keys(VersionIdsToStages).find((id) => VersionIdsToStages[id].includes('AWSCURRENT'));
  await client.updateSecretVersionStage({ SecretId, VersionStage: 'AWSCURRENT', MoveToVersionId: ClientRequestToken, RemoveFromVersionId });
};
`;

test('a handler that failed at a step is gone on with, by the same version', { timeout: 60_000 }, async () => {
  const sdk = path.join(import.meta.dirname, '../../../node_modules/@aws-sdk/client-secrets-manager/dist-cjs/index.js');
  const [file, failing] = [path.join(place.place, 'rotate.cjs'), path.join(place.place, 'failing')];
  fs.writeFileSync(file, handler(sdk, failing));
  fs.writeFileSync(failing, 'testSecret');
  now = new Date(); // what an SDK signs is of now
  await scheduled('prod/a', '--function', functionArn);
  await latchkey('rotate', 'function', 'add', functionArn, '--handler', `${file}:handler`);
  const begun = await latchkey('rotate', 'now', 'prod/a', '--lambda');
  const { exit, out, said } = await latchkey('rotate', 'due');
  expect([exit, out, said[0]]).toEqual([
    1,
    'failed prod/a\n',
    'latchkey: error: "prod/a" was not rotated: step testSecret ended with 1: node',
  ]);
  expect(JSON.parse(await readValue('prod/a'))).toEqual({ password: 'old of prod/a' });
  const pending = (await latchkey('secret', 'get', 'prod/a:AWSPENDING')).out;
  fs.rmSync(failing);
  expect(await latchkey('rotate', 'due')).toEqual(done('rotated prod/a'));
  expect(await readValue('prod/a')).toBe(pending);
  const { VersionIdsToStages } = JSON.parse((await latchkey('secret', 'describe', 'prod/a')).out);
  expect(VersionIdsToStages[begun.out.trim()]).toContain('AWSCURRENT');
});

test('a schedule with a function ends that of the tag', async () => {
  await scheduled('prod/a');
  expect(await latchkey('rotate', 'schedule', 'prod/a', '--every', '7d', '--function', functionArn)).toEqual(done());
  const { Tags } = JSON.parse((await latchkey('secret', 'describe', 'prod/a')).out);
  expect(Tags ?? []).toEqual([]);
});

test.each([
  ['now', ['rotate', 'now', 'prod/a', '--rotator', 'password']],
  ['due', ['rotate', 'due']],
])('rotate %s keeps to the policy of the secret', async (_, argv) => {
  await scheduled('prod/a');
  const only = ['--exclude-punctuation', '--exclude-uppercase', '--exclude-lowercase'];
  expect(await latchkey('rotate', 'policy', 'prod/a', '--length', '12', ...only)).toEqual(done());
  wait(30);
  expect((await latchkey(...argv)).exit).toBe(0);
  expect(JSON.parse(await readValue('prod/a')).password).toMatch(/^\d{12}$/);
});

test('what a person asks for comes before the policy of the secret', async () => {
  await scheduled('prod/a');
  await latchkey('rotate', 'policy', 'prod/a', '--length', '12', '--no-require-each-included-type');
  expect((await latchkey('rotate', 'now', 'prod/a', '--rotator', 'password', '--length', '50')).exit).toBe(0);
  expect(JSON.parse(await readValue('prod/a')).password).toHaveLength(50);
});
