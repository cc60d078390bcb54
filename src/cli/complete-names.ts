import fs from 'node:fs';
import type { Option } from 'commander';
import { vaultFolder } from '../aws/places.ts';
import { profileNames } from '../aws/profile-files.ts';
import { operations } from '../commands/key/grant/operations.ts';
import { specs } from '../commands/key/kinds.ts';
import type { Context } from '../context.ts';
import { liveNames } from './live-names.ts';

interface Begun {
  /** The first word of the verb. */
  readonly noun: string;
  /** The word at the cursor, as far as it is typed. */
  readonly begun: string;
  readonly context: () => Context;
}

/** What an argument may be: the names of what its noun is about, references where that may be anything. */
export async function namesFor({ noun, begun, context }: Begun): Promise<string[]> {
  if (noun === 'tag') return references(['secret', 'param', 'key'], begun, context);
  if (/^(export|import|diff)$/.test(noun)) return references(['secret', 'param'], begun, context);
  return begun.startsWith(`${noun}:`) ? references([noun], begun, context) : liveNames(noun, context);
}

/** What the value of an option may be, where that is something that has a name. */
export async function valuesOf({ long }: Option, { noun, begun, context }: Begun): Promise<string[]> {
  if (long === '--kms-key' || long === '--add-kms-key' || (long === '--key' && noun === 'key'))
    return liveNames('key', context);
  if (long === '--spec' && noun === 'key') return specs;
  if (long === '--operations') return operations.map((name) => `${/^.*,/.exec(begun)?.[0] ?? ''}${name}`);
  if (long === '--profile') return profileNames(context().environment);
  if (long === '--vault-name') return vaultNames(context());
  if (long === '--secrets-to') return references(['secret'], begun, context);
  if (long === '--config-to') return references(['param'], begun, context);
  if (!/^(exec|export)$/.test(noun) || !/^--(env|env-from|file)$/.test(long ?? '')) return [];
  const variable = long !== '--env-from' ? /^[^=]*=/.exec(begun)?.[0] : '';
  if (variable === undefined) return [];
  const found = await references(['secret', 'param'], begun.slice(variable.length), context);
  return found.map((reference) => `${variable}${reference}`);
}

/** Of the kinds that it can still become; one that may not be listed hides no other. */
async function references(kinds: string[], begun: string, context: () => Context): Promise<string[]> {
  const possible = kinds.filter((kind) => begun.startsWith(`${kind}:`) || `${kind}:`.startsWith(begun));
  const found = possible.map(async (kind) => {
    const names = await liveNames(kind, context).catch(() => []);
    return names.map((name) => `${kind}:${name}`);
  });
  return (await Promise.all(found)).flat();
}

function vaultNames({ environment }: Context): string[] {
  const names = fs
    .readdirSync(vaultFolder(environment))
    .filter((name) => name.endsWith('.db') && !name.startsWith('.'));
  return names.map((name) => name.slice(0, -'.db'.length));
}
