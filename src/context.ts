import type { Clients } from './aws/services.ts';
import type { Session, Where } from './aws/session.ts';
import type { Clock, Environment, Terminal } from './surroundings.ts';

export type { Clock, Environment, Terminal } from './surroundings.ts';

/** All that a command is given. Everything behind a function is made when first asked for, so `--help` opens nothing. */
export interface Context {
  readonly terminal: Terminal;
  readonly environment: Environment;
  readonly clock: Clock;
  /** The session that flags, environment and profile resolve to. Throws a `UserError` when they contradict each other. */
  session(): Promise<Session>;
  /** Clients of that session, or of the place a reference names (`profile=prod:region=eu-west-1:secret:...`). */
  clients(where?: Where): Promise<Clients>;
}
