import { randomBytes, randomUUID } from 'node:crypto';
import type { KMS } from '@aws-sdk/client-kms';
import type { SecretsManager } from '@aws-sdk/client-secrets-manager';
import type { SSM } from '@aws-sdk/client-ssm';
import type { STS } from '@aws-sdk/client-sts';
import { createVault, type ServiceName } from '../../src/vault/vault.ts';
import { asElsewhere, ownAccount } from './elsewhere.ts';
import { mounts, type Place } from './mounts.ts';

const mountName = process.env.LATCHKEY_TEST_MOUNT ?? 'direct';
/** Whether a request token that a test leaves out is made up before the vault sees the request. */
export const sdkFillsTokens = mountName !== 'direct';

export const account = ownAccount;
export const region = 'eu-west-1';
export const day = 24 * 60 * 60 * 1000;
export const rootSecret = { key: randomBytes(32) };

/** A vault of its own behind the mount that the run is about, with a clock that stands still until it is told to go on. */
export async function openService(file = ':memory:') {
  let now = new Date('2026-03-01T10:00:00.500Z');
  const vault = await createVault({ file, secret: rootSecret, account, clock: () => now });
  const mount = await mounts[mountName]!(vault);
  const client = <Client>(service: ServiceName, place: Partial<Place> = {}): Client =>
    clientOver((operation, input) => mount({ service, operation, input, region, account, ...place })) as Client;
  const kms = client<KMS>('kms');
  const service = {
    vault,
    client,
    kms,
    secrets: client<SecretsManager>('secretsmanager'),
    ssm: client<SSM>('ssm'),
    sts: client<STS>('sts'),
    /** A new customer key; its ARN. */
    async newKey(AliasName: string): Promise<string> {
      const { KeyMetadata } = await kms.createKey({});
      await kms.createAlias({ AliasName, TargetKeyId: KeyMetadata!.KeyId });
      return KeyMetadata!.Arn!;
    },
    wait(milliseconds: number): Date {
      now = new Date(now.getTime() + milliseconds);
      return now;
    },
    now: () => now,
  };
  return mountName === 'endpoint' ? asElsewhere(service) : service;
}

type Handle = (operation: string, input: object) => Promise<object>;

/** Methods spelled as the SDK spells them: `createSecret(input)` handles CreateSecret. */
const clientOver = (handle: Handle) =>
  new Proxy({} as Record<string, (input?: object) => Promise<object>>, {
    // A client may be what a promise resolves to: it must not look like one itself.
    get: (_target, method: string) =>
      method === 'then'
        ? undefined
        : (input: object = {}) => handle(method.charAt(0).toUpperCase() + method.slice(1), input),
  });

/** A client request token, which becomes a version's id. */
export const token = () => randomUUID();

/** `Type: message` of the error a call ends with. */
export const refusal = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'no error',
    (error: Error) => `${error.name}: ${error.message}`,
  );
