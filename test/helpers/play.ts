import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { run } from '../../src/cli/run.ts';
import { isLike, parseCommand, type Step } from './script.ts';
import { terminalForTests } from './terminal.ts';

export type Environment = Record<string, string>;

/** What a step printed, in the lines of a script. */
interface Seen {
  stdout: string[];
  stderr: string[];
  exit: number;
}

/** A folder of a script's own, with the environment that keeps everything in it. */
export function makePlace(): { place: string; environment: Environment; remove(): void } {
  const place = fs.mkdtempSync(path.join(os.tmpdir(), 'latchkey-script-'));
  const environment = {
    ...{ HOME: place, XDG_DATA_HOME: path.join(place, 'data'), XDG_CONFIG_HOME: path.join(place, 'config') },
    ...{ PATH: process.env.PATH ?? '', AWS_EC2_METADATA_DISABLED: 'true' },
  };
  return { place, environment, remove: () => fs.rmSync(place, { recursive: true, force: true }) };
}

/** Runs a step's commands in this process, the output of each being the input of the next. */
export async function play(step: Step, place: string, environment: Environment): Promise<Seen> {
  let bytes: Uint8Array = Buffer.from(step.stdin.join('\n').replaceAll('$TMP', place));
  let [exit, said]: [number, string[]] = [0, []];
  for (const command of parseCommand(step.command.replaceAll('$TMP', place))) {
    const terminal = terminalForTests({ stdin: bytes });
    exit = await run(command.argv, terminal, { ...environment, ...command.environment });
    [bytes, said] = [terminal.bytes, [...said, ...terminal.said]];
  }
  return { stdout: linesOf(Buffer.from(bytes).toString()), stderr: said, exit };
}

const linesOf = (text: string) => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));

/** The expected lines where what was seen is like them, else what was seen: the two are then compared as they stand. */
export function asExpected(step: Step, seen: Seen, place: string): Seen {
  const like = (expected: string[], actual: string[]) => {
    const wanted = expected.map((line) => line.replaceAll('$TMP', place));
    const same = wanted.length === actual.length && wanted.every((line, index) => isLike(line, actual[index]!));
    return same ? expected : actual;
  };
  return { stdout: like(step.stdout, seen.stdout), stderr: like(step.stderr, seen.stderr), exit: seen.exit };
}
