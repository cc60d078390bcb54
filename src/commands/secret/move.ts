import type { Verb } from '../verb.ts';
import { addCarryOptions, type CarryOptions, carry } from './copy/carry.ts';
import { wholeSecret } from './whole.ts';

const words = `
As "latchkey secret copy", and then the source is scheduled for deletion, in 30 days. Nothing is deleted that has not
arrived. Prints the new ARN.

Examples:
  latchkey secret move db prod/db
  latchkey secret move vault:prod/db profile=prod:`;

export const verb: Verb<CarryOptions> = {
  words: (command) =>
    addCarryOptions(command)
      .argument('<source>', 'a secret, perhaps behind its place: vault:, profile=NAME:, region=NAME:')
      .argument('<target>', 'the new name, perhaps behind its place; the place alone keeps the name')
      .addHelpText('after', words),

  async run(context, [source, target], options) {
    const from = { kind: 'secret', ...wholeSecret(source!) } as const;
    await carry(context, { from, to: target!, isMove: true }, options);
    return undefined;
  },
};
