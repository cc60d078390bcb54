import type { Command } from 'commander';
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { readValue, type ValueOptions } from '../../input/value.ts';
import { splitPair } from '../tags.ts';
import { utf8 } from './secret-value.ts';

export interface FieldOptions extends Pick<ValueOptions, 'allowEmpty' | 'trimNewline'> {
  keyValue?: Source[];
  field?: [name: string, value: string][];
}

/** A key whose value is a secret, and where it comes from: a file, `-` for standard input, else a hidden prompt. */
interface Source {
  readonly key: string;
  readonly file?: string;
}

/** Adds the ways in which the keys of a JSON secret come in. */
export const addFieldOptions = (command: Command): Command =>
  command
    .option(
      '--key-value <key>',
      'a key of a JSON value, which is asked for; KEY=@FILE takes it from a file, KEY=- from standard input; again for more',
      gatherSource,
    )
    .option('--field <key=value>', 'a key whose value is no secret, like username=app; again for more', gatherField);

/** The value is never shown, nor what of it stands there: it may be a secret all the same. */
function gatherSource(text: string, before: Source[] = []): Source[] {
  const [key, from] = text.includes('=') ? splitAt(text) : [text, undefined];
  if (key === '') throw new UserError('usage', '--key-value expects KEY, KEY=@FILE or KEY=-');
  if (from === undefined) return [...before, { key }];
  if (from === '-') return [...before, { key, file: '-' }];
  if (from.startsWith('@') && from.length > 1) return [...before, { key, file: from.slice(1) }];
  throw exposed(key, `--key-value takes no value on the command line, and got one for "${key}"`);
}

const splitAt = (text: string) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)] as const;

function gatherField(text: string, before: [string, string][] = []): [string, string][] {
  if (text.indexOf('=') < 1) throw new UserError('usage', '--field expects KEY=VALUE');
  const [name, value] = splitPair(text, '--field');
  if (value === '') throw new UserError('usage', `--field expects a value for "${name}"`);
  if (isSecretName(name)) throw exposed(name, `"${name}" sounds like a secret, and --field takes none`);
  return [...before, [name, value]];
}

/** `password`, `clientSecret`, `api_key`, but not `token_url` or `key_id`. */
const isSecretName = (name: string) =>
  /(pass|passwd|password|passphrase|secret|token|credentials?|(api|access|private|secret|encryption)[_-]?key)$/i.test(
    name,
  );

const exposed = (key: string, message: string) =>
  new UserError('usage', message, {
    hints: [
      'other users can read it in the process list, and it stays in the history of the shell: change it there',
      `to be asked for it: --key-value ${key}; from a file: --key-value ${key}=@FILE; from a pipe: --key-value ${key}=-`,
    ],
  });

/** What `--field` and `--key-value` come to, by key, in the order they are given. Throws code `usage`. */
export async function readFields(context: Context, options: FieldOptions): Promise<Record<string, string>> {
  const { field = [], keyValue = [] } = options;
  requireOnce([...field.map(([name]) => name), ...keyValue.map(({ key }) => key)]);
  if (keyValue.filter(({ file }) => file === '-').length > 1) {
    throw new UserError('usage', 'standard input holds one value, and more than one key is to have it');
  }
  const pairs: [string, string][] = [...field];
  for (const source of keyValue) pairs.push([source.key, await readField(context, source, options)]);
  return Object.fromEntries(pairs);
}

function requireOnce(keys: string[]): void {
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) throw new UserError('usage', `the key "${twice}" is given twice`);
}

/** One value. Throws code `usage` where it is to be asked for and nobody is there. */
export async function readField(context: Context, { key, file }: Source, options: FieldOptions): Promise<string> {
  if (file === undefined && !context.terminal.inIsTTY) {
    throw new UserError('usage', `a value for "${key}" is missing, and nobody can be asked`, {
      hints: [`from a file: --key-value ${key}=@FILE; from a pipe: --key-value ${key}=-`],
    });
  }
  const { allowEmpty, trimNewline } = options;
  const bytes = await readValue(
    context,
    { valueFile: file, allowEmpty, trimNewline },
    { question: `Value of "${key}"` },
  );
  const text = utf8(bytes);
  if (text !== undefined) return text;
  throw new UserError('usage', `the value of "${key}" is not UTF-8 text, and JSON holds only text`);
}
