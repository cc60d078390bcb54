import { keyVariables } from '../../aws/vault-key.ts';
import type { Environment } from '../../context.ts';

/** What opens the vault is for us, not for every command that needs one value of it. */
export function withoutVaultKeys(environment: Environment): Environment {
  const kept = Object.entries(environment).filter(([name]) => !(keyVariables as readonly string[]).includes(name));
  return Object.fromEntries(kept);
}
