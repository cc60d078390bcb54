import { createHash, createHmac } from 'node:crypto';
import { KMS } from '@aws-sdk/client-kms';
import { SSM } from '@aws-sdk/client-ssm';
import { type Credentials, type GetSessionTokenResponse, STS } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { accessKeysOf } from '../../../src/vault/iam/access-keys.ts';
import { iamSchema } from '../../../src/vault/iam/rows.ts';
import { authenticateSigned } from '../../../src/vault/serve/authenticate.ts';
import { type Server, startServer } from '../../../src/vault/serve/server.ts';
import { createVault, type Vault } from '../../../src/vault/vault.ts';
import { openRooms } from '../room.ts';
import { account, refusal, rootSecret } from '../service.ts';

const minute = 60_000;

let vault: Vault;
let server: Server;
let now: Date;

beforeEach(async () => {
  now = new Date();
  vault = await createVault({ file: ':memory:', secret: rootSecret, account, clock: () => now });
  const door = { find: vault.accessKeys.find, clock: () => now };
  server = await startServer({
    ...{ vault, port: 0 },
    authenticate: (request, service) => authenticateSigned(door, request, service),
  });
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
});
afterEach(() => server.close());

type Identity = { accessKeyId: string; secretAccessKey: string; sessionToken?: string };

const config = (credentials: Identity, region = 'eu-west-1') => ({
  ...{ endpoint: server.url, region, credentials, maxAttempts: 1 },
});
const ask = (credentials: Identity) => new STS(config(credentials)).getCallerIdentity({});

test('whoever signs with an access key of the vault is who it belongs to', async () => {
  expect(await ask(vault.accessKeys.create({}))).toMatchObject({
    Account: account,
    Arn: `arn:aws:iam::${account}:root`,
  });
  const ci = vault.accessKeys.create({ user: 'ci', account: '210987654321' });
  expect(await ask(ci)).toMatchObject({
    ...{ Account: '210987654321', Arn: 'arn:aws:iam::210987654321:user/ci' },
    UserId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/),
  });
});

test('an unknown key, a wrong secret and a key that is off have one answer', async () => {
  const key = vault.accessKeys.create({});
  const off = vault.accessKeys.create({});
  vault.accessKeys.setStatus(off.accessKeyId, 'Inactive');
  const unknown = { ...key, accessKeyId: 'AKIAIOSFODNN7EXAMPLE' };
  const wrong = { ...key, secretAccessKey: `${key.secretAccessKey.slice(0, -1)}-` };
  for (const credentials of [unknown, wrong, off]) {
    expect(await refusal(ask(credentials))).toBe(
      'InvalidClientTokenId: The security token included in the request is invalid.',
    );
    expect(await refusal(new KMS(config(credentials)).listKeys({}))).toBe(
      'UnrecognizedClientException: The security token included in the request is invalid.',
    );
  }
  vault.accessKeys.setStatus(off.accessKeyId, 'Active');
  expect(await refusal(ask(off))).toBe('no error');
  vault.accessKeys.delete(off.accessKeyId);
  expect(await refusal(ask(off))).toMatch(/^InvalidClientTokenId/);
});

describe('temporary credentials', () => {
  const identity = (credentials: Credentials | undefined): Identity => ({
    accessKeyId: credentials!.AccessKeyId!,
    secretAccessKey: credentials!.SecretAccessKey!,
    sessionToken: credentials!.SessionToken!,
  });
  const RoleArn = 'arn:aws:iam::210987654321:role/deploy';

  test('are those of the role, until its key is turned off', async () => {
    const key = vault.accessKeys.create({ user: 'ci' });
    const assumed = await new STS(config(key)).assumeRole({ RoleArn, RoleSessionName: 'ci' });
    const session = identity(assumed.Credentials);
    expect(await ask(session)).toMatchObject({
      ...{ Account: '210987654321', Arn: 'arn:aws:sts::210987654321:assumed-role/deploy/ci' },
      UserId: expect.stringMatching(/^AROA[A-Z2-7]{17}:ci$/),
    });
    const again = new STS(config(session));
    expect(await refusal(again.getSessionToken({}))).toMatch(/^AccessDenied/);
    expect(await refusal(again.assumeRole({ RoleArn, RoleSessionName: 'two', DurationSeconds: 3601 }))).toMatch(
      /chaining/,
    );
    expect(await refusal(again.assumeRole({ RoleArn, RoleSessionName: 'two' }))).toBe('no error');
    vault.accessKeys.setStatus(key.accessKeyId, 'Inactive');
    expect(await refusal(ask(session))).toMatch(/^InvalidClientTokenId/);
  });

  test('need their token, unchanged', async () => {
    const session = identity((await new STS(config(vault.accessKeys.create({}))).getSessionToken({})).Credentials);
    expect(await refusal(ask(session))).toBe('no error');
    expect(await refusal(ask({ ...session, sessionToken: undefined }))).toMatch(/^InvalidClientTokenId/);
    expect(await refusal(ask({ ...session, sessionToken: `${session.sessionToken}AAAA` }))).toMatch(
      /^InvalidClientTokenId/,
    );
  });

  test('end', async () => {
    const real = now;
    now = new Date(real.getTime() - 901_000);
    const request = {
      service: 'sts',
      operation: 'GetSessionToken',
      input: { DurationSeconds: 900 },
      region: 'eu-west-1',
    };
    const { Credentials } = (await vault.handle(request as never)) as GetSessionTokenResponse;
    now = real;
    const expired = 'The security token included in the request is expired';
    expect(await refusal(ask(identity(Credentials)))).toBe(`ExpiredToken: ${expired}`);
    expect(await refusal(new KMS(config(identity(Credentials))).listKeys({}))).toBe(
      `ExpiredTokenException: ${expired}`,
    );
  });
});

test('a key that is lent ends with the process, and its sessions with it', async () => {
  const lent = vault.accessKeys.lend();
  expect(vault.accessKeys.list()).toEqual([]);
  expect(await ask(lent)).toMatchObject({ Arn: `arn:aws:iam::${account}:root` });
  const { Credentials } = await new STS(config(lent)).getSessionToken({});
  const { AccessKeyId, SessionToken } = Credentials as unknown as Record<string, string>;
  const find = (keys: Vault['accessKeys']) => keys.find(AccessKeyId!, SessionToken, now);
  expect(find(vault.accessKeys)).toMatchObject({ caller: { account } });
  // Another process opens the token, and has not lent the key it comes from.
  const session = { key: { accessKeyId: AccessKeyId }, caller: { account, accessKeyId: lent.accessKeyId } };
  const opened = Buffer.from(JSON.stringify({ ...session, expires: now.getTime() + minute }));
  const sealer = { seal: () => opened, open: () => opened };
  const { database } = openRooms(iamSchema);
  expect(find(accessKeysOf({ database, sealer, account, clock: () => now }))).toBeUndefined();
});

test.each([
  [-6, /Signature not yet current/],
  [-4, /^no error$/],
  [4, /^no error$/],
  [6, /Signature expired: .* is now earlier than .* - 5 min\.\)$/],
])('a signature that is %s minutes old', async (minutes, expected) => {
  const ssm = new SSM(config(vault.accessKeys.create({})));
  now = new Date(Date.now() + minutes * minute);
  expect(await refusal(ssm.describeParameters({}))).toMatch(expected);
});

test('a request that is not signed', async () => {
  const response = await fetch(server.url, {
    ...{ method: 'POST', body: '{}' },
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'TrentService.ListKeys' },
  });
  expect({ status: response.status, body: await response.json() }).toEqual({
    status: 400,
    body: { __type: 'MissingAuthenticationTokenException', message: 'Request is missing Authentication Token' },
  });
});

/** A request that is signed by hand, for what no SDK would send. */
function signed(change: { service?: string; leaveOut?: string; presigned?: boolean }) {
  const { accessKeyId, secretAccessKey } = vault.accessKeys.create({});
  const { service = 'kms', leaveOut = '' } = change;
  const time = now.toISOString().replace(/[-:]|\.\d+/g, '');
  const scope = [time.slice(0, 8), 'eu-west-1', service, 'aws4_request'];
  const headers: Record<string, string> = {
    ...{ 'content-type': 'application/x-amz-json-1.1', host: new URL(server.url).host },
    ...{ 'x-amz-date': time, 'x-amz-target': 'TrentService.ListKeys' },
  };
  const names = Object.keys(headers).filter((name) => name !== leaveOut);
  const canonical = [
    'POST',
    '/',
    '',
    ...names.map((name) => `${name}:${headers[name]}`),
    '',
    names.join(';'),
    sha256('{}'),
  ];
  const toSign = ['AWS4-HMAC-SHA256', time, scope.join('/'), sha256(canonical.join('\n'))].join('\n');
  const key = scope.reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
  const credential = `${accessKeyId}/${scope.join('/')}`;
  headers.authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names.join(';')}, Signature=${hmac(key, toSign).toString('hex')}`;
  return fetch(server.url, { method: 'POST', body: '{}', headers });
}
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

test.each([
  [{}, 200, /"Keys":\[\]/],
  [{ service: 'ssm' }, 400, /InvalidSignatureException.*Credential should be scoped to correct service: 'kms'/],
  [{ leaveOut: 'x-amz-target' }, 400, /InvalidSignatureException.*'x-amz-target' must be a 'SignedHeader'/],
  [{ leaveOut: 'host' }, 400, /InvalidSignatureException.*'host' must be a 'SignedHeader'/],
])('signed with %j', async (change, status, expected) => {
  const response = await signed(change);
  expect(response.status).toBe(status);
  expect(await response.text()).toMatch(expected);
});

test('a presigned URL is good until it expires', async () => {
  const { accessKeyId, secretAccessKey } = vault.accessKeys.create({ user: 'ci' });
  const time = now.toISOString().replace(/[-:]|\.\d+/g, '');
  const scope = [time.slice(0, 8), 'eu-west-1', 'sts', 'aws4_request'];
  const query = [
    'Action=GetCallerIdentity&Version=2011-06-15',
    `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${encodeURIComponent([accessKeyId, ...scope].join('/'))}`,
    `X-Amz-Date=${time}&X-Amz-Expires=60&X-Amz-SignedHeaders=host`,
  ];
  const sorted = query.join('&').split('&').sort().join('&');
  const canonical = ['GET', '/', sorted, `host:${new URL(server.url).host}`, '', 'host', sha256('')].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', time, scope.join('/'), sha256(canonical)].join('\n');
  const key = scope.reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
  const url = `${server.url}/?${query.join('&')}&X-Amz-Signature=${hmac(key, toSign).toString('hex')}`;
  const get = async (address: string) => (await fetch(address)).text();
  expect(await get(url)).toContain(`<Arn>arn:aws:iam::${account}:user/ci</Arn>`);
  expect(await get(url.replace('Expires=60', 'Expires=61'))).toContain('<Code>InvalidClientTokenId</Code>');
  now = new Date(now.getTime() + 61_000);
  expect(await get(url)).toContain('<Code>SignatureDoesNotMatch</Code><Message>Signature expired');
});
