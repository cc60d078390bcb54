import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type AwsSession, resolveSession, type SessionFlags, type Where } from '../../src/aws/session.ts';
import type { Environment } from '../../src/context.ts';

const home = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-session-'));
fs.mkdirSync(path.join(home, '.aws'));
fs.writeFileSync(
  path.join(home, '.aws/config'),
  `# a comment
[default]
region = ap-south-1
[profile prod]
region = eu-west-1 ; the main one
endpoint_url = http://localhost:1
use_fips_endpoint = true
ca_bundle = /etc/company.pem
s3 =
  region = nested-is-not-a-setting
[profile hop]
role_arn = arn:aws:iam::123456789012:role/hop
aws_access_key_id = ignored
aws_secret_access_key = ignored
`,
);
fs.writeFileSync(
  path.join(home, '.aws/credentials'),
  '[prod]\r\naws_access_key_id = AKPROD\r\naws_secret_access_key = half=with=signs\r\n',
);
afterAll(() => fs.rmSync(home, { recursive: true }));

const keys = { AWS_ACCESS_KEY_ID: 'AKENV', AWS_SECRET_ACCESS_KEY: 'half', AWS_REGION: 'us-west-2' };
const resolve = (flags: SessionFlags = {}, environment: Environment = {}, where?: Where) =>
  resolveSession(flags, { HOME: home, ...environment }, where);
const aws = async (...given: Parameters<typeof resolve>) => (await resolve(...given)) as AwsSession;

describe('which world', () => {
  const file = path.join(home, '.local/share/latchkey/vault.db');
  const named = { LATCHKEY_VAULT: '/v/env.db' };

  it.each<[name: string, flags: SessionFlags, environment: Environment, where: Where | undefined, expected: object]>([
    ['--vault', { vault: true }, {}, undefined, { file, chosenBy: '--vault' }],
    ['--vault before its variable', { vault: true }, named, undefined, { file }],
    ['--vault-file', { vaultFile: '/v/x.db' }, {}, undefined, { file: '/v/x.db', chosenBy: '--vault-file' }],
    ['LATCHKEY_VAULT=1', {}, { LATCHKEY_VAULT: '1' }, undefined, { file, chosenBy: 'LATCHKEY_VAULT' }],
    ['LATCHKEY_VAULT=name', {}, { LATCHKEY_VAULT: 'work' }, undefined, { file: file.replace('vault.db', 'work.db') }],
    ['LATCHKEY_VAULT=relative', {}, { LATCHKEY_VAULT: './work' }, undefined, { file: path.resolve('work') }],
    ['--vault-name', { vaultName: 'work' }, {}, undefined, { chosenBy: '--vault-name' }],
    ['LATCHKEY_VAULT=path', {}, named, undefined, { file: '/v/env.db', region: 'us-east-1' }],
    ['its Region', {}, { ...named, AWS_REGION: 'eu-north-1' }, undefined, { region: 'eu-north-1' }],
    ['an empty Region', {}, { ...named, AWS_REGION: '', AWS_DEFAULT_REGION: '' }, undefined, { region: 'us-east-1' }],
    ['a reference to the vault', { profile: 'prod' }, {}, { vault: true }, { file }],
    ['one, out of another vault', { vaultFile: '/v/x.db' }, {}, { vault: true }, { file }],
    ['one with a Region', { region: 'eu-west-1' }, {}, { vault: true, region: 'eu-west-2' }, { region: 'eu-west-2' }],
    ['a Region within the vault', { vaultFile: '/v/x.db' }, {}, { region: 'eu-west-2' }, { file: '/v/x.db' }],
  ])('vault: %s', async (_, flags, environment, where, expected) => {
    expect(await resolve(flags, environment, where)).toMatchObject({ kind: 'vault', ...expected });
  });

  it.each<[name: string, flags: SessionFlags, environment: Environment, where?: Where]>([
    ['LATCHKEY_VAULT=0', {}, { LATCHKEY_VAULT: '0' }],
    ['LATCHKEY_VAULT=', {}, { LATCHKEY_VAULT: '' }],
    ['--profile leaves it', { profile: 'prod' }, named],
    ['--endpoint-url leaves it', { endpointUrl: 'http://localhost:4566' }, named],
    ['--role-arn leaves it', { roleArn: 'arn:aws:iam::123456789012:role/x' }, named],
    ['--access-key-id leaves it', { accessKeyId: 'AK' }, named],
    ["a reference's profile leaves the flag, too", { vault: true }, {}, { profile: 'prod' }],
  ])('AWS: %s', async (_, flags, environment, where) => {
    expect((await resolve(flags, environment, where)).kind).toBe('aws');
  });

  it.each<SessionFlags>([
    { vault: true, profile: 'prod' },
    { vaultFile: 'x', endpointUrl: 'http://localhost' },
    { vault: true, roleArn: 'arn:aws:iam::123456789012:role/x' },
    { vault: true, accessKeyId: 'AK' },
  ])('refuses two places: %o', async (flags) => {
    await expect(resolve(flags)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('two places'),
    });
  });
});

describe('Region', () => {
  it.each<[expected: string, flags: SessionFlags, environment: Environment, where?: Where]>([
    ['eu-west-3', { region: 'eu-west-3', profile: 'prod' }, keys],
    ['us-west-2', {}, { ...keys, AWS_DEFAULT_REGION: 'eu-west-3' }],
    ['eu-west-3', {}, { ...keys, AWS_REGION: '', AWS_DEFAULT_REGION: 'eu-west-3' }],
    ['eu-west-1', { profile: 'prod' }, {}],
    ['ap-south-1', {}, {}],
    ['eu-west-2', { region: 'eu-west-3' }, keys, { region: 'eu-west-2' }],
    ['eu-west-3', { region: 'eu-west-3' }, keys, { region: undefined }],
    ['us-gov-west-1', { region: 'us-gov-west-1' }, {}],
    ['eusc-de-east-1', { region: 'eusc-de-east-1' }, {}],
    ['local', { region: 'local', endpointUrl: 'http://localhost:4566' }, {}],
  ])('%s', async (expected, flags, environment, where) => {
    expect((await resolve(flags, environment, where)).region).toBe(expected);
  });

  it.each(['eu-west', 'eu-wset-1', 'xx-west-1', 'EU-WEST-1', 'eu-west-1.evil.test'])('refuses %s', async (region) => {
    const refusal = { code: 'usage', message: `there is no Region "${region}"` };
    await expect(resolve({ region }, keys)).rejects.toMatchObject(refusal);
    await expect(resolve({ region, vault: true })).rejects.toMatchObject(refusal);
  });

  it('says both ways forward where none is known', async () => {
    const none = resolve({}, { HOME: '/nowhere', AWS_ACCESS_KEY_ID: 'A', AWS_SECRET_ACCESS_KEY: 'b' });
    const hints = [expect.stringContaining('--region'), expect.stringContaining('latchkey vault init')];
    await expect(none).rejects.toMatchObject({ code: 'usage', message: 'no Region is known', hints });
  });
});

describe('credentials', () => {
  const role = 'arn:aws:iam::123456789012:role/x';
  it.each<[name: string, flags: SessionFlags, environment: Environment, expected: object, where?: Where]>([
    ['environment', {}, keys, { kind: 'static', accessKeyId: 'AKENV', from: 'environment' }],
    [
      'profile in a flag first',
      { profile: 'prod' },
      keys,
      { accessKeyId: 'AKPROD', secretAccessKey: 'half=with=signs' },
    ],
    ['AWS_PROFILE', {}, { AWS_PROFILE: 'prod' }, { kind: 'static', accessKeyId: 'AKPROD' }],
    ['an empty AWS_PROFILE is none', {}, { AWS_PROFILE: '' }, { kind: 'chain', profile: undefined }],
    ['a role of the profile', { profile: 'hop' }, { AWS_REGION: 'us-west-2' }, { kind: 'chain', profile: 'hop' }],
    ['--access-key-id', { accessKeyId: 'AK' }, keys, { kind: 'typed', accessKeyId: 'AK' }],
    ['--role-arn', { roleArn: role, externalId: 'e' }, keys, { kind: 'role', arn: role, externalId: 'e' }],
    ['who assumes it', { roleArn: role, profile: 'prod' }, keys, { by: { accessKeyId: 'AKPROD' } }],
    ["a reference's profile", { accessKeyId: 'AK' }, keys, { accessKeyId: 'AKPROD' }, { profile: 'prod' }],
    ['the same, not its role', { roleArn: role }, keys, { kind: 'static' }, { profile: 'prod' }],
  ])('%s', async (_, flags, environment, expected, where) => {
    expect((await aws(flags, environment, where)).credentials).toMatchObject(expected);
  });

  it.each<SessionFlags>([{ externalId: 'e' }, { mfaSerial: 'm' }, { roleSessionName: 'n' }, { roleArn: 'not-an-arn' }])(
    'refuses %o',
    async (flags) => {
      await expect(resolve(flags, keys)).rejects.toMatchObject({ code: 'usage' });
    },
  );

  it('names the profiles that there are', async () => {
    await expect(resolve({ profile: 'prd' })).rejects.toMatchObject({
      code: 'not-found',
      message: 'there is no profile "prd"',
      hints: ['there is "default", "prod", "hop"'],
    });
  });

  it('reads no file where flags and environment say all', async () => {
    const folder = { AWS_CONFIG_FILE: home }; // reading it would fail
    await expect(resolve({}, { ...keys, ...folder })).resolves.toMatchObject({ region: 'us-west-2' });
    await expect(resolve({ profile: 'prod' }, { ...keys, ...folder })).rejects.toMatchObject({ code: 'denied' });
  });
});

describe('endpoints and the way there', () => {
  const all = { AWS_ENDPOINT_URL: 'http://all', AWS_ENDPOINT_URL_SSM: 'http://ssm' };
  const everywhere = (url: string) => ({ secretsManager: url, ssm: url, kms: url, sts: url });

  it.each<[name: string, flags: SessionFlags, environment: Environment, expected: object]>([
    ['one for a service first', {}, all, { ...everywhere('http://all'), ssm: 'http://ssm' }],
    ['a flag is for all', { endpointUrl: 'http://flag' }, all, everywhere('http://flag')],
    ['profile', { profile: 'prod' }, {}, everywhere('http://localhost:1')],
    ['ignored', {}, { ...all, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' }, {}],
    [
      'but not the flag',
      { endpointUrl: 'http://flag' },
      { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' },
      everywhere('http://flag'),
    ],
    ['none', {}, {}, {}],
  ])('%s', async (_, flags, environment, expected) => {
    expect((await aws(flags, { ...keys, ...environment })).endpoints).toEqual(expected);
  });

  it.each(['localhost:4566', 'ftp://x', 'http://', 'http://[bad'])('refuses the endpoint %s', async (endpointUrl) => {
    await expect(resolve({ endpointUrl }, keys)).rejects.toMatchObject({ code: 'usage' });
  });

  it('takes FIPS, certificates and proxies from where they are said', async () => {
    const fromProfile = { fips: true, caBundle: '/etc/company.pem' };
    expect(await aws({ profile: 'prod' })).toMatchObject(fromProfile);
    const environment = { AWS_USE_FIPS_ENDPOINT: 'false', AWS_CA_BUNDLE: '/x.pem', HTTPS_PROXY: 'p:1', no_proxy: 'a' };
    const fromEnvironment = { fips: false, caBundle: '/x.pem', proxies: { https: 'p:1', none: 'a' } };
    expect(await aws({ profile: 'prod' }, environment)).toMatchObject(fromEnvironment);
    expect(await aws({ fips: true }, { ...keys, AWS_USE_FIPS_ENDPOINT: 'false' })).toMatchObject({ fips: true });
  });
});
