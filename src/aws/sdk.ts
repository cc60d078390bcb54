import { version } from '../version.ts';
import { byOperation } from './by-operation.ts';
import { httpHandler } from './http-handler.ts';
import { retrying, traffic } from './retry.ts';
import type { Clients, Identity } from './services.ts';
import type { AwsSession } from './session.ts';

/** Each client is a bundle of its own, loaded when first called. */
const packages = {
  secretsManager: () => import('./sdk/secretsmanager.ts'),
  ssm: () => import('./sdk/ssm.ts'),
  kms: () => import('./sdk/kms.ts'),
  sts: () => import('./sdk/sts.ts'),
};

type ServiceName = keyof typeof packages;
type Send = (operation: string, input: object) => Promise<unknown>;

/** Clients over the AWS SDK. The session has answered all that the SDK would otherwise read from disk and environment. */
export function sdkClients(session: AwsSession, credentials: () => Promise<Identity>): Clients {
  const requestHandler = httpHandler(session.proxies, session.caBundle);
  const client = <Name extends ServiceName>(name: Name): Clients[Name] => {
    let connected: Promise<Send> | undefined;
    const shared = traffic();
    return byOperation(name, async (operation, input) => {
      connected ??= connect(name, { ...settingsOf(session, name), credentials, requestHandler });
      const send = await connected;
      return retrying(() => send(operation, input), undefined, shared);
    });
  };
  return {
    secretsManager: client('secretsManager'),
    ssm: client('ssm'),
    kms: client('kms'),
    sts: client('sts'),
    close: () => requestHandler.destroy(),
  };
}

function settingsOf(session: AwsSession, service: ServiceName) {
  return {
    region: session.region,
    endpoint: session.endpoints[service],
    useFipsEndpoint: session.fips,
    useDualstackEndpoint: session.dualstack,
    defaultsMode: 'standard' as const,
    // Retries are ours (retry.ts), since the SDK counts them.
    retryMode: 'standard',
    maxAttempts: 1,
    defaultUserAgentProvider: async () => [['latchkey', version]] as [string, string][],
    userAgentAppId: async () => undefined,
    authSchemePreference: async () => [],
    streamCollector: async (body: Uint8Array) => body,
  };
}

type Settings = ReturnType<typeof settingsOf> & { credentials: () => Promise<Identity>; requestHandler: object };

/** What a bundle in `sdk/` exports: the client, and a command for each operation. */
interface SdkPackage {
  Client: new (settings: Settings) => { send(command: object): Promise<unknown> };
  [command: `${string}Command`]: new (input: object) => object;
}

async function connect(name: ServiceName, settings: Settings): Promise<Send> {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const sdk = (await packages[name]()) as unknown as SdkPackage;
  const client = new sdk.Client(settings);
  return (operation, input) => client.send(new sdk[`${operation}Command`]!(input));
}
