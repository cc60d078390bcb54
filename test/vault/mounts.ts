import { KMS } from '@aws-sdk/client-kms';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { SSM } from '@aws-sdk/client-ssm';
import { STS } from '@aws-sdk/client-sts';
import { rootOf } from '../../src/vault/caller.ts';
import { handleSdk, type SdkRequest } from '../../src/vault/sdk-handler.ts';
import { authenticateAnyone } from '../../src/vault/serve/authenticate.ts';
import { startServer } from '../../src/vault/serve/server.ts';
import type { ServiceName, Vault } from '../../src/vault/vault.ts';
import { beginAnew, elsewhere, ownAccount, skipped } from './elsewhere.ts';

/** Where a call goes. */
export interface Place {
  readonly region: string;
  /** 12 digits. */
  readonly account: string;
}

interface Asked extends Place {
  readonly service: ServiceName;
  /** As AWS spells it: `GetSecretValue`. */
  readonly operation: string;
  readonly input: object;
}

/** How a test's calls reach the vault. */
type Mount = (asked: Asked) => Promise<object>;

/** By the name that LATCHKEY_TEST_MOUNT has. */
export const mounts: Record<string, (vault: Vault) => Promise<Mount>> = {
  direct:
    async (vault) =>
    ({ account, ...request }) =>
      vault.handle({ ...request, caller: rootOf(account) }),

  handler: async (vault) =>
    throughSdk({ requestHandler: { handle: (request: SdkRequest) => handleSdk(vault, request) } }),

  serve: async (vault) => {
    const loose = { account: vault.header.account, region: 'us-east-1' };
    const authenticate = (request: Parameters<typeof authenticateAnyone>[1]) => authenticateAnyone(loose, request);
    const { url } = await startServer({ vault, port: 0, authenticate });
    return throughSdk({ endpoint: url });
  },

  // Someone else's: AWS itself, or another stand-in for it.
  endpoint: async () => {
    await beginAnew();
    return throughSdk(elsewhere);
  },
};

const clients = { secretsmanager: SecretsManager, ssm: SSM, kms: KMS, sts: STS };

/** The AWS SDK itself, with an account in place of an access key id. */
function throughSdk(config: object): Mount {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const made = new Map<string, Record<string, (input: object) => Promise<object>>>();
  const clientOf = ({ service, region, account }: Asked) => {
    const place = `${service} ${region} ${account}`;
    if (config === elsewhere && account !== ownAccount) throw skipped('one account is all it has');
    const credentials = config === elsewhere ? undefined : { accessKeyId: account, secretAccessKey: 'any' };
    const client = made.get(place) ?? new clients[service]({ ...config, region, credentials, maxAttempts: 1 } as never);
    made.set(place, client as never);
    return client as never as Record<string, (input: object) => Promise<object>>;
  };
  return async (asked) => {
    const method = asked.operation.charAt(0).toLowerCase() + asked.operation.slice(1);
    const { $metadata, ...answer } = (await clientOf(asked)[method]!(asked.input).catch(asVaultSays)) as Answer;
    return withBuffers(answer) as object;
  };
}

/** The SDK hands bytes out in a class of its own, which no comparison takes for a Buffer. */
function withBuffers(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value);
  if (value instanceof Date || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withBuffers);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withBuffers(member)]));
}

type Answer = { $metadata: unknown } & Record<string, unknown>;

/** The SDK says "UnknownError" where an error has no message, as some of AWS's have none. */
function asVaultSays(error: Error): never {
  if (error.message === 'UnknownError') error.message = '';
  throw error;
}
