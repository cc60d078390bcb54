import { explain } from '../../aws/errors.ts';
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import type { Reference } from '../../reference/kinds.ts';
import { isSecretTree, parseReference } from '../../reference/reference.ts';
import type { Entries } from '../entries/entries.ts';
import { readEntries } from '../entries/read-entries.ts';

/** What could not be read, of which side. */
export type Failure = Entries['failed'][number] & { readonly source: string };

/**
 * Reads both sides. Where something cannot be read it is in `failed`, by the name that entries beside it have. Throws
 * where nothing of a side could be; but the second may be missing where it is to be made like the first.
 */
export async function readSides(
  context: Context,
  [one, other]: readonly [string, string],
  mayBeMissing: boolean,
): Promise<[a: Entries, b: Entries]> {
  const [a, b] = await Promise.all([
    readSide(context, one),
    readSide(context, other).catch((error: Error) => {
      if (mayBeMissing && known(error)?.code === 'not-found') return undefined;
      throw error;
    }),
  ]);
  return [a, b ?? nothingYet(a, other)];
}

async function readSide(context: Context, source: string): Promise<Entries> {
  const side = await readEntries(context, source);
  const [first] = side.failed;
  if (side.entries.length > 0 || !first) return { ...side, failed: side.failed.map((one) => named(one, source)) };
  const { code, message, hints } = known(first.error) ?? {};
  if (!code) throw first.error;
  throw new UserError(code, `nothing of "${source}" could be read: ${message}`, { hints, cause: first.error });
}

/** In our words where there are any: an error that nobody foresaw could hold a value. */
export const reasonOf = (error: Error): string => known(error)?.message ?? error.name;

const known = (error: Error) => (error instanceof UserError ? error : explain(error));

function named({ name, error }: Entries['failed'][number], source: string): Entries['failed'][number] {
  const reference = parseReference(source);
  const path = reference.kind === 'secret' ? reference.id : reference.kind === 'param' ? reference.name : '';
  return { name: name.startsWith(path) ? name.slice(path.length) : name, error };
}

function nothingYet({ shape }: Entries, source: string): Entries {
  const reference = parseReference(source);
  const alone = shape === 'value' ? shape : reference.kind === 'file' ? 'pairs' : 'keys';
  return { source, shape: isTree(reference) ? 'tree' : alone, entries: [], failed: [] };
}

const isTree = (reference: Reference) => (reference.kind === 'param' && reference.tree) || isSecretTree(reference);

/** Throws code `usage` for what can only be read. */
export function requireWritable(source: string): void {
  const reference = parseReference(source);
  if (reference.kind === 'env' || reference.kind === 'stdin') {
    throw new UserError('usage', `"${source}" cannot be made like anything: it can only be read`, {
      hints: ['the side that is changed is the second one'],
    });
  }
  const isOld =
    (reference.kind === 'secret' && (reference.versionId ?? reference.stage ?? 'AWSCURRENT') !== 'AWSCURRENT') ||
    (reference.kind === 'param' && reference.version !== undefined);
  if (!isOld) return;
  throw new UserError('usage', `"${source}" is one version, and versions do not change`, {
    hints: ['name the secret or parameter without it: what is current is changed, by a new version'],
  });
}
