import { setTimeout as wait } from 'node:timers/promises';
import type { SecretsManager } from '../../aws/services.ts';
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { wholeSecret } from '../secret/whole.ts';

export interface ByFunction {
  wait?: boolean;
  /** Milliseconds. */
  timeout: number;
}

/** Milliseconds: a function of Lambda may run that long, at each of its four steps. */
export const mostWait = 15 * 60_000;
const firstPause = 200;
const longestPause = 5000;

/** Has the function of a secret rotate it, as RotateSecret does, and prints the id of the version that is to be current. */
export async function rotateByFunction(context: Context, name: string, options: ByFunction): Promise<void> {
  const { where, id } = wholeSecret(name);
  const { secretsManager } = await context.clients(where);
  const { ARN, Name, RotationLambdaARN } = await secretsManager.describeSecret({ SecretId: id });
  if (RotationLambdaARN === undefined) throw noFunction(Name!);
  const { VersionId } = await begin(secretsManager, ARN!, Name!);
  if (options.wait) await untilCurrent(context, secretsManager, { name: Name!, version: VersionId!, ...options });
  await context.terminal.write(`${VersionId}\n`);
  if (!options.wait) context.terminal.remark(await whoDoes(context, RotationLambdaARN));
}

const noFunction = (name: string) =>
  new UserError('not-found', `no function rotates secret "${name}"`, {
    hints: [
      `name one: "latchkey rotate schedule ${name} --every 30d --function ARN"`,
      `or rotate it without: "latchkey rotate now ${name}"`,
    ],
  });

async function begin(client: SecretsManager, SecretId: string, name: string) {
  try {
    return await client.rotateSecret({ SecretId });
  } catch (error) {
    if (!/previous rotation/i.test((error as Error).message)) throw error;
    throw new UserError('conflict', `a rotation of secret "${name}" was begun, and is not ended`, {
      hints: [`see where it stands: "latchkey rotate status ${name}"`],
      cause: error,
    });
  }
}

/** A vault calls nobody. */
async function whoDoes(context: Context, functionArn: string): Promise<string> {
  const { kind } = await context.session();
  if (kind === 'aws') return `"${functionArn}" was asked; --wait waits for it`;
  return '"latchkey rotate due" does it, or "latchkey vault serve" where it runs';
}

interface Awaited extends ByFunction {
  readonly name: string;
  readonly version: string;
}

/** The function tells nobody that it has ended, or failed: what is seen of it are its labels. */
async function untilCurrent({ terminal }: Context, client: SecretsManager, { name, version, timeout }: Awaited) {
  const begun = performance.now();
  for (let pause = firstPause; ; pause = Math.min(2 * pause, longestPause)) {
    const { VersionIdsToStages = {} } = await client.describeSecret({ SecretId: name });
    const stages = VersionIdsToStages[version] ?? [];
    if (stages.includes('AWSCURRENT')) return terminal.status('');
    const time = performance.now() - begun;
    if (time > timeout) throw notEnded(name, version, timeout);
    terminal.status(`version ${version}: ${stages.join(', ') || 'no label yet'}, ${Math.round(time / 1000)} s`);
    await wait(Math.min(pause, timeout));
  }
}

const notEnded = (name: string, version: string, timeout: number) =>
  new UserError('unreachable', `version ${version} of secret "${name}" is not current after ${timeout / 1000} s`, {
    hints: [`see where it stands: "latchkey rotate status ${name}"`, 'what went wrong is in the log of the function'],
  });
