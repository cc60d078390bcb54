import { UserError } from '../errors.ts';
import type { Rotator } from './rotator.ts';
import { commandRotator } from './rotators/command.ts';
import { databaseRotator, databaseRotators } from './rotators/database.ts';
import { readDatabaseSecret } from './rotators/database-secret.ts';
import { passwordRotator } from './rotators/password.ts';

export interface RotatorOptions {
  /** By name; else the value's own shape says. */
  rotator?: string;
  /** Of a JSON value: the key that holds the password. */
  passwordKey?: string;
  /** The program of the rotator `command`, and its arguments. */
  command?: readonly string[];
  /** What that program finds in its environment. */
  environment?: Readonly<Record<string, string | undefined>>;
}

export const rotatorNames: readonly string[] = ['password', 'command', ...Object.keys(databaseRotators)];

/** The rotator that is named, or that the value asks for by its shape. Throws code `usage`. */
export async function rotatorFor(value: string, options: RotatorOptions): Promise<Rotator> {
  const { rotator = options.command ? 'command' : undefined, passwordKey, command } = options;
  if (rotator === 'password') return passwordRotator(passwordKey);
  if (rotator === 'command' && command?.length) return commandRotator(command, options.environment ?? {});
  if (rotator !== undefined && Object.hasOwn(databaseRotators, rotator)) return databaseRotator(value, rotator);
  if (rotator === undefined && readDatabaseSecret(value)) return databaseRotator(value);
  throw new UserError('usage', 'nothing says how this secret is rotated', {
    hints: [
      'credentials of a database: its value has the keys that "latchkey secret create --template database" gives it',
      'a value that nobody logs in with: --rotator password',
      'a program of your own: -- COMMAND',
    ],
  });
}
