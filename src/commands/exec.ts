import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { UserError } from '../errors.ts';
import { readDuration } from './exec/duration.ts';
import { type Asked, prepare } from './exec/prepare.ts';
import { wantedFrom, wantedIn } from './exec/wanted.ts';
import { withoutVaultKeys } from './exec/without-vault-keys.ts';
import { splitPair } from './tags.ts';
import { addNameOptions, isVariableName } from './variables/names.ts';
import type { Verb } from './verb.ts';

type Pair = [name: string, reference: string];

interface Options extends Pick<Asked, 'only' | 'prefix' | 'names' | 'pristine' | 'keep' | 'strict'> {
  env?: Pair[];
  envFrom?: string[];
  file?: Pair[];
  resolve?: boolean;
  watch?: boolean;
  interval?: number;
  grace?: number;
}

const words = `
References are secret:NAME, secret:NAME#KEY and param:NAME. Nothing is started unless all of them can be read.
The command is run without a shell. Its exit status is returned, 128+N where signal N ended it, 127 where there is
no such command, 126 where it cannot be run.

Variables of the command line take the place of those that are there already; with --strict that is an error, and so
is a reference in the environment that nobody resolves. Files of --file are in a folder that only you can enter, and
are removed when the command has ended; not when "kill -9" ends latchkey itself. --watch asks for versions, not for
values; the command gets SIGTERM, and after --grace SIGKILL.

Examples:
  latchkey exec --env 'DB_PASSWORD=secret:prod/db#password' -- npm start
  latchkey exec --env-from param:/prod/app/ --only 'DB_*' --prefix APP_ -- npm start
  latchkey exec --file TLS_KEY=secret:prod/tls --pristine --keep PATH --keep HOME -- ./serve
  DB_PASS='secret:prod/db#password' latchkey exec --resolve --watch -- ./serve`;

export const verb: Verb<Options> = {
  words: (command) =>
    addRunOptions(addValueOptions(command.usage('[options] -- COMMAND [ARGUMENT ...]')))
      .argument('<command...>', 'the command and its arguments, behind "--"')
      .addHelpText('after', words),

  elsewhere: async (context, _args, options) => resolvable(context, options).map(({ source }) => source),

  async run(context, [command, ...args], options) {
    const { file = [], env = [], envFrom = [], watch, interval = 30_000, grace = 10_000 } = options;
    checkTogether(options);
    const wanted = [
      ...env.map(([name, source]) => wantedFrom(name, source, '--env')),
      ...file.map(([name, source]) => wantedFrom(name, source, '--file')),
      ...resolvable(context, options),
    ];
    const ready = () => prepare(context, { ...options, command: command!, args, wanted, envFrom });
    if (!watch) return (await ready())();
    const { runWatching } = await import('./exec/watch.ts');
    const versions = await watcherOf(context, [...wanted.map(({ source }) => source), ...envFrom]);
    return runWatching({ terminal: context.terminal, prepare: ready, versions }, { interval, grace });
  },
};

const addValueOptions = (command: Command): Command =>
  addNameOptions(
    command
      .option('--env <name=reference>', 'a variable and where its value is; again for more', gatherPair('--env'))
      .option(
        '--env-from <reference>',
        'a variable for each key of a JSON value, or for each thing below a path, like param:/prod/app/; its name in capitals, with "_" for all but letters and digits',
        gather,
      )
      .option('--only <name>', 'of what --env-from makes, this alone; "*" is any letters; again for more', gather),
  )
    .option('--file <name=reference>', 'a variable that holds the path of a file with the value', gatherFile)
    .option('--resolve', 'resolve what is in the environment: a variable whose whole value is a reference');

const addRunOptions = (command: Command): Command =>
  command
    .option('--strict', 'replace no variable, and pass no reference on unresolved')
    .option('--pristine', 'pass on nothing of your own environment')
    .option('--keep <name>', 'with --pristine: but this; "*" is any letters; again for more', gather)
    .option('--watch', 'start the command again when values change')
    .option('--interval <time>', 'with --watch: how often to look (default: 30s)', readDuration)
    .option('--grace <time>', 'with --watch: how long the command has to end by itself (default: 10s)', readDuration);

const resolvable = ({ environment }: Context, { resolve }: Options) =>
  resolve ? wantedIn(withoutVaultKeys(environment)) : [];

const gather = (text: string, before: string[] = []) => [...before, text];
const gatherPair =
  (option: string) =>
  (text: string, before: Pair[] = []) => [...before, splitPair(text, option)];

/** The variable's name is the file's, too. */
function gatherFile(text: string, before: Pair[] = []): Pair[] {
  const pair = splitPair(text, '--file');
  if (isVariableName(pair[0])) return [...before, pair];
  throw new UserError('usage', `--file expects letters, digits and "_" in a name, got "${pair[0]}"`);
}

function checkTogether({ keep, pristine, only, prefix, names, envFrom, watch, interval, grace }: Options): void {
  const alone = (option: string, of: string) => new UserError('usage', `${option} goes with ${of}, which is not there`);
  if (keep && !pristine) throw alone('--keep', '--pristine');
  if (only && !envFrom) throw alone('--only', '--env-from');
  if (prefix !== undefined && !envFrom) throw alone('--prefix', '--env-from');
  if (names && !envFrom) throw alone('--names', '--env-from');
  if (interval !== undefined && !watch) throw alone('--interval', '--watch');
  if (grace !== undefined && !watch) throw alone('--grace', '--watch');
}

async function watcherOf(context: Context, sources: string[]): Promise<() => Promise<string>> {
  if (sources.length === 0 || sources.includes('-')) {
    throw new UserError('usage', '--watch has nothing to watch', {
      hints: ['name a secret or a parameter with --env, --env-from or --file'],
    });
  }
  const { versionsOf } = await import('./exec/versions.ts');
  return () => versionsOf(context, sources);
}
