import { afterEach, beforeEach, expect, test } from 'vitest';
import { run } from '../../../src/cli/run.ts';
import { startRunner } from '../../../src/commands/vault/rotations/runner.ts';
import type { Context } from '../../../src/context.ts';
import { openVault } from '../../../src/vault/vault.ts';
import { makePlace } from '../../helpers/play.ts';
import { terminalForTests } from '../../helpers/terminal.ts';

const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:rotate';
const key = Buffer.alloc(32, 7);

let place: ReturnType<typeof makePlace>;
let environment: Record<string, string>;
const opened: { close(): unknown }[] = [];
beforeEach(async () => {
  place = makePlace();
  environment = { ...place.environment, LATCHKEY_VAULT: '1', LATCHKEY_VAULT_KEY: key.toString('base64') };
  await latchkey('vault', 'init');
  await latchkey('secret', 'create', 'prod/pepper', '--value', 'old');
});
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
  place.remove();
});

async function latchkey(...argv: string[]) {
  const terminal = terminalForTests();
  const exit = await run(argv, terminal, environment);
  return { exit, out: terminal.stdout, said: terminal.said };
}

/** What `vault serve` has beside its port. */
async function startRunnerHere() {
  const file = `${place.place}/data/latchkey/vault.db`;
  const vault = await openVault({ file, unlock: async () => ({ key }) });
  const context = { terminal: terminalForTests(), environment, clock: () => new Date() } as unknown as Context;
  const runner = startRunner({ context, vault, url: async () => 'http://127.0.0.1:1' });
  opened.push(vault, runner);
  return runner;
}

test('a secret without a function: exit 3, and both ways on', async () => {
  const { exit, said } = await latchkey('rotate', 'now', 'prod/pepper', '--lambda');
  expect(exit).toBe(3);
  expect(said).toEqual([
    'latchkey: error: no function rotates secret "prod/pepper"',
    'latchkey: hint: name one: "latchkey rotate schedule prod/pepper --every 30d --function ARN"',
    'latchkey: hint: or rotate it without: "latchkey rotate now prod/pepper"',
  ]);
});

test('it is asked for, and then waited for', async () => {
  await latchkey('rotate', 'function', 'add', functionArn, '--rotator', 'password');
  await latchkey('rotate', 'schedule', 'prod/pepper', '--every', '30d', '--function', functionArn);
  const runner = await startRunnerHere();
  const waiting = latchkey('rotate', 'now', 'prod/pepper', '--lambda', '--wait');
  const wakes = setInterval(() => runner.wake(), 50);
  const { exit, out } = await waiting;
  clearInterval(wakes);
  expect(exit).toBe(0);
  const described = JSON.parse((await latchkey('secret', 'describe', 'prod/pepper')).out);
  expect(described.VersionIdsToStages[out.trim()]).toContain('AWSCURRENT');
  expect((await latchkey('secret', 'get', 'prod/pepper')).out).toMatch(/^.{32}$/);
});

test('where nobody does it: exit 6 in the end; a second one: exit 5; "rotate due" does it then', async () => {
  await latchkey('rotate', 'schedule', 'prod/pepper', '--every', '30d', '--function', functionArn);
  const late = await latchkey('rotate', 'now', 'prod/pepper', '--lambda', '--wait', '--timeout', '100ms');
  expect([late.exit, late.out]).toEqual([6, '']);
  expect(late.said[0]).toMatch(/^latchkey: error: version \S+ of secret "prod\/pepper" is not current after 0.1 s$/);
  const second = await latchkey('rotate', 'now', 'prod/pepper', '--lambda');
  expect([second.exit, second.said[0]]).toEqual([
    5,
    'latchkey: error: a rotation of secret "prod/pepper" was begun, and is not ended',
  ]);
  await latchkey('rotate', 'function', 'add', functionArn, '--rotator', 'password');
  expect(await latchkey('rotate', 'due')).toEqual({ exit: 0, out: 'rotated prod/pepper\n', said: [] });
  expect((await latchkey('secret', 'get', 'prod/pepper')).out).toMatch(/^.{32}$/);
});

test.each([
  [['--wait'], '--wait is for --lambda'],
  [['--lambda', '--rotator', 'password'], 'with --lambda the function alone says how the secret is rotated'],
  [['--lambda', '--', './rotate'], 'with --lambda the function alone says how the secret is rotated'],
  [['--function-role'], '--function-role is for --show-policy'],
])('%j: exit 2', async (more, message) => {
  const { exit, said } = await latchkey('rotate', 'now', 'prod/pepper', ...more);
  expect([exit, said[0]]).toEqual([2, `latchkey: error: ${message}`]);
});

test('--show-policy: for the person, by either way, and for the role of the function', async () => {
  const policy = async (...more: string[]) => {
    const { out } = await latchkey('rotate', 'now', 'prod/pepper', '--show-policy', ...more);
    return (JSON.parse(out).Statement as { Action: string[]; Resource: string[] }[]).flatMap(({ Action }) => Action);
  };
  expect(await policy('--lambda')).toEqual([
    'secretsmanager:DescribeSecret',
    'secretsmanager:RotateSecret',
    'lambda:InvokeFunction',
  ]);
  expect(await policy()).not.toContain('secretsmanager:RotateSecret');
  expect(await policy()).toEqual(expect.arrayContaining(['secretsmanager:PutSecretValue', 'kms:Decrypt']));
  expect(await policy('--function-role')).toEqual(
    expect.arrayContaining([
      ...['secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage', 'kms:GenerateDataKey'],
      ...['secretsmanager:GetRandomPassword', 'ec2:CreateNetworkInterface', 'logs:PutLogEvents'],
    ]),
  );
});
