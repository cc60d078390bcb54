import type { Context } from '../context.ts';
import { UserError } from '../errors.ts';
import { readValue } from '../input/value.ts';
import { addOutOptions, checkOut, type OutOptions, writeOut } from '../output/out-file.ts';
import { formatReference } from '../reference/reference.ts';
import { fill, type Template } from './render/fill.ts';
import { scanEcs } from './render/scan-ecs.ts';
import { scanTemplate } from './render/scan-template.ts';
import { utf8 } from './secret/secret-value.ts';
import type { Verb } from './verb.ts';

interface Options extends OutOptions {
  ecs?: boolean;
  ignoreUnknown?: boolean;
}

const words = `
In a template, a reference between two braces is replaced by its value, and all else stays as it is:

  {{ secret:prod/db#password }}  {{ param:/prod/url }}             references, as "latchkey help references" has them
  {{ secret:prod/db#password | json }}                             as a JSON string, quotes and all; or "shell" (one
                                                                   word), "url" (percent-encoded), "base64"
  {{resolve:secretsmanager:prod/db:SecretString:password}}         as CloudFormation writes them; resolve:ssm and
                                                                   resolve:ssm-secure, too
  {{ssm:/prod/url}}                                                as documents of Systems Manager do
  {{ "{{" }}                                                       text in double quotes: itself

With --ecs the template is a task definition, or a part of one: each "valueFrom" becomes the "value" it names.
All that is wrong is said at once, by line and column, and then nothing is written. Values are not rendered again.

Examples:
  latchkey render ./app.conf.tmpl --out ./app.conf
  latchkey render ./task-definition.json --ecs | jq .containerDefinitions
  echo 'password={{ secret:prod/db#password }}' | latchkey render -`;

export const verb: Verb<Options> = {
  words: (command) =>
    addOutOptions(
      command
        .argument('<template>', 'a file with references, or "-" for standard input')
        .option('--ecs', 'it is a task definition of ECS: resolve each "valueFrom"')
        .option('--ignore-unknown', 'leave {{ braces }} alone that hold no reference'),
    ).addHelpText('after', words),

  async elsewhere(context, [file], options) {
    const { holes } = await readTemplate(context, file!, options);
    return holes.flatMap((hole) => ('reference' in hole ? [formatReference(hole.reference)] : []));
  },

  async run(context, [file], options) {
    checkOut(options);
    if (options.ecs && options.ignoreUnknown) throw new UserError('usage', '--ecs knows no {{ braces }} to ignore');
    const template = await readTemplate(context, file!, options);
    await writeOut(context.terminal, await fill(context, template), options);
  },
};

async function readTemplate(context: Context, file: string, options: Options): Promise<Template> {
  const asked = { valueFile: file, allowEmpty: true };
  const text = utf8(await readValue(context, asked, { question: 'Template' }));
  if (text === undefined) throw new UserError('usage', `"${file}" is no template: it is not UTF-8`);
  const scanned = options.ecs ? scanEcs(text) : scanTemplate(text, options);
  return { name: file === '-' ? 'standard input' : file, text, ...scanned };
}
