import { UserError } from '../../../errors.ts';
import type { Verb } from '../../verb.ts';
import { readFunctions, writeFunctions } from '../functions.ts';

export const verb: Verb = {
  words: (command) =>
    command
      .argument('<arn>', 'ARN of a function')
      .addHelpText(
        'after',
        '\nNothing of this machine stands for it any more.\n\nExample:\n  latchkey rotate function remove arn:aws:lambda:us-east-1:000000000000:function:db',
      ),

  async run({ terminal, environment }, [arn]) {
    const { [arn!]: gone, ...rest } = readFunctions(environment);
    if (!gone) {
      throw new UserError('not-found', `nothing stands for the function "${arn}"`, {
        hints: ['see what there is: "latchkey rotate function list"'],
      });
    }
    writeFunctions(environment, rest);
    terminal.remark(`nothing stands for "${arn}" any more`);
    return undefined;
  },
};
