import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { run } from '../../../src/cli/run.ts';
import { watchRotations } from '../../../src/commands/vault/serve/rotations.ts';
import { start } from '../../../src/commands/vault/serve/start.ts';
import type { Context } from '../../../src/context.ts';
import { createVault, type Vault } from '../../../src/vault/vault.ts';
import { makePlace } from '../../helpers/play.ts';
import { postgresIsInstalled, startPostgres } from '../../helpers/postgres.ts';
import { secretFor } from '../../helpers/rotating.ts';
import { terminalForTests } from '../../helpers/terminal.ts';
import { account, rootSecret } from '../../vault/service.ts';

const functionArn = `arn:aws:lambda:us-east-1:${account}:function:rotate`;
const SecretId = 'prod/db';
const monthly = { RotationLambdaARN: functionArn, RotationRules: { AutomaticallyAfterDays: 30 } };

let place: ReturnType<typeof makePlace>;
let vault: Vault;
let now: Date;
let terminal: ReturnType<typeof terminalForTests>;
let where: { endpoint: string; region: string; maxAttempts: number };
let secrets: SecretsManager;
const opened: { close(): unknown }[] = [];

beforeEach(async () => {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  now = new Date();
  place = makePlace();
  terminal = terminalForTests({ tty: true });
  vault = await createVault({ file: `${place.place}/vault.db`, secret: rootSecret, account, clock: () => now });
  opened.push(vault);
});
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
  place.remove();
});

/** `vault serve`, and an SDK's client of it. */
async function serve() {
  const quiet = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };
  const environment = { ...place.environment, ...quiet, LATCHKEY_VAULT_KEY: 'opens it' };
  const context = { terminal, environment, clock: () => now } as unknown as Context;
  const { server, door } = await start(context, vault, { port: 0 });
  opened.push(server, watchRotations(context, vault, server.url));
  where = { endpoint: door.url, region: door.region, maxAttempts: 1 };
  secrets = new SecretsManager({ ...where, credentials: door });
  await secrets.createSecret({ Name: SecretId, SecretString: '{"username":"app","password":"old"}' });
}

/** `latchkey rotate function add` */
async function add(...args: string[]) {
  const own = terminalForTests();
  const code = await run(['rotate', 'function', 'add', functionArn, ...args], own, place.environment);
  return [code, ...own.said];
}

const current = async () => JSON.parse((await secrets.getSecretValue({ SecretId })).SecretString!);
const until = (check: () => Promise<void> | void) => vi.waitFor(check, { timeout: 30_000, interval: 50 });

/** A file of the script's own folder. */
function write(name: string, text: string): string {
  const file = path.join(place.place, name);
  fs.writeFileSync(file, text);
  return file;
}

const has = (command: string, ...args: string[]) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;
/** Where a program outside of this project finds the SDK that this project has. */
const sdk = path.join(import.meta.dirname, '../../../node_modules/@aws-sdk/client-secrets-manager/dist-cjs/index.js');

/** As AWS's own functions have it: every step looks whether it is to be done, and is done by calls of the service. */
const boto3Handler = `
import json, os
import boto3

def lambda_handler(event, context):
    assert not any(name in os.environ for name in ("LATCHKEY_VAULT_KEY", "LATCHKEY_VAULT"))
    client = boto3.client("secretsmanager", endpoint_url=os.environ["SECRETS_MANAGER_ENDPOINT"])
    arn, token, step = event["SecretId"], event["ClientRequestToken"], event["Step"]
    metadata = client.describe_secret(SecretId=arn)
    if not metadata["RotationEnabled"]:
        raise ValueError("rotation is not enabled")
    versions = metadata["VersionIdsToStages"]
    if "AWSCURRENT" in versions[token]:
        return
    if "AWSPENDING" not in versions[token]:
        raise ValueError("not pending")
    value = json.loads(client.get_secret_value(SecretId=arn, VersionStage="AWSCURRENT")["SecretString"])
    if step == "createSecret":
        try:
            client.get_secret_value(SecretId=arn, VersionId=token, VersionStage="AWSPENDING")
        except client.exceptions.ResourceNotFoundException:
            value["password"] = client.get_random_password(PasswordLength=24)["RandomPassword"]
            client.put_secret_value(SecretId=arn, ClientRequestToken=token, SecretString=json.dumps(value), VersionStages=["AWSPENDING"])
    elif step == "finishSecret":
        before = next(version for version, stages in versions.items() if "AWSCURRENT" in stages)
        client.update_secret_version_stage(SecretId=arn, VersionStage="AWSCURRENT", MoveToVersionId=token, RemoveFromVersionId=before)
`;

const nodeHandler = `
const { SecretsManager } = require(${JSON.stringify(sdk)});

exports.handler = async ({ SecretId, ClientRequestToken, Step }) => {
  const client = new SecretsManager({});
  if (Step === 'createSecret') {
    const value = JSON.parse((await client.getSecretValue({ SecretId })).SecretString);
    const { RandomPassword } = await client.getRandomPassword({ PasswordLength: 24 });
    const SecretString = JSON.stringify({ ...value, password: RandomPassword });
    await client.putSecretValue({ SecretId, ClientRequestToken, SecretString, VersionStages: ['AWSPENDING'] });
  }
  if (Step !== 'finishSecret') return;
  const { VersionIdsToStages } = await client.describeSecret({ SecretId });
  const RemoveFromVersionId = Object.keys(VersionIdsToStages).find((id) => VersionIdsToStages[id].includes('AWSCURRENT'));
  await client.updateSecretVersionStage({ SecretId, VersionStage: 'AWSCURRENT', MoveToVersionId: ClientRequestToken, RemoveFromVersionId });
};
`;

describe('RotateSecret, called by an SDK on a served vault', () => {
  /** What it was, and that it has changed, once it has. */
  async function rotates() {
    const { VersionId } = await secrets.rotateSecret({ SecretId, ...monthly });
    await until(async () => expect((await secrets.getSecretValue({ SecretId })).VersionId).toBe(VersionId));
    expect(await current()).toEqual({ username: 'app', password: expect.stringMatching(/^.{24}$/) });
    const { LastRotatedDate, VersionIdsToStages } = await secrets.describeSecret({ SecretId });
    expect(LastRotatedDate).toBeInstanceOf(Date);
    expect(Object.values(VersionIdsToStages!).flat().sort()).toContain('AWSPREVIOUS');
    await until(() => expect(terminal.said).toContain(`rotated "${SecretId}"`));
  }

  test.skipIf(!has('python3', '-c', 'import boto3'))(
    'runs a handler of Python as it was written for Lambda (skipped where boto3 is not installed)',
    { timeout: 60_000 },
    async () => {
      await serve();
      expect(await add('--handler', `${write('rotate.py', boto3Handler)}:lambda_handler`)).toEqual([0]);
      await rotates();
    },
  );

  test('runs a handler of Node', { timeout: 60_000 }, async () => {
    await serve();
    expect(await add('--handler', `${write('rotate.cjs', nodeHandler)}:handler`)).toEqual([0]);
    await rotates();
  });

  test('runs a command, which reads the event from its standard input', { timeout: 60_000 }, async () => {
    await serve();
    const script = write(
      'own.cjs',
      `${nodeHandler}\nexports.handler(JSON.parse(require('node:fs').readFileSync(0, 'utf8')));`,
    );
    expect(await add('--', 'node', script)).toEqual([0]);
    await rotates();
  });

  test.skipIf(!postgresIsInstalled)(
    'changes the password of a user of PostgreSQL, by the rotator that stands for the function',
    { timeout: 120_000 },
    async () => {
      const database = await startPostgres();
      try {
        await database.query("CREATE ROLE app LOGIN PASSWORD 'old'");
        await serve();
        await secrets.putSecretValue({ SecretId, SecretString: secretFor(database, 'app', 'old') });
        expect(await add('--rotator', 'postgres', '--tls', 'disable')).toEqual([0]);
        const { VersionId } = await secrets.rotateSecret({ SecretId, ...monthly });
        await until(async () => expect((await secrets.getSecretValue({ SecretId })).VersionId).toBe(VersionId));
        await database.logIn('app', (await current()).password);
        await expect(database.logIn('app', 'old')).rejects.toThrow('password authentication failed');
        await until(() => expect(terminal.said).toContain(`rotated "${SecretId}"`));
        expect(database.log()).not.toContain((await current()).password);
      } finally {
        await database.stop();
      }
    },
  );

  test('the keys of a program end with it', { timeout: 60_000 }, async () => {
    await serve();
    const kept = path.join(place.place, 'keys.json');
    const tells = `require('node:fs').writeFileSync(${JSON.stringify(kept)}, JSON.stringify(process.env)); process.exit(3)`;
    await add('--', 'node', '-e', tells);
    await secrets.rotateSecret({ SecretId, ...monthly });
    await until(() => expect(terminal.said.join('\n')).toContain('step createSecret ended with 3'));
    const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = JSON.parse(
      fs.readFileSync(kept, 'utf8'),
    );
    const late = new SecretsManager({ ...where, credentials: { accessKeyId, secretAccessKey } });
    await expect(late.listSecrets({})).rejects.toThrow('The security token included in the request is invalid.');
  });
});

describe('what waits', () => {
  test('an own value stays current while nothing stands for the function, which is said once', async () => {
    await serve();
    await secrets.rotateSecret({ SecretId, ...monthly });
    const said = `latchkey: error: "${SecretId}" was not rotated: nothing on this machine stands for the function "${functionArn}"`;
    await until(() => expect(terminal.said).toContain(said));
    expect(await current()).toEqual({ username: 'app', password: 'old' });
    const { VersionIdsToStages } = await secrets.describeSecret({ SecretId });
    expect(Object.values(VersionIdsToStages!).flat().sort()).toEqual(['AWSCURRENT', 'AWSPENDING']);
  });

  test('is what was begun, and what a schedule has come to, in every Region and account', async () => {
    await serve();
    const waiting = async () => (await vault.waitingRotations()).map(({ name, token }) => [name, token]);
    await secrets.rotateSecret({ SecretId, ...monthly, RotateImmediately: false });
    expect(await waiting()).toEqual([]);
    now = new Date(now.getTime() + 31 * 86_400_000);
    expect(await waiting()).toEqual([[SecretId, undefined]]);
    const call = { service: 'secretsmanager', region: 'eu-west-1' } as const;
    await vault.handle({
      ...call,
      operation: 'CreateSecret',
      input: { Name: 'there', SecretString: 'x', ClientRequestToken: 'a'.repeat(32) },
    });
    const token = 'b'.repeat(32);
    await vault.handle({
      ...call,
      operation: 'RotateSecret',
      input: { SecretId: 'there', ...monthly, ClientRequestToken: token },
    });
    expect(await waiting()).toEqual([
      ['there', token],
      [SecretId, undefined],
    ]);
    await vault.handle({ ...call, operation: 'CancelRotateSecret', input: { SecretId: 'there' } });
    expect(await waiting()).toEqual([[SecretId, undefined]]);
  });
});
