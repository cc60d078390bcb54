import { UserError } from '../../errors.ts';
import type { Verb } from '../verb.ts';
import { replace } from './store.ts';
import { everyVersion, versionOf } from './versions.ts';
import { wholeParameter } from './whole.ts';

interface Options {
  to?: string;
}

const words = `
Stores the value of an older version once more, as the newest, with its type, tier and key. When somebody else stores
one meanwhile the exit code is 5. Prints the new version.

Examples:
  latchkey param rollback /prod/app/url
  latchkey param rollback /prod/app/url --to stable`;

export const verb: Verb<Options> = {
  words: (command) =>
    command
      .argument('<name>', 'name of a parameter')
      .option('--to <version>', 'its number or label (default: the one before the newest)')
      .addHelpText('after', words),

  async run(context, [text], { to }) {
    const { where, name } = wholeParameter(text!);
    const { ssm } = await context.clients(where);
    const versions = await everyVersion(ssm, context.terminal, name, true);
    const newest = versions.at(-1)!;
    if (versions.length < 2) {
      throw new UserError('not-found', `parameter "${name}" has but one version`, {
        hints: [`see "latchkey param history ${name}"`],
      });
    }
    const old = to === undefined ? versions.at(-2)! : versionOf(versions, to, name);
    if (old === newest)
      throw new UserError('conflict', `version ${old.Version} of parameter "${name}" is the newest already`);
    const request = { Name: name, Value: old.Value, Type: old.Type, Tier: old.Tier, KeyId: old.KeyId };
    const details = { Description: old.Description, AllowedPattern: old.AllowedPattern, DataType: old.DataType };
    const version = await replace(ssm, { ...request, ...details }, { ifVersion: newest.Version! });
    await context.terminal.write(`${version}\n`);
    context.terminal.remark(`parameter "${name}" has the value of version ${old.Version} again, as version ${version}`);
  },
};
