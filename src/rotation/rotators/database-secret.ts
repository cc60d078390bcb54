import { UserError } from '../../errors.ts';
import { setKey } from '../../reference/json-pointer.ts';

/** Credentials of a database, with the keys that AWS documents; others in the value are kept as they are. */
export interface DatabaseSecret {
  readonly engine: string;
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
  readonly dbname?: string;
  /** ARN of an administrator's secret: two users take turns, and it makes and changes them. */
  readonly masterarn?: string;
}

export type Family = 'postgres' | 'mysql';

/** By what a secret calls its engine: which protocol it speaks, and its port. */
const engines: Record<string, readonly [Family, number]> = {
  postgres: ['postgres', 5432],
  postgresql: ['postgres', 5432],
  'aurora-postgresql': ['postgres', 5432],
  redshift: ['postgres', 5439],
  mysql: ['mysql', 3306],
  mariadb: ['mysql', 3306],
  aurora: ['mysql', 3306],
  'aurora-mysql': ['mysql', 3306],
};

export const familyOf = ({ engine }: Pick<DatabaseSecret, 'engine'>): Family => engines[engine]![0];

/**
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html
 * Undefined where the value is something else. Throws code `usage` for engines that nothing here speaks to, and where a
 * key is missing or of the wrong type.
 */
export function readDatabaseSecret(value: string): DatabaseSecret | undefined {
  const keys = objectOf(value);
  if (typeof keys?.engine !== 'string') return undefined;
  const { engine } = keys;
  if (!Object.hasOwn(engines, engine)) throw notSpoken(engine);
  const text = (key: string) => textOf(keys, key);
  return {
    ...{ engine, host: text('host'), port: portOf(keys.port, engine) },
    ...{ username: text('username'), password: text('password') },
    dbname: optionalText(keys, 'dbname'),
    masterarn: optionalText(keys, 'masterarn'),
  };
}

/** As `readDatabaseSecret`, where nothing else will do. `which` names the secret in the message. */
export function databaseSecret(value: string, which: string): DatabaseSecret {
  const secret = readDatabaseSecret(value);
  if (secret) return secret;
  throw new UserError('usage', `${which} is no database secret: it has no key "engine"`, {
    hints: [
      'its keys are engine, host, port, username, password and dbname',
      'make one: "latchkey secret create NAME --template database"',
    ],
  });
}

/** The same value with other keys in it; what is not named stays to the letter. */
export const withKeys = (value: string, keys: Partial<DatabaseSecret>): string =>
  Object.entries(keys).reduce((text, [key, one]) => setKey(text, key, JSON.stringify(one)), value);

/** The same value with these keys where it has none of their name; what is no object stays what it is. */
export function withDefaults(value: string, keys: Partial<DatabaseSecret>): string {
  const own = objectOf(value);
  return own ? JSON.stringify({ ...keys, ...own }) : value;
}

function objectOf(value: string): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === 'object' && !Array.isArray(parsed) ? (parsed as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

const notSpoken = (engine: string) =>
  new UserError('usage', `no rotator speaks to the engine "${engine}"`, {
    hints: [`expected one of ${Object.keys(engines).join(', ')}`, 'rotate it with a program of your own: -- COMMAND'],
  });

function textOf(keys: Record<string, unknown>, key: string): string {
  const text = keys[key];
  if (typeof text === 'string' && text !== '') return text;
  throw new UserError('usage', `a database secret needs "${key}" as a string`, {
    hints: ['add it with "latchkey secret set"'],
  });
}

const optionalText = (keys: Record<string, unknown>, key: string): string | undefined =>
  keys[key] === undefined || keys[key] === null || keys[key] === '' ? undefined : textOf(keys, key);

/** A number, or its digits as some tools store them. */
function portOf(given: unknown, engine: string): number {
  const port = given === undefined || given === null ? engines[engine]![1] : Number(given);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new UserError('usage', 'a database secret needs as "port" 1 to 65535');
}
