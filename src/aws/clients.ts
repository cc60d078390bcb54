import type { Asked } from './credentials.ts';
import type { Kms, SecretsManager, Ssm, Sts } from './services.ts';
import type { Session } from './session.ts';

/** One typed client a service, all from one resolved session. Each is made when first called. */
export interface Clients {
  readonly secretsManager: SecretsManager;
  readonly ssm: Ssm;
  readonly kms: Kms;
  readonly sts: Sts;
  /** Lets go of sockets and files; the process can end. */
  close(): void;
}

/** What opening a session may need to ask of whom. */
export interface Given extends Asked {
  readonly clock: () => Date;
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
