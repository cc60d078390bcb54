import type { Command } from 'commander';
import type { SecretsManager } from '../../aws/services.ts';
import type { Context } from '../../context.ts';
import { readFile } from '../../input/value.ts';
import { readVersion } from '../../rotation/read-version.ts';
import type { PasswordRules, Rotator, Surroundings, TlsOptions, Version } from '../../rotation/rotator.ts';
import { rotatorFor, rotatorNames } from '../../rotation/rotator-for.ts';
import { type State, stateOf } from '../../rotation/state.ts';
import { withoutVaultKeys } from '../exec/without-vault-keys.ts';
import { addPasswordOptions, type PasswordOptions, randomPassword } from '../secret/password.ts';
import { wholeSecret } from '../secret/whole.ts';
import { policyOf } from './policy-of.ts';

export interface RotatorOptions {
  rotator?: string;
  passwordKey?: string;
  tls: TlsOptions['mode'];
  ca?: string;
}

/** Adds what says how the service is reached whose secret it is. */
export const addRotatorOptions = (command: Command): Command =>
  command
    .argument('<name>', 'name or ARN of a secret')
    .argument('[command...]', 'a program that does the steps, and its arguments, behind "--"')
    .addOption(
      command.createOption('--rotator <name>', 'how it is rotated (default: as its value says)').choices(rotatorNames),
    )
    .option('--password-key <key>', 'of a JSON value: the key that --rotator password replaces (default: password)')
    .addOption(
      command
        .createOption('--tls <mode>', 'verify the certificate of the database, require TLS alone, or disable it')
        .choices(['verify', 'require', 'disable'])
        .default('verify'),
    )
    .option('--ca <file>', 'trust these certificates (PEM) and no others');

/** Adds the rules of the new password, too. */
export const addNewPasswordOptions = (command: Command): Command => addPasswordOptions(addRotatorOptions(command));

/** A secret whose rotator is found. */
export interface Ready {
  readonly client: SecretsManager;
  readonly id: string;
  readonly state: State;
  readonly current: Version;
  readonly rotator: Rotator;
  readonly given: Surroundings;
}

/** Reads the current value, and does `work` with the rotator that fits it. */
export async function withRotator<T>(
  context: Context,
  [name, ...command]: string[],
  options: RotatorOptions & Partial<PasswordOptions>,
  work: (ready: Ready) => Promise<T>,
): Promise<T> {
  const { where, id } = wholeSecret(name!);
  const { secretsManager: client } = await context.clients(where);
  const state = await stateOf(client, id);
  const current = await readVersion({ client, arn: state.arn }, state.current);
  const rotator = await rotatorFor(current.value, {
    rotator: options.rotator,
    passwordKey: options.passwordKey,
    command: command.length > 0 ? command : undefined,
    environment: withoutVaultKeys(context.environment),
  });
  const given = { ...surroundings(context, client, state.arn, options), tls: await tlsOf(options) };
  try {
    return await work({ client, id, state, current, rotator, given });
  } finally {
    await rotator.close?.();
  }
}

async function tlsOf({ tls: mode, ca }: RotatorOptions): Promise<TlsOptions> {
  return { mode, ca: ca === undefined ? undefined : Buffer.from(await readFile(ca)).toString() };
}

const surroundings = (
  context: Context,
  client: SecretsManager,
  secretId: string,
  options: Partial<PasswordOptions>,
): Omit<Surroundings, 'tls'> => ({
  secretId,
  async readSecret(id: string) {
    const { SecretString = '' } = await client.getSecretValue({ SecretId: id });
    return SecretString;
  },
  async randomPassword(rules = {}) {
    const own = await policyOf(client, secretId);
    return randomPassword(client, { requireEachIncludedType: true, ...rules, ...own, ...asked(options) });
  },
  now: context.clock,
});

/** What a person asks for, which comes before what the secret's policy says, and the rotator. */
const asked = ({ requireEachIncludedType: each, ...options }: Partial<PasswordOptions>): PasswordRules =>
  Object.fromEntries(
    Object.entries({ ...options, requireEachIncludedType: each === false ? false : undefined }).filter(
      ([, value]) => value !== undefined,
    ),
  );
