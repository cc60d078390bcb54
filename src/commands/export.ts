import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { UserError } from '../errors.ts';
import { type FormatName, formatNames, formatOfFile, loadFormat } from '../formats/formats.ts';
import type { Format } from '../formats/pair.ts';
import { addOutOptions, checkOut, type OutOptions, writeOut } from '../output/out-file.ts';
import type { Entries } from './entries/entries.ts';
import { accountFor } from './export/account-for.ts';
import { sayGitlabLimits } from './export/gitlab-limits.ts';
import { nameAll } from './export/name-all.ts';
import { readSources, type Sourced } from './export/read-sources.ts';
import { writeToGithub } from './export/to-github.ts';
import { splitPair } from './tags.ts';
import { addNameOptions, type NameOptions } from './variables/names.ts';
import type { Verb } from './verb.ts';

interface Options extends OutOptions, NameOptions {
  format?: FormatName;
  fromFormat?: FormatName;
  env?: [name: string, reference: string][];
  skipFailed?: boolean;
}

const words = `
Each value is written so that it is read back as it is, or refused with the reason. Without --format the ending of
--out says the format. dotenv, shell, fish, powershell, docker, github and gitlab have variables, in capitals by
default; json, yaml, properties and csv keep the names as they are.

In a step of GitHub Actions, github masks each line of the values, and each leaf of JSON, and writes to $GITHUB_ENV.

Examples:
  latchkey export param:/prod/app/ secret:prod/db --out .env
  latchkey export --format json secret:prod/
  latchkey export --format github --env 'DB_PASSWORD=secret:prod/db#password'
  eval "$(latchkey export --format shell secret:prod/db)"`;

export const verb: Verb<Options> = {
  words: (command) =>
    addNameOptions(addOutOptions(addFormatOptions(command)))
      .usage('[options] [REFERENCE ...]')
      .argument('[reference...]', 'secrets, parameters, paths that end with a slash, file:PATH, env: or -')
      .option('--env <name=reference>', 'one value, and the name it gets; again for more', gatherPair)
      .option('--skip-failed', 'leave out what cannot be read or written; the exit code is still 8')
      .addHelpText('after', words),

  async run(context, references, options) {
    const named = (options.env ?? []).map(([name, source]) => ({ name, source }));
    const wanted = [...references.map((source) => ({ source })), ...named];
    if (wanted.length === 0) throw new UserError('usage', 'expected a reference to export');
    const name = formatFor(options);
    checkOut(options);
    const format = await loadFormat(name);
    const { found, failed } = await readSources(context, wanted, options.fromFormat);
    const pairs = nameAll(found, name, options);
    const refused = refusedBy(format, pairs);
    const of = found.length + failed.length;
    accountFor(context.terminal, { failed, refused, of }, options.skipFailed);
    const skipped = new Set(refused.map((one) => one.name));
    const kept = pairs.filter((pair) => !skipped.has(pair.name));
    await write(context, { name, pairs: kept, text: format.write(kept) }, options);
    const left = failed.length + refused.length;
    if (left > 0) throw new UserError('partial', `${left} of ${of} values were left out`);
  },
};

const addFormatOptions = (command: Command): Command =>
  command
    .addOption(command.createOption('--format <format>', 'what to write').choices(formatNames))
    .addOption(command.createOption('--from-format <format>', 'what file: and - are written in').choices(formatNames));

const gatherPair = (text: string, before: [string, string][] = []) => [...before, splitPair(text, '--env')];

function formatFor({ format, out }: Options): FormatName {
  const found = format ?? (out === undefined ? undefined : formatOfFile(out));
  if (found) return found;
  throw new UserError('usage', out === undefined ? 'expected --format' : `the ending of "${out}" says no format`, {
    hints: [`formats are ${formatNames.join(', ')}`],
  });
}

/** What the format has no form for, and why. */
const refusedBy = (format: Format, pairs: readonly Sourced[]): Entries['failed'] =>
  pairs.flatMap((pair) => {
    try {
      format.write([pair]);
      return [];
    } catch (error) {
      return [{ name: pair.name, error: error as Error }];
    }
  });

interface Written {
  readonly name: FormatName;
  readonly pairs: readonly Sourced[];
  readonly text: string;
}

async function write(context: Context, { name, pairs, text }: Written, options: Options): Promise<void> {
  if (name === 'gitlab') sayGitlabLimits(context.terminal, pairs.length, text);
  if (name === 'github') return writeToGithub(context, { pairs, text }, options);
  return writeOut(context.terminal, text, options);
}
