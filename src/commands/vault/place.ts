import { defaultVault, namedVault } from '../../aws/places.ts';
import type { SessionFlags } from '../../aws/session.ts';
import type { Context } from '../../context.ts';

/** Absolute path of the vault's file that the command line or the environment names, else of the default place. */
export async function placeOf(
  context: Context,
  { vault, vaultFile: file, vaultName: name }: SessionFlags,
): Promise<string> {
  const { LATCHKEY_VAULT = '0' } = context.environment;
  if (vault || file || name || !['', '0'].includes(LATCHKEY_VAULT)) {
    const session = await context.session();
    if (session.kind === 'vault') return session.file;
  }
  return namedVault(defaultVault, context.environment);
}
