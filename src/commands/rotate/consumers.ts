import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import type { Rotated } from '../../rotation/steps.ts';
import { runChild } from '../../run-child.ts';
import { startError } from '../exec/start-error.ts';
import { withoutVaultKeys } from '../exec/without-vault-keys.ts';

/** Who is to hear of a new version. */
export interface Consumers {
  notify?: string;
  restart?: string;
}

/** Runs what was asked for, in turn. They are told which version is current, and read it themselves. */
export async function tellConsumers(context: Context, rotated: Rotated, { notify, restart }: Consumers): Promise<void> {
  if (notify !== undefined) await tell(context, [notify, rotated.name, rotated.version], rotated);
  if (restart !== undefined) await tell(context, ['systemctl', 'restart', '--', restart], rotated);
}

async function tell({ terminal, environment }: Context, [command, ...args]: string[], rotated: Rotated): Promise<void> {
  const { inIsTTY, outIsTTY, errIsTTY } = terminal;
  const status = await runChild({
    command: command!,
    args,
    environment: withoutVaultKeys(environment),
    atTerminal: inIsTTY || outIsTTY || errIsTTY,
    stdio: ['ignore', 2, 2], // standard output is for the version's id
  }).catch((error) => {
    throw untold(rotated, startError(command!, error) as Error);
  });
  if (status !== 0) throw untold(rotated, new Error(`"${command}" ended with ${status}`));
}

const untold = ({ name, version }: Rotated, cause: Error) =>
  new UserError('partial', `secret "${name}" is rotated, but ${cause.message}`, {
    hints: [`version ${version} is current; whoever uses the secret has not been told`],
    cause,
  });
