import os from 'node:os';
import path from 'node:path';
import { UserError } from '../errors.ts';
import type { Environment } from '../surroundings.ts';

/** Where vaults that have a name are; it follows XDG. */
export const vaultFolder = (environment: Environment): string => path.join(dataHome(environment), 'latchkey');

export const defaultVault = 'vault';

/** Absolute path of a vault's file, by its name. Throws code `usage` for what is no name. */
export function namedVault(name: string, environment: Environment): string {
  if (isVaultName(name)) return path.join(vaultFolder(environment), `${name}.db`);
  throw new UserError('usage', `a vault's name has letters, digits, "-" and "_", got "${name}"`, {
    hints: ['to name a file instead: --vault-file FILE'],
  });
}

/** Whether a text is a name; with a dot or a slash it is a path. */
export const isVaultName = (text: string): boolean => /^[a-z0-9][a-z0-9_-]{0,63}$/i.test(text);

/** Where the key file of a vault is looked for: outside the vault's own folder, so that no copy has both by accident. */
export const keyFile = (vaultId: string, environment: Environment): string =>
  path.join(configHome(environment), 'latchkey', 'keys', `${vaultId}.key`);

/** Which programs of this machine stand for functions of AWS's: no vault's business, for it may come from elsewhere. */
export const functionsFile = (environment: Environment): string =>
  path.join(configHome(environment), 'latchkey', 'functions.json');

const dataHome = (environment: Environment) => xdg(environment, 'XDG_DATA_HOME', '.local/share');
const configHome = (environment: Environment) => xdg(environment, 'XDG_CONFIG_HOME', '.config');

function xdg(environment: Environment, name: string, fallback: string): string {
  const named = environment[name];
  if (named && path.isAbsolute(named)) return named; // the specification has relative paths ignored
  if (process.platform === 'win32' && environment.LOCALAPPDATA) return environment.LOCALAPPDATA;
  return path.join(homeFolder(environment, name), fallback);
}

/** Throws code `not-found` where there is none, with the way to do without. */
export function homeFolder(environment: Environment, instead: string): string {
  const home = environment.HOME ?? environment.USERPROFILE ?? passwdHome();
  if (home && path.isAbsolute(home)) return home;
  throw new UserError('not-found', 'there is no home folder', { hints: [`set HOME, or ${instead}`] });
}

function passwdHome(): string | undefined {
  try {
    return os.userInfo().homedir;
  } catch {
    return undefined;
  }
}
