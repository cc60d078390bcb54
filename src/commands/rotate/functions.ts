import fs from 'node:fs';
import path from 'node:path';
import { functionsFile } from '../../aws/places.ts';
import type { Environment } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { makePrivateFolder, writeFileWhole, writing } from '../../files.ts';

/** One of latchkey's own rotators, and what it is told. */
export interface OwnRotator {
  readonly rotator: string;
  /** Of a JSON value: the key that holds the password. */
  readonly passwordKey?: string;
  readonly tls?: 'verify' | 'require' | 'disable';
  /** Absolute path of a PEM file. */
  readonly ca?: string;
}

/** A program that does what a function of Lambda would: it is run for each step, with the event on its standard input. */
export interface Program {
  readonly command: readonly string[];
  /** Absolute path of where it runs. */
  readonly folder: string;
}

/** What stands for a function of AWS's on this machine. */
export type Stand = OwnRotator | Program;

export const isProgram = (stand: Stand): stand is Program => 'command' in stand;

/** By the ARN of the function. */
export type Functions = Readonly<Record<string, Stand>>;

/**
 * Kept with the user's own settings and not in a vault: a vault may be a copy of somebody else's, and must not decide
 * which programs run here. Throws code `integrity` for a file that is damaged.
 */
export function readFunctions(environment: Environment): Functions {
  const file = functionsFile(environment);
  if (!fs.existsSync(file)) return {};
  const read = parse(fs.readFileSync(file, 'utf8'));
  if (read && Object.values(read).every(isStand)) return read as Functions;
  throw new UserError('integrity', `"${file}" is not what latchkey wrote there`, {
    hints: [`look at it, or delete it and register the functions again: "latchkey rotate function add"`],
  });
}

export function writeFunctions(environment: Environment, functions: Functions): void {
  const file = functionsFile(environment);
  writing(file, () => {
    makePrivateFolder(path.dirname(file));
    writeFileWhole(file, `${JSON.stringify(functions, null, 2)}\n`);
  });
}

/** Throws code `not-found` where nothing stands for it. */
export function standFor(arn: string, environment: Environment): Stand {
  const functions = readFunctions(environment);
  if (Object.hasOwn(functions, arn)) return functions[arn]!;
  throw new UserError('not-found', `nothing on this machine stands for the function "${arn}"`, {
    hints: [`say what does: "latchkey rotate function add ${arn} --rotator password"`],
  });
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html */
export function readFunctionArn(text: string): string {
  if (/^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[\w-]{1,64}(?::[\w$-]+)?$/.test(text)) return text;
  throw new UserError('usage', `expected the ARN of a function, got "${text}"`, {
    hints: ['it is like arn:aws:lambda:us-east-1:123456789012:function:rotate; for the vault any such will do'],
  });
}

function isStand(value: unknown): value is Stand {
  if (typeof value !== 'object' || value === null) return false;
  const { rotator, command, folder } = value as Record<string, unknown>;
  return (
    typeof rotator === 'string' ||
    (typeof folder === 'string' && Array.isArray(command) && command.every((word) => typeof word === 'string'))
  );
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
