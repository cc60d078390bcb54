import fs from 'node:fs';
import type { Terminal } from '../../context.ts';
import { UserError } from '../../errors.ts';
import type { Thing } from './everything.ts';
import { type Kind, kinds } from './tags-of.ts';

/** What every thing has to keep to. */
export interface TagPolicy {
  /** Keys of tags that must be there. */
  readonly required: readonly string[];
  /** By key: the values that a tag may have, or a pattern that it must match (whole only between ^ and $). */
  readonly allowed: Readonly<Record<string, readonly string[] | RegExp>>;
  /** By kind: what a name must match. */
  readonly names: Readonly<Partial<Record<Kind, RegExp>>>;
}

/** Reads a policy in YAML or JSON, `-` being standard input. Throws code `usage` for what is none, and says which part. */
export async function readPolicyFile(terminal: Terminal, file: string): Promise<TagPolicy> {
  const { parse } = await import('yaml');
  const isInput = file === '-';
  const text = isInput ? await readInput(terminal) : readText(file);
  let read: unknown;
  try {
    read = parse(text);
  } catch (cause) {
    throw new UserError('usage', `${isInput ? 'standard input' : `"${file}"`} is neither YAML nor JSON`, { cause });
  }
  const { required = [], allowed = {}, names = {}, ...others } = (read ?? {}) as Record<string, unknown>;
  const [other] = Object.keys(others);
  if (other !== undefined) throw wrong('required, allowed or names', other);
  if (!isTexts(required)) throw wrong('a list of keys', 'required');
  if (!isRecord(allowed) || !isRecord(names)) throw wrong('an object', isRecord(allowed) ? 'names' : 'allowed');
  return {
    required,
    allowed: mapValues(allowed, (value, key) =>
      Array.isArray(value) ? texts(value, `allowed.${key}`) : pattern(value, `allowed.${key}`),
    ),
    names: mapValues(names, (value, key) => {
      if (!kinds.includes(key as Kind)) throw wrong(`one of ${kinds.join(', ')}`, `names.${key}`);
      return pattern(value, `names.${key}`);
    }),
  };
}

/** Where nothing comes, what was to write it has failed: that is not to pass for a policy that asks for nothing. */
async function readInput(terminal: Terminal): Promise<string> {
  const text = Buffer.from(await terminal.readAll()).toString();
  if (text.trim() !== '') return text;
  throw new UserError('usage', 'standard input is empty, expected a policy');
}

function readText(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new UserError(
      missing ? 'not-found' : 'denied',
      missing ? `there is no file "${file}"` : `"${file}" cannot be read`,
      { cause },
    );
  }
}

function texts(value: unknown[], where: string): readonly string[] {
  if (isTexts(value)) return value;
  throw wrong('a list of texts, numbers in quotes', where);
}

function pattern(value: unknown, where: string): RegExp {
  if (typeof value !== 'string') throw wrong('a pattern', where);
  try {
    return new RegExp(value, 'u');
  } catch {
    throw wrong('a regular expression', where);
  }
}

const wrong = (expected: string, where: string) =>
  new UserError('usage', `the policy file: expected ${expected}, got something else at "${where}"`, {
    hints: ['like {"required": ["team"], "allowed": {"env": ["dev", "prod"]}, "names": {"secret": "^(dev|prod)/"}}'],
  });

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

const mapValues = <To>(record: Record<string, unknown>, map: (value: unknown, key: string) => To): Record<string, To> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));

/** What a thing does not keep to, in words. */
export function violations({ kind, name, tags }: Thing, { required, allowed, names }: TagPolicy): string[] {
  const missing = required.filter((key) => !Object.hasOwn(tags, key)).map((key) => `tag "${key}" is missing`);
  const wrongValues = Object.entries(allowed)
    .filter(([key, values]) => Object.hasOwn(tags, key) && !isAllowed(tags[key]!, values))
    .map(([key]) => `tag "${key}" is "${tags[key]}"`);
  const wrongName = names[kind] && !names[kind].test(name) ? ['its name does not match'] : [];
  return [...missing, ...wrongValues, ...wrongName];
}

const isAllowed = (value: string, allowed: readonly string[] | RegExp): boolean =>
  allowed instanceof RegExp ? allowed.test(value) : allowed.includes(value);
