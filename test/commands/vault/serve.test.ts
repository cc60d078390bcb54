import { STS } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Options } from '../../../src/commands/vault/serve/options.ts';
import { start } from '../../../src/commands/vault/serve/start.ts';
import type { Context } from '../../../src/context.ts';
import { createVault, openVault, type Vault } from '../../../src/vault/vault.ts';
import { makePlace } from '../../helpers/play.ts';
import { terminalForTests } from '../../helpers/terminal.ts';
import { account, refusal, rootSecret } from '../../vault/service.ts';

let place: ReturnType<typeof makePlace>;
let vault: Vault;
const opened: { close(): unknown }[] = [];
beforeEach(async () => {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  place = makePlace();
  vault = await createVault({ file: `${place.place}/vault.db`, secret: rootSecret, account });
  opened.push(vault);
});
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
  place.remove();
});

async function serve(served: Vault, options: Partial<Options> = {}) {
  const context = { terminal: terminalForTests(), environment: {}, clock: () => new Date() };
  const { server, door } = await start(context as unknown as Context, served, { port: 0, ...options });
  opened.push(server);
  return (credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string } = door) =>
    new STS({ endpoint: door.url, region: door.region, credentials, maxAttempts: 1 });
}

/** As another process has it: with no key of this one's. */
async function again(): Promise<Vault> {
  const another = await openVault({ file: `${place.place}/vault.db`, unlock: async () => rootSecret });
  opened.push(another);
  return another;
}

const anyone = { accessKeyId: 'any', secretAccessKey: 'any' };
const role = { RoleArn: `arn:aws:iam::${account}:role/deploy`, RoleSessionName: 'me' };

test.each([
  ['anyone', () => anyone],
  ['anyone of another account', () => ({ ...anyone, accessKeyId: '210987654321' })],
  ['whoever names a key', () => ({ ...anyone, accessKeyId: vault.accessKeys.create({}).accessKeyId })],
  ['the key of the server', () => undefined],
])('a session that an open server gave to %s ends with that server', async (_, who) => {
  const open = await serve(vault, { allowUnsigned: true });
  const { AccessKeyId, SecretAccessKey, SessionToken } = (await open(who()).assumeRole(role)).Credentials!;
  const session = { accessKeyId: AccessKeyId!, secretAccessKey: SecretAccessKey!, sessionToken: SessionToken! };
  expect((await open(session).getCallerIdentity({})).Arn).toBe(`arn:aws:sts::${account}:assumed-role/deploy/me`);
  const strict = await serve(await again());
  expect(await refusal(strict().getCallerIdentity({}))).toBe('no error');
  expect(await refusal(strict(session).getCallerIdentity({}))).toMatch(/^InvalidClientTokenId/);
});

test('the key of a server knows whose it is', async () => {
  const sts = await serve(vault);
  const AccessKeyId = (await sts().config.credentials()).accessKeyId;
  expect((await sts().getAccessKeyInfo({ AccessKeyId })).Account).toBe(account);
});
