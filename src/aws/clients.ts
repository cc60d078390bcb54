import type { Asked, Clock } from '../surroundings.ts';
import type { Clients } from './services.ts';
import type { Session } from './session.ts';

interface Given extends Asked {
  readonly clock: Clock;
}

/** The shared factory. Here, once, it is decided which world the commands are in. */
export async function clientsOf(session: Session, given: Given): Promise<Clients> {
  if (session.kind === 'vault') {
    const { vaultClients } = await import('./vault.ts');
    return vaultClients(session, given);
  }
  const [{ sdkClients }, { credentialsOf }] = await Promise.all([import('./sdk.ts'), import('./credentials.ts')]);
  return sdkClients(session, credentialsOf(session, given));
}
