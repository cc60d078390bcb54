import { addListOptions, type ListOptions, writeList } from '../../output/list.ts';
import type { Verb } from '../verb.ts';
import { readPolicyFile, violations } from './policy-file.ts';
import { addQueryOptions, found, type QueryOptions } from './query.ts';

interface Options extends ListOptions, QueryOptions {
  policyFile: string;
}

const words = `
Lists what does not keep to a policy, in YAML or JSON; exit 1 where anything is listed. Patterns are regular expressions.

  required: [team, env]
  allowed:
    env: [dev, prod]
    cost-center: ^[0-9]{4}$
  names:
    secret: ^(dev|prod)/

Example:
  latchkey tag check --policy-file tags.yaml --kind secret`;

export const verb: Verb<Options> = {
  words: (command) =>
    addListOptions(addQueryOptions(command))
      .requiredOption('--policy-file <file>', 'required keys, allowed values, patterns of names; "-" is standard input')
      .addHelpText('after', words),

  async run(context, _args, { policyFile, ...options }) {
    const policy = await readPolicyFile(context.terminal, policyFile);
    const things = await found(context, options);
    const items = things.flatMap((thing) =>
      violations(thing, policy).map((Violation) => ({ Kind: thing.kind, Name: thing.name, Violation })),
    );
    if (items.length === 0) context.terminal.remark(`all ${things.length} keep to it`);
    await writeList(context.terminal, { columns: ['Kind', 'Name', 'Violation'], items }, options);
    return items.length === 0 ? 0 : 1;
  },
};
