import type { Context } from '../../context.ts';
import { runChild } from '../../run-child.ts';
import { type EnvironmentOptions, inherited, requireStrict, together } from './environment.ts';
import { findCommand } from './find-command.ts';
import { requireRoom } from './limits.ts';
import { writePrivateFiles } from './private-files.ts';
import { type ManyOptions, readMany, readWanted } from './read-variables.ts';
import { startError } from './start-error.ts';
import { byName, textOf, type Variable } from './variable.ts';
import type { Wanted } from './wanted.ts';
import { withoutVaultKeys } from './without-vault-keys.ts';

export interface Asked extends ManyOptions, EnvironmentOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly wanted: readonly Wanted[];
  /** References that name many values each. */
  readonly envFrom: readonly string[];
}

/** Runs the command; resolves to its exit status. `stop` ends it. */
export type Start = (stop?: Parameters<typeof runChild>[0]['stop']) => Promise<number>;

/** Reads all values and checks all that can be known before a start, so that nothing is started half. */
export async function prepare(context: Context, asked: Asked): Promise<Start> {
  const [many, ones] = await Promise.all([readMany(context, asked.envFrom, asked), readWanted(context, asked.wanted)]);
  const files = ones.filter(({ use }) => use === '--file');
  const texts = ones.filter(({ use }) => use === '--env').map(asText);
  const variables = byName([...texts, ...many, ...files.map((one) => ({ ...one, value: '' }))]);
  const passedOn = inherited(withoutVaultKeys(context.environment), asked);
  // What is named on the command line wins over what a variable of ours refers to.
  const resolved = byName(ones.filter(({ use, name }) => use === '--resolve' && !variables.has(name)).map(asText));
  if (asked.strict) requireStrict(passedOn, variables.values(), new Set(resolved.keys()));
  const all = new Map([...resolved, ...variables]);
  const check = (environment: Record<string, string>) => requireRoom({ ...asked, environment }, all.values());
  check(together(passedOn, all));
  return (stop) => start({ context, asked, passedOn, variables: all, files }, stop);
}

const asText = ({ value, ...one }: Wanted & { value: string | Uint8Array }): Variable => ({
  ...one,
  value: textOf(one.name, value, one.source),
});

interface Ready {
  context: Context;
  asked: Asked;
  passedOn: Context['environment'];
  variables: ReadonlyMap<string, Variable>;
  files: (Wanted & { value: string | Uint8Array })[];
}

/** The files live as long as the command. */
async function start({ context, asked, passedOn, variables, files }: Ready, stop: Parameters<Start>[0]) {
  const { inIsTTY, outIsTTY, errIsTTY } = context.terminal;
  const { paths, remove } = writePrivateFiles(files);
  try {
    const held = new Map([...paths].map(([name, value]) => [name, { value }]));
    const environment = together(passedOn, new Map([...variables, ...held]));
    const command = environment.PATH === undefined ? findCommand(asked.command, context.environment) : asked.command;
    const atTerminal = inIsTTY || outIsTTY || errIsTTY;
    return await runChild({ command, args: [...asked.args], environment, atTerminal, stop });
  } catch (error) {
    throw startError(asked.command, error);
  } finally {
    remove();
  }
}
