import type { Command } from 'commander';
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { everything, type Thing } from './everything.ts';
import { type Kind, kinds } from './tags-of.ts';

/** A tag that a thing must have, with any value where none is said. */
export type Wanted = readonly [key: string, value: string | undefined];

export interface QueryOptions {
  where?: Wanted[];
  name?: string;
  kind?: Kind[];
}

/** Adds the ways to say which things are meant: all of them must hold. */
export const addQueryOptions = (command: Command): Command =>
  command
    .option(
      '--where <key[=value]>',
      'only what has this tag, with this value; again for more, all of which must hold',
      readWanted,
    )
    .option('--name <text>', 'only what begins with this; of keys, their first alias')
    .option('--kind <kind>', `only ${kinds.join(', ')}; again for more`, readKind);

function readWanted(text: string, before: Wanted[] = []): Wanted[] {
  const [, key, value] = /^([^=]+)(?:=(.*))?$/s.exec(text) ?? [];
  if (key === undefined) throw new UserError('usage', `--where expects KEY or KEY=VALUE, got "${text}"`);
  return [...before, [key, value]];
}

function readKind(text: string, before: Kind[] = []): Kind[] {
  const kind = kinds.find((one) => one === text);
  if (!kind) throw new UserError('usage', `--kind expects one of ${kinds.join(', ')}, got "${text}"`);
  return [...before, kind];
}

export const isQuery = ({ where, name, kind }: QueryOptions): boolean => Boolean(where ?? name ?? kind);

/** All things that a query means, by kind and name. */
export async function found(context: Context, { where = [], name = '', kind }: QueryOptions): Promise<Thing[]> {
  const all = await everything(await context.clients(), context.terminal, kind ?? kinds);
  const has = ({ tags }: Thing) =>
    where.every(([key, value]) => Object.hasOwn(tags, key) && (value === undefined || tags[key] === value));
  return all.filter((thing) => thing.name.startsWith(name) && has(thing));
}
