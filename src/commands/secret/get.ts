import type { Context } from '../../context.ts';
import { addListOptions, type ListOptions, writeRecord } from '../../output/list.ts';
import { writeValue } from '../../output/value.ts';
import { formatReference, parseSecret, type SecretReference } from '../../reference/reference.ts';
import { type Answer, writeAnswers } from '../answers.ts';
import type { Verb } from '../verb.ts';
import { readSecret, readSecrets } from './read-secrets.ts';

interface Options extends ListOptions {
  stage?: string;
  versionId?: string;
  key?: string;
  force?: boolean;
}

const examples = `
Prints the value of one secret, and of more than one, or with --output or --query, an object of names and values, binary
ones in base64. Where some of them cannot be read, it prints the others, says of each what is wrong with it, and the exit
code is 8.

Examples:
  latchkey secret get 'prod/db#password'
  latchkey secret get prod/db prod/api --output yaml`;

export const verb: Verb<Options> = {
  words: (command) =>
    addListOptions(command)
      .argument('<name...>', "names, ARNs or references, like 'prod/db:AWSPREVIOUS#password'")
      .option('--stage <stage>', 'the version that has this stage (default: AWSCURRENT)')
      .option('--version-id <id>', 'the version with this id')
      .option('--key <key>', 'one key of a JSON value; nested keys are divided by "/"')
      .option('--force', 'print binary to a terminal')
      .addHelpText('after', examples),

  async run(context, names, options) {
    const references = names.map((name) => parseSecret(name, options));
    const [only, ...others] = references as [SecretReference, ...SecretReference[]];
    if (others.length > 0) {
      const answers = await readPlaces(context, references);
      await writeAnswers(context, { answers, what: 'secrets', listing: 'latchkey secret list' }, options);
      return undefined;
    }
    const { secretsManager } = await context.clients(only.where);
    const value = await readSecret(secretsManager, only);
    if (options.output || options.query) await writeRecord(context.terminal, { [nameOf(only, false)]: value }, options);
    else await writeValue(context.terminal, value, options);
    return undefined;
  },
};

/** One read for each place that references name, by name as they are to be printed. */
async function readPlaces(context: Context, references: SecretReference[]): Promise<Answer[]> {
  const placeOf = ({ where }: SecretReference) => JSON.stringify(where ?? {});
  const places = [...new Set(references.map(placeOf))];
  const found = await Promise.all(
    places.map(async (place) => {
      const here = references.filter((reference) => placeOf(reference) === place);
      const { secretsManager } = await context.clients(here[0]!.where);
      const answers = await readSecrets(secretsManager, here);
      return here.map((reference, index) => [reference, answers[index]] as const);
    }),
  );
  const answerOf = new Map(found.flat());
  return references.map((reference) => [nameOf(reference, places.length > 1), answerOf.get(reference)]);
}

/** As it was asked for; with its place only where there is more than one. */
const nameOf = (reference: SecretReference, withPlace: boolean) =>
  withPlace && reference.where && !reference.id.startsWith('arn:')
    ? formatReference(reference)
    : formatReference({ ...reference, where: undefined }).replace(/^secret:/, '');
