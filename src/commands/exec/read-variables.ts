import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { pathOf } from '../../reference/json-pointer.ts';
import type { Entries } from '../entries/entries.ts';
import { readEntries } from '../entries/read-entries.ts';
import { type NameOptions, nameVariables, variableName } from '../variables/names.ts';
import { readEach, type Value } from '../variables/read-each.ts';
import { isAmong } from './among.ts';
import { textOf, type Variable } from './variable.ts';
import type { Wanted } from './wanted.ts';

/** The values of all that is wanted, in its order, side by side. Throws where any of it cannot be read. */
export async function readWanted(context: Context, wanted: readonly Wanted[]): Promise<(Wanted & { value: Value })[]> {
  const references = wanted.map(({ reference }) => reference);
  const answers = await readEach(context, references);
  return wanted.map((one, index) => {
    const value = answers[index]!;
    if (value instanceof Error) throw value;
    return { ...one, value };
  });
}

export interface ManyOptions extends NameOptions {
  /** Of these names alone; `*` stands for anything. */
  only?: string[];
}

/** A variable for each thing that a reference names. Throws where any of them cannot be read. */
export async function readMany(
  context: Context,
  sources: readonly string[],
  options: ManyOptions,
): Promise<Variable[]> {
  const found = await Promise.all(sources.map((source) => readEntries(context, source)));
  const names = found.flatMap(({ entries }) => entries.map(({ name }) => variableName(name, options)));
  const missed = options.only?.find((pattern) => !names.some((name) => isAmong(name, [pattern])));
  if (missed !== undefined) throw noneOf(missed, names);
  return found.flatMap((one) => variablesOf(one, options));
}

function variablesOf({ source, shape, entries, failed }: Entries, options: ManyOptions): Variable[] {
  if (shape === 'value') {
    throw new UserError('usage', `"${source}" is one value, with no keys to make variables of`, {
      hints: [`give it a name: --env NAME=${source}`],
    });
  }
  if (failed.length > 0) throw failed[0]!.error;
  const { only } = options;
  const kept = only ? entries.filter(({ name }) => isAmong(variableName(name, options), only)) : entries;
  const named = nameVariables(kept, options);
  return named.map(({ name, value }, index) => {
    const from = { source, item: itemOf(source, shape, kept[index]!.name) };
    return { name, value: textOf(name, value, from.item), ...from };
  });
}

/** What names one of them alone. */
function itemOf(source: string, shape: Entries['shape'], name: string): string {
  if (shape === 'keys') return `${source}#${pathOf([name])}`;
  return shape === 'tree' ? `${source}${name}` : source;
}

function noneOf(pattern: string, names: string[]): UserError {
  const some = names.slice(0, 20).map((name) => `"${name}"`);
  return new UserError('not-found', `--only "${pattern}" is none of the variables that --env-from makes`, {
    hints: [
      some.length === 0
        ? 'there are none at all'
        : `there is ${some.join(', ')}${names.length > 20 ? ' and more' : ''}`,
    ],
  });
}
