import { spawnSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { InvalidGrantTokenException, KMS, NotFoundException } from '@aws-sdk/client-kms';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { SSM } from '@aws-sdk/client-ssm';
import { STS } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { authenticateSigned } from '../../src/vault/serve/authenticate.ts';
import { type Server, startServer } from '../../src/vault/serve/server.ts';
import { createVault, type Vault } from '../../src/vault/vault.ts';
import { motoIsInstalled, startMoto } from '../helpers/moto.ts';
import { motoDifferences } from './moto-differences.ts';
import { output, playSession, type Step, sessionFile } from './session.ts';

/** Real clients, which are told the endpoint and the keys and nothing else, against a server that checks signatures. */
let vault: Vault;
let server: Server;
let folder: string;
let env: NodeJS.ProcessEnv;

beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-clients-'));
  vault = await createVault({ file: ':memory:', secret: { key: Buffer.alloc(32, 1) }, account: '123456789012' });
  const door = { find: vault.accessKeys.find, clock: () => new Date() };
  server = await startServer({
    ...{ vault, port: 0 },
    authenticate: (request, service) => authenticateSigned(door, request, service),
  });
  const { accessKeyId, secretAccessKey } = vault.accessKeys.create({});
  env = {
    ...{ PATH: process.env.PATH, HOME: folder, AWS_DEFAULT_REGION: 'eu-west-1', AWS_ENDPOINT_URL: server.url },
    ...{ AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey },
  };
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
});
afterEach(async () => {
  await server.close();
  fs.rmSync(folder, { recursive: true });
});

const whole = { operations: expect.toSatisfy((count: number) => count >= 40), wrong: [] };

/** The session through the AWS SDK for JavaScript. */
function playWithSdk(endpoint: string, accessKeyId: string, secretAccessKey: string) {
  const config = { endpoint, region: 'eu-west-1', credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1 };
  const clients = {
    ...{ secretsmanager: new SecretsManager(config), ssm: new SSM(config) },
    ...{ kms: new KMS(config), sts: new STS(config) },
  };
  type Methods = Record<string, (input: object) => Promise<Record<string, unknown>>>;
  return playSession(async ({ service, operation }, input) => {
    const method = operation.charAt(0).toLowerCase() + operation.slice(1);
    return (clients[service] as unknown as Methods)[method]!(input);
  });
}

it('the AWS SDK for JavaScript', async () => {
  expect(await playWithSdk(server.url, env.AWS_ACCESS_KEY_ID!, env.AWS_SECRET_ACCESS_KEY!)).toEqual(whole);
});

it('the AWS SDK for JavaScript: signatures, public keys and grants', async () => {
  const credentials = { accessKeyId: env.AWS_ACCESS_KEY_ID!, secretAccessKey: env.AWS_SECRET_ACCESS_KEY! };
  const kms = new KMS({ endpoint: server.url, region: 'eu-west-1', credentials, maxAttempts: 1 });
  const { KeyMetadata } = await kms.createKey({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
  const { KeyId, Arn } = KeyMetadata!;
  const Message = Buffer.from('message');
  const { Signature } = await kms.sign({ KeyId, Message, SigningAlgorithm: 'ECDSA_SHA_256' });
  const { PublicKey } = await kms.getPublicKey({ KeyId });
  const key = crypto.createPublicKey({ key: Buffer.from(PublicKey!), format: 'der', type: 'spki' });
  expect(crypto.verify('sha256', Message, key, Signature!)).toBe(true);
  const GranteePrincipal = 'arn:aws:iam::123456789012:role/signer';
  const { GrantId, GrantToken } = await kms.createGrant({ KeyId, GranteePrincipal, Operations: ['Sign'] });
  expect((await kms.getPublicKey({ KeyId, GrantTokens: [GrantToken!] })).KeyId).toBe(Arn);
  await expect(kms.getPublicKey({ KeyId, GrantTokens: ['none'] })).rejects.toBeInstanceOf(InvalidGrantTokenException);
  const { Grants } = await kms.listGrants({ KeyId });
  expect(Grants).toMatchObject([{ GrantId, GranteePrincipal, CreationDate: expect.any(Date), Operations: ['Sign'] }]);
  await kms.retireGrant({ GrantToken });
  await expect(kms.revokeGrant({ KeyId, GrantId })).rejects.toBeInstanceOf(NotFoundException);
});

const has = (command: string, ...args: string[]) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

it.skipIf(!has('python3', '-c', 'import boto3'))(
  'boto3 (skipped where it is not installed)',
  { timeout: 120_000 },
  async () => {
    const script = path.join(import.meta.dirname, 'boto3_session.py');
    expect(JSON.parse(await output('python3', [script, sessionFile], env))).toEqual(whole);
  },
);

it.skipIf(!has('python3', '-c', 'import boto3'))(
  'boto3 calls every operation of KMS that it knows (skipped where it is not installed)',
  { timeout: 120_000 },
  async () => {
    const script = path.join(import.meta.dirname, 'boto3_kms.py');
    const { known, ...played } = JSON.parse(await output('python3', [script], env));
    expect(played).toEqual({ left: [], wrong: [] });
    expect(known).toBeGreaterThanOrEqual(50);
  },
);

/** The AWS CLI takes bytes from files, and prints them in base64. */
async function runAwsCli({ service, operation }: Step, input: Record<string, unknown>) {
  const kebab = (name: string) => name.replace(/(?!^)([A-Z])/g, '-$1').toLowerCase();
  const args = [service, kebab(operation), '--output', 'json'];
  const rest = { ...input };
  for (const [name, value] of Object.entries(input)) {
    if (!(value instanceof Uint8Array) && name !== 'CiphertextBlob') continue;
    const file = path.join(folder, name);
    fs.writeFileSync(file, value instanceof Uint8Array ? value : Buffer.from(String(value), 'base64'));
    args.push(`--${kebab(name)}`, `fileb://${file}`);
    delete rest[name];
  }
  try {
    const answer = JSON.parse((await output('aws', [...args, '--cli-input-json', JSON.stringify(rest)], env)) || '{}');
    return 'Plaintext' in answer ? { ...answer, Plaintext: Buffer.from(answer.Plaintext, 'base64') } : answer;
  } catch (error) {
    if (/invalid choice/i.test((error as Error).message)) return undefined; // an older AWS CLI
    throw error;
  }
}

it.skipIf(!has('aws', '--version'))(
  'the AWS CLI (skipped where it is not installed)',
  { timeout: 300_000 },
  async () => {
    expect(await playSession(runAwsCli)).toEqual(whole);
  },
);

describe.skipIf(!motoIsInstalled)('moto (skipped where it is not installed)', () => {
  it('differs where it is known to', { timeout: 120_000 }, async () => {
    const moto = await startMoto();
    try {
      const { wrong } = await playWithSdk(moto.endpoint, 'AKIAIOSFODNN7EXAMPLE', 'for-tests');
      expect(wrong.map((text) => text.split(':')[0])).toEqual(motoDifferences.map(({ operation }) => operation));
    } finally {
      moto.stop();
    }
  });
});
