import { UserError } from '../../errors.ts';
import type { Verb } from '../verb.ts';
import { everyVersion } from './versions.ts';
import { wholeParameter } from './whole.ts';

export const verb: Verb = {
  words: (command) =>
    command
      .argument('<name>', 'name of a parameter')
      .argument('<label...>', 'labels that no version is to have')
      .addHelpText('after', '\nExample:\n  latchkey param unlabel /prod/app/url stable'),

  async run(context, [text, ...labels]) {
    const { where, name } = wholeParameter(text!);
    const { ssm } = await context.clients(where);
    const versions = await everyVersion(ssm, context.terminal, name, false);
    const missing = labels.filter((label) => !versions.some(({ Labels = [] }) => Labels.includes(label)));
    if (missing.length > 0) {
      const names = missing.map((label) => `"${label}"`).join(', ');
      throw new UserError('not-found', `no version of parameter "${name}" has ${names}`, {
        hints: [`nothing was changed; see "latchkey param history ${name}"`],
      });
    }
    for (const { Version, Labels = [] } of versions) {
      const own = Labels.filter((label) => labels.includes(label));
      if (own.length > 0) await ssm.unlabelParameterVersion({ Name: name, ParameterVersion: Version, Labels: own });
    }
    context.terminal.remark(`no version of "${name}" has ${labels.join(', ')}`);
  },
};
