import { UserError } from '../../../errors.ts';
import type { Template } from './template.ts';

/** Engines by the names that the rotation functions of AWS have for them, with their ports. */
const ports: Record<string, number> = {
  ...{ mysql: 3306, mariadb: 3306, postgres: 5432, sqlserver: 1433, oracle: 1521, db2: 50_000 },
  ...{ mongo: 27_017, redshift: 5439 },
};

/**
 * Credentials of a database, as the console of AWS stores them and its rotation functions expect them.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html
 */
export const database: Template = {
  needs: ['engine', 'host', 'username'],
  secret: 'password',
  // What RDS refuses in a master password, and what breaks connection strings.
  excludeCharacters: '/@"\'\\ ',
  build: ({ engine = '', host, port, username, password, dbname, ...more }) => {
    if (!Object.hasOwn(ports, engine)) {
      throw new UserError('usage', `expected as engine one of ${Object.keys(ports).join(', ')}, got "${engine}"`);
    }
    return {
      engine,
      host,
      port: port === undefined ? ports[engine] : portFrom(port),
      username,
      password,
      dbname,
      ...more,
    };
  },
};

export const user: Template = {
  needs: ['username'],
  secret: 'password',
  build: ({ username, password, ...more }) => ({ username, password, ...more }),
};

export const apiKey: Template = { needs: [], secret: 'api_key', build: (given) => given };

/** By the names of RFC 6749. */
export const oauthClient: Template = {
  needs: ['client_id'],
  secret: 'client_secret',
  build: ({ client_id, client_secret, ...more }) => ({ client_id, client_secret, ...more }),
};

function portFrom(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new UserError('usage', `expected as port 1 to 65535, got "${text}"`);
}
