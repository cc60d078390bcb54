import { Command, CommanderError } from 'commander';
import type { Verb } from '../commands/verb.ts';
import { UserError } from '../errors.ts';
import { version } from '../version.ts';
import { addSessionOptions, sessionHint, sessionPage } from './session-options.ts';
import { type Branch, type Leaf, pathOf, tree } from './tree.ts';

/** What a command line asks for: a verb with its arguments and options, or just some text to print. */
export type Request = { text: string } | { verb: Verb<Options>; args: string[]; options: Options };

type Options = Record<string, unknown>;

/** Reads a command line. Throws `UserError` code `usage`, with a hint, where it is wrong. */
export async function parse(argv: readonly string[]): Promise<Request> {
  if (argv[0] === 'help') return argv[1] === 'session' ? { text: sessionPage } : parse([...argv.slice(1), '--help']);
  const path = pathOf(argv);
  const words: string[] = [];
  let request: Request | undefined;
  const program = await grow(root(words), tree, path, (found) => {
    request = found;
  });
  try {
    await program.parseAsync(argv.length === 0 ? ['--help'] : argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0 && error.code !== 'commander.help') throw asUserError(error, path);
  }
  return request ?? { text: words.join('') };
}

function root(words: string[]): Command {
  const keep = (text: string) => words.push(text);
  return addSessionOptions(new Command('latchkey'))
    .description(tree.summary)
    .version(version)
    .helpCommand(false)
    .exitOverride()
    .configureOutput({ ...plainOutput, writeOut: keep, writeErr: keep, outputError: () => {} })
    .configureHelp({ showGlobalOptions: false })
    .addHelpText('after', '\nMore: latchkey secret --help, latchkey secret get --help, latchkey help session');
}

const [width, no] = [() => 100, () => false];

/** Left to itself, commander asks the streams, which costs as much as all else that help does. */
const plainOutput = { getOutHelpWidth: width, getErrHelpWidth: width, getOutHasColors: no, getErrHasColors: no };

type Found = (request: Request) => void;

/** Adds the commands below `here`: the one on the path that was called, and where the path ends all, for help. */
async function grow(command: Command, here: Branch, path: readonly string[], found: Found): Promise<Command> {
  for (const [name, node] of Object.entries(here.verbs)) {
    if (path.length > 0 && name !== path[0]) continue;
    const child = command.command(name).summary(node.summary).description(node.summary).helpCommand(false);
    if (path.length === 0) continue;
    if ('verbs' in node) await grow(child, node, path.slice(1), found);
    else await dress(child, node, found);
  }
  return command;
}

async function dress(command: Command, { load }: Leaf, found: Found): Promise<void> {
  const { verb } = (await load()) as { verb: Verb<Options> };
  verb.words(addSessionOptions(command).addHelpText('after', sessionHint));
  command.action(() => found({ verb, args: command.args, options: command.optsWithGlobals() }));
}

/** Commander's `error: unknown option '--x'\n(Did you mean --y?)` in our own form. */
function asUserError({ message }: CommanderError, path: readonly string[]): UserError {
  const [what, guess] = message.replace(/^error: /, '').split('\n');
  const meant = /Did you mean (?:one of )?(.*)\?/.exec(guess ?? '')?.[1];
  const help = `see "latchkey ${[...path, '--help'].join(' ')}"`;
  return new UserError('usage', what!.replaceAll("'", '"'), {
    hints: meant ? [`did you mean "${meant}"`, help] : [help],
  });
}
