import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CredentialSource } from '../../src/aws/credential-source.ts';
import { credentialsOf } from '../../src/aws/credentials.ts';
import type { AwsSession } from '../../src/aws/session.ts';
import { terminalForTests } from '../helpers/terminal.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-credentials-'));
const opened: http.Server[] = [];

beforeEach(() => {
  for (const name of Object.keys(process.env)) if (/^AWS_|_PROXY$/i.test(name)) vi.stubEnv(name, undefined);
  vi.stubEnv('HOME', folder);
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true');
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.useRealTimers();
  for (const server of opened.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

afterAll(() => fs.rmSync(folder, { recursive: true }));

function sessionWith(credentials: CredentialSource, more: Partial<AwsSession> = {}): AwsSession {
  const plain = { endpoints: {}, fips: false, dualstack: false, proxies: {} };
  return { kind: 'aws', region: 'eu-west-1', chosenBy: 'default', ...plain, credentials, ...more };
}

const own = { kind: 'static', accessKeyId: 'AKOWN', secretAccessKey: 'half', from: 'environment' } as const;
const asked = (...answers: string[]) => ({ terminal: terminalForTests({ tty: true, answers }), environment: {} });
const nobody = () => ({ terminal: terminalForTests(), environment: {} });

describe('static and typed keys', () => {
  it('gives what the session holds', async () => {
    expect(await credentialsOf(sessionWith(own), nobody())()).toMatchObject({ accessKeyId: 'AKOWN' });
  });

  it('asks for the secret half once, unseen', async () => {
    const person = asked('typed');
    const provide = credentialsOf(sessionWith({ kind: 'typed', accessKeyId: 'AK' }), person);
    expect(await Promise.all([provide(), provide()])).toMatchObject([{ secretAccessKey: 'typed' }, {}]);
    expect(person.terminal.said).toEqual(['Secret access key of AK']);
  });

  it('reads secret half and token from files, without their newline', async () => {
    const file = path.join(folder, 'half');
    fs.writeFileSync(file, 'from file\n');
    const source = { kind: 'typed', accessKeyId: 'AK', secretFile: file, tokenFile: file } as const;
    const expected = { accessKeyId: 'AK', secretAccessKey: 'from file', sessionToken: 'from file' };
    expect(await credentialsOf(sessionWith(source), nobody())()).toEqual(expected);
    const lost = { ...source, secretFile: '/nowhere/half' };
    await expect(credentialsOf(sessionWith(lost), nobody())()).rejects.toMatchObject({ code: 'not-found' });
  });

  it('says what is missing where nobody can be asked', async () => {
    const typed = credentialsOf(sessionWith({ kind: 'typed', accessKeyId: 'AK' }), nobody());
    await expect(typed()).rejects.toMatchObject({ code: 'usage' });
    const role = { kind: 'role', arn: 'arn:aws:iam::123456789012:role/x', mfaSerial: 'mfa/me', by: own } as const;
    await expect(credentialsOf(sessionWith(role), nobody())()).rejects.toMatchObject({ code: 'denied' });
  });
});

/** An STS behind a proxy: it can only be reached through it. */
async function stsBehindProxy(lifetime = 3600_000) {
  const bodies: URLSearchParams[] = [];
  const server = http.createServer(async (request, response) => {
    bodies.push(new URLSearchParams((await request.toArray()).join('')));
    const until = new Date(Date.now() + lifetime).toISOString();
    const credentials = `<AccessKeyId>ASIA${bodies.length}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>${until}</Expiration>`;
    const result = `<AssumeRoleResult><Credentials>${credentials}</Credentials></AssumeRoleResult>`;
    response.setHeader('content-type', 'text/xml');
    response.end(
      `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${result}</AssumeRoleResponse>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push(server);
  const proxies = { http: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  return { bodies, place: { proxies, endpoints: { sts: 'http://sts.invalid' } } };
}

describe('an assumed role', () => {
  const arn = 'arn:aws:iam::123456789012:role/x';
  const mfaSerial = 'arn:aws:iam::123456789012:mfa/me';

  it('is asked for through the proxy, as the flags say', async () => {
    const { bodies, place } = await stsBehindProxy();
    const role = { kind: 'role', arn, externalId: 'ext', sessionName: 'me', by: own } as const;
    const identity = await credentialsOf(sessionWith(role, place), nobody())();
    expect(identity).toMatchObject({ accessKeyId: 'ASIA1', secretAccessKey: 's', sessionToken: 't' });
    const expected = { Action: 'AssumeRole', RoleArn: arn, ExternalId: 'ext', RoleSessionName: 'me' };
    expect(Object.fromEntries(bodies[0]!)).toMatchObject(expected);
  });

  it('takes one MFA code for all clients, since a code is good for one use', async () => {
    const { bodies, place } = await stsBehindProxy();
    const person = asked('111111', '222222');
    const provide = credentialsOf(sessionWith({ kind: 'role', arn, mfaSerial, by: own }, place), person);
    await Promise.all([provide(), provide()]);
    await provide();
    expect(bodies.map((body) => body.get('TokenCode'))).toEqual(['111111']);
    expect(person.terminal.said).toEqual([`MFA code of ${mfaSerial}`]);
  });

  it('is asked for again shortly before it ends', async () => {
    const { bodies, place } = await stsBehindProxy();
    const provide = credentialsOf(sessionWith({ kind: 'role', arn, by: own }, place), nobody());
    const at = async (minute: number) => {
      vi.useFakeTimers({ toFake: ['Date'], now: start + minute * 60_000 });
      return (await provide()).accessKeyId;
    };
    const start = Date.now();
    expect([await at(0), await at(54), await at(56), await at(57)]).toEqual(['ASIA1', 'ASIA1', 'ASIA2', 'ASIA2']);
    expect(bodies).toHaveLength(2);
  });

  it('can be tried again after a failure', async () => {
    const { place } = await stsBehindProxy();
    const answers = [Promise.reject(new Error('cut')), Promise.resolve('222222')];
    answers[0]!.catch(() => {});
    const terminal = { ...asked().terminal, promptHidden: () => answers.shift()! };
    const role = { kind: 'role', arn, mfaSerial, by: own } as const;
    const provide = credentialsOf(sessionWith(role, place), { terminal, environment: {} });
    await expect(provide()).rejects.toThrow('cut');
    expect(await provide()).toMatchObject({ accessKeyId: 'ASIA1' });
  });
});

describe('the chain', () => {
  const chain = { kind: 'chain' } as const;

  /** A file of its own for each test: the SDK reads a path once a process. */
  function writeConfig(text: string) {
    const file = path.join(fs.mkdtempSync(path.join(folder, 'config-')), 'config');
    fs.writeFileSync(file, text);
    vi.stubEnv('AWS_CONFIG_FILE', file);
  }

  it('says both ways forward where it finds nothing', async () => {
    await expect(credentialsOf(sessionWith(chain), nobody())()).rejects.toMatchObject({
      ...{ code: 'denied', message: 'no AWS credentials were found' },
      hints: [expect.stringContaining('"aws sso login"'), expect.stringContaining('latchkey vault init')],
    });
  });

  it('says that a sign-in has ended, and how to do it again', async () => {
    const sso = 'sso_start_url = https://x.test\nsso_region = us-east-1\nsso_account_id = 1\nsso_role_name = r';
    writeConfig(`[profile work]\n${sso}\n`);
    const provide = credentialsOf(sessionWith({ kind: 'chain', profile: 'work' }), nobody());
    await expect(provide()).rejects.toMatchObject({
      ...{ code: 'denied', message: 'the sign-in of profile "work" has expired' },
      hints: [expect.stringContaining('"aws sso login --profile work"'), expect.anything()],
    });
  });

  it('does not call a profile expired for its name', async () => {
    writeConfig('[profile sso-token]\nregion = eu-west-1\n');
    const provide = credentialsOf(sessionWith({ kind: 'chain', profile: 'sso-token' }), nobody());
    await expect(provide()).rejects.toMatchObject({ message: 'no AWS credentials were found' });
  });

  it('signs in at the Region of SSO, not at that of the secrets, through the proxy', async () => {
    const asks: string[] = [];
    const server = http.createServer().on('connect', ({ url }, socket) => {
      asks.push(url!);
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    opened.push(server);
    const start = 'https://x.test';
    const sso = `sso_start_url = ${start}\nsso_region = us-east-1\nsso_account_id = 1\nsso_role_name = r`;
    writeConfig(`[profile work]\n${sso}\n`);
    fs.mkdirSync(path.join(folder, '.aws/sso/cache'), { recursive: true });
    const { createHash } = await import('node:crypto');
    const name = createHash('sha1').update(start).digest('hex');
    const token = { accessToken: 'token', expiresAt: '2999-01-01T00:00:00Z' };
    fs.writeFileSync(path.join(folder, `.aws/sso/cache/${name}.json`), JSON.stringify(token));
    const proxies = { https: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
    const provide = credentialsOf(sessionWith({ kind: 'chain', profile: 'work' }, { proxies }), nobody());
    await expect(provide()).rejects.toMatchObject({ code: 'denied' });
    expect(new Set(asks)).toEqual(new Set(['portal.sso.us-east-1.amazonaws.com:443']));
  });

  it('takes what a process says', async () => {
    const said = JSON.stringify({ Version: 1, AccessKeyId: 'AKPROC', SecretAccessKey: 'x' });
    fs.writeFileSync(path.join(folder, 'said.json'), said);
    writeConfig(`[profile proc]\ncredential_process = cat ${path.join(folder, 'said.json')}\n`);
    const provide = credentialsOf(sessionWith({ kind: 'chain', profile: 'proc' }), nobody());
    expect(await provide()).toMatchObject({ accessKeyId: 'AKPROC' });
  });
});
