import { parseSecret } from '../../reference/reference.ts';
import type { Verb } from '../verb.ts';
import { type Language, languages } from './snippet/languages.ts';

interface Options {
  lang: Language;
}

const words = `
Reads nothing itself. The code takes credentials and Region from its surroundings, as every SDK does, and so reads the
vault, too, when it is run by "latchkey vault serve --exec -- COMMAND".

Example:
  latchkey secret snippet 'prod/db#password' --lang python`;

export const verb: Verb<Options> = {
  words: (command) =>
    command
      .argument('<name>', "name, ARN or reference, like 'prod/db:AWSPREVIOUS#password'")
      .addOption(
        command.createOption('--lang <language>', 'the language').choices(Object.keys(languages)).makeOptionMandatory(),
      )
      .addHelpText('after', words),

  async run({ terminal }, [name], { lang }) {
    const reference = parseSecret(name!);
    const { where = {} } = reference;
    await terminal.write(`${languages[lang](reference)}\n`);
    if (where.vault) terminal.remark('to read the vault, run it with "latchkey vault serve --exec -- COMMAND"');
    if (where.profile) terminal.remark(`to be who the profile says, run it with AWS_PROFILE=${where.profile}`);
    return undefined;
  },
};
