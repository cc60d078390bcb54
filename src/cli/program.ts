import { Command, CommanderError } from 'commander';
import type { Verb } from '../commands/verb.ts';
import { UserError } from '../errors.ts';
import { version } from '../version.ts';
import { addSessionOptions, sessionHint } from './session-options.ts';
import { topics } from './topics.ts';
import { type Branch, find, type Leaf } from './tree.ts';

/** What a command line asks for: a verb with its arguments and options, or just some text to print. */
export type Request = { text: string } | Call;

export interface Call {
  /** `['secret', 'get']` */
  readonly path: readonly string[];
  readonly verb: Verb<Options>;
  readonly args: string[];
  readonly options: Options;
}

type Options = Record<string, unknown>;

/** Reads a command line. Throws `UserError` code `usage`, with a hint, where it is wrong. */
export async function parse(argv: readonly string[]): Promise<Request> {
  if (argv[0] === 'help') return help(argv.slice(1));
  const { path, node, rest } = find(argv);
  const words: string[] = [];
  const command = bare(['latchkey', ...path].join(' '), words).description(node.summary);
  let request: Request | undefined;
  if ('verbs' in node) showVerbs(command, node);
  else await dress(command, { path, node }, (found) => (request = found));
  try {
    await command.parseAsync(rest.length === 0 && !request && 'verbs' in node ? ['--help'] : rest, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw asUserError(error, path);
  }
  return request ?? { text: words.join('') };
}

/** A topic, in one word or two, or what `--help` says of a verb. */
async function help(words: readonly string[]): Promise<Request> {
  const name = words.join('-');
  const topic = Object.keys(topics).find((one) => one === name || `${one}s` === name);
  if (topic) return { text: (await topics[topic]!()).page };
  if (words.length === 0 || find(words).path.length > 0) return parse([...words, '--help']);
  throw new UserError('usage', `there is no help on "${words.join(' ')}"`, {
    hints: [`there is: "latchkey help ${Object.keys(topics).join('", "latchkey help ')}"`],
  });
}

/** A command that prints nothing and ends nothing by itself. What it would print goes to `words`. */
function bare(name: string, words: string[]): Command {
  const keep = (text: string) => words.push(text);
  return addSessionOptions(new Command(name))
    .helpCommand(false)
    .exitOverride()
    .configureOutput({ ...plainOutput, writeOut: keep, writeErr: keep, outputError: () => {} });
}

const [width, no] = [() => 100, () => false];

/** Left to itself, commander asks the streams, which costs as much as all else that help does. */
const plainOutput = { getOutHelpWidth: width, getErrHelpWidth: width, getOutHasColors: no, getErrHasColors: no };

/** A noun, or the program itself: what there is below it, by name and summary. */
function showVerbs(command: Command, { summary, headings = {}, verbs }: Branch): void {
  for (const [name, node] of Object.entries(verbs)) {
    if (headings[name]) command.commandsGroup(headings[name]);
    if (!('aliasOf' in node)) command.command(name).summary(node.summary);
  }
  if (command.name() !== 'latchkey') return;
  command
    .description('')
    .usage(`[--version] [--help] COMMAND\n${summary}`)
    .configureHelp({ visibleOptions: () => [] }) // the usage has them: there are more commands than a screen has room for
    .version(version)
    .addHelpText(
      'after',
      `\nMore: latchkey secret --help, latchkey secret get --help, latchkey help ${Object.keys(topics).join('|')}`,
    );
}

interface Called {
  path: readonly string[];
  node: Leaf;
}

async function dress(command: Command, { path, node }: Called, found: (request: Request) => void): Promise<void> {
  const { verb } = (await node.load()) as { verb: Verb<Options> };
  verb.words(command.addHelpText('after', sessionHint));
  command.action(() => found({ path, verb, args: command.args, options: command.opts() }));
}

/** Commander's `error: unknown option '--x'\n(Did you mean --y?)` in our own form. */
function asUserError({ message }: CommanderError, path: readonly string[]): UserError {
  const [what, guess] = message.replace(/^error: /, '').split('\n');
  const meant = /Did you mean (?:one of )?(.*)\?/.exec(guess ?? '')?.[1];
  const help = `see "latchkey ${[...path, '--help'].join(' ')}"`;
  const said = what!
    .replaceAll("'", '"')
    .replace(/\.$/, '')
    .replace(/\. (Expected|Allowed choices are)/, ': expected');
  return new UserError('usage', said, {
    hints: meant ? [`did you mean "${meant}"`, help] : [help],
  });
}
