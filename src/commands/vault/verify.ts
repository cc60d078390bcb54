import type { SessionFlags } from '../../aws/session.ts';
import { rootSecretOf } from '../../aws/vault-key.ts';
import { UserError } from '../../errors.ts';
import { addListOptions, type ListOptions, writeList } from '../../output/list.ts';
import { openVault } from '../../vault/vault.ts';
import type { Verb } from '../verb.ts';
import { placeOf } from './place.ts';

export const verb: Verb<ListOptions & SessionFlags> = {
  words: (command) =>
    addListOptions(command).addHelpText(
      'after',
      '\nLists what is wrong; exit 7 where anything is.\n\nExample:\n  latchkey vault verify',
    ),

  async run(context, _args, options) {
    const file = await placeOf(context, options);
    const vault = await openVault({ file, clock: context.clock, unlock: (header) => rootSecretOf(header, context) });
    try {
      const problems = await vault.verify();
      if (problems.length === 0) context.terminal.remark(`every value of "${file}" opens, and every reference holds`);
      const items = problems.map((problem) => ({ Problem: problem }));
      if (problems.length > 0 || options.output || !context.terminal.outIsTTY) {
        await writeList(context.terminal, { columns: ['Problem'], items }, options);
      }
      if (problems.length > 0) throw damaged(file, problems.length);
    } finally {
      vault.close();
    }
  },
};

const damaged = (file: string, count: number) =>
  new UserError('integrity', `the vault "${file}" has ${count === 1 ? 'a problem' : `${count} problems`}`, {
    hints: ['bring it back from a copy; what can still be read: "latchkey secret list", "latchkey param list"'],
  });
