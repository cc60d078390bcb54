import { type ServiceName, type Vault } from '../../../src/vault/vault.ts';
/** A folder for each test, and the vault file in it. */
export declare function useFolder(): {
  folder: string;
  file: string;
};
export declare const create: (file: string) => Promise<Vault>;
export declare const open: (file: string) => Promise<Vault>;
export declare const ask: (
  vault: Vault,
  service: ServiceName,
  operation: string,
  input: object,
) => Promise<Record<string, unknown>>;
export declare const createSecret: (
  vault: Vault,
  Name: string,
  SecretString: string,
) => Promise<Record<string, unknown>>;
export declare const secretString: (vault: Vault, SecretId: string) => Promise<unknown>;
/** `code` of the `VaultError` a promise ends with, else what it ends with. */
export declare const trouble: (promise: Promise<unknown>) => Promise<unknown>;
