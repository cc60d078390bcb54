import type { Environment } from '../../../context.ts';
import { UserError } from '../../../errors.ts';
import { runChild } from '../../../run-child.ts';
import { startError } from '../../exec/start-error.ts';
import type { Program } from '../../rotate/functions.ts';

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html */
const steps = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const;

/** Milliseconds: a function of Lambda has as many at most. */
const longest = 15 * 60_000;
const grace = 5000;

interface Run {
  readonly program: Program;
  /** How the vault is found, and opened. */
  readonly environment: Environment;
  readonly arn: string;
  readonly token: string;
  /** Whether keys pressed at a terminal reach it without us. */
  readonly atTerminal: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Has a program do a rotation, as Secrets Manager has a function do it: four runs, each told its step. All that it prints
 * is talk. Throws code `partial` where a step fails: the next attempt begins with the first step, and the program knows
 * what it has done.
 */
export async function runProgram({ program, environment, arn, token, atTerminal, signal }: Run): Promise<void> {
  const [command, ...args] = program.command as [string, ...string[]];
  for (const Step of steps) {
    signal?.throwIfAborted();
    const late = AbortSignal.timeout(longest);
    const status = await runChild({
      ...{ command, args, environment, folder: program.folder, atTerminal },
      input: JSON.stringify({ SecretId: arn, ClientRequestToken: token, Step }),
      stdio: ['pipe', 2, 2],
      stop: { signal: signal ? AbortSignal.any([signal, late]) : late, grace },
    }).catch((error) => {
      throw startError(command, error);
    });
    if (status !== 0) throw new UserError('partial', `step ${Step} ended with ${status}: ${command}`);
  }
}
