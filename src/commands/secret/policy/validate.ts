import { addValueOptions, readValue, type ValueOptions } from '../../../input/value.ts';
import { addListOptions, type ListOptions, writeList } from '../../../output/list.ts';
import { readPolicy } from '../../policy.ts';
import type { Verb } from '../../verb.ts';
import { wholeSecret } from '../whole.ts';

export const verb: Verb<ValueOptions & ListOptions> = {
  words: (command) =>
    addListOptions(addValueOptions(command))
      .argument('[name]', 'the secret that it is for')
      .addHelpText(
        'after',
        '\nLists what is wrong with a policy; exit 1 where anything is.\n\nExample:\n  latchkey secret policy validate prod/db --value-file policy.json',
      ),

  async run(context, [name], options) {
    const { where, id } = name === undefined ? {} : wholeSecret(name);
    const ResourcePolicy = readPolicy(await readValue(context, options, { question: 'Policy (JSON)' }));
    const { secretsManager } = await context.clients(where);
    const answer = await secretsManager.validateResourcePolicy({ SecretId: id, ResourcePolicy });
    const { PolicyValidationPassed, ValidationErrors = [] } = answer;
    if (PolicyValidationPassed) context.terminal.remark('nothing is wrong with this policy');
    await writeList(context.terminal, { columns: ['CheckName', 'ErrorMessage'], items: ValidationErrors }, options);
    return PolicyValidationPassed ? 0 : 1;
  },
};
