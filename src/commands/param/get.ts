import { explain } from '../../aws/errors.ts';
import type { Parameter, Ssm } from '../../aws/services.ts';
import type { Terminal } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { addListOptions, type ListOptions, writeRecord } from '../../output/list.ts';
import { writeValue } from '../../output/value.ts';
import { readKey } from '../../reference/json-pointer.ts';
import { type ParameterReference, parseParameter } from '../../reference/reference.ts';
import type { Verb } from '../verb.ts';
import type { Readable } from './read-batches.ts';
import { readableTree, readParameters } from './read-parameters.ts';
import { onePlace, selectorName } from './whole.ts';

interface Options extends ListOptions {
  path?: string;
  recursive: boolean;
  lines?: boolean;
}

const examples = `
Prints the value of one parameter, and of more than one, or with --output or --query, an object of names and values.
Where some of a tree cannot be read, it prints the others, says of each what is wrong with it, and the exit code is 8.

Examples:
  latchkey param get /prod/app/url:3
  latchkey param get /prod/app/ --query 'keys(@)'`;

export const verb: Verb<Options> = {
  words: (command) =>
    addListOptions(command)
      .argument('[name...]', "names or references; one that ends with a slash is a tree, like '/prod/app/'")
      .option('--path <path>', 'the tree below this path')
      .option('--no-recursive', 'of a tree only what is directly below it')
      .option('--lines', 'a StringList as lines, one for each of its values')
      .addHelpText('after', examples),

  async run(context, names, options) {
    const trees = options.path === undefined ? [] : [options.path.replace(/\/*$/, '/')];
    const references = [...names, ...trees].map((text) => parseParameter(text));
    if (references.length === 0) throw new UserError('usage', 'expected the name of a parameter, or --path');
    const { ssm } = await context.clients(onePlace(references));
    const [only, ...others] = references;
    const isMany = others.length > 0 || only!.tree;
    if (options.lines) requireLines(isMany, options);
    if (isMany) await writeMany(ssm, context.terminal, { references, ...options });
    else await writeOne(context.terminal, { name: nameOf(only!), value: await readOne(ssm, only!) }, options);
    return undefined;
  },
};

function requireLines(isMany: boolean, { output, query }: Options): void {
  if (isMany) throw new UserError('usage', '--lines takes one parameter, a StringList');
  if (output || query) throw new UserError('usage', '--lines stands alone, without --output and --query');
}

/** As it is, unless a form is asked for. */
async function writeOne(
  terminal: Terminal,
  { name, value }: { name: string; value: string },
  options: Options,
): Promise<void> {
  if (options.output || options.query) await writeRecord(terminal, { [name]: value }, options);
  else await writeValue(terminal, options.lines ? `${value.replaceAll(',', '\n')}\n` : value);
}

async function readOne(ssm: Ssm, reference: ParameterReference): Promise<string> {
  const { Parameter } = await ssm.getParameter({ Name: selectorName(reference), WithDecryption: true });
  return partOf(Parameter!.Value!, reference);
}

interface Many extends Options {
  references: ParameterReference[];
}

/** What of a tree is denied takes nothing else with it: the others are printed, and it is said of each. */
async function writeMany(ssm: Ssm, terminal: Terminal, many: Many): Promise<void> {
  const { entries, failed } = await readMany(ssm, terminal, many);
  if (entries.length === 0) throw failed[0]!.error;
  await writeRecord(terminal, Object.fromEntries(entries), many);
  if (failed.length === 0) return;
  for (const { name, error } of failed) terminal.say(`not read: "${name}": ${explain(error)?.message ?? error.name}`);
  const count = entries.length + failed.length;
  throw new UserError('partial', `${failed.length} of ${count} parameters could not be read`);
}

async function readMany(ssm: Ssm, terminal: Terminal, { references, recursive }: Many) {
  const entries = await readNamed(
    ssm,
    references.filter(({ tree }) => !tree),
  );
  const failed: Readable['failed'] = [];
  for (const { name } of references.filter(({ tree }) => tree)) {
    const tree = await readableTree(ssm, terminal, { path: name, recursive });
    if (tree.found.length + tree.failed.length === 0)
      throw new UserError('not-found', `there is no parameter below "${name}"`, {
        hints: ['see what there is: "latchkey param list"'],
      });
    for (const { Name, Value } of tree.found) entries.push([Name!, Value!]);
    failed.push(...tree.failed);
  }
  return { entries, failed };
}

async function readNamed(ssm: Ssm, references: ParameterReference[]): Promise<[string, string][]> {
  const { found, missing } = await readParameters(ssm, references.map(selectorName));
  const answers = references.map((reference) => found.find((parameter) => isAnswerTo(reference, parameter)));
  const unanswered = references.filter((_, index) => !answers[index]).map(selectorName);
  if (missing.length + unanswered.length > 0) throw notThere([...new Set([...missing, ...unanswered])], references);
  return references.map((reference, index) => [nameOf(reference), partOf(answers[index]!.Value!, reference)]);
}

/** As it was asked for, but for its place. */
const nameOf = (reference: ParameterReference) =>
  `${selectorName(reference)}${reference.key === undefined ? '' : `#${reference.key}`}`;

/** By its selector, or by its version where an answer has no selector. */
function isAnswerTo({ name, version }: ParameterReference, { Name, Selector = '', Version }: Parameter): boolean {
  if (Name !== name) return false;
  return version === undefined ? Selector === '' : Selector === `:${version}` || String(Version) === version;
}

const partOf = (value: string, reference: ParameterReference) =>
  reference.key === undefined ? value : readKey(value, reference);

function notThere(missing: string[], asked: ParameterReference[]): UserError {
  const names = missing.map((name) => `"${name}"`).join(', ');
  return new UserError('not-found', `${missing.length} of ${asked.length} parameters are not there: ${names}`, {
    hints: ['see what there is: "latchkey param list"'],
  });
}
