import { editText } from '../../input/editor.ts';
import type { Verb } from '../verb.ts';
import { warnOfChoice } from '../which-service.ts';
import { parameterValue } from './parameter-value.ts';
import { replace } from './store.ts';
import { wholeParameter } from './whole.ts';

const words = `
In $VISUAL or $EDITOR, in a file that only you can read and that goes with the editor. Left as it is, nothing is written;
when somebody else stores a version meanwhile the exit code is 5. At a terminal it can be edited again then, with theirs in
a file beside it, and so can what is too long. Prints the new version.

Example:
  latchkey param edit /prod/app/config`;

export const verb: Verb = {
  words: (command) => command.argument('<name>', 'name of a parameter').addHelpText('after', words),

  async run(context, [text]) {
    const { where, name } = wholeParameter(text!);
    const { ssm } = await context.clients(where);
    const read = async () => {
      const { Parameter } = await ssm.getParameter({ Name: name, WithDecryption: true });
      return { text: Parameter!.Value!, type: Parameter!.Type, ifVersion: Parameter!.Version! };
    };
    const store = async (edited: string, { type, ifVersion }: Awaited<ReturnType<typeof read>>) => {
      const Value = parameterValue(Buffer.from(edited));
      return { Value, type, version: await replace(ssm, { Name: name, Value }, { ifVersion }) };
    };
    const stored = await editText(context, { read, store });
    if (stored === undefined) {
      context.terminal.remark('left as it is: nothing was written');
      return undefined;
    }
    const { Value, type, version } = stored;
    await context.terminal.write(`${version}\n`);
    warnOfChoice(context.terminal, { kind: 'param', name, text: Value, type });
    context.terminal.remark(`stored version ${version} of parameter "${name}"`);
    return undefined;
  },
};
