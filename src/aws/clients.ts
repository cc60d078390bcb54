import type { Kms, SecretsManager, Ssm, Sts } from './services.ts';

/** One typed client a service, all from one resolved session. Each is made when first asked for. */
export interface Clients {
  readonly secretsManager: SecretsManager;
  readonly ssm: Ssm;
  readonly kms: Kms;
  readonly sts: Sts;
  /** Lets go of sockets and files; the process can end. */
  close(): void;
}
