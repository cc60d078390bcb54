import { type Argument, Command, type Option } from 'commander';
import type { Context } from '../context.ts';
import { namesFor, valuesOf } from './complete-names.ts';
import { addSessionOptions } from './session-options.ts';
import { topics } from './topics.ts';
import { type Branch, find, type Leaf } from './tree.ts';

/**
 * What the last of these words may become: a verb, an option, one of an option's choices, or the name of what there is.
 * `contextOf` is asked only where names are wanted.
 */
export async function complete(words: readonly string[], contextOf: (flags: object) => Context): Promise<string[]> {
  const before = words.slice(0, -1);
  // A shell that cannot hand over an empty word hands over a space.
  const begun = (words.at(-1) ?? '').trim();
  const isHelp = before[0] === 'help';
  const { node, path, rest } = find(isHelp ? before.slice(1) : before);
  const command = await dressed(node);
  const option = command.options.find(({ long, short }) => [long, short].includes(before.at(-1)));
  const candidates = await candidatesFor();
  return [...new Set(candidates)].filter((one) => one.startsWith(begun)).sort();

  async function candidatesFor(): Promise<string[]> {
    if (before.includes('--')) return [];
    const awaited = option && takesValue(option);
    const { operands } = command.parseOptions(awaited ? rest.slice(0, -1) : [...rest]);
    const context = once(() => contextOf(command.opts()));
    if (awaited) return option.argChoices ?? valuesOf(option, { noun: path[0]!, begun, context });
    if (begun.startsWith('-')) return command.options.flatMap(({ long }) => (long ? [long] : []));
    if ('verbs' in node) return [...namesOf(node), ...(path.length > 0 ? [] : isHelp ? Object.keys(topics) : ['help'])];
    if (isHelp) return [];
    const argument = argumentAt(command.registeredArguments, operands.length);
    if (!argument || (path[0] === 'key' && nameless.has(argument.name()))) return [];
    return argument.argChoices ?? namesFor({ noun: path[0]!, begun, context });
  }
}

/** Arguments of "key" that are no keys; for a file the shell has names. */
const nameless = new Set(['file', 'region', 'grant-id']);

const takesValue = ({ required, optional }: Option) => required || optional;

/** The argument that comes next; none where there are enough. */
const argumentAt = (all: readonly Argument[], count: number): Argument | undefined =>
  all[count] ?? (all.at(-1)?.variadic ? all.at(-1) : undefined);

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

const namesOf = ({ verbs }: Branch) =>
  Object.entries(verbs).flatMap(([name, node]) => ('aliasOf' in node ? [] : [name]));

/** A command with all the options that it takes. */
async function dressed(node: Leaf | Branch): Promise<Command> {
  const command = addSessionOptions(new Command()).exitOverride().option('--help', 'display help for command');
  if ('load' in node) (await node.load()).verb.words(command);
  return command.allowUnknownOption();
}
