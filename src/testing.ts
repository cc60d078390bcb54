import { randomBytes } from 'node:crypto';
import { handleSdk, type SdkRequest } from './vault/sdk-handler.ts';
import { createVault, type Vault } from './vault/vault.ts';

export interface VaultHandlerOptions {
  /** The AWS account, 12 digits. An access key id of 12 digits names another. */
  readonly account?: string;
  /** The current time; recovery windows, expirations and rotations go by it. */
  readonly clock?: () => Date;
}

interface Answer {
  statusCode: number;
  headers: Record<string, string>;
  body: Uint8Array;
}

/** A vault in memory, as a request handler for clients of the AWS SDK for JavaScript (version 3). */
export interface VaultHandler {
  handle(request: unknown): Promise<{ response: Answer }>;
  /** Takes everything out: call it between tests. */
  forget(): Promise<void>;
  /** The SDK calls it when a client is destroyed; the vault goes on for the others. */
  destroy(): void;
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): Record<string, never>;
}

/**
 * Clients that are given this handler talk to a vault of their own: no mock, no port, nothing on the disk. Secrets
 * Manager, Parameter Store, KMS and STS may share one.
 *
 *     const requestHandler = vaultHandler();
 *     const secrets = new SecretsManager({ region: 'eu-west-1', credentials, requestHandler });
 */
export function vaultHandler({ account = '000000000000', clock }: VaultHandlerOptions = {}): VaultHandler {
  let opened: Promise<Vault> | undefined;
  const vault = () => {
    opened ??= createVault({ file: ':memory:', secret: { key: randomBytes(32) }, account, clock });
    return opened;
  };
  return {
    handle: async (request) => handleSdk(await vault(), request as SdkRequest),
    forget: async () => (await vault()).forget(),
    destroy() {},
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
  };
}
