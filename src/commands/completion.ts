import { Argument } from 'commander';
import { UserError } from '../errors.ts';
import { scripts } from './completion/scripts.ts';
import type { Verb } from './verb.ts';

const words = `
Prints what a shell needs to complete verbs, options and the names of what there is, which it asks for live.

Examples:
  source <(latchkey completion bash)                                       # in ~/.bashrc
  source <(latchkey completion zsh)                                        # in ~/.zshrc, behind compinit
  latchkey completion fish | source                                        # in ~/.config/fish/config.fish
  latchkey completion powershell | Out-String | Invoke-Expression          # in $PROFILE`;

/** Its choices are for completion; what is none of them is refused below, in our own words. */
const shells = new Argument('<shell>', 'which one').choices(Object.keys(scripts)).argParser((shell) => shell);

export const verb: Verb = {
  words: (command) => command.addArgument(shells).addHelpText('after', words),

  async run(context, [shell]) {
    const script = scripts[shell!];
    if (script) return context.terminal.write(script).then(() => undefined);
    throw new UserError('usage', `expected a shell, one of ${Object.keys(scripts).join(', ')}, got "${shell}"`);
  },
};
