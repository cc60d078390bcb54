import { parseParameter } from '../../reference/reference.ts';
import type { Verb } from '../verb.ts';
import { giveLabels } from './labels.ts';
import { requireNumber } from './versions.ts';

export const verb: Verb = {
  words: (command) =>
    command
      .argument('<name[:version]>', 'a parameter, or one version of it; the newest when left out')
      .argument('<label...>', 'labels; one that sits on another version moves')
      .addHelpText('after', '\nExample:\n  latchkey param label /prod/app/url:3 stable'),

  async run(context, [text, ...labels]) {
    const { where, name, version } = requireNumber(parseParameter(text!), text!);
    const { ssm } = await context.clients(where);
    await giveLabels(ssm, name, version, labels);
    context.terminal.remark(
      `${labels.join(', ')}: on ${version ? `version ${version}` : 'the newest version'} of "${name}"`,
    );
  },
};
