import { UserError } from '../../errors.ts';
import { type ParameterReference, parseParameter } from '../../reference/reference.ts';

/** What `text` names, for a verb that takes a parameter and not a version, a key or a tree. Throws code `usage`. */
export function wholeParameter(text: string): Pick<ParameterReference, 'where' | 'name'> {
  const { where, name, version, key, tree } = parseParameter(text);
  if (tree) {
    const hints = [`its parameters: "latchkey param list --path ${name}"`];
    throw new UserError('usage', `expected one parameter, got a tree of them: "${text}"`, { hints });
  }
  if (version === undefined && key === undefined) return { where, name };
  const part = key === undefined ? 'version' : 'key';
  throw new UserError('usage', `expected a whole parameter, got one ${part} of it: "${text}"`, {
    hints: [`name the parameter alone: "${name}"`],
  });
}

/** What lies below a path, with or without a slash behind it. Throws code `usage` for a version or a key. */
export function treeAt(text: string): Pick<ParameterReference, 'where' | 'name'> {
  const { where, name, version, key } = parseParameter(text);
  if (version === undefined && key === undefined) return { where, name };
  throw new UserError('usage', `expected a path, like /prod/app/, got "${text}"`);
}

/** The name with the version or label that is asked for, as AWS takes them together. */
export const selectorName = ({ name, version }: ParameterReference): string =>
  version === undefined ? name : `${name}:${version}`;

/** The place that all references name: one command works in one place. Throws code `usage` where they differ. */
export function onePlace(references: Pick<ParameterReference, 'where'>[]): ParameterReference['where'] {
  const [first, ...others] = references.map(({ where }) => where);
  if (others.every((where) => JSON.stringify(where) === JSON.stringify(first))) return first;
  throw new UserError('usage', 'the parameters are in different places', { hints: ['one command for each place'] });
}
