import { explain } from '../../aws/errors.ts';
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import type { FormatName } from '../../formats/formats.ts';
import type { Reference } from '../../reference/kinds.ts';
import { isSecretTree, parseReference } from '../../reference/reference.ts';
import type { Entries } from '../entries/entries.ts';
import { readEntries } from '../entries/read-entries.ts';

/** What could not be read, of which side. */
export type Failure = Entries['failed'][number] & { readonly source: string };

interface Reading {
  /** Whether the second side may be missing, as it is to be made like the first. */
  readonly mayBeMissing: boolean;
  /** The format of what has no ending that says it. */
  readonly fromFormat?: FormatName;
}

/**
 * Reads both sides. Where something cannot be read it is in `failed`, by the name that entries beside it have. Throws
 * where nothing of a side could be.
 */
export async function readSides(
  context: Context,
  [one, other]: readonly [string, string],
  { mayBeMissing, fromFormat }: Reading,
): Promise<[a: Entries, b: Entries]> {
  const [a, b] = await Promise.all([
    readSide(context, one, fromFormat),
    readSide(context, other, fromFormat).catch((error: Error) => {
      if (mayBeMissing && known(error)?.code === 'not-found') return undefined;
      throw error;
    }),
  ]);
  return [a, b ?? (await nothingYet(a, other))];
}

async function readSide(context: Context, source: string, fromFormat: FormatName | undefined): Promise<Entries> {
  const format = await formatOf(parseReference(source), fromFormat);
  const side = { ...(await readEntries(context, source, { format })), ...(format && keysHaveTypes(format)) };
  const [first] = side.failed;
  if (side.entries.length > 0 || !first) return { ...side, failed: side.failed.map((one) => named(one, source)) };
  const { code, message, hints } = known(first.error) ?? {};
  if (!code) throw first.error;
  throw new UserError(code, `nothing of "${source}" could be read: ${message}`, { hints, cause: first.error });
}

async function formatOf(reference: Reference, otherwise?: FormatName): Promise<FormatName | undefined> {
  if (reference.kind === 'stdin') return otherwise;
  if (reference.kind !== 'file') return undefined;
  const { formatOfFile } = await import('../../formats/formats.ts');
  return formatOfFile(reference.path) ?? otherwise;
}

/** What JSON and YAML hold are keys as those of a secret are: their values have types, and keys within them. */
const keysHaveTypes = (format: FormatName): Partial<Entries> =>
  format === 'json' || format === 'yaml' ? { shape: 'keys' } : {};

/** In our words where there are any: an error that nobody foresaw could hold a value. */
export const reasonOf = (error: Error): string => known(error)?.message ?? error.name;

const known = (error: Error) => (error instanceof UserError ? error : explain(error));

function named({ name, error }: Entries['failed'][number], source: string): Entries['failed'][number] {
  const reference = parseReference(source);
  const path = reference.kind === 'secret' ? reference.id : reference.kind === 'param' ? reference.name : '';
  return { name: name.startsWith(path) ? name.slice(path.length) : name, error };
}

async function nothingYet({ shape }: Entries, source: string): Promise<Entries> {
  const reference = parseReference(source);
  const empty: Entries = { source, shape: shape === 'value' ? shape : 'keys', entries: [], failed: [] };
  const format = await formatOf(reference);
  if (format) return { ...empty, shape: 'pairs', ...keysHaveTypes(format) };
  return isTree(reference) ? { ...empty, shape: 'tree' } : empty;
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
