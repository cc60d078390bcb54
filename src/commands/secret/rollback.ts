import { UserError } from '../../errors.ts';
import type { Verb } from '../verb.ts';
import { explainDeletion } from './deletion.ts';
import { holderOf, versionOf } from './versions-of.ts';
import { wholeSecret } from './whole.ts';

interface Options {
  to: string;
}

const words = `
Makes an older version current again, and the one that was current AWSPREVIOUS: a second rollback takes the first one
back. When somebody else stores a version meanwhile, nothing is changed and the exit code is 5. Prints the version's id.

Example:
  latchkey secret rollback prod/db`;

export const verb: Verb<Options> = {
  words: (command) =>
    command
      .argument('<name>', 'name or ARN of a secret')
      .option('--to <version>', 'a version by its id or stage', 'AWSPREVIOUS')
      .addHelpText('after', words),

  async run(context, [name], { to }) {
    const { where, id } = wholeSecret(name!);
    const { secretsManager } = await context.clients(where);
    const target = await versionOf(secretsManager, id, to);
    const current = await holderOf(secretsManager, id, 'AWSCURRENT');
    if (current === target) throw new UserError('conflict', `version ${target} of secret "${id}" is current already`);
    const move = { SecretId: id, VersionStage: 'AWSCURRENT', MoveToVersionId: target, RemoveFromVersionId: current };
    await explainDeletion(secretsManager, id, secretsManager.updateSecretVersionStage(move).catch(movedOn(id)));
    await context.terminal.write(`${target}\n`);
    context.terminal.remark(`secret "${id}" is back at version ${target}; ${current} is AWSPREVIOUS now`);
  },
};

const movedOn = (id: string) => (cause: Error) => {
  if (cause.name !== 'InvalidParameterException') throw cause;
  throw new UserError('conflict', `secret "${id}" has moved on meanwhile, or has no such version`, {
    hints: [`nothing was changed; see "latchkey secret versions ${id}"`],
    cause,
  });
};
