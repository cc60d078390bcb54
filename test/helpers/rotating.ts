import { randomInt } from 'node:crypto';
import type { Surroundings, TlsOptions, Versions } from '../../src/rotation/rotator.ts';
import type { Database } from './database.ts';

const characters = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789-_+=.,;^*()<>!~|';

/** What a rotator may use in a test; `secrets` are what `readSecret` reads, by name. */
export const given = (secrets: Record<string, string> = {}, tls: TlsOptions = { mode: 'disable' }): Surroundings => ({
  secretId: 'the secret of this test',
  readSecret: async (name) => secrets[name]!,
  randomPassword: async ({ length = 32 } = {}) =>
    Array.from({ length }, () => characters[randomInt(characters.length)]).join(''),
  tls,
  now: () => new Date(),
});

/** A database secret for a user of the database. */
export const secretFor = (database: Database, username: string, password: string, more: object = {}): string =>
  JSON.stringify({ engine: database.engine, host: database.host, port: database.port, username, password, ...more });

export const versions = (current: string, pending: string, previous?: string): Versions => ({
  current: { id: 'current', value: current },
  pending: { id: 'pending', value: pending },
  previous: previous === undefined ? undefined : { id: 'previous', value: previous },
});

export const passwordOf = (value: string): string => (JSON.parse(value) as { password: string }).password;
export const usernameOf = (value: string): string => (JSON.parse(value) as { username: string }).username;
