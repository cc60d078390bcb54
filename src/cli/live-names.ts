import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Clients } from '../aws/services.ts';
import type { Context, Environment } from '../context.ts';
import { cacheHome } from './cache-home.ts';

/** Milliseconds for which a shell is told the same names: a person at TAB asks many times. */
const freshness = 20_000;
/** Names beyond this many help nobody. */
const most = 1000;

type Page = { names: (string | undefined)[] | undefined; next?: string };

/** By noun: a page of what there is. */
const pages: Record<string, (clients: Clients, token?: string) => Promise<Page>> = {
  async secret({ secretsManager }, NextToken) {
    const page = await secretsManager.listSecrets({ NextToken, MaxResults: 100 });
    return { names: page.SecretList?.map(({ Name }) => Name), next: page.NextToken };
  },
  async param({ ssm }, NextToken) {
    const page = await ssm.describeParameters({ NextToken, MaxResults: 50 });
    return { names: page.Parameters?.map(({ Name }) => Name), next: page.NextToken };
  },
  async key({ kms }, Marker) {
    const page = await kms.listAliases({ Marker, Limit: 100 });
    return { names: page.Aliases?.map(({ AliasName }) => AliasName), next: page.NextMarker };
  },
};

/** The names of what a noun is about, a few seconds old at most. */
export async function liveNames(noun: string, context: () => Context): Promise<string[]> {
  const pageOf = pages[noun];
  if (!pageOf) return [];
  const { environment, session, clients } = context();
  const file = cacheFile(noun, JSON.stringify(await session()), environment);
  const known = file && readCache(file);
  if (known) return known;
  const names: string[] = [];
  let page: Page | undefined;
  do {
    page = await pageOf(await clients(), page?.next);
    names.push(...(page.names ?? []).filter(isPlain));
  } while (page.next && names.length < most);
  if (file) writeCache(file, names);
  return names;
}

/** A line each: what has a space or a control character in it cannot be told. */
const isPlain = (name: string | undefined): name is string => /^[\x21-\x7e]+$/.test(name ?? '');

/** A file for each place; the place itself is not in its name. */
function cacheFile(noun: string, session: string, environment: Environment): string | undefined {
  const home = cacheHome(environment);
  const place = createHash('sha256').update(session).digest('hex').slice(0, 16);
  return home && path.join(home, 'latchkey', `names-${noun}-${place}`);
}

function readCache(file: string): string[] | undefined {
  try {
    if (Date.now() - fs.statSync(file).mtimeMs > freshness) return undefined;
    return fs.readFileSync(file, 'utf8').split('\n').filter(Boolean);
  } catch {
    return undefined;
  }
}

function writeCache(file: string, names: string[]): void {
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    fs.rmSync(file, { force: true });
    fs.writeFileSync(file, names.join('\n'), { mode: 0o600, flag: 'wx' });
  } catch {
    // No cache is only slower.
  }
}
