import { UserError } from '../../errors.ts';
import { visible } from '../../output/visible.ts';
import type { Verb } from '../verb.ts';
import { describeTree, readTree } from './read-parameters.ts';
import { treeAt } from './whole.ts';

interface Options {
  reveal?: boolean;
}

export const verb: Verb<Options> = {
  words: (command) =>
    command
      .argument('[path]', 'only what is below it, like /prod')
      .option('--reveal', 'show the values')
      .addHelpText('after', '\nExample:\n  latchkey param tree /prod'),

  async run(context, [text = '/'], { reveal }) {
    const { where, name: path } = treeAt(text);
    const { ssm } = await context.clients(where);
    const found: { Name?: string; Type?: string; Value?: string }[] = reveal
      ? await readTree(ssm, context.terminal, { path })
      : await describeTree(ssm, context.terminal, { path });
    if (found.length === 0) {
      throw new UserError('not-found', `there is no parameter below "${path}"`, {
        hints: ['see what there is: "latchkey param list"'],
      });
    }
    const root = branch();
    for (const { Name, Type, Value } of found) {
      const steps = below(Name!, path);
      const leaf = steps.reduce((here, step) => child(here, step), root);
      leaf.note = reveal ? `= ${visible(Value!).replaceAll('\n', '\\n')}` : `(${Type})`;
    }
    await context.terminal.write(`${[path, ...draw(root, '')].join('\n')}\n`);
  },
};

interface Branch {
  note?: string;
  readonly children: Map<string, Branch>;
}

const branch = (): Branch => ({ children: new Map() });

function child({ children }: Branch, step: string): Branch {
  const found = children.get(step) ?? branch();
  children.set(step, found);
  return found;
}

/** The steps from a path to a name below it; a name without any slash is a step by itself. */
const below = (name: string, path: string) =>
  (name.startsWith(path) ? name.slice(path.length) : name).split('/').filter((step) => step !== '');

function draw({ children }: Branch, indent: string): string[] {
  const steps = [...children].sort(([a], [b]) => (a < b ? -1 : 1));
  return steps.flatMap(([step, one], index) => {
    const isLast = index === steps.length - 1;
    const line = `${indent}${isLast ? '└── ' : '├── '}${step}${one.note ? ` ${one.note}` : ''}`;
    return [line, ...draw(one, `${indent}${isLast ? '    ' : '│   '}`)];
  });
}
