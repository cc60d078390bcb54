import type { Command } from 'commander';
import type { ParameterStringFilter } from '../../aws/services.ts';
import { splitPair } from '../tags.ts';
import { type Tier, tiers } from './parameter-value.ts';

export interface FilterOptions {
  path?: string;
  recursive: boolean;
  type?: string;
  tier?: Tier;
  kmsKey?: string;
  tag?: [key: string, value: string][];
  contains?: string;
}

/** Adds the ways to say which parameters are meant: all of them must hold. */
export const addFilterOptions = (command: Command): Command =>
  command
    .option('--path <path>', 'only the parameters below it, like /prod/app')
    .option('--no-recursive', 'with --path: only those directly below it')
    .option('--contains <text>', 'only with this in the name')
    .addOption(
      command.createOption('--type <type>', 'only of this type').choices(['String', 'StringList', 'SecureString']),
    )
    .addOption(command.createOption('--tier <tier>', 'only of this tier').choices(Object.keys(tiers)))
    .option('--kms-key <key>', 'only encrypted with this key, by its id')
    .option('--tag <key=value>', 'only with this tag; again for more, all of which must hold', readTag);

const readTag = (text: string, before: [string, string][] = []): [string, string][] => [
  ...before,
  splitPair(text, '--tag'),
];

/** As DescribeParameters has it: it takes filters together as AND. */
export function filtersOf(options: FilterOptions): ParameterStringFilter[] {
  const { path, recursive, type, tier, kmsKey, tag = [], contains } = options;
  const filter = (Key: string, value: string | undefined, Option = 'Equals'): ParameterStringFilter[] =>
    value === undefined ? [] : [{ Key, Option, Values: [value] }];
  return [
    ...filter('Path', path?.replace(/(?<=.)\/+$/, ''), recursive ? 'Recursive' : 'OneLevel'),
    ...filter('Name', contains, 'Contains'),
    ...filter('Type', type),
    ...filter('Tier', tier && tiers[tier].name),
    ...filter('KeyId', kmsKey),
    ...tag.flatMap(([key, value]) => filter(`tag:${key}`, value)),
  ];
}
