import type { Command } from 'commander';
import type { SecretsManager } from '../../aws/services.ts';
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { addValueOptions, type Question, readValue, type ValueOptions } from '../../input/value.ts';
import { addFieldOptions, type FieldOptions, readField, readFields } from './fields.ts';
import { addPasswordOptions, type PasswordOptions, randomPassword } from './password.ts';
import type { Template } from './templates/template.ts';
import { type TemplateName, templateNames, templates } from './templates.ts';

export interface NewValueOptions extends ValueOptions, FieldOptions, PasswordOptions {
  generate?: boolean;
  generateKey?: string;
  template?: TemplateName;
}

/** Of a whole value: a key of it may be empty. */
export const neverEmpty = 'a secret holds at least one byte';

const asItIs = ['value', 'valueFile'];

/** Adds all the ways in which the value of a new secret comes about. */
export function addNewValueOptions(command: Command): Command {
  addValueOptions(command);
  addGenerateOption(command);
  const generateKey = command
    .createOption('--generate-key <key>', 'put the generated value under this key of a JSON value')
    .implies({ generate: true });
  const template = command.createOption('--template <name>', 'a JSON value of a known shape').choices(templateNames);
  addFieldOptions(command).addOption(generateKey).addOption(template.conflicts(asItIs));
  return addPasswordOptions(command);
}

/** Adds `--generate`. */
export const addGenerateOption = (command: Command): Command =>
  command.addOption(command.createOption('--generate', 'a random password, that nobody sees').conflicts(asItIs));

/** Generated, or as it comes in. */
export async function readOrGenerate(
  context: Context,
  client: SecretsManager,
  options: ValueOptions & PasswordOptions & { generate?: boolean },
  asked: Question,
): Promise<Uint8Array> {
  if (options.generate) return Buffer.from(await randomPassword(client, options));
  return readValue(context, options, asked);
}

/** The value of a new secret: generated, put together from keys, or as it comes in. Throws code `usage`. */
export async function readNewValue(
  context: Context,
  client: SecretsManager,
  options: NewValueOptions,
  question: string,
): Promise<Uint8Array> {
  const { template, generateKey } = options;
  if (template || options.keyValue || options.field || generateKey !== undefined) {
    requireNoOther(options);
    const load = template && templates[template];
    const json = load ? await fill(await load(), context, client, options) : await readKeys(context, client, options);
    return Buffer.from(JSON.stringify(json));
  }
  return readOrGenerate(context, client, options, { question, neverEmpty });
}

function requireNoOther({ value, valueFile }: NewValueOptions): void {
  if (value === undefined && valueFile === undefined) return;
  throw new UserError('usage', 'a whole value and keys of a JSON value are given: which one is it', {
    hints: ['leave out --value and --value-file, or the keys'],
  });
}

/** Keys without a template, the generated one last. */
async function readKeys(context: Context, client: SecretsManager, options: NewValueOptions) {
  const { generate, generateKey } = options;
  if (generate && generateKey === undefined) {
    throw new UserError('usage', 'it is not said which key is to have the generated value', {
      hints: ['name it: --generate-key password'],
    });
  }
  const fields = await readFields(context, options);
  if (generateKey === undefined) return fields;
  requireFree(fields, generateKey);
  return { ...fields, [generateKey]: await randomPassword(client, options) };
}

/** What a template is made of: given, generated, asked for where it is a secret; the rest is the template's. */
async function fill(template: Template, context: Context, client: SecretsManager, options: NewValueOptions) {
  const given = await readFields(context, options);
  const missing = template.needs.filter((name) => given[name] === undefined);
  if (missing.length > 0) {
    throw new UserError('usage', `the template "${options.template}" needs ${missing.join(', ')}`, {
      hints: [missing.map((name) => `--field ${name}=...`).join(' ')],
    });
  }
  const { generateKey = template.secret, generate } = options;
  if (generate && generateKey !== undefined) {
    requireFree(given, generateKey);
    given[generateKey] = await randomPassword(client, { excludeCharacters: template.excludeCharacters, ...options });
  }
  if (template.secret !== undefined && given[template.secret] === undefined) {
    given[template.secret] = await askFor(template.secret, context, options);
  }
  return template.build(given, context.clock());
}

function askFor(key: string, context: Context, options: NewValueOptions): Promise<string> {
  if (context.terminal.inIsTTY) return readField(context, { key }, options);
  throw new UserError('usage', `a value for "${key}" is missing, and nobody can be asked`, {
    hints: [`a random one: --generate; from a file: --key-value ${key}=@FILE; from a pipe: --key-value ${key}=-`],
  });
}

function requireFree(given: Record<string, string>, key: string): void {
  if (given[key] !== undefined) throw new UserError('usage', `the key "${key}" is given, and to be generated, too`);
}
