import type { ServiceName, Vault } from '../../src/vault/vault.ts';
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
export declare const mounts: Record<string, (vault: Vault) => Promise<Mount>>;
