import type { SessionFlags } from '../../aws/session.ts';
import { UserError } from '../../errors.ts';
import { addListOptions, type ListOptions, writeList } from '../../output/list.ts';
import type { Verb } from '../verb.ts';
import { withVault } from './open.ts';
import { placeOf } from './place.ts';

export const verb: Verb<ListOptions & SessionFlags> = {
  words: (command) =>
    addListOptions(command).addHelpText(
      'after',
      '\nLists what is wrong; exit 7 where anything is.\n\nExample:\n  latchkey vault verify',
    ),

  async run(context, _args, options) {
    const file = await placeOf(context, options);
    const problems = await withVault(context, options, (vault) => vault.verify());
    if (problems.length === 0) context.terminal.remark(`every value of "${file}" opens, and every reference holds`);
    const items = problems.map((problem) => ({ Problem: problem }));
    if (problems.length > 0 || options.output || !context.terminal.outIsTTY) {
      await writeList(context.terminal, { columns: ['Problem'], items }, options);
    }
    if (problems.length > 0) throw damaged(file, problems.length);
  },
};

const damaged = (file: string, count: number) =>
  new UserError('integrity', `the vault "${file}" has ${count === 1 ? 'a problem' : `${count} problems`}`, {
    hints: ['bring it back from a copy; what can still be read: "latchkey secret list", "latchkey param list"'],
  });
