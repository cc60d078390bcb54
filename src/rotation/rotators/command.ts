import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { UserError } from '../../errors.ts';
import type { Rotator, Surroundings, Version } from '../rotator.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** As AWS names the steps to a rotation function. */
const steps = { create: 'createSecret', set: 'setSecret', test: 'testSecret', finish: 'finishSecret' } as const;
type Step = keyof typeof steps;

/** Bytes: what a secret holds at most. */
const most = 65_536;

/** What a step is told: values go through file descriptors 3 and 4, and never through arguments or variables. */
interface Call {
  readonly step: Step;
  readonly secretId: string;
  readonly token?: string;
  readonly current?: Version;
  readonly pending?: Version;
  readonly signal?: AbortSignal;
}

/**
 * A program of the user's own, called once a step. Its standard input is the event that AWS gives to a rotation function,
 * `{"SecretId":…,"ClientRequestToken":…,"Step":"createSecret"}`, and so are three variables; it reads the current value
 * from file descriptor 3, the pending one from 4, and at `createSecret` writes the new one to 5. What it prints is talk.
 * Whatever it ends with but 0 is a failure. The event comes last: where this process is killed meanwhile, what is not
 * given yet looks empty, and a program that has read the event knows that the values are whole.
 */
export function commandRotator(command: readonly string[], environment: Environment): Rotator {
  const call = (step: Step, { secretId, token, signal }: Surroundings, versions: Pick<Call, 'current' | 'pending'>) =>
    runStep(command, environment, { step, secretId, token, signal, ...versions });
  return {
    name: 'command',
    create: async (current, given) => (await call('create', given, { current })) || undefined,
    set: async (versions, given) => void (await call('set', given, versions)),
    test: async (pending, given) => void (await call('test', given, { pending })),
    finish: async (versions, given) => void (await call('finish', given, versions)),
  };
}

async function runStep([program, ...args]: readonly string[], environment: Environment, call: Call): Promise<string> {
  const event = { SecretId: call.secretId, ClientRequestToken: call.token ?? call.pending?.id, Step: steps[call.step] };
  const variables = {
    LATCHKEY_SECRET_ID: event.SecretId,
    LATCHKEY_CLIENT_REQUEST_TOKEN: event.ClientRequestToken,
    LATCHKEY_STEP: event.Step,
  };
  const child = spawn(program!, args, {
    env: { ...environment, ...variables },
    stdio: ['pipe', 2, 'inherit', 'pipe', 'pipe', 'pipe'],
    signal: call.signal,
  });
  const [input, , , current, pending, written] = child.stdio as unknown as [
    Writable,
    null,
    null,
    Writable,
    Writable,
    Readable,
  ];
  give(current, call.current?.value);
  give(pending, call.pending?.value);
  give(input, `${JSON.stringify(event)}\n`);
  const [value] = await Promise.all([readAll(written), ended(child, `"${program}"`, event.Step)]);
  return value;
}

/** A program that reads nothing of it closes its end: that is its own affair. */
function give(stream: Writable, text = ''): void {
  stream.on('error', () => {});
  stream.end(text);
}

async function readAll(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  if (bytes.length <= most) return bytes.toString();
  throw new UserError('usage', `the new value is more than the ${most.toLocaleString('en')} bytes that a secret holds`);
}

function ended(child: ChildProcess, program: string, step: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.on('error', (cause) => reject(notStarted(program, cause)));
    child.on('close', (code, signal) => {
      if (code === 0) resolve();
      else reject(new UserError('partial', `${program} failed at the step ${step}: ${signal ?? `exit code ${code}`}`));
    });
  });
}

function notStarted(program: string, cause: NodeJS.ErrnoException): UserError {
  const code = cause.code === 'ENOENT' ? 'no-command' : 'not-runnable';
  return new UserError(code, `${program} cannot be run: ${cause.code ?? cause.message}`, { cause });
}
