import type { Parameter, Ssm } from '../../aws/services.ts';
import type { Terminal } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { addListOptions, type ListOptions, writeRecord } from '../../output/list.ts';
import { writeValue } from '../../output/value.ts';
import { readKey } from '../../reference/json-pointer.ts';
import { type ParameterReference, parseParameter } from '../../reference/reference.ts';
import { type Answer, writeAnswers } from '../answers.ts';
import { sideBySide } from '../side-by-side.ts';
import type { Verb } from '../verb.ts';
import { readableTree, readParameters } from './read-parameters.ts';
import { onePlace, selectorName } from './whole.ts';

interface Options extends ListOptions {
  path?: string;
  recursive: boolean;
  lines?: boolean;
}

const examples = `
Prints the value of one parameter, and of more than one, or with --output or --query, an object of names and values. Where
some of them cannot be read, it prints the others, says of each what is wrong with it, and the exit code is 8.

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
    if (isMany) {
      const answers = await readMany(ssm, context.terminal, { references, ...options });
      await writeAnswers(context, { answers, what: 'parameters', listing: 'latchkey param list' }, options);
    } else await writeOne(context.terminal, { name: nameOf(only!), value: await readOne(ssm, only!) }, options);
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

interface Many {
  references: ParameterReference[];
  recursive: boolean;
}

async function readMany(ssm: Ssm, terminal: Terminal, { references, recursive }: Many): Promise<Answer[]> {
  const named = await readNamed(
    ssm,
    references.filter(({ tree }) => !tree),
  );
  const answers: Answer[] = [];
  for (const reference of references) {
    const { tree, name } = reference;
    if (tree) answers.push(...(await readBelow(ssm, terminal, { path: name, recursive })));
    else answers.push([nameOf(reference), named.get(reference)]);
  }
  return answers;
}

/** Each with its value, or the error that kept it back. What the batches leave out or refuse is read by itself. */
async function readNamed(ssm: Ssm, references: ParameterReference[]): Promise<Map<ParameterReference, string | Error>> {
  const found = await readBatches(ssm, references.map(selectorName));
  const answers = await sideBySide(references, async (reference) => {
    const answer = found.find((parameter) => isAnswerTo(reference, parameter));
    try {
      return answer ? partOf(answer.Value!, reference) : await readOne(ssm, reference);
    } catch (error) {
      return error as Error;
    }
  });
  return new Map(references.map((reference, index) => [reference, answers[index]!]));
}

async function readBatches(ssm: Ssm, names: string[]): Promise<Parameter[]> {
  try {
    return (await readParameters(ssm, names)).found;
  } catch (error) {
    if (ofOneItem.test((error as Error).name)) return [];
    throw error;
  }
}

/** What may be wrong with one parameter or its key, and makes a batch fail as a whole. */
const ofOneItem = /AccessDenied|^InvalidKeyId$/;

async function readBelow(ssm: Ssm, terminal: Terminal, tree: { path: string; recursive: boolean }): Promise<Answer[]> {
  try {
    const { found, failed } = await readableTree(ssm, terminal, tree);
    const answers: Answer[] = found.map(({ Name, Value }) => [Name!, Value!]);
    for (const { name, error } of failed) answers.push([name, error]);
    if (answers.length > 0) return answers;
  } catch (error) {
    return [[tree.path, error]];
  }
  const nothing = new UserError('not-found', `there is no parameter below "${tree.path}"`, {
    hints: ['see what there is: "latchkey param list"'],
  });
  return [[tree.path, nothing]];
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
