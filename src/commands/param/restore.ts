import { UserError } from '../../errors.ts';
import type { Verb } from '../verb.ts';
import { findCopy, putBack } from './undo.ts';
import { wholeParameter } from './whole.ts';

const words = `
From the copy that "param delete --keep-undo" sealed in the local vault: its versions, the newest last, labels, tags, type,
tier, key and policies, of which an expiry that has passed is left out. Versions are counted from 1 again. Prints the newest.

Example:
  latchkey param restore /prod/app/url`;

export const verb: Verb = {
  words: (command) => command.argument('<name>', 'name of a deleted parameter').addHelpText('after', words),

  async run(context, [text]) {
    const { where, name } = wholeParameter(text!);
    const { ssm } = await context.clients(where);
    const there = await ssm.getParameter({ Name: name }).catch(ignoreMissing);
    if (there) throw new UserError('conflict', `parameter "${name}" is there`, { hints: ['nothing was changed'] });
    const { copy, forget } = await findCopy(context, { name, where });
    const version = await putBack(context, ssm, name, copy);
    await forget();
    await context.terminal.write(`${version}\n`);
    context.terminal.remark(
      `parameter "${name}" is back, with ${version === 1 ? 'one version' : `${version} versions`}`,
    );
    return undefined;
  },
};

function ignoreMissing(error: Error): undefined {
  if (error.name !== 'ParameterNotFound') throw error;
}
