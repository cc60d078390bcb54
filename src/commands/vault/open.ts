import type { SessionFlags } from '../../aws/session.ts';
import { rootSecretOf } from '../../aws/vault-key.ts';
import type { Context } from '../../context.ts';
import { openVault, type Vault } from '../../vault/vault.ts';
import { placeOf } from './place.ts';

/** The vault that the command line or the environment names, unlocked. Whoever opens it closes it. */
export async function openPlace(context: Context, options: SessionFlags): Promise<Vault> {
  const file = await placeOf(context, options);
  return openVault({ file, clock: context.clock, unlock: (header) => rootSecretOf(header, context) });
}

/** Opens the vault for `work` alone. */
export async function withVault<T>(
  context: Context,
  options: SessionFlags,
  work: (vault: Vault) => Promise<T> | T,
): Promise<T> {
  const vault = await openPlace(context, options);
  try {
    return await work(vault);
  } finally {
    vault.close();
  }
}
