import type { Command } from 'commander';

export interface NameFilter {
  only?: string[];
  ignore?: string[];
}

export const addNameFilter = (command: Command): Command =>
  command
    .option(
      '--only <name>',
      'compare these names, and what is below them; "*" stands for anything; again for more',
      gather,
    )
    .option('--ignore <name>', 'do not compare these, likewise', gather);

const gather = (name: string, before: string[] = []) => [...before, name];

/** Whether a name is wanted: one that `only` names, where that names any, and that `ignore` does not. */
export function nameFilter({ only = [], ignore = [] }: NameFilter): (name: string) => boolean {
  const [wanted, unwanted] = [only.map(patternOf), ignore.map(patternOf)];
  return (name) =>
    (wanted.length === 0 || wanted.some((one) => one.test(name))) && !unwanted.some((one) => one.test(name));
}

/** `*` stands for anything and `?` for one character; all below a name goes with it. */
function patternOf(text: string): RegExp {
  const escaped = text.replace(/[\\^$.*+?()[\]{}|]/g, (found) =>
    found === '*' ? '.*' : found === '?' ? '.' : `\\${found}`,
  );
  return new RegExp(`^${escaped.replace(/\/$/, '')}(?:[/#].*)?$`, 's');
}
