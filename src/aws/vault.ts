import type { Asked, Clock } from '../surroundings.ts';
import type { Vault } from '../vault/vault.ts';
import { byOperation } from './by-operation.ts';
import type { Clients } from './services.ts';
import type { VaultSession } from './session.ts';

interface Given extends Asked {
  readonly clock: Clock;
}

/** Clients over the vault: its own `handle()`, with no SDK, no HTTP and no JSON in between. */
export function vaultClients({ file, region }: VaultSession, given: Given): Clients {
  let opened: Promise<Vault> | undefined;
  let open: Vault | undefined;

  async function vault(): Promise<Vault> {
    opened ??= unlock(file, given);
    open = await opened;
    return open;
  }

  const client = <Client>(name: string, service: 'secretsmanager' | 'ssm' | 'kms' | 'sts'): Client =>
    byOperation(name, async (operation, input) => (await vault()).handle({ service, operation, input, region }));

  return {
    secretsManager: client('secretsManager', 'secretsmanager'),
    ssm: client('ssm', 'ssm'),
    kms: client('kms', 'kms'),
    sts: client('sts', 'sts'),
    close: () => open?.close(),
  };
}

async function unlock(file: string, given: Given): Promise<Vault> {
  const { openVault } = await import('../vault/vault.ts');
  const { rootSecretOf } = await import('./vault-key.ts');
  return openVault({ file, clock: given.clock, unlock: (header) => rootSecretOf(header, given) });
}
