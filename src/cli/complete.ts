import { Command, type Option } from 'commander';
import type { Context } from '../context.ts';
import { liveNames } from './live-names.ts';
import { addSessionOptions } from './session-options.ts';
import { type Branch, find, type Leaf } from './tree.ts';

/**
 * What the last of these words may become: a verb, an option, one of an option's choices, or the name of what there is.
 * `contextOf` is asked only where names are wanted.
 */
export async function complete(words: readonly string[], contextOf: (flags: object) => Context): Promise<string[]> {
  const before = words.slice(0, -1);
  // A shell that cannot hand over an empty word hands over a space.
  const begun = (words.at(-1) ?? '').trim();
  const { node, path, rest } = find(before);
  const command = await dressed(node);
  const option = command.options.find(({ long, short }) => [long, short].includes(before.at(-1)));
  const candidates = await candidatesFor();
  return [...new Set(candidates)].filter((one) => one.startsWith(begun)).sort();

  async function candidatesFor(): Promise<string[]> {
    if (before.includes('--')) return [];
    if (option && takesValue(option)) return option.argChoices ? [...option.argChoices] : [];
    if (begun.startsWith('-')) return command.options.flatMap(({ long }) => (long ? [long] : []));
    if ('verbs' in node) return namesOf(node);
    command.parseOptions([...rest]);
    return liveNames(path[0]!, () => contextOf(command.opts()));
  }
}

const takesValue = ({ required, optional }: Option) => required || optional;

const namesOf = ({ verbs }: Branch) =>
  Object.entries(verbs).flatMap(([name, node]) => ('aliasOf' in node ? [] : [name]));

/** A command with all the options that it takes. */
async function dressed(node: Leaf | Branch): Promise<Command> {
  const command = addSessionOptions(new Command()).option('--help', 'display help for command');
  if ('load' in node) (await node.load()).verb.words(command);
  return command.allowUnknownOption();
}
