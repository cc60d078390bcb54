import type { Command } from 'commander';
import { UserError } from '../../errors.ts';
import type { Pair } from '../../formats/pair.ts';

const styles = ['upper', 'lower', 'keep'] as const;

export interface NameOptions {
  /** Put in front of every name. */
  prefix?: string;
  /** What becomes of a key or path; `upper` where nothing is said. */
  names?: (typeof styles)[number];
}

/** Adds `--prefix` and `--names`. */
export const addNameOptions = (command: Command): Command =>
  command
    .option('--prefix <text>', 'put this in front of the names of variables', readPrefix)
    .addOption(
      command
        .createOption(
          '--names <style>',
          'what becomes of keys and paths: db/user as DB_USER, as db_user, or kept as it is (default: upper)',
        )
        .choices(styles),
    );

/**
 * The pairs by the names of variables. Throws code `usage` for a name that no variable can have, and for two pairs that
 * would go by one name, naming both.
 */
export function nameVariables<P extends Pair>(pairs: readonly P[], options: NameOptions): P[] {
  const sources = new Map<string, string>();
  return pairs.map((pair) => {
    const name = checked(variableName(pair.name, options), pair.name);
    const other = sources.get(name);
    if (other !== undefined) throw clash(name, other, pair.name);
    sources.set(name, pair.name);
    return { ...pair, name };
  });
}

/** A key or a path below a tree as the name of a variable: `db/user-name` becomes `DB_USER_NAME`. */
export function variableName(text: string, { prefix = '', names = 'upper' }: NameOptions = {}): string {
  if (text === '' || names === 'keep') return text && prefix + text;
  const plain = text.replace(/[^A-Za-z0-9_]/gu, '_');
  const name = prefix + (names === 'upper' ? plain.toUpperCase() : plain.toLowerCase());
  return /^[0-9]/.test(name) ? `_${name}` : name;
}

/** What every shell takes as the name of a variable. */
export const isVariableName = (name: string): boolean => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);

function checked(name: string, from: string): string {
  if (isVariableName(name)) return name;
  if (from === '') throw new UserError('usage', 'a value by itself has no name to make a variable of');
  throw new UserError('usage', `expected letters, digits and "_" in the name of a variable, got "${name}"`, {
    hints: ['make names of variables of them: --names upper, or --names lower'],
  });
}

function clash(name: string, one: string, other: string): UserError {
  const differInCase = one.toUpperCase() === other.toUpperCase();
  return new UserError('usage', `variable "${name}" is named twice: by "${one}" and by "${other}"`, {
    hints: differInCase ? ['keep capitals and small letters apart: --names keep'] : [],
  });
}

function readPrefix(text: string): string {
  if (isVariableName(text)) return text;
  throw new UserError('usage', `--prefix expects letters, digits and "_", and no digit in front, got "${text}"`);
}
